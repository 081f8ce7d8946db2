"""Mentions, counts and reports of Spark DataFrames.

The wheel has dictionary, rules and registry inside and must be installed where the workers run; each Python worker
loads them once. Nothing is broadcast but the files of an overlay and, for the examples of a report, some ids.

Options and columns are looked at before a job starts. What a worker raises all the same (a row without an id) comes as
Spark's ``PythonException`` with the words of the error in it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Iterable

import pyarrow as pa
from pyspark.sql import DataFrame, functions as F, types as T

from . import MAX_BYTES, Report, _options, _workers, report as _report
from ._options import MinLength
from .errors import UsageError
from .rules import Rules

_TYPES = {
    pa.string(): "string",
    pa.int64(): "bigint",
    pa.date32(): "date",
    pa.binary(): "binary",
    pa.bool_(): "boolean",
}

_NAMES = ["table", "key", "detail", "period", "stop"]

_KNOWN = ("id", "lang", "language", "date", "ref_date", "title", "issuer", "error")


def mentions(
    df: DataFrame,
    *,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
) -> DataFrame:
    """The mentions of documents, a row each, with the columns of ``tongwen.extract_batch``.

    ``df`` has the columns ``id`` and ``text`` and, where they are known, ``lang``, ``date`` and ``title``. A document
    that cannot be read gives a row with an ``error``; a mistake in ``rules`` is raised here, before any job.
    """
    given = _workers.asked_of_mentions(rules, guess_words, max_text_bytes)
    return _documents(df).mapInArrow(partial(_workers.mention, **given), _ddl(_workers.MENTIONS))


def counts(
    df: DataFrame,
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
) -> DataFrame:
    """Counts of documents, added up by Spark: the columns of ``tongwen.counts``."""
    words = {"rules": rules, "guess_words": guess_words, "fold": fold, "stem": stem, "min_length": min_length}
    given = _workers.asked_of_counts(period, pairs_among, unit, words, max_text_bytes)
    parts = _documents(df).mapInArrow(partial(_workers.count, **given), _ddl(_workers.COUNTS))
    return parts.groupBy(_NAMES).agg(F.sum("tf").alias("tf"), F.sum("df").alias("df"))


def partials(
    df: DataFrame,
    *,
    group_by: str | None = None,
    formats: str | Iterable[str] | None = None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    fold: str | None = None,
    stem: str | None = None,
    min_length: MinLength = 1,
    max_text_bytes: int = MAX_BYTES,
) -> DataFrame:
    """Parts for ``tongwen.report``, counted by the workers; they can be kept as a table."""
    words = {"rules": rules, "guess_words": guess_words, "fold": fold, "stem": stem, "min_length": min_length}
    given = _workers.asked_of_partials(group_by, formats, words, max_text_bytes)
    return _documents(df).mapInArrow(partial(_workers.part, **given), _ddl(_workers.PARTIALS))


def report(
    df: DataFrame,
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
    **options: Any,
) -> Report:
    """The report folder of all documents of a DataFrame, written where this is called.

    Workers read and count, the driver adds up and writes; all columns but ``id`` and ``text`` are metadata.
    ``options`` are those of ``tongwen.report``. ``df`` is read twice: again for the documents that examples come from.
    """
    words = {"rules": rules, "guess_words": guess_words, "fold": fold, "stem": stem, "min_length": min_length}
    shared = _workers.asked_of_report(out, group_by, formats, words, options)
    parts = partials(df, max_text_bytes=max_text_bytes, **shared).toArrow()

    def texts(ids: list[str]) -> pa.Table:
        wanted = df.sparkSession.createDataFrame([(id,) for id in ids], "id string")
        return _documents(df).join(F.broadcast(wanted), "id").toArrow()

    return _report(parts, out, texts=texts, **shared, **options)


def read_documents(df: DataFrame, *, max_file_bytes: int = MAX_BYTES) -> DataFrame:
    """The documents in files with their bytes: ``spark.read.format("binaryFile").load(...)``.

    Columns are those of ``tongwen.read_documents``. Files are read by the workers, PDF and old Word files in processes of their own.
    """
    for name, kind in (("path", T.StringType), ("content", T.BinaryType)):
        if name not in df.columns or not isinstance(df.schema[name].dataType, kind):
            raise UsageError(
                f"the DataFrame has no column `{name}` of {kind.__name__}",
                hint='give what spark.read.format("binaryFile").load(...) gives',
            )
    given: dict[str, Any] = {"max_file_bytes": _options.size("max_file_bytes", max_file_bytes)}
    return df.select("path", "content").mapInArrow(partial(_workers.read, **given), _ddl(_workers.DOCUMENTS))


def _documents(df: DataFrame) -> DataFrame:
    """The columns that say something of a document, as strings; lists, structs and bytes are left out."""
    fields: dict[str, T.StructField] = {}
    for field in df.schema.fields:
        name = field.name.strip().lower()
        if name in fields:
            raise UsageError(
                f"there are two columns `{name}`; upper and lower case are the same", hint="leave one of them out"
            )
        fields[name] = field
    if missing := [name for name in ("id", "text") if name not in fields]:
        told = ", ".join(f"`{name}`" for name in missing)
        raise UsageError(
            f"the DataFrame has no column {told}; its columns are {', '.join(df.columns)}",
            hint="name the column of texts `text`, that of their names `id`",
        )
    if not isinstance(fields["text"].dataType, (T.StringType, T.CharType, T.VarcharType, T.NullType)):
        told = f"the column `text` is {fields['text'].dataType.simpleString()}, which is no text"
        raise UsageError(told, hint="cast it to a string first")
    sayable = {name: field for name, field in fields.items() if _is_sayable(field.dataType)}
    if strange := next((name for name in _KNOWN if name in fields and name not in sayable), None):
        told = f"the column `{strange}` is {fields[strange].dataType.simpleString()}, which is no text"
        raise UsageError(told, hint="cast it to a string first")
    return df.select([F.col(f"`{field.name}`").cast("string").alias(name) for name, field in sayable.items()])


def _is_sayable(kind: T.DataType) -> bool:
    simple = (T.StringType, T.CharType, T.VarcharType, T.NumericType, T.BooleanType, T.NullType)
    return isinstance(kind, (*simple, T.DateType, T.TimestampType, T.TimestampNTZType))


def _ddl(schema: pa.Schema) -> str:
    """An Arrow schema as Spark writes it."""
    return ", ".join(f"`{field.name}` {_TYPES[field.type]}" for field in schema)
