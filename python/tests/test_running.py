"""Threads, time limits, progress, signals and processes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from generator import records

import refrain_text as refrain

# Paragraphs of a handful of words share all their shingles, so they take long.
SLOW = [" ".join(f"w{(place * step) % 11}" for step in range(1, 61)) for place in range(6_000)]
SLOW = [f"{text} {'abcdefghijk'[place % 11]} {text[::-1]}" for place, text in enumerate(SLOW)]
LONG = "\n\n".join(record["text"] for record in records(4_000, seed=3))


def test_many_threads_use_one_detector(article):
    detector = refrain.Detector()
    expected = detector.check(article).to_json()
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda _: detector.check(article).to_json(), range(24)))
    assert reports == [expected] * 24


def test_the_interpreter_is_free_meanwhile():
    """Another thread of Python works while a check goes on: the check waits for it in its callback."""
    worked = threading.Event()
    threading.Thread(target=lambda: worked.set()).start()
    seen = []

    def progress(stage: str, done: int, total: int) -> None:
        assert worked.wait(60)
        seen.append(stage)

    refrain.Detector().check(LONG, progress=progress)
    assert seen


def test_progress_goes_through_the_stages():
    seen: list[tuple[str, int, int]] = []
    threads = set()

    def progress(stage: str, done: int, total: int) -> None:
        threads.add(threading.current_thread())
        seen.append((stage, done, total))

    detector = refrain.Detector()
    report = detector.check(LONG, progress=progress)
    assert report == detector.check(LONG)
    stages = list(dict.fromkeys(stage for stage, _, _ in seen))
    assert stages == ["tokenizing", "matching", "joining", "finding passages", "measuring", "reporting"]
    assert all(0 <= done <= total for _, done, total in seen)
    assert threads == {threading.current_thread()}
    seen.clear()
    detector.dedup([record["text"] for record in records(2000, seed=4)], progress=progress)
    assert [stage for stage in dict.fromkeys(stage for stage, _, _ in seen) if stage != "joining"] == [
        "reading",
        "matching",
        "choosing",
    ]


def test_tqdm_shows_progress(capsys):
    pytest.importorskip("tqdm")
    refrain.Detector().check(LONG, progress="tqdm")
    assert "finding passages" in capsys.readouterr().err


@pytest.mark.parametrize("call", ["pairs", "clusters", "dedup"])
def test_what_takes_too_long_is_cancelled(call):
    detector = refrain.Detector(threshold=0.5, search="exact")
    with pytest.raises(refrain.TimedOut, match=r"^not done within the timeout of 0.001 seconds$") as caught:
        getattr(detector, call)(SLOW, timeout=0.001)
    assert isinstance(caught.value, TimeoutError) and isinstance(caught.value, refrain.Cancelled)
    with pytest.raises(refrain.TimedOut):
        detector.check("\n\n".join(SLOW), timeout=0.001)
    # The next call is not affected.
    assert detector.check("A text.").verdict == "ok"
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args


def test_a_callback_cancels():
    detector = refrain.Detector()
    with pytest.raises(refrain.Cancelled, match="the progress callback cancelled the work"):
        detector.check(LONG, progress=lambda *_: False)

    def progress(*_: object) -> None:
        raise KeyError("of the callback")

    with pytest.raises(KeyError, match="of the callback"):
        detector.check(LONG, progress=progress)
    assert detector.check("A text.", progress=lambda *_: None).verdict == "ok"


def test_ctrl_c_is_raised_and_ends_the_work():
    program = textwrap.dedent(
        """
        import os, signal, threading
        import refrain_text as refrain
        from test_running import SLOW

        started = threading.Event()

        def interrupt():
            started.wait()
            os.kill(os.getpid(), signal.SIGINT)

        threading.Thread(target=interrupt).start()
        # Only the signal ends this.
        texts = [text + f" {place}" for place in range(40) for text in SLOW]
        try:
            refrain.Detector(threshold=0.3).pairs(texts, progress=lambda *_: started.set())
            print("done")
        except KeyboardInterrupt:
            print("interrupted", refrain.Detector().check("A text.").verdict)
        """
    )
    # The folder of the tests is the first in which modules are looked for.
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, cwd=os.path.dirname(__file__), timeout=300)
    assert (done.stdout, done.returncode) == ("interrupted ok\n", 0), done.stderr


def _verdict(text: str) -> str:
    return refrain.Detector().check(text).verdict


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_have_threads_of_their_own(method, article):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"there is no {method} here")
    assert _verdict(article) == "repetitive"
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map_async(_verdict, [article] * 4).get(120) == ["repetitive"] * 4


def test_a_detector_goes_to_other_processes(article):
    detector = refrain.Detector(threshold=0.3, threads=1)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        report = pool.apply(detector.check, (article,))
    assert report == detector.check(article)


def test_exceptions_can_be_pickled():
    for error in [refrain.RefrainError("a"), refrain.WrongTypeError("b"), refrain.IndexFileError("c", "locked")]:
        other = pickle.loads(pickle.dumps(error))
        assert type(other) is type(error) and str(other) == str(error)
        assert getattr(other, "kind", None) == getattr(error, "kind", None)


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="there are no pipes of this kind here")
def test_the_command_runs_in_the_process(command, article, tmp_path):
    (tmp_path / "article.txt").write_text(article, encoding="utf-8")
    for arguments in [
        ["check", "--format", "json", "article.txt"],
        ["check", "article.txt"],
        ["help"],
        ["explain", "near-duplicate"],
    ]:
        done = subprocess.run([sys.executable, "-m", "refrain_text", *arguments], cwd=tmp_path, capture_output=True)
        assert done.stdout == command(*arguments, cwd=tmp_path)
        assert done.returncode == (1 if arguments[0] == "check" else 0)
    done = subprocess.run(
        [sys.executable, "-m", "refrain_text", "check", "missing.txt"], cwd=tmp_path, capture_output=True
    )
    assert done.returncode == 2 and b"missing.txt" in done.stderr
