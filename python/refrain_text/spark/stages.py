"""Stages: results that are computed once, kept in a folder, and resumed from.

A stage is written and read again, also if nobody will resume from it: what follows then has a short plan, and a lost
worker takes no stage with it.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pyspark.errors import PySparkException

from ..errors import RefrainError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_OURS = re.compile(r"refrain_text\.errors\.\w+: (.*)")
_MEMORY = re.compile(
    r"OutOfMemoryError|MemoryError|memory allocation of|Python worker exited unexpectedly|exit(ed with)? code 137"
    r"|Container killed|ArrowMemoryError|Cannot allocate memory"
)


class JobError(RefrainError):
    """A job that Spark did not finish.

    Attributes:
        stage: The stage that failed. Those before it are kept, if the job has a folder for them.
    """

    stage: str

    def __init__(self, message: str, stage: str = "") -> None:
        super().__init__(message)
        self.stage = stage

    def __reduce__(self) -> tuple[type[JobError], tuple[str, str]]:
        return type(self), (str(self), self.stage)


@contextmanager
def explained(stage: str) -> Iterator[None]:
    """Says in plain words why Spark failed."""
    try:
        yield
    except RefrainError:
        raise
    except Exception as error:
        if not (isinstance(error, PySparkException) or type(error).__module__.startswith("py4j")):
            raise
        text = str(error)
        if ours := _OURS.findall(text):
            raise JobError(ours[-1].strip(), stage) from error
        if _MEMORY.search(text):
            message = (
                f"stage {stage}: a task ran out of memory, or its process was ended from outside; give the tasks more "
                "memory (spark.executor.memory, spark.executor.memoryOverhead), or spread the work over more "
                "of them (spark.sql.shuffle.partitions, spark.sql.execution.arrow.maxRecordsPerBatch); finished "
                "stages of a job with a work folder are kept"
            )
            raise JobError(message, stage) from error
        first = next(
            (line.strip() for line in text.splitlines() if line.strip()),
            type(error).__name__,
        )
        raise JobError(f"stage {stage}: Spark failed: {first}", stage) from error


class Stages:
    """The stages of one job."""

    def __init__(self, spark: SparkSession, work: str | None, key: dict[str, Any]) -> None:
        self.spark = spark
        #: How long each stage took, in seconds; those that were kept from before are not here.
        self.seconds: dict[str, float] = {}
        self._is_temporary = work is None
        if work is None:
            # A folder that all workers can write to, and that the session removes when it ends.
            shared = spark.sparkContext.getCheckpointDir() or spark.conf.get("spark.sql.warehouse.dir") or "."
            work = f"{shared}/refrain-{uuid.uuid4().hex}"
            system, hadoop = self._path(work)
            system.mkdirs(hadoop)
            system.deleteOnExit(hadoop)
        self.work = work.rstrip("/")
        self._claim(key)

    def _claim(self, key: dict[str, Any]) -> None:
        """Makes sure that the folder belongs to this job."""
        path = f"{self.work}/job.json"
        written = json.dumps(key, sort_keys=True)
        found = self._read(path)
        if found is None:
            self._write(path, written)
        elif json.loads(found) != json.loads(written):
            before, now = json.loads(found), json.loads(written)
            names = [name for name in now if before.get(name) != now[name]]
            for name in list(names):
                if isinstance(now[name], dict) and isinstance(before.get(name), dict):
                    names.remove(name)
                    names += [f"{inner}" for inner in now[name] if before[name].get(inner) != now[name][inner]]
            raise RefrainError(
                f"the work folder {self.work} belongs to another job; it differs in: {', '.join(names) or 'version'}; "
                "give the same settings and input, or another folder"
            )

    def _path(self, path: str) -> tuple[Any, Any]:
        jvm: Any = self.spark._jvm
        hadoop = jvm.org.apache.hadoop.fs.Path(path)
        return hadoop.getFileSystem(self.spark._jsc.hadoopConfiguration()), hadoop

    def _read(self, path: str) -> str | None:
        system, hadoop = self._path(path)
        if not system.exists(hadoop):
            return None
        stream = system.open(hadoop)
        try:
            return bytes(stream.readAllBytes()).decode()
        finally:
            stream.close()

    def _write(self, path: str, text: str) -> None:
        system, hadoop = self._path(path)
        stream = system.create(hadoop, True)
        try:
            stream.write(text.encode())
        finally:
            stream.close()

    def is_done(self, name: str) -> bool:
        """Whether the stage is kept from before."""
        system, hadoop = self._path(f"{self.work}/{name}/_SUCCESS")
        return bool(system.exists(hadoop))

    def keep(self, name: str, make: Callable[[], DataFrame]) -> DataFrame:
        """The rows of a stage, computed now unless they are kept from before."""
        path = f"{self.work}/{name}"
        started = time.monotonic()
        with explained(name):
            if not self.is_done(name):
                self.spark.sparkContext.setJobDescription(f"refrain {name}")
                make().write.mode("overwrite").parquet(path)
                self.seconds[name] = time.monotonic() - started
            return self.spark.read.parquet(path)

    def outputs(self, folders: dict[str, str]) -> set[str]:
        """Makes sure that the job may write to these folders, each with what messages call it.

        Returns:
            Those that the job has finished before. They are not written again.
        """
        places = {folder: self._qualified(folder) for folder in folders}
        if len(set(places.values())) < len(folders):
            raise RefrainError(f"{' and '.join(folders.values())} are the same folder; give each a folder of its own")
        before = self._written()
        finished = set()
        for folder, what in folders.items():
            system, hadoop = self._path(folder)
            if not system.exists(hadoop):
                continue
            success = self._finished_at(folder)
            # Begun and not finished: what is there is from tasks of this job.
            if places[folder] in before and before[places[folder]] == success:
                if success is not None:
                    finished.add(folder)
                continue
            raise RefrainError(f"{what} {folder} exists already; give another folder, or remove it")
        return finished

    def write(self, folder: str, write: Callable[[str], None]) -> None:
        """Writes to a folder, and notes in the work folder when that begins and when it is done."""
        if self._is_temporary:
            write("errorifexists")
            return
        self._note(folder, None)
        write("overwrite")
        self._note(folder, self._finished_at(folder))

    def _qualified(self, folder: str) -> str:
        system, hadoop = self._path(folder)
        return str(system.makeQualified(hadoop).toString())

    def _finished_at(self, folder: str) -> int | None:
        """When the folder was finished, which tells it from one that another job has put there."""
        system, hadoop = self._path(f"{folder}/_SUCCESS")
        return int(system.getFileStatus(hadoop).getModificationTime()) if system.exists(hadoop) else None

    def _written(self) -> dict[str, int | None]:
        """The folders that the job has begun, and when each was finished."""
        found = None if self._is_temporary else self._read(f"{self.work}/outputs.json")
        written: dict[str, int | None] = {} if found is None else json.loads(found)
        return written

    def _note(self, folder: str, finished: int | None) -> None:
        written = self._written() | {self._qualified(folder): finished}
        self._write(f"{self.work}/outputs.json", json.dumps(written, sort_keys=True))

    def release(self) -> None:
        """Removes the stages, unless their folder was asked for."""
        if self._is_temporary:
            system, hadoop = self._path(self.work)
            system.delete(hadoop, True)
