"""Ctrl-C and other threads: long work ends soon after it, and nobody waits for it meanwhile."""

import signal
import sqlite3
import threading
import time

import pyarrow as pa
import pytest

import tongwen

TEXT = "2016年11月，《中华人民共和国网络安全法》公布，自2017年6月1日起施行。\n"


@pytest.mark.parametrize("work", [tongwen.partials, tongwen.counts, tongwen.extract_batch])
def test_ctrl_c_ends_it(work):
    table = pa.table({"id": [str(n) for n in range(60)], "text": [TEXT * 20_000] * 60})
    work(table.slice(0, 1))
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    main = threading.get_ident()
    timer = threading.Timer(0.5, lambda: signal.pthread_kill(main, signal.SIGINT))
    timer.start()
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            work(table)
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, previous)
    assert time.monotonic() - began < 5


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
        return pa.table({"id": [row[0] for row in found], "text": [row[1] for row in found]})

    parts = tongwen.partials(pa.table({"id": [r["id"] for r in rows], "text": [r["text"] for r in rows]}))
    report = tongwen.report(parts, tmp_path / "out", texts=texts)
    assert report.outcome["warnings"] == []
