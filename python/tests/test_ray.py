"""Ray says what one process says."""

import pyarrow as pa
import pytest
from conftest import same_reports

import tongwen

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


def test_counts_and_report(dataset, table, single, tmp_path):
    counted = arrow(tongwen.ray.counts(dataset))
    assert pa.table(tongwen.merge([counted])).to_pylist() == pa.table(tongwen.counts(table)).to_pylist()
    parts = arrow(tongwen.ray.partials(dataset, group_by="group"))
    by_id = {row["id"]: row for row in table.to_pylist()}
    texts = lambda ids: pa.Table.from_pylist([by_id[id] for id in ids], schema=table.schema)  # noqa: E731
    tongwen.report(parts, tmp_path / "out", group_by="group", texts=texts)
    same_reports(single, tmp_path / "out")
