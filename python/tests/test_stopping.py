"""Ctrl-C and other threads: long work ends soon after it, and nobody waits for it meanwhile."""

import signal
import sqlite3
import threading
import time
from functools import partial

import pyarrow as pa
import pytest

import tongwen

TEXT = "2016年11月，《中华人民共和国网络安全法》公布，自2017年6月1日起施行。\n"


TIMES = 60
"""Long work is so many times the short one."""


def spent(work) -> float:
    """CPU seconds of all threads: a busy machine takes longer, but hardly more of them."""
    before = time.process_time()
    work()
    return time.process_time() - before


def spent_after_ctrl_c(work) -> float:
    """CPU seconds between Ctrl-C and the end of the call."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    main = threading.get_ident()
    pressed = []

    def press():
        pressed.append(time.process_time())
        signal.pthread_kill(main, signal.SIGINT)

    timer = threading.Timer(0.5, press)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
        return time.process_time() - pressed[0]
    finally:
        timer.cancel()
        timer.join()
        signal.signal(signal.SIGINT, previous)


@pytest.mark.parametrize(
    "work", [partial(tongwen.partials, jobs=1), tongwen.counts, partial(tongwen.extract_batch, jobs=1)]
)
def test_ctrl_c_ends_it(work):
    table = pa.table({"id": [str(n) for n in range(TIMES)], "text": [TEXT * 20_000] * TIMES})
    once = spent(lambda: work(table.slice(0, 1)))
    assert spent_after_ctrl_c(lambda: work(table)) < once * TIMES / 4


@pytest.mark.parametrize("work", [tongwen.extract, tongwen.segment])
def test_ctrl_c_ends_the_reading_of_one_long_text(work):
    long = TEXT * 20_000
    once = spent(lambda: work(long))
    long *= TIMES
    assert spent_after_ctrl_c(lambda: work(long)) < once * TIMES / 4


@pytest.mark.parametrize(("work", "lines"), [(tongwen.partials, 10), (tongwen.counts, 20_000)])
def test_what_progress_raises_ends_it(work, lines):
    def enough(done, of):
        told.append((done, of))
        raise LookupError("enough")

    told = []
    table = pa.table({"id": [str(n) for n in range(6)], "text": [TEXT * lines] * 6})
    with pytest.raises(LookupError, match="enough"):
        work(table, progress=enough)
    assert len(told) == 1


@pytest.mark.parametrize("work", [tongwen.partials, tongwen.counts])
def test_other_threads_run_meanwhile(work):
    table = pa.table({"id": ["a"], "text": [TEXT * 20_000]})
    ticks, stop = [], threading.Event()

    def tick():
        while not stop.wait(0.001):
            ticks.append(1)

    thread = threading.Thread(target=tick)
    thread.start()
    before = len(ticks)
    work(table)
    during = len(ticks) - before
    stop.set()
    thread.join()
    assert during > 5


def test_texts_are_asked_for_in_the_thread_that_asked(rows, tmp_path):
    # A connection of sqlite3 belongs to the thread that opened it.
    store = sqlite3.connect(":memory:")
    store.execute("create table documents (id text, text text)")
    store.executemany("insert into documents values (:id, :text)", rows)

    def texts(ids):
        marks = ", ".join("?" * len(ids))
        found = store.execute(f"select id, text from documents where id in ({marks})", ids).fetchall()
        return {"id": [row[0] for row in found], "text": [row[1] for row in found]}

    parts = tongwen.partials(pa.table({"id": [r["id"] for r in rows], "text": [r["text"] for r in rows]}))
    report = tongwen.report(parts, tmp_path / "out", texts=texts)
    assert report.outcome["warnings"] == []
