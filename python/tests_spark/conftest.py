"""A cluster for all tests of this folder, and a session on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cluster import Cluster
from pyspark.sql import SparkSession


def pytest_configure(config: pytest.Config) -> None:
    # Warnings of Spark about itself.
    config.addinivalue_line("filterwarnings", "ignore:::pyspark")
    config.addinivalue_line("filterwarnings", "ignore::ResourceWarning")


@pytest.fixture(scope="session")
def command() -> Callable[..., bytes]:
    """Runs the command `refrain` that cargo built, and returns what it prints on standard output."""
    path = os.environ.get("REFRAIN_COMMAND")
    if path is None:
        pytest.fail("REFRAIN_COMMAND must be the path of the command to compare with; `cargo xtask test` sets it")

    def run(*arguments: str | Path) -> bytes:
        done = subprocess.run([path, *map(str, arguments)], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return run


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.fail("the tests of the Spark job need Java 17 or later (on Debian: openjdk-17-jre-headless)")
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def spark(cluster: Cluster) -> Iterator[SparkSession]:
    """A session of this process on the cluster."""
    os.environ.update(cluster.environment())
    builder = SparkSession.builder.master(cluster.url).appName("tests")
    for name, value in cluster.settings().items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()
