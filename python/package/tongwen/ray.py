"""Mentions, counts and parts of reports of Ray datasets, by the same functions as on Spark."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable

import pyarrow as pa
from ray.data import Dataset

from . import MAX_BYTES, _workers
from .rules import Rules, shipped


def mentions(
    dataset: Dataset,
    *,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
    **options: Any,
) -> Dataset:
    """The mentions of documents, a row each, with the columns of ``tongwen.extract_batch``.

    ``options`` go to ``Dataset.map_batches`` (``batch_size``, ``num_cpus``, ``concurrency``).
    """
    given = {"rules": shipped(rules), "guess_words": guess_words, "max_text_bytes": max_text_bytes}
    return dataset.map_batches(_mentions, batch_format="pyarrow", fn_kwargs=given, **options)


def counts(
    dataset: Dataset,
    *,
    period: str | None = None,
    pairs_among: Iterable[str] | None = None,
    unit: str = "sentence",
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
    **options: Any,
) -> Dataset:
    """Counts of documents, not yet added up: hand the batches to ``tongwen.merge``."""
    given = {
        "period": period,
        "pairs_among": None if pairs_among is None else list(pairs_among),
        "unit": unit,
        "rules": shipped(rules),
        "guess_words": guess_words,
        "max_text_bytes": max_text_bytes,
    }
    return dataset.map_batches(_counts, batch_format="pyarrow", fn_kwargs=given, **options)


def partials(dataset: Dataset, *, rules: str | Path | Rules | None = None, map_options=None, **given: Any) -> Dataset:
    """Parts for ``tongwen.report``; ``given`` are the arguments of ``tongwen.partials``."""
    given = {"rules": shipped(rules), **given}
    return dataset.map_batches(_partials, batch_format="pyarrow", fn_kwargs=given, **(map_options or {}))


def _counts(table: pa.Table, **given: Any) -> pa.Table:
    return pa.Table.from_batches(_workers.count(iter(table.to_batches()), **given), schema=_workers.counts_schema())


def _partials(table: pa.Table, **given: Any) -> pa.Table:
    return pa.Table.from_batches(_workers.part(iter(table.to_batches()), **given), schema=_workers.partials_schema())


def _mentions(table: pa.Table, rules: Rules | None, guess_words: bool, max_text_bytes: int) -> pa.Table:
    found = _workers.mentions(iter(table.to_batches()), rules, guess_words, max_text_bytes)
    return pa.Table.from_batches(found, schema=_workers.mentions_schema())
