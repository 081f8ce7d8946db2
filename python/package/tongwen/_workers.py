"""What runs in the processes of a cluster: batches of documents in, batches of rows out."""

from __future__ import annotations

from typing import Iterator

import pyarrow as pa

from . import _tongwen, counts, extract_batch, mention_schema, partials
from .rules import Rules

DOCUMENT_COLUMNS = ("id", "text", "lang", "date", "title")


def mentions(batches: Iterator[pa.RecordBatch], rules: Rules | None, guess_words: bool, max_text_bytes: int):
    """Mentions of the documents, batch by batch, on one core: the engine decides how many run at a time."""
    for batch in batches:
        found = extract_batch(batch, rules=rules, guess_words=guess_words, jobs=1, max_text_bytes=max_text_bytes)
        yield from pa.RecordBatchReader.from_stream(found)


def mentions_schema() -> pa.Schema:
    return pa.schema(mention_schema())


def count(batches: Iterator[pa.RecordBatch], **given):
    """Counts of the documents, a table for each batch."""
    for batch in batches:
        yield from pa.RecordBatchReader.from_stream(counts(batch, **given))


def part(batches: Iterator[pa.RecordBatch], **given):
    """Parts of a report, one or more for each batch."""
    for batch in batches:
        yield from pa.RecordBatchReader.from_stream(partials(batch, jobs=1, **given))


def counts_schema() -> pa.Schema:
    return pa.schema(_tongwen.count_schemas()[1])


def partials_schema() -> pa.Schema:
    return pa.schema(_tongwen.count_schemas()[0])
