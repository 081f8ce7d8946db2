"""What people hand over, looked at before the engine sees it: texts, tables, files.

``extract_batch({"id": ["a"], "text": ["《网络安全法》"]})`` would be two texts, `id` and `text`, if a dict were taken for a
list. So everything is what it was meant to be, or is refused here in words that say what to give.
"""

from __future__ import annotations

import datetime
import numbers
import os
from typing import Any, Mapping

from . import _options
from .errors import UsageError


def is_arrow(value: Any) -> bool:
    """Whether a program of the Arrow family made it."""
    return hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__")


def texts_of(texts: Any) -> Any:
    """A table, a column or a list of texts."""
    if is_arrow(texts):
        return texts
    if isinstance(texts, Mapping):
        return columns_of(texts)
    if isinstance(texts, (str, bytes)):
        raise UsageError("texts is one text", hint="give a list of texts, or call tongwen.extract")
    if hasattr(type(texts), "columns"):
        hint = "collect it first, or install a version that does"
        raise UsageError(f"a {type(texts).__name__} that does not speak Arrow", hint=hint)
    try:
        return list(texts)
    except TypeError as fault:
        raise UsageError(f"a {type(texts).__name__} holds no texts", hint="give a list of texts, or a table") from fault


def documents_of(documents: Any) -> Any:
    """A table of documents."""
    if isinstance(documents, Mapping):
        return columns_of(documents)
    if not is_arrow(documents):
        raise UsageError(
            f"a {type(documents).__name__} is no table", hint="give a table of the Arrow family with `id` and `text`"
        )
    return documents


def columns_of(table: Mapping[Any, Any]) -> dict[str, list[str | None]]:
    """A dict of lists as a table: numbers and days as they are written, what is missing as None."""
    columns: dict[str, list[str | None]] = {}
    for name, cells in table.items():
        if not isinstance(name, str):
            raise UsageError(f"a column is called {name!r}", hint="give the names of columns as str")
        if isinstance(cells, (str, bytes)):
            hint = 'give a list for each column: {"id": [...], "text": [...]}'
            raise UsageError(f"the column `{name}` is one text", hint=hint)
        try:
            cells = cells.to_pylist() if hasattr(cells, "to_pylist") else list(cells)
        except TypeError as fault:
            raise UsageError(f"the column `{name}` is a {type(cells).__name__}", hint="give a list") from fault
        columns[name] = [_cell(name, cell) for cell in cells]
    lengths = {name: len(cells) for name, cells in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"`{name}` {length}" for name, length in lengths.items())
        hint = "give one value for each document, None for none"
        raise UsageError(f"columns of different lengths: {told}", hint=hint)
    return columns


def _cell(name: str, cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, (numbers.Number, datetime.date)):
        if cell != cell:
            return None  # NaN and NaT, as pandas says that nothing is there
        if name.strip().lower() != "text":
            told = cell.isoformat() if isinstance(cell, datetime.date) else str(cell)
            return told.lower() if isinstance(cell, bool) else told
    raise UsageError(f"the column `{name}` holds a {type(cell).__name__}", hint="give str, or None where there is none")


def paths_of(inputs: Any) -> list[str]:
    """Folders and files, at least one."""
    if isinstance(inputs, (str, bytes, os.PathLike)):
        inputs = [inputs]
    try:
        paths = [os.fsdecode(path) for path in inputs]
    except TypeError as fault:
        raise UsageError(f"inputs is {inputs!r}", hint="give a folder or a file, or a list of them") from fault
    if not paths:
        raise UsageError("no inputs", hint="give a folder or a file, or a list of them")
    return paths


def said(
    text: str, lang: str | None, date: str | None, title: str | None, max_text_bytes: int
) -> tuple[str, str | None, str | None, str | None]:
    """One text and what is known of it, in characters: half of one cannot be written in UTF-8."""
    largest = _options.size("max_text_bytes", max_text_bytes)
    for name, value in (("text", text), ("lang", lang), ("date", date), ("title", title)):
        if value is None and name != "text":
            continue
        if not isinstance(value, str):
            or_none = "" if name == "text" else " or None"
            raise TypeError(f"{name} is a {type(value).__name__}; give a str{or_none}")
        try:
            length = len(value.encode())
        except UnicodeEncodeError as fault:
            told = f"half a character (a lone surrogate) in {name} at {fault.start}"
            raise UsageError(told, hint="decode it with errors='replace'") from fault
        if name == "text" and length > largest:
            raise UsageError(f"a text of {length} bytes, more than {largest}", hint="give a larger max_text_bytes")
    return text, lang, date, title
