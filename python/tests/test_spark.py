"""Spark says what one process says, and a worker that dies costs nothing but time."""

import os
import shutil
import signal

import pyarrow as pa
import pytest
from conftest import same_reports

import tongwen
from tongwen import _workers

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("there is no java", allow_module_level=True)


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2,4]")
        .appName("tongwen")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "3")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture
def frame(spark, table):
    return spark.createDataFrame(table).repartition(3)


def ordered(found: pa.Table) -> list[dict]:
    return sorted(found.to_pylist(), key=lambda row: (row["id"], row["start"] or 0, -(row["end"] or 0)))


def test_mentions(frame, table):
    found = tongwen.spark.mentions(frame).toArrow()
    here = pa.table(tongwen.extract_batch(table))
    assert found.schema.names == here.schema.names
    assert ordered(found) == ordered(here)


def test_an_overlay_goes_along(spark, overlay):
    frame = spark.createDataFrame([("a", "《中华人民共和国测试办法》施行。")], ["id", "text"])
    rules = tongwen.Rules(overlay)
    (row,) = tongwen.spark.mentions(frame, rules=rules).collect()
    assert row["value"] == "cn-test-law"


def test_rows_that_are_no_documents(spark):
    frame = spark.createDataFrame([("a", None, None), ("b", "《网络安全法》", "soon")], "id string, text string, date string")
    found = {(row["id"], row["kind"]): row["error"] for row in tongwen.spark.mentions(frame).collect()}
    assert found == {("a", None): "no text", ("b", "law"): None, ("b", None): "`soon` is not a date; read without it"}
    assert tongwen.spark.mentions(frame.limit(0)).count() == 0


def test_mistakes_are_said_before_the_job(spark, overlay):
    (overlay / "registry" / "laws.tsv").write_text("id\ttitle_zh\nBAD\t某法\n", "utf-8")
    frame = spark.createDataFrame([("a", "x")], ["id", "text"])
    with pytest.raises(tongwen.RuleError, match="`BAD` is no id"):
        tongwen.spark.mentions(frame, rules=overlay)
    with pytest.raises(tongwen.UsageError, match="no column `text`"):
        tongwen.spark.mentions(frame.withColumnRenamed("text", "body"))


def test_a_report(frame, single, tmp_path):
    report = tongwen.spark.report(frame, tmp_path / "out", group_by="group")
    same_reports(single, tmp_path / "out")
    assert report.outcome["error"] == 0


def test_counts(frame, table):
    found = tongwen.spark.counts(frame).toArrow()
    here = pa.table(tongwen.counts(table))
    assert found.sort_by([(name, "ascending") for name in here.column_names[:4]]).to_pylist() == here.to_pylist()


def test_a_worker_that_dies_is_replaced(frame, table, tmp_path):
    mark = str(tmp_path / "died")

    def dies_once(batches):
        # The process that extracts dies with some of its rows handed on already.
        for number, found in enumerate(_workers.mention(batches, max_text_bytes=1 << 20)):
            yield found
            if number == 0 and not os.path.exists(mark):
                open(mark, "w").close()
                os.kill(os.getpid(), signal.SIGKILL)

    found = frame.mapInArrow(dies_once, tongwen.spark._ddl(_workers.MENTIONS)).toArrow()
    assert os.path.exists(mark)
    assert ordered(found) == ordered(pa.table(tongwen.extract_batch(table)))


def test_a_worker_that_dies_during_a_report_is_replaced(frame, single, tmp_path, monkeypatch):
    mark, part = str(tmp_path / "died"), _workers.part

    def dies_once(batches, **given):
        for made in part(batches, **given):
            yield made
            if not os.path.exists(mark):
                open(mark, "w").close()
                os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(_workers, "part", dies_once)
    tongwen.spark.report(frame, tmp_path / "out", group_by="group")
    assert os.path.exists(mark)
    same_reports(single, tmp_path / "out")


def test_files_of_a_folder(spark, corpus):
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(str(corpus / "texts"))
    documents = tongwen.spark.read_documents(files)
    read = {row["id"].split("/texts/", 1)[-1]: row["text"] for row in documents.collect()}
    paths = {str(path.relative_to(corpus / "texts")): path for path in (corpus / "texts").rglob("*.txt")}
    del paths["empty.txt"]  # Spark passes over empty files
    assert len(paths) > 5 and read == {name: path.read_text("utf-8-sig") for name, path in paths.items()}
    assert tongwen.spark.mentions(documents).where("kind = 'law'").count() > 5


@pytest.mark.parametrize(
    ("call", "given", "told"),
    [
        ("counts", {"period": "week"}, "no period `week`"),
        ("counts", {"unit": "page"}, "no unit `page`"),
        ("counts", {"pairs_among": [str(n) for n in range(2001)]}, "pairs among 2001 terms"),
        ("counts", {"stem": "zh"}, "no stems for `zh`"),
        ("partials", {"formats": ["doc"]}, "no format `doc`"),
        ("mentions", {"max_text_bytes": 0}, "max_text_bytes is 0"),
        ("report", {"matrix": 3000}, "matrix is 3000"),
        ("report", {"period": "week"}, "no period `week`"),
    ],
)
def test_options_that_are_not_there(frame, tmp_path, call, given, told):
    out = [tmp_path / "out"] if call == "report" else []
    with pytest.raises(tongwen.UsageError, match=told):
        getattr(tongwen.spark, call)(frame, *out, **given)


def test_columns_that_are_none(spark, frame, tmp_path):
    with pytest.raises(tongwen.UsageError, match="the column `text` is int"):
        tongwen.spark.mentions(spark.createDataFrame([("a", 1)], "id string, text int"))
    with pytest.raises(tongwen.UsageError, match="the column `date` is array<string>"):
        tongwen.spark.counts(spark.createDataFrame([("a", "x", ["y"])], "id string, text string, date array<string>"))
    (tmp_path / "file").write_text("x")
    with pytest.raises((tongwen.UsageError, tongwen.WriteError)):
        tongwen.spark.report(frame, tmp_path / "file")
    odd = spark.createDataFrame([("a", "《网络安全法》", ["y"], b"z")], "ID string, Text string, tags array<string>, raw binary")
    assert [row["value"] for row in tongwen.spark.mentions(odd).collect()] == ["cn-cybersecurity-law"]
    assert tongwen.spark.partials(odd).count() == 1
