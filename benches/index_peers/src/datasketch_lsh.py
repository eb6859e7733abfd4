"""Measures MinHashLSH of datasketch as its documentation shows it: texts of a folder in, JSON out.

With the port of a Redis server as a second argument, the buckets are there and not in memory.
"""

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


class Server:
    """What a Redis server has used, in seconds of processors and in bytes."""

    def __init__(self, port):
        import redis

        self.client = redis.Redis(host="127.0.0.1", port=port)

    def seconds(self):
        info = self.client.info("cpu")
        return info["used_cpu_user"] + info["used_cpu_sys"]

    def memory(self):
        return self.client.info("memory")["used_memory_peak"]


def main():
    folder = pathlib.Path(sys.argv[1])
    port = int(sys.argv[2]) if len(sys.argv) > 2 else None
    server = None if port is None else Server(port)
    used = lambda: time.process_time() + (server.seconds() if server else 0)
    stored, queries = (json.loads((folder / name).read_text()) for name in ("stored.json", "queries.json"))
    # Kilobytes on Linux.
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, processor = time.perf_counter(), used()
    storage = {"type": "redis", "basename": b"bench", "redis": {"host": "127.0.0.1", "port": port}} if port else None
    lsh = MinHashLSH(threshold=0.5, num_perm=128, storage_config=storage)
    with lsh.insertion_session() as session:
        for number, text in enumerate(stored):
            session.insert(number, sign(text))
    add_seconds, add_processor_seconds = time.perf_counter() - start, used() - processor
    query_ms, answers, processor = [], [], used()
    for text in queries:
        start = time.perf_counter()
        answers.append(lsh.query(sign(text)))
        query_ms.append(1e3 * (time.perf_counter() - start))
    query_processor_ms = 1e3 * (used() - processor) / len(queries)
    memory = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    if server:
        memory += server.memory()
    else:
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
