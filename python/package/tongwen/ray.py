"""Mentions, counts and reports of Ray datasets, by the same functions as on Spark.

Options and columns are looked at before a job starts; for that Ray may have to read the first block of a dataset whose
schema it does not know. ``map_options`` go to ``Dataset.map_batches`` (``batch_size``, ``num_cpus``, ``concurrency``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Iterable

import pyarrow as pa
import pyarrow.compute as pc
import ray
from ray.data import Dataset

from . import MAX_BYTES, Report, _options, _tongwen, _workers, report as _report
from ._options import MinLength
from .errors import UsageError
from .rules import Rules

MapOptions = dict[str, Any] | None


def mentions(
    dataset: Dataset,
    *,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
    map_options: MapOptions = None,
) -> Dataset:
    """The mentions of documents, a row each, with the columns of ``tongwen.extract_batch``.

    ``dataset`` has the columns ``id`` and ``text`` and, where they are known, ``lang``, ``date`` and ``title``.
    """
    given = _workers.asked_of_mentions(rules, guess_words, max_text_bytes)
    return _mapped(_checked(dataset), _workers.mention, _workers.MENTIONS, given, map_options)


def counts(
    dataset: Dataset,
    *,
    period: str | None = None,
    pairs_among: Iterable[str] | None = None,
    unit: str = "sentence",
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    fold: str | None = None,
    stem: str | None = None,
    min_length: MinLength = 1,
    max_text_bytes: int = MAX_BYTES,
    map_options: MapOptions = None,
) -> Dataset:
    """Counts of documents, not yet added up: hand the batches to ``tongwen.merge``."""
    words = {"rules": rules, "guess_words": guess_words, "fold": fold, "stem": stem, "min_length": min_length}
    given = _workers.asked_of_counts(period, pairs_among, unit, words, max_text_bytes)
    return _mapped(_checked(dataset), _workers.count, _workers.COUNTS, given, map_options)


def partials(
    dataset: Dataset,
    *,
    group_by: str | None = None,
    formats: str | Iterable[str] | None = None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    fold: str | None = None,
    stem: str | None = None,
    min_length: MinLength = 1,
    max_text_bytes: int = MAX_BYTES,
    map_options: MapOptions = None,
) -> Dataset:
    """Parts for ``tongwen.report``, counted by the workers."""
    words = {"rules": rules, "guess_words": guess_words, "fold": fold, "stem": stem, "min_length": min_length}
    given = _workers.asked_of_partials(group_by, formats, words, max_text_bytes)
    return _mapped(_checked(dataset), _workers.part, _workers.PARTIALS, given, map_options)


def report(
    dataset: Dataset,
    out: str | Path,
    *,
    group_by: str | None = None,
    formats: str | Iterable[str] | None = None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    fold: str | None = None,
    stem: str | None = None,
    min_length: MinLength = 1,
    max_text_bytes: int = MAX_BYTES,
    map_options: MapOptions = None,
    **options: Any,
) -> Report:
    """The report folder of all documents of a dataset, written where this is called.

    All columns but ``id`` and ``text`` are metadata. ``options`` are those of ``tongwen.report``. The dataset is read
    twice: again for the documents that examples come from.
    """
    words = {"rules": rules, "guess_words": guess_words, "fold": fold, "stem": stem, "min_length": min_length}
    shared = _workers.asked_of_report(out, group_by, formats, words, options)
    parts = partials(dataset, max_text_bytes=max_text_bytes, map_options=map_options, **shared)

    def texts(ids: list[str]) -> pa.Table:
        wanted = dataset.map_batches(_among, batch_format="pyarrow", fn_kwargs={"ids": ids}, **(map_options or {}))
        found = [table for table in _tables(wanted) if table.num_rows > 0]
        return pa.concat_tables(found, promote_options="permissive") if found else pa.table({"id": [], "text": []})

    # A dataset without rows has blocks without columns.
    made = [table for table in _tables(parts) if table.num_rows > 0]
    return _report(pa.concat_tables([_workers.PARTIALS.empty_table(), *made]), out, texts=texts, **shared, **options)


def read_documents(
    dataset: Dataset, *, max_file_bytes: int = MAX_BYTES, map_options: MapOptions = None
) -> Dataset:
    """The documents in files with their bytes, from the columns ``path`` and ``content``.

    ``ray.data.read_binary_files(folder, include_paths=True).rename_columns({"bytes": "content"})`` gives these.
    """
    given = {"max_file_bytes": _options.size("max_file_bytes", max_file_bytes)}
    return _mapped(dataset, _workers.read, _workers.DOCUMENTS, given, map_options)


def _mapped(
    dataset: Dataset,
    work: Callable[..., _workers.Batches],
    schema: pa.Schema,
    given: dict[str, Any],
    options: MapOptions,
) -> Dataset:
    given = {"work": work, "schema": schema, "given": given}
    return dataset.map_batches(_worked, batch_format="pyarrow", fn_kwargs=given, **(options or {}))


def _worked(
    table: pa.Table, work: Callable[..., _workers.Batches], schema: pa.Schema, given: dict[str, Any]
) -> pa.Table:
    return pa.Table.from_batches(list(work(iter(table.to_batches()), **given)), schema=schema)


def _among(table: pa.Table, ids: list[str]) -> pa.Table:
    name = next(name for name in table.column_names if name.strip().lower() == "id")
    return table.filter(pc.is_in(table[name].cast(pa.string()), pa.array(ids, pa.string())))


def _tables(dataset: Dataset) -> list[pa.Table]:
    tables: list[pa.Table] = ray.get(dataset.to_arrow_refs())
    return tables


def _checked(dataset: Dataset) -> Dataset:
    """The same dataset, if it is one of documents."""
    schema = dataset.schema()
    if schema is None:
        return dataset
    base = schema.base_schema
    if isinstance(base, pa.Schema):
        _tongwen.check_documents(base, True)
    elif missing := [name for name in ("id", "text") if name not in {str(n).strip().lower() for n in schema.names}]:
        raise UsageError(
            f"the dataset has no column `{missing[0]}`; its columns are {', '.join(map(str, schema.names))}",
            hint="name the column of texts `text`, that of their names `id`",
        )
    return dataset
