"""Connected components: what a union-find makes of the pairs of the command, however the work is spread."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cluster import written
from corpora import records, vocabulary, write_lines
from pyspark.sql import SparkSession

from refrain_text.errors import RefrainError
from refrain_text.spark import clusters, dedup, pairs
from refrain_text.spark.__main__ import main
from refrain_text.spark.components import components
from refrain_text.spark.stages import Stages

Command = Callable[..., bytes]
#: A paragraph, by its record and span.
Place = tuple[Any, int, int]
Removal = tuple[Place, Place, "float | None"]


def chains(seed: int) -> list[list[str]]:
    """Texts of which each is like the one before, with copies; the ends of a chain have no word in common."""
    chance = random.Random(seed)
    words = vocabulary(3000, seed)
    made = []
    for length in (3, 10, 45):
        text = [chance.choice(words) for _ in range(40)]
        chain = []
        for at in range(length):
            text[at * 7 % 40] = chance.choice(words)
            chain.append(" ".join(text))
        chain += chance.sample(chain, length // 3)
        chance.shuffle(chain)
        made.append(chain)
    # Two that differ in numbers only, and one that is like both.
    text = [chance.choice(words) for _ in range(40)]
    made.append([" ".join([*text[:20], word, *text[20:]]) for word in ("1506", "1507", "closed")])
    # Two such without a third.
    text = [chance.choice(words) for _ in range(40)]
    made.append([" ".join([*text[20:], word, *text[:20]]) for word in ("1506", "1507")])
    return made


def corpora() -> Iterator[list[dict[str, Any]]]:
    """Chains, scattered over records that have other paragraphs, too; then the same with many that are like none."""
    chance = random.Random(3)
    rows = list(records(1200, 51))
    for text in (text for chain in chains(5) for text in chain):
        row = chance.choice(rows)
        row["text"] += "\n\n" + text
    yield rows
    words = vocabulary(4000, 4)
    for number in range(10_500):
        rows.append({"id": number, "text": " ".join(chance.choices(words, k=16))})
    chance.shuffle(rows)
    yield rows


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So few paragraphs that the search is exact: all of them are crowded."""
    return write_lines(tmp_path_factory.mktemp("chains") / "chains.jsonl", iter(next(corpora())))


