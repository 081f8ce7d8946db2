"""Many texts: tables of every kind in and out, and rows that are no documents."""

import datetime

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import tongwen

NAMES = ["id", "kind", "start", "end", "text", "value"]


def pylist(found):
    return pa.table(found).to_pylist()


def test_a_list_of_texts():
    found = pylist(tongwen.extract_batch(["《网络安全法》施行。", None, "", "2016年11月"]))
    assert [(row["id"], row["kind"], row["error"]) for row in found] == [
        ("0", "law", None),
        ("1", None, "no text"),
        ("3", "date", None),
    ]


def test_rows_say_what_extract_says(rows):
    found = pylist(tongwen.extract_batch(pa.Table.from_pylist(rows)))
    for row in rows:
        alone = tongwen.extract(row["text"], date=row["date"], title=row["title"])
        batch = [m for m in found if m["id"] == row["id"]]
        assert [[m.get(name) for name in NAMES[1:]] for m in alone] == [[m[name] for name in NAMES[1:]] for m in batch]
        assert all(m["text"] == row["text"][m["start"] : m["end"]] for m in batch)


def test_the_columns_are_those_of_the_report(single):
    found = pa.schema(tongwen.mention_schema())
    report = tongwen.Report(single).table("mentions").schema
    assert ["document", *found.names[1:-1]] == report.names
    assert all(found.field(name).type == report.field(name).type for name in report.names[1:])


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_any_number_of_threads_gives_the_same(table, jobs):
    assert pylist(tongwen.extract_batch(table, jobs=jobs)) == pylist(tongwen.extract_batch(table))


def test_every_program_of_the_family_is_understood(table):
    expected = pylist(tongwen.extract_batch(table))
    frame = table.to_pandas()
    kinds = [
        table.to_batches()[0],
        frame,
        pl.from_arrow(table),
        duckdb.sql("from frame"),
        table.set_column(1, "text", table["text"].dictionary_encode()),
        table.set_column(1, "text", table["text"].cast(pa.large_string())),
        pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=3)),
    ]
    for given in kinds:
        assert pylist(tongwen.extract_batch(given)) == expected, type(given)


def test_every_program_of_the_family_takes_the_result(table):
    found = tongwen.extract_batch(table)
    rows = len(found)
    assert rows == found.num_rows > 20
    assert pa.table(found).num_rows == pa.record_batch(found).num_rows == rows
    assert pl.DataFrame(found).height == rows
    assert duckdb.sql("select count(*) from found").fetchall() == [(rows,)]
    assert len(pd.DataFrame.from_arrow(found)) == rows


def test_numbers_and_days_are_understood_as_ids_and_dates():
    given = pa.table({"id": [7], "text": ["自6月1日起施行。"], "date": [datetime.date(2017, 5, 1)]})
    (found,) = pylist(tongwen.extract_batch(given))
    assert (found["id"], found["value"]) == ("7", "2017-06-01")


def test_an_empty_table_has_no_mentions():
    empty = pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())})
    found = tongwen.extract_batch(empty)
    assert len(found) == 0 and pa.table(found).schema == pa.schema(tongwen.mention_schema())
    assert len(tongwen.extract_batch([])) == 0


def test_what_is_wrong_with_a_document_costs_that_document():
    given = pa.table(
        {
            "id": ["a", "b", "c", "d"],
            "text": ["《网络安全法》", "《网络安全法》" * 100, None, "《网络安全法》"],
            "date": ["soon", None, None, "2017"],
            "lang": ["xx", None, None, "zh"],
        }
    )
    found = pylist(tongwen.extract_batch(given, max_text_bytes=1000))
    assert [row["kind"] for row in found if row["id"] in "ad" and not row["error"]] == ["law", "law"]
    errors = {row["id"]: row["error"] for row in found if row["error"]}
    assert errors["a"] == "`soon` is not a date; read without it; `xx` is not a language (zh, en); read without it"
    assert errors["b"] == "a text of 2100 bytes, more than 1000" and errors["c"] == "no text"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (pa.table({"body": ["x"]}), "no column `text`; its columns are body"),
        (pa.table({"text": [1]}), "the column `text` is Int64"),
        (pa.table({"text": ["x"], "date": [["2017"]]}), "the column `date` is List"),
        ([1], "a text is a int"),
        ("text", "texts is one text"),
    ],
)
def test_a_table_without_texts_is_said_before_anything_is_read(given, told):
    with pytest.raises(tongwen.UsageError, match=told):
        tongwen.extract_batch(given)


def test_progress_is_told():
    told = []
    table = pa.table({"text": ["《网络安全法》"] * 10})
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=4))
    tongwen.extract_batch(reader, progress=lambda done, of: told.append((done, of)))
    assert told == [(4, 10), (8, 10), (10, 10)]


def test_columns_of_texts_are_understood():
    texts = ["《网络安全法》施行。", None, "2016年11月"]
    expected = pylist(tongwen.extract_batch(texts))
    kinds = [pl.Series(texts), pa.array(texts), pa.chunked_array([texts[:1], texts[1:]]), pd.Series(texts, dtype="string")]
    for given in kinds:
        assert pylist(tongwen.extract_batch(given)) == expected, type(given)
    for strange in (pl.Series([1, 2]), pa.array([[1]])):
        with pytest.raises(tongwen.UsageError, match="is no table of documents"):
            tongwen.extract_batch(strange)
    with pytest.raises(tongwen.UsageError, match="is no table of documents"):
        tongwen.partials(pl.Series(texts))


