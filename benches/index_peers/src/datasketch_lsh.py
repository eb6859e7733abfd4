"""Measures MinHashLSH of datasketch as its documentation shows it: texts of a folder in, JSON out."""

import json
import pathlib
import pickle
import re
import resource
import sys
import time

from datasketch import MinHash, MinHashLSH


def sign(text):
    words = re.findall(r"\w+", text.lower())
    minhash = MinHash(num_perm=128)
    minhash.update_batch([" ".join(words[at : at + 3]).encode("utf8") for at in range(len(words) - 2)])
    return minhash


def main():
    folder = pathlib.Path(sys.argv[1])
    stored, queries = (json.loads((folder / name).read_text()) for name in ("stored.json", "queries.json"))
    # Kilobytes on Linux.
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, processor = time.perf_counter(), time.process_time()
    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    with lsh.insertion_session() as session:
        for number, text in enumerate(stored):
            session.insert(number, sign(text))
    add_seconds, add_processor_seconds = time.perf_counter() - start, time.process_time() - processor
    query_ms, answers, processor = [], [], time.process_time()
    for text in queries:
        start = time.perf_counter()
        answers.append(lsh.query(sign(text)))
        query_ms.append(1e3 * (time.perf_counter() - start))
    query_processor_ms = 1e3 * (time.process_time() - processor) / len(queries)
    memory = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    with open(folder / "index" / "lsh.pickle", "wb") as file:
        pickle.dump(lsh, file)
    json.dump(
        {
            "add_seconds": add_seconds,
            "add_processor_seconds": add_processor_seconds,
            "query_ms": query_ms,
            "query_processor_ms": query_processor_ms,
            "answers": answers,
            "memory": memory,
            "bytes": None,
        },
        sys.stdout,
    )


main()
