"""Ray says what one process says."""

import os
import signal

import pyarrow as pa
import pytest
from conftest import same_reports

import tongwen
from tongwen import _workers

pytest.importorskip("ray")


@pytest.fixture(scope="module")
def dataset(table):
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=True, logging_level="ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray.data.from_arrow(table).repartition(3)
    ray.shutdown()


def arrow(dataset) -> pa.Table:
    import ray

    return pa.concat_tables(ray.get(dataset.to_arrow_refs()))


def test_mentions(dataset, table):
    found = arrow(tongwen.ray.mentions(dataset))
    key = [("id", "ascending"), ("start", "ascending"), ("end", "descending")]
    here = pa.table(tongwen.extract_batch(table))
    assert found.sort_by(key).to_pylist() == here.sort_by(key).to_pylist()


def test_counts(dataset, table):
    counted = arrow(tongwen.ray.counts(dataset))
    assert pa.table(tongwen.merge([counted])).to_pylist() == pa.table(tongwen.counts(table)).to_pylist()


def test_a_report(dataset, single, tmp_path):
    report = tongwen.ray.report(dataset, tmp_path / "out", group_by="group")
    same_reports(single, tmp_path / "out")
    assert report.outcome["error"] == 0 and report.outcome["warnings"] == []


def test_a_worker_that_dies_is_replaced(dataset, table, tmp_path):
    mark = str(tmp_path / "died")

    def dies_once(batches, **given):
        for found in _workers.mention(batches, **given):
            if not os.path.exists(mark):
                open(mark, "w").close()
                os.kill(os.getpid(), signal.SIGKILL)
            yield found

    given = {"max_text_bytes": 1 << 20}
    found = arrow(tongwen.ray._mapped(dataset, dies_once, _workers.MENTIONS, given, None))
    assert os.path.exists(mark)
    key = [("id", "ascending"), ("start", "ascending"), ("end", "descending")]
    here = pa.table(tongwen.extract_batch(table))
    assert found.sort_by(key).to_pylist() == here.sort_by(key).to_pylist()


def test_a_worker_that_dies_during_a_report_is_replaced(dataset, single, tmp_path, monkeypatch):
    mark, part = str(tmp_path / "died"), _workers.part

    def dies_once(batches, **given):
        for made in part(batches, **given):
            if not os.path.exists(mark):
                open(mark, "w").close()
                os.kill(os.getpid(), signal.SIGKILL)
            yield made

    monkeypatch.setattr(_workers, "part", dies_once)
    tongwen.ray.report(dataset, tmp_path / "out", group_by="group")
    assert os.path.exists(mark)
    same_reports(single, tmp_path / "out")


def test_no_documents_are_said(dataset, tmp_path):
    with pytest.raises(tongwen.UsageError, match="there is no document"):
        tongwen.ray.report(dataset.limit(0), tmp_path / "out")


def test_mistakes_are_said_before_the_job(dataset, tmp_path):
    with pytest.raises(tongwen.UsageError, match="no column `id`"):
        tongwen.ray.mentions(dataset.drop_columns(["id"]))
    with pytest.raises(tongwen.UsageError, match="no period `week`"):
        tongwen.ray.counts(dataset, period="week")
    with pytest.raises(tongwen.UsageError, match="no format `doc`"):
        tongwen.ray.partials(dataset, formats=["doc"])
    with pytest.raises(tongwen.UsageError, match="no unit `page`"):
        tongwen.ray.report(dataset, tmp_path / "out", unit="page")


def test_files_of_a_folder(dataset, corpus):
    import ray

    files = ray.data.read_binary_files(str(corpus / "texts"), include_paths=True).rename_columns({"bytes": "content"})
    read = arrow(tongwen.ray.read_documents(files)).to_pylist()
    texts = corpus / "texts"
    paths = {str(path.relative_to(texts)): path.read_text("utf-8-sig") for path in texts.rglob("*.txt")}
    assert {row["id"].split("/texts/", 1)[-1]: row["text"] for row in read} == paths
