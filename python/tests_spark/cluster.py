"""A standalone cluster of Spark on the loopback address: a master and workers, each a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyspark

_HOST = "127.0.0.1"


class Cluster:
    """A master and two workers, with room for the executors of two jobs of two cores."""

    def __init__(self, folder: Path, memory: str = "2g") -> None:
        self.folder = folder
        self.memory = memory
        self._processes: list[subprocess.Popen[bytes]] = []
        self._master, log = self._start(
            "master",
            "master.Master",
            "--host",
            _HOST,
            "--port",
            "0",
            "--webui-port",
            "0",
        )
        self.url = self._wait(log, r"Starting Spark master at (spark://\S+)")
        self.workers = [self.add_worker(number) for number in range(2)]

    def environment(self) -> dict[str, str]:
        """The environment of all processes of the cluster, and of its drivers."""
        home = str(Path(pyspark.__file__).parent)
        own = {
            "SPARK_HOME": home,
            "SPARK_LOCAL_IP": _HOST,
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_NO_DAEMONIZE": "1",
        }
        return {
            **os.environ,
            **own,
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
        }

    def _start(self, name: str, what: str, *arguments: str) -> tuple[subprocess.Popen[bytes], Path]:
        log = self.folder / f"{name}.log"
        start = [
            f"{self.environment()['SPARK_HOME']}/bin/spark-class",
            f"org.apache.spark.deploy.{what}",
            *arguments,
        ]
        with log.open("wb") as output:
            # A group of its own, so that a worker ends with its executors.
            process = subprocess.Popen(
                start,
                stdout=output,
                stderr=output,
                env=self.environment(),
                start_new_session=True,
            )
        self._processes.append(process)
        return process, log

    def add_worker(self, number: int) -> subprocess.Popen[bytes]:
        """Starts a worker and waits until the master knows it."""
        folder = self.folder / f"worker-{number}"
        arguments = (
            "--host",
            _HOST,
            "--webui-port",
            "0",
            "-c",
            "2",
            "-m",
            self.memory,
            "-d",
            str(folder),
            self.url,
        )
        process, log = self._start(f"worker-{number}", "worker.Worker", *arguments)
        self._wait(log, r"(Successfully registered with master)")
        return process

    @staticmethod
    def _wait(log: Path, pattern: str) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if found := re.search(pattern, log.read_text(errors="replace")):
                return found[1]
            time.sleep(0.1)
        raise TimeoutError(f"no line of {log} has {pattern}:\n{log.read_text(errors='replace')}")

    def kill_worker(self, number: int) -> None:
        """Kills a worker and its executors at once, as a lost machine."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def settings(self) -> dict[str, str]:
        """What a driver on this cluster is configured with."""
        # Little data and many plans: to compile less takes less time than to run faster.
        quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        return {
            "spark.driver.extraJavaOptions": quick,
            "spark.executor.extraJavaOptions": quick,
            "spark.sql.codegen.wholeStage": "false",
            "spark.driver.host": _HOST,
            "spark.driver.bindAddress": _HOST,
            "spark.driver.memory": "1g",
            "spark.executor.memory": "700m",
            "spark.executor.cores": "1",
            "spark.cores.max": "2",
            "spark.sql.shuffle.partitions": "4",
            "spark.ui.enabled": "false",
            "spark.log.level": "ERROR",
            "spark.local.dir": str(self.folder / "local"),
            "spark.sql.warehouse.dir": str(self.folder / "warehouse"),
        }

    def stop(self) -> None:
        """Ends all processes."""
        for process in self._processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def run_job(cluster: Cluster, *arguments: str | Path, fails: bool = False, **settings: str) -> str:
    """Runs `python -m refrain_text.spark` on the cluster, in a process of its own, and returns what it says."""
    done = job_process(cluster, *arguments, **settings)
    says = done.communicate()[1].decode()
    assert done.returncode == (2 if fails else 0), says
    return says


def job_process(cluster: Cluster, *arguments: str | Path, **settings: str) -> subprocess.Popen[bytes]:
    """Starts it."""
    configured = cluster.settings() | settings
    options = [option for name, value in configured.items() for option in ("--conf", f"{name}={value}")]
    start = [
        sys.executable,
        "-m",
        "refrain_text.spark",
        *map(str, arguments),
        "--master",
        cluster.url,
        *options,
    ]
    return subprocess.Popen(start, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=cluster.environment())


def written(folder: Path) -> bytes:
    """All lines that a job has written, in order."""
    parts = sorted(folder.glob("part-*"))
    assert (folder / "_SUCCESS").exists()
    return b"".join(part.read_bytes() for part in parts)