@pytest.fixture(scope="module")
def banded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many that the search is banded, with crowds."""
    return write_lines(tmp_path_factory.mktemp("banded") / "banded.jsonl", iter(list(corpora())[1]))


class Expected:
    """What a union-find says of the pairs that the command tells."""

    def __init__(self, command: Command, input: Path, merge: bool = False) -> None:
        told = command("pairs", "--quiet", "--threshold", "0.8", "--min-paragraph-tokens", "15", input)
        rows = [json.loads(line) for line in input.read_text(encoding="utf-8").splitlines() if line.strip()]
        self.numbers = {row["id"]: number for number, row in enumerate(rows)}
        self.resemblances: dict[tuple[Place, Place], float] = {}
        for line in told.splitlines():
            pair = json.loads(line)
            if merge or "differs" not in pair:
                ends = (pair["a"], *pair["a_span"]), (pair["b"], *pair["b_span"])
                self.resemblances[ends] = self.resemblances[ends[::-1]] = pair["resemblance"]

    def order(self, place: Place) -> tuple[int, int]:
        return self.numbers[place[0]], place[1]

    def removals(self, first: Callable[[Place], Any] | None = None) -> list[Removal]:
        """Sorted by their places. `first` sorts the paragraphs of a component."""
        above: dict[Place, Place] = {}

        def root(place: Place) -> Place:
            while (up := above.setdefault(place, place)) != place:
                place = up
            return place

        for left, right in self.resemblances:
            above[root(left)] = root(right)
        members: dict[Place, list[Place]] = {}
        for place in list(above):
            members.setdefault(root(place), []).append(place)
        found = []
        for component in members.values():
            kept = min(component, key=first or self.order)
            found += [(place, kept, self.resemblances.get((place, kept))) for place in component if place != kept]
        return sorted(found, key=lambda removal: self.order(removal[0]))


def removals(lines: Iterable[bytes]) -> list[Removal]:
    read = [json.loads(line) for line in lines]
    return [((row["id"], *row["span"]), (row["kept"]["id"], *row["kept"]["span"]), row["resemblance"]) for row in read]


def job(input: Path, folder: Path, *options: str) -> list[Removal]:
    arguments = ["dedup", str(input), str(folder / "kept"), "--removed", str(folder / "removed")]
    assert main([*arguments, "--group", "components", *options]) == 0
    return removals(written(folder / "removed").splitlines())


@pytest.mark.parametrize(
    ("spread", "partitions"),
    [
        ((), 1),
        (("--few-pairs", "0"), 7),
    ],
    ids=("one task, 1 partition", "rounds, 7 partitions"),
)
def test_removals_are_those_of_a_union_find(
    command: Command,
    spark: SparkSession,
    banded: Path,
    tmp_path: Path,
    spread: tuple[str, ...],
    partitions: int,
) -> None:
    expected = Expected(command, banded)
    spark.conf.set("spark.sql.shuffle.partitions", partitions)
    try:
        found = job(banded, tmp_path, *spread)
    finally:
        spark.conf.set("spark.sql.shuffle.partitions", 4)
    wanted = expected.removals()
    assert [removal[:2] for removal in found] == [removal[:2] for removal in wanted]
    # Bands may miss a pair that is verified when it comes to what stays.
    missed = [removal for removal, told in zip(found, wanted, strict=True) if removal != told]
    assert all(told is None or told >= 0.8 for _, _, told in missed) and len(missed) < 10
    alone = [removal for removal in found if removal[2] is None]
    assert len(found) > 200 and len(alone) > 40
    kept = written(tmp_path / "kept").splitlines()
    assert 0 < len(kept) < len(expected.numbers)


def test_what_is_first_and_numbers(command: Command, spark: SparkSession, corpus: Path, tmp_path: Path) -> None:
    expected = Expected(command, corpus, merge=True)
    longest = expected.removals(lambda place: (place[1] - place[2], expected.order(place)))
    options = ("--keep", "longest", "--merge-numbers", "--few-pairs", "0")
    found = job(corpus, tmp_path, *options)
    assert found == longest
    # Without --merge-numbers, fewer are together.
    assert len(found) > len(Expected(command, corpus).removals())


def test_data_frames(command: Command, spark: SparkSession, corpus: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines() if line.strip()]
    frame = spark.createDataFrame(
        [(row["n"], row["id"], row["text"]) for row in rows], "n long, id string, text string"
    )
    found: list[Removal] = []
    work = str(tmp_path / "work")
    for row in clusters(frame.repartition(5), order="n", group="components", work=work).collect():
        kept = (row.representative.id, *row.representative.span)
        assert (row.members[0].id, *row.members[0].span, row.members[0].resemblance) == (*kept, 1.0)
        found += [((one.id, *one.span), kept, one.resemblance) for one in row.members[1:]]
    expected = Expected(command, corpus)
    assert sorted(found, key=lambda removal: expected.order(removal[0])) == expected.removals()
    removed = dedup(frame, order="n", group="components", work=work).removed
    assert removed.where("resemblance IS NULL").count() == sum(removal[2] is None for removal in found) > 40


def test_rounds_end_with_the_first_of_each_component(spark: SparkSession) -> None:
    """A long chain, stars, cliques and a random graph, with pairs that come twice."""
    chance = random.Random(9)
    names = chance.sample(range(-(10**12), 10**12), 1000)
    graph = [(at, at + 1) for at in range(300)]
    graph += [(310, at) for at in range(311, 400)]
    graph += [(a, b) for a in range(400, 420) for b in range(400, 420)]
    graph += [(chance.randrange(420, 1000), chance.randrange(420, 1000)) for _ in range(300)]
    edges = [(min(names[a], names[b]), max(names[a], names[b])) for a, b in graph if a != b]
    first = {name: name for edge in edges for name in edge}
    changed = True
    while changed:
        changed = False
        for left, right in edges:
            least = min(first[left], first[right])
            changed |= first[left] != least or first[right] != least
            first[left] = first[right] = least
    expected = sorted((gid, component) for gid, component in first.items() if gid != component)
    stages = Stages(spark, None, {})
    frame = spark.createDataFrame(edges, "left long, right long").repartition(3)
    assert sorted(tuple(row) for row in components(stages, frame, 100).collect()) == expected
    # Some are settled by rounds, some by one task.
    assert stages.is_done("star-2")
    settled = stages.spark.read.parquet(f"{stages.work}/inner").count()
    assert 10 < settled < len(expected) / 2
    stages.release()
    stages = Stages(spark, None, {})
    frame = spark.createDataFrame([(1, 2)], "left long, right long")
    assert [tuple(row) for row in components(stages, frame, 0).collect()] == [(2, 1)]
    stages.release()


def test_clusters_go_on_within_the_rounds(
    command: Command,
    spark: SparkSession,
    corpus: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    work = tmp_path / "work"
    options = ("--few-pairs", "0", "--work", str(work))
    assert main(["clusters", str(corpus), str(tmp_path / "first"), "--group", "components", *options]) == 0
    again = ["star-2", "components", "removed", "clusters"]
    for stage in again:
        (work / stage / "_SUCCESS").unlink()
    before = (work / "star-1" / "_SUCCESS").stat().st_mtime_ns
    capsys.readouterr()
    assert main(["clusters", str(corpus), str(tmp_path / "second"), "--group", "components", *options]) == 0
    stages = capsys.readouterr().err.split("seconds a stage: ")[1]
    assert [stage.split()[0] for stage in stages.split(", ")] == again
    assert (work / "star-1" / "_SUCCESS").stat().st_mtime_ns == before
    assert written(tmp_path / "first") == written(tmp_path / "second")
    found: list[Removal] = []
    for line in written(tmp_path / "second").splitlines():
        cluster = json.loads(line)
        kept = (cluster["representative"]["id"], *cluster["representative"]["span"])
        members = [((one["id"], *one["span"]), kept, one["resemblance"]) for one in cluster["members"]]
        assert members[0] == (kept, kept, 1.0)
        found += members[1:]
    expected = Expected(command, corpus)
    assert sorted(found, key=lambda removal: expected.order(removal[0])) == expected.removals()
    assert main(["clusters", str(corpus), str(tmp_path / "third"), *options]) == 2
    assert "belongs to another job; it differs in: group" in capsys.readouterr().err


def test_other_groups(spark: SparkSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = spark.createDataFrame([(1, "a text")], "id long, text string")
    with pytest.raises(RefrainError, match=r"group must be representatives or components, got chains"):
        dedup(frame, group="chains")
    with pytest.raises(RefrainError, match=r"group must be a string, got None"):
        clusters(frame, group=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="group"):
        pairs(frame, group="components")
    assert main(["dedup", "in.jsonl", str(tmp_path / "out"), "--group", "chains"]) == 2
    assert "group must be representatives or components, got chains" in capsys.readouterr().err
    assert main(["pairs", "in.jsonl", str(tmp_path / "out"), "--group", "components"]) == 2
    assert "--group is for dedup and clusters" in capsys.readouterr().err
