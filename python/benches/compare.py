"""Compares packages that find near-duplicates: time, memory, and how right the answers are.

    python benches/compare.py [--texts 20000] [--rounds 3]

Every tool gets the same `list` of `str`, on one thread, and answers which texts are near-duplicates of another: those
whose sets of runs of three words have a resemblance (Jaccard) of 0.8 or more. The clock runs from the strings to the
answer. Each tool runs in a process of its own, and all tools take turns. The processor time of the process is what
ratios are made of: what else the machine does changes it least. The truth is computed without any of them, from all
pairs that share a run of words.

Memory is the peak of the process minus what it had before the clock started, as Linux tells them.
"""

from __future__ import annotations

import argparse
import gc
import importlib.metadata
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path

THRESHOLD = 0.8
PERMUTATIONS = 128


def corpus(number: int) -> list[str]:
    """Texts of 20 to 150 made-up words, as frequent as in natural texts; a fifth are edited copies."""
    chance = random.Random(7)
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(20_000)]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    texts: list[list[str]] = []
    while len(texts) < number:
        if texts and chance.random() < 0.2:
            text = list(chance.choice(texts))
            # From a few words to a third of them; most copies are near the threshold or above it.
            for _ in range(round(len(text) * chance.choice([0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.1, 0.3]))):
                text[chance.randrange(len(text))] = chance.choice(words)
        else:
            text = chance.choices(words, weights, k=chance.randint(20, 150))
        texts.append(text)
    return [" ".join(text) for text in texts]


def shingles(text: str) -> set[str]:
    """The runs of three words of a text."""
    words = text.split()
    return {" ".join(words[place : place + 3]) for place in range(len(words) - 2)}


def resemblance(left: set[str], right: set[str]) -> float:
    shared = len(left & right)
    return shared / (len(left) + len(right) - shared)


def true_pairs(texts: list[str]) -> set[tuple[int, int]]:
    """All pairs at the threshold, from the number of runs that each pair shares."""
    places: dict[str, list[int]] = defaultdict(list)
    sizes = []
    found: set[tuple[int, int]] = set()
    for number, text in enumerate(texts):
        own = shingles(text)
        sizes.append(len(own))
        shared = Counter(other for shingle in own for other in places[shingle])
        for other, count in shared.items():
            if count / (sizes[other] + len(own) - count) >= THRESHOLD:
                found.add((other, number))
        for shingle in own:
            places[shingle].append(number)
    return found


def members(pairs: Iterable[tuple[int, int]]) -> set[int]:
    return {number for pair in pairs for number in pair}


