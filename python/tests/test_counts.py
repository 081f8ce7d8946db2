"""Counts: any cut of the corpus gives the same sums, what was not counted is counted, and only equal counts add up."""

import random

import pyarrow as pa
import pytest

import tongwen


def rows(table):
    return pa.table(table).to_pylist()


def test_no_cut_and_no_order_changes_the_sums(table):
    among = ["网络", "数据", "安全", "law", "data", "cn-cybersecurity-law"]
    expected = rows(tongwen.counts(table, period="month", pairs_among=among))
    chance = random.Random(7)
    for _ in range(5):
        order = chance.sample(range(len(table)), len(table))
        ends = sorted({0, len(table), *(chance.randrange(len(table)) for _ in range(chance.randrange(1, 5)))})
        parts = [table.take(order[a:b]) for a, b in zip(ends, ends[1:])]
        merged = tongwen.merge([tongwen.counts(part, period="month", pairs_among=among) for part in parts])
        assert rows(merged) == expected


def test_what_was_not_counted_is_counted():
    texts = ["《网络安全法》", None, "x" * 200, "", None]
    table = pa.table({"id": list("abcde"), "text": texts, "date": ["2016", "2016", None, None, None]})
    counted = {(r["table"], r["key"]): (r["tf"], r["df"]) for r in rows(tongwen.counts(table, max_text_bytes=100))}
    assert counted["errors", "malformed"] == (2, 2) and counted["errors", "too_large"] == (1, 1)
    assert counted["documents", ""] == (2, 2)
    halves = [tongwen.counts(table.slice(at, 1), max_text_bytes=100) for at in range(5)]
    again = {(r["table"], r["key"]): (r["tf"], r["df"]) for r in rows(tongwen.merge(halves)) if r["table"] == "errors"}
    assert again == {name: count for name, count in counted.items() if name[0] == "errors"}


def test_stop_words_are_told(table):
    stop = {r["key"] for r in rows(tongwen.counts(table)) if r["table"] == "term" and r["stop"]}
    assert {"的", "the", "of"} <= stop and not {"网络", "data"} & stop


def test_only_equal_counts_add_up(table, overlay):
    plain = tongwen.counts(table.slice(0, 2))
    for name, other in (
        ("rules|registry", tongwen.counts(table.slice(2, 2), rules=overlay)),
        ("words", tongwen.counts(table.slice(2, 2), stem="english")),
        ("words", tongwen.counts(table.slice(2, 2), guess_words=True)),
    ):
        with pytest.raises(tongwen.UsageError, match=f"counted with different ({name})"):
            tongwen.merge([plain, other])
    # A program that keeps no metadata leaves nothing to compare.
    assert len(tongwen.merge([plain, pa.table(other).replace_schema_metadata(None)])) > 0
    stamp = pa.table(tongwen.merge([plain, plain])).schema.metadata
    assert stamp == pa.table(plain).schema.metadata and stamp[b"tongwen.counts"] == b"1"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (pa.table({"key": ["x"]}), "no column `table`"),
        (pa.array(["x"]), "a column is no table"),
        (1, "a int is no table"),
    ],
)
def test_other_tables_are_refused(given, told):
    with pytest.raises(tongwen.UsageError, match=told):
        tongwen.merge([given])
    with pytest.raises(tongwen.UsageError, match="tables is one table"):
        tongwen.merge(tongwen.counts(pa.table({"text": ["x"]})))
    with pytest.raises(tongwen.UsageError, match="a int holds no tables"):
        tongwen.merge(1)
    empty = pa.table(tongwen.counts(pa.table({"text": ["x"]}))).to_pylist()
    empty[0]["tf"] = None
    with pytest.raises(tongwen.UsageError, match="a cell of the column `tf` is empty"):
        tongwen.merge([pa.Table.from_pylist(empty)])


def test_words_are_folded_where_that_is_asked_for():
    table = pa.table({"text": ["網絡安全。网络安全。policies and policy of"]})
    def terms(**given):
        return {r["key"]: r["tf"] for r in rows(tongwen.counts(table, **given)) if r["table"] == "term"}

    assert terms()["policies"] == 1 and terms(stem="english")["polici"] == 2
    assert sum(n for word, n in terms(fold="simplified").items() if "网络" in word) == 2
    assert "of" in terms() and "of" not in terms(min_length="en:3") and "of" not in terms(min_length=3)
    assert tongwen.segment("policies", stem="english") == [["polici"]]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"pairs_among": "网络安全"}, "pairs_among is one word"),
        ({"pairs_among": 5}, "pairs_among is 5"),
        ({"pairs_among": ["网络", 5]}, "pairs_among holds 5"),
        ({"period": 5}, "period is 5"),
        ({"unit": None}, "unit is None"),
        ({"progress": True}, "progress is True"),
    ],
)
def test_options_of_other_types_are_refused(table, given, told):
    with pytest.raises(tongwen.UsageError, match=told):
        tongwen.counts(table, **given)


def test_progress_is_told():
    told = []
    table = pa.table({"id": list("abc"), "text": ["《网络安全法》" * 100_000, "2016年" * 500_000, "x"]})
    tongwen.counts(table, progress=lambda done, of: told.append((done, of)))
    assert told == [(2, 3), (3, 3)]
    tongwen.partials(table, progress=lambda done, of: told.append((done, of)))
    assert told[2:] == [(3, 3)]


@pytest.mark.parametrize("given", [{"fold": "x"}, {"stem": "zh"}, {"min_length": 0}, {"min_length": "fr:2"}])
def test_foldings_that_are_not_there(table, given):
    with pytest.raises(tongwen.UsageError):
        tongwen.counts(table, **given)