def test_half_a_character_costs_its_document():
    found = pylist(tongwen.extract_batch(["《网络安全法》", "\ud800", "2016年"]))
    assert [(row["id"], row["error"]) for row in found] == [
        ("0", None),
        ("1", "half a character (a lone surrogate) in the text"),
        ("2", None),
    ]
    with pytest.raises(tongwen.UsageError, match="lone surrogate"):
        tongwen.extract("a\ud800")


def test_a_row_without_an_id_is_no_document():
    given = pa.table({"id": ["a", None, ""], "text": ["《网络安全法》"] * 3})
    assert [(row["id"], row["kind"], row["error"]) for row in pylist(tongwen.extract_batch(given))] == [
        ("a", "law", None),
        ("", None, "no id"),
        ("", None, "no id"),
    ]
    for work in (tongwen.partials, tongwen.counts):
        with pytest.raises(tongwen.UsageError, match="row 1 has no id"):
            work(given)
    with pytest.raises(tongwen.UsageError, match="no column `id`"):
        tongwen.partials(given.select(["text"]))


def test_mentions_and_reports_read_the_same_columns(tmp_path):
    given = pa.table(
        {
            "ID": ["a", "b"],
            "Text": ["自6月1日起施行。"] * 2,
            "Ref_Date": ["2016/11/7", "2016年11月7日"],
            "Language": ["zh-CN", "zh"],
            "标题": ["通知", "公告"],
            "bytes": [b"x", b"y"],
            "parts": [[1], [2]],
        }
    )
    found = pylist(tongwen.extract_batch(given))
    assert {row["value"] for row in found} == {"2016-06-01"}
    report = tongwen.report(tongwen.partials(given), tmp_path / "out")
    names = [name for name in found[0] if name not in ("id", "error")]
    assert [[row[name] for name in names] for row in found] == [
        [row[name] for name in names] for row in report["mentions"].to_pylist()
    ]
    documents = report["documents"].to_pylist()
    assert [(row["title"], str(row["date"])) for row in documents] == [("通知", "2016-11-07"), ("公告", "2016-11-07")]
    with pytest.raises(tongwen.UsageError, match="two columns `id`"):
        tongwen.extract_batch(given.append_column("id", pa.array(["x", "y"])))
    with pytest.raises(tongwen.UsageError, match="the column `issuer` is List"):
        tongwen.partials(given.append_column("issuer", pa.array([["x"], ["y"]])))


def test_a_dict_of_lists_is_a_table():
    given = {"id": [7, 8], "Text": ["自6月1日起施行。", None], "date": [datetime.date(2017, 5, 1), float("nan")]}
    assert [(row["id"], row["value"], row["error"]) for row in tongwen.extract_batch(given)] == [
        ("7", "2017-06-01", None),
        ("8", None, "no text"),
    ]
    table = {"id": ["a", "b"], "text": ["《网络安全法》施行。", "2016年"]}
    for work in (tongwen.extract_batch, tongwen.counts):
        assert pylist(work(table)) == pylist(work(pa.table(table)))
    assert pylist(tongwen.partials(table))[0]["documents"] == 2


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"id": ["a"], "body": ["x"]}, "no column `text`; its columns are id, body"),
        ({"text": "x"}, "the column `text` is one text"),
        ({"text": 5}, "the column `text` is a int"),
        ({"text": [5]}, "the column `text` holds a int"),
        ({"text": ["x"], "title": [["y"]]}, "the column `title` holds a list"),
        ({"text": ["x"], "id": ["a", "b"]}, "columns of different lengths: `text` 1, `id` 2"),
        ({"text": ["x"], "title": ["\ud800"]}, "lone surrogate\\) in the column `title`"),
        ({"text": ["x"], "TEXT": ["x"]}, "two columns `text`"),
        ({5: ["x"]}, "a column is called 5"),
        ([{"text": "x"}], "a text is a dict"),
        (pl.LazyFrame({"text": ["x"]}), "a LazyFrame that does not speak Arrow"),
    ],
)
def test_a_dict_that_is_no_table(given, told):
    with pytest.raises(tongwen.UsageError, match=told):
        tongwen.extract_batch(given)


def test_a_table_can_be_gone_through_without_other_programs(table):
    found = tongwen.extract_batch(table)
    assert list(found) == pylist(found)
    assert list(tongwen.counts(table)) == pylist(tongwen.counts(table))
    assert [row["partial"] for row in tongwen.partials(table)] != []
    assert len(pd.DataFrame(found)) == len(found)
    (old,) = tongwen.extract_batch(["公元前221年"])
    assert old["value"] == "-0220"


def test_a_list_is_told_of_by_pieces():
    told = []
    tongwen.extract_batch(["《网络安全法》" * 100_000] * 12, jobs=1, progress=lambda done, of: told.append((done, of)))
    assert len(told) > 2 and told[-1] == (12, 12)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"jobs": -1}, "jobs is -1"),
        ({"jobs": 4097}, "jobs is 4097"),
        ({"max_text_bytes": 0}, "max_text_bytes is 0"),
        ({"max_text_bytes": (1 << 30) + 1}, "max_text_bytes is 1073741825"),
        ({"max_text_bytes": 1 << 70}, "max_text_bytes is"),
        ({"progress": True}, "progress is True"),
    ],
)
def test_numbers_have_bounds(given, told):
    with pytest.raises(tongwen.UsageError, match=told):
        tongwen.extract_batch(["x"], **given)
