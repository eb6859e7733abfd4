"""What the Spark job costs, by stage: seconds of all processors together, bytes shuffled, bytes kept.

    python benches/spark.py [--paragraphs 100000 1000000] [--cores 2] [--folder FOLDER]

Each corpus is made of random words, 40 a paragraph: a tenth are exact copies and a tenth have up to four other words.
The `skewed` corpus has 400,000 paragraphs, of which 200,000 are the same and 200,000 are one text of 100 words with
another word in one place; `ordinary` has as many, made as the others. The jobs run one after the other on `local[cores]`.

Seconds of processors are those of this process and all that it started, as Linux counts them, so that other work on the
machine matters little. The first job also pays for starting the workers of Python and compiling the code of Spark.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from refrain_text.spark import results
from refrain_text.spark.options import Options
from refrain_text.spark.records import read
from refrain_text.spark.stages import Stages

WORDS = 40


def ordinary(count: int, seed: int = 1) -> Iterator[str]:
    chance = random.Random(seed)
    words = vocabulary(chance)
    earlier: list[list[str]] = []
    for number in range(count):
        kind = number % 10
        if kind < 2 and earlier:
            text = list(chance.choice(earlier))
            for _ in range(chance.randint(1, 4) if kind else 0):
                text[chance.randrange(WORDS)] = chance.choice(words)
        else:
            text = chance.choices(words, k=WORDS)
            if len(earlier) < 100_000:
                earlier.append(text)
            elif kind == 5:
                earlier[chance.randrange(len(earlier))] = text
        yield " ".join(text)


def skewed(count: int) -> Iterator[str]:
    chance = random.Random(2)
    words = vocabulary(chance)
    same = " ".join(chance.choices(words, k=WORDS))
    template = chance.choices(words, k=100)
    for number in range(count):
        text = list(template)
        text[chance.randrange(100)] = chance.choice(words)
        yield " ".join(text) if number % 2 else same


def vocabulary(chance: random.Random) -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return list({"".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(50_000)})


def write(path: Path, texts: Iterator[str]) -> int:
    with path.open("w") as lines:
        for number, text in enumerate(texts):
            lines.write(json.dumps({"id": number, "text": text}) + "\n")
    return path.stat().st_size


class Measured(Stages):
    """Stages with the seconds that processors worked for each."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.cpu: dict[str, float] = {}

    def keep(self, name: str, make: Callable[[], DataFrame]) -> DataFrame:
        with self.measured(name):
            return super().keep(name, make)

    @contextmanager
    def measured(self, name: str) -> Iterator[None]:
        self.spark.sparkContext.setJobDescription(f"refrain {name}")
        inner = sum(self.cpu.values())
        before = cpu_seconds()
        yield
        # A stage may ask for another one inside.
        inner = sum(self.cpu.values()) - inner
        self.cpu[name] = cpu_seconds() - before - inner


def cpu_seconds() -> float:
    """The seconds that processors have worked for this process and its descendants."""
    parents: dict[int, tuple[int, int]] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        parents[int(entry.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    ours = {os.getpid()}
    while more := {pid for pid, (parent, _) in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(parents[pid][1] for pid in ours) / os.sysconf("SC_CLK_TCK")


def measure(name: str, texts: Iterator[str], count: int, folder: Path, cores: int) -> None:
    corpus, work, events = folder / "corpus.jsonl", folder / "work", folder / "events"
    size = write(corpus, texts)
    events.mkdir()
    builder = SparkSession.builder.master(f"local[{cores}]").appName(name)
    for setting, value in {
        "spark.driver.memory": "3g",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": str(max(8, count // 100_000)),
        "spark.eventLog.enabled": "true",
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.dir": events.as_uri(),
        "spark.local.dir": str(folder / "local"),
    }.items():
        builder = builder.config(setting, value)
    spark = builder.getOrCreate()
    options = Options(settings={}, careful=True, lines=True)
    stages = Measured(spark, str(work), options.key())
    started, before = time.monotonic(), cpu_seconds()
    found = results.search(stages, read(spark, str(corpus), "json"), options)
    removed = results.removals(stages, found, options)
    with stages.measured("output"):
        results.thinned(stages, found, removed, options).write.text(str(folder / "kept"))
    wall, cpu = time.monotonic() - started, cpu_seconds() - before
    gone = removed.count()
    spark.stop()
    shuffled = shuffle_bytes(events)
    print(
        f"\n{name}: {count} paragraphs, {size / 1e6:.0f} MB, {gone} removed; {wall:.0f} s, {cpu:.0f} s of {cores} cores"
    )
    print("| stage | processor seconds a million | bytes shuffled a paragraph | bytes kept a paragraph |")
    print("| --- | --- | --- | --- |")
    for stage, seconds in stages.cpu.items():
        kept = bytes_in(work / stage) if stage != "output" else bytes_in(folder / "kept")
        print(f"| {stage} | {1e6 * seconds / count:.1f} | {shuffled[stage] / count:.1f} | {kept / count:.1f} |")
    between = cpu - sum(stages.cpu.values())
    print(f"| counting between them | {1e6 * between / count:.1f} | {shuffled[''] / count:.1f} | |")
    print(
        f"| all | {1e6 * cpu / count:.1f} | {sum(shuffled.values()) / count:.1f} | {bytes_in(work) / count:.1f} |",
        flush=True,
    )


def shuffle_bytes(events: Path) -> dict[str, int]:
    """The bytes that the jobs of each stage wrote for shuffles, compressed."""
    names: dict[int, str] = {}
    written: dict[str, int] = defaultdict(int)
    for log in events.iterdir():
        with log.open() as lines:
            for line in lines:
                event = json.loads(line)
                if event["Event"] == "SparkListenerJobStart":
                    described = event["Properties"].get("spark.job.description") or ""
                    for stage in event["Stage IDs"]:
                        names.setdefault(stage, described.removeprefix("refrain "))
                elif event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
                    size = event["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"]
                    written[names.get(event["Stage ID"], "")] += size
    return written


def bytes_in(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paragraphs", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--skewed", action="store_true", help="also the ordinary and the skewed corpus")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--folder", help="where corpora and stages are put; default: a temporary folder")
    given = parser.parse_args()
    corpora = [(f"1e{len(str(count)) - 1}", ordinary(count), count) for count in given.paragraphs]
    if given.skewed:
        corpora += [
            ("ordinary", ordinary(400_000), 400_000),
            ("skewed", skewed(400_000), 400_000),
        ]
    for name, texts, count in corpora:
        folder = Path(tempfile.mkdtemp(dir=given.folder))
        try:
            measure(name, texts, count, folder, given.cores)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
