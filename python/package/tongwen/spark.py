"""Mentions, counts and reports of Spark DataFrames.

The wheel has dictionary, rules and registry inside and must be installed where the workers run; each Python worker
loads them once. Nothing is broadcast but the files of an overlay.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Iterable

import pyarrow as pa
from pyspark.sql import DataFrame, functions as F

from . import MAX_BYTES, Report, _workers, report as _report
from .errors import UsageError
from .rules import Rules, shipped

_TYPES = {pa.string(): "string", pa.int64(): "bigint", pa.date32(): "date", pa.binary(): "binary", pa.bool_(): "boolean"}


def mentions(
    df: DataFrame,
    *,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
) -> DataFrame:
    """The mentions of documents, a row each, with the columns of ``tongwen.extract_batch``.

    ``df`` has a column ``text`` and, where they are known, ``id``, ``lang``, ``date`` and ``title``. A document
    that cannot be read gives a row with an ``error``; a mistake in ``rules`` is raised here, before any job.
    """
    work = partial(_workers.mentions, rules=shipped(rules), guess_words=guess_words, max_text_bytes=max_text_bytes)
    return documents(df).mapInArrow(work, ddl(_workers.mentions_schema()))


def counts(
    df: DataFrame,
    *,
    period: str | None = None,
    pairs_among: Iterable[str] | None = None,
    unit: str = "sentence",
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
) -> DataFrame:
    """Counts of documents, added up by Spark: ``table, key, detail, period, tf, df``, see ``tongwen.counts``."""
    given = {
        "period": period,
        "pairs_among": None if pairs_among is None else list(pairs_among),
        "unit": unit,
        "rules": shipped(rules),
        "guess_words": guess_words,
        "max_text_bytes": max_text_bytes,
    }
    parts = documents(df, more=True).mapInArrow(partial(_workers.count, **given), ddl(_workers.counts_schema()))
    names = ["table", "key", "detail", "period"]
    return parts.groupBy(names).agg(F.sum("tf").alias("tf"), F.sum("df").alias("df"))


def partials(
    df: DataFrame,
    *,
    group_by: str | None = None,
    formats=None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
) -> DataFrame:
    """Parts for ``tongwen.report``, counted by the workers; they can be kept as a table."""
    given = {
        "group_by": group_by,
        "formats": formats,
        "rules": shipped(rules),
        "guess_words": guess_words,
        "max_text_bytes": max_text_bytes,
    }
    return documents(df, more=True).mapInArrow(partial(_workers.part, **given), ddl(_workers.partials_schema()))


def report(
    df: DataFrame,
    out: str | Path,
    *,
    group_by: str | None = None,
    formats=None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
    **options,
) -> Report:
    """The report folder of all documents of a DataFrame, written where this is called.

    Workers read and count, the driver adds up and writes; all columns but ``id`` and ``text`` are metadata.
    ``options`` are those of ``tongwen.report``. ``df`` is read twice: again for the documents that examples come from.
    """
    rules = shipped(rules)
    shared = {"group_by": group_by, "formats": formats, "rules": rules, "guess_words": guess_words}
    parts = partials(df, max_text_bytes=max_text_bytes, **shared).toArrow()

    def texts(ids: list[str]) -> pa.Table:
        session = df.sparkSession
        wanted = session.createDataFrame([(id,) for id in ids], "id string")
        return documents(df, more=True).join(F.broadcast(wanted), "id").toArrow()

    return _report(parts, out, texts=texts, **shared, **options)


def documents(df: DataFrame, more: bool = False) -> DataFrame:
    """The columns that say something of a document, as strings."""
    missing = [name for name in ("id", "text") if name not in df.columns]
    if missing:
        told = ", ".join(f"`{name}`" for name in missing)
        raise UsageError(
            f"the DataFrame has no column {told}; its columns are {', '.join(df.columns)}",
            hint="name the column of texts `text`, that of their names `id`",
        )
    wanted = df.columns if more else [name for name in _workers.DOCUMENT_COLUMNS if name in df.columns]
    return df.select([F.col(f"`{name}`").cast("string").alias(name) for name in wanted])


def ddl(schema: pa.Schema) -> str:
    """An Arrow schema as Spark writes it."""
    return ", ".join(f"`{field.name}` {_TYPES[field.type]}" for field in schema)
