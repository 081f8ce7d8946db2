"""What runs in the processes of a cluster, batches of documents in, batches of rows out; and what is looked at before.

The same functions serve every engine. They use one core each: the engine decides how many run at a time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Iterator

import pyarrow as pa

from . import _options, _tongwen, counts, extract_batch, partials, read_documents
from ._options import MinLength
from .rules import Rules, shipped

MENTIONS: pa.Schema = pa.schema(_tongwen.mention_schema())
COUNTS: pa.Schema = pa.schema(_tongwen.count_schema())
PARTIALS: pa.Schema = pa.schema(_tongwen.partial_schema())
DOCUMENTS: pa.Schema = pa.schema(_tongwen.document_schema())

Batches = Iterator[pa.RecordBatch]


def mention(batches: Batches, **given: Any) -> Batches:
    """Mentions of the documents, batch by batch."""
    for batch in batches:
        yield from pa.RecordBatchReader.from_stream(extract_batch(batch, jobs=1, **given))


def count(batches: Batches, **given: Any) -> Batches:
    """Counts of the documents, a table for each batch."""
    for batch in batches:
        yield from pa.RecordBatchReader.from_stream(counts(batch, **given))


def part(batches: Batches, **given: Any) -> Batches:
    """Parts of a report, one or more for each batch."""
    for batch in batches:
        yield from pa.RecordBatchReader.from_stream(partials(batch, jobs=1, **given))


def read(batches: Batches, **given: Any) -> Batches:
    """The documents in files."""
    for batch in batches:
        yield from pa.RecordBatchReader.from_stream(read_documents(batch, jobs=1, **given))


def asked_of_mentions(
    rules: str | Path | Rules | None, guess_words: bool, max_text_bytes: int
) -> dict[str, Any]:
    """What goes to :func:`mention`, looked at here."""
    size = _options.size("max_text_bytes", max_text_bytes)
    return {"rules": shipped(rules), "guess_words": guess_words, "max_text_bytes": size}


def asked_of_counts(
    period: str | None, pairs_among: Iterable[str] | None, unit: str, words: dict[str, Any], max_text_bytes: int
) -> dict[str, Any]:
    """What goes to :func:`count`, looked at here."""
    among = None if pairs_among is None else _options.names("pairs_among", pairs_among)
    _options.counts(period, among, unit)
    size = _options.size("max_text_bytes", max_text_bytes)
    return {"period": period, "pairs_among": among, "unit": unit, "max_text_bytes": size, **asked_of_words(**words)}


def asked_of_partials(
    group_by: str | None, formats: str | Iterable[str] | None, words: dict[str, Any], max_text_bytes: int
) -> dict[str, Any]:
    """What goes to :func:`part`, looked at here."""
    options = _options.report(command="partials", group_by=group_by, formats=formats)
    _tongwen.check_report(options)
    size = _options.size("max_text_bytes", max_text_bytes)
    return {"group_by": group_by, "formats": options["formats"], "max_text_bytes": size, **asked_of_words(**words)}


def asked_of_report(
    out: str | Path,
    group_by: str | None,
    formats: str | Iterable[str] | None,
    words: dict[str, Any],
    options: dict[str, Any],
) -> dict[str, Any]:
    """What the parts and the report must have in common, once all that was asked for can be had."""
    words = asked_of_words(**words)
    _options.callback("progress", options.get("progress"))
    looked = {name: value for name, value in options.items() if name != "progress"}
    _tongwen.check_report(_options.report(command="report", group_by=group_by, formats=formats, **looked), Path(out))
    return {"group_by": group_by, "formats": formats, **words}


def asked_of_words(
    rules: str | Path | Rules | None, guess_words: bool, fold: str | None, stem: str | None, min_length: MinLength
) -> dict[str, Any]:
    """What decides which words there are."""
    _options.folding(fold, stem, min_length)
    given = {"guess_words": guess_words, "fold": fold, "stem": stem, "min_length": min_length}
    return {"rules": shipped(rules), **given}