def verified(texts: list[str], pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Candidates that are compared on the sets themselves."""
    pairs = set(pairs)
    sets = {number: shingles(texts[number]) for number in members(pairs)}
    return {(a, b) for a, b in pairs if resemblance(sets[a], sets[b]) >= THRESHOLD}


def refrain(texts: list[str]) -> set[int]:
    import refrain_text

    found = refrain_text.Detector(threshold=THRESHOLD, threads=1).pairs(texts)
    return members(zip(found["a"], found["b"], strict=True))


def datasketch_candidates(texts: list[str]) -> set[tuple[int, int]]:
    """As in "MinHash LSH" of its documentation: a MinHash for each text, inserted into an index, then queried."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs = set()
    sets = ([shingle.encode() for shingle in shingles(text)] for text in texts)
    for number, sketch in enumerate(MinHash.generator(sets, num_perm=PERMUTATIONS)):
        pairs.update((other, number) for other in index.query(sketch))
        index.insert(number, sketch)
    return pairs


def datasketch(texts: list[str]) -> set[int]:
    return members(datasketch_candidates(texts))


def datasketch_verified(texts: list[str]) -> set[int]:
    return members(verified(texts, datasketch_candidates(texts)))


def rensa_candidates(texts: list[str]) -> set[tuple[int, int]]:
    """Sketches of all tokens, in one call, and its index with 16 bands, each candidate by its estimate."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=16)
    sketches = RMinHash.from_token_sets([list(shingles(text)) for text in texts], num_perm=PERMUTATIONS, seed=42)
    pairs = set()
    for number, sketch in enumerate(sketches):
        for other in index.query(sketch):
            if index.is_similar(sketches[other], sketch):
                pairs.add((other, number))
        index.insert(number, sketch)
    return pairs


def rensa(texts: list[str]) -> set[int]:
    return members(rensa_candidates(texts))


def rensa_verified(texts: list[str]) -> set[int]:
    return members(verified(texts, rensa_candidates(texts)))


def rensa_rho(texts: list[str]) -> set[int]:
    """Its fastest way, that of its benchmarks: words at sampled positions, eight bands, flags."""
    from rensa import RMinHash, RMinHashLSH

    words = [text.split() for text in texts]
    sketches = RMinHash.digest_matrix_from_token_sets_rho(words, num_perm=PERMUTATIONS, seed=42)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=8)
    flags = index.query_duplicate_flags_matrix_one_shot(sketches)
    return {number for number, flag in enumerate(flags) if flag}


def text_dedup(texts: list[str]) -> set[int]:
    """The core of its `minhash` program with its default settings, but for runs of three words: fingerprints, tables of
    bands, and the union of all that share a band."""
    import numpy
    from text_dedup.minhash import SIGNATURE_COLUMN, embed_func
    from text_dedup.utils import UnionFind, optimal_param, sha1_hash

    permutations = 250
    bands, rows = optimal_param(THRESHOLD, permutations, false_positive_weight=0.5, false_negative_weight=0.5)
    ranges = [(band * rows, (band + 1) * rows) for band in range(bands)]
    chance = numpy.random.RandomState(42)
    prime = numpy.uint64((1 << 61) - 1)
    functions = (
        chance.randint(1, prime, size=(permutations,), dtype=numpy.uint64),
        chance.randint(0, prime, size=(permutations,), dtype=numpy.uint64),
    )
    tables: list[dict[bytes, set[int]]] = [defaultdict(set) for _ in range(bands)]
    for number, text in enumerate(texts):
        made = embed_func(
            text,
            number,
            num_perm=permutations,
            ngram_size=3,
            min_length=0,
            hashranges=ranges,
            permutations=functions,
            hash_func=lambda data: sha1_hash(data, d=32),
            dtype=numpy.uint64,
            max_hash=numpy.uint32((1 << 32) - 1),
            modulo_prime=prime,
        )
        for table, key in zip(tables, made[SIGNATURE_COLUMN], strict=True):
            table[key].add(number)
    union = UnionFind()
    for table in tables:
        for cluster in table.values():
            first = min(cluster)
            for number in cluster:
                union.union(number, first)
    clusters: dict[int, list[int]] = defaultdict(list)
    for number in range(len(texts)):
        clusters[union.find(number)].append(number)
    return members(
        pair for cluster in clusters.values() for pair in combinations([cluster[0], *cluster], 2) if len(cluster) > 1
    )


TOOLS: dict[str, tuple[str, Callable[[list[str]], set[int]]]] = {
    "refrain-text": ("refrain-text", refrain),
    "datasketch, as documented": ("datasketch", datasketch),
    "datasketch, verified": ("datasketch", datasketch_verified),
    "rensa, all tokens": ("rensa", rensa),
    "rensa, all tokens, verified": ("rensa", rensa_verified),
    "rensa, rho": ("rensa", rensa_rho),
    "text-dedup, its core": ("text-dedup", text_dedup),
}


def run_alone(name: str, number: int) -> None:
    """Runs one tool, and prints what was measured."""
    texts = corpus(number)
    _, tool = TOOLS[name]
    # What is imported and started once is not measured.
    tool(texts[:50])
    gc.collect()
    # The peak from here on.
    Path("/proc/self/clear_refs").write_text("5")
    before = status("VmRSS")
    start, start_of_cpu = time.perf_counter(), time.process_time()
    answer = tool(texts)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_of_cpu
    memory = status("VmHWM") - before
    print(json.dumps({"seconds": seconds, "cpu": cpu, "memory": memory / 1024, "answer": sorted(answer)}))


def status(field: str) -> int:
    """A figure of this process in KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares packages that find near-duplicates.")
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", choices=TOOLS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone is not None:
        run_alone(options.alone, options.texts)
        return
    truth = members(true_pairs(corpus(options.texts)))
    one_thread = {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    measured: dict[str, list[dict[str, object]]] = defaultdict(list)
    for _ in range(options.rounds):
        for name in TOOLS:
            command = [sys.executable, __file__, "--alone", name, "--texts", str(options.texts)]
            done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **one_thread})
            measured[name].append(json.loads(done.stdout.splitlines()[-1]))
    print(f"{options.texts} texts, {len(truth)} of them near-duplicates; {options.rounds} rounds, one thread;")
    print(f"CPython {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n")
    print("| | version | CPU s | relative to refrain-text | wall s | memory, MiB | precision | recall |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    ours = [run["cpu"] for run in measured["refrain-text"]]
    for name, runs in measured.items():
        # A ratio is that of two runs of one round.
        ratio = statistics.median(run["cpu"] / own for run, own in zip(runs, ours, strict=True))
        cpu = statistics.median(run["cpu"] for run in runs)
        seconds = statistics.median(run["seconds"] for run in runs)
        memory = statistics.median(run["memory"] for run in runs)
        answer = set(runs[0]["answer"])
        right = len(answer & truth)
        precision, recall = right / max(len(answer), 1), right / max(len(truth), 1)
        version = importlib.metadata.version(TOOLS[name][0])
        figures = f"{cpu:.2f} | {ratio:.1f} | {seconds:.2f} | {memory:.0f} | {precision:.4f} | {recall:.4f}"
        print(f"| {name} | {version} | {figures} |")


if __name__ == "__main__":
    main()
