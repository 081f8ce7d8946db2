"""tongwen 同文: which laws, dates, figures and terms Chinese and English policy documents name, and what goes with what.

    >>> import tongwen
    >>> [m["value"] for m in tongwen.extract("2016年11月，《网络安全法》公布。")]
    ['2016-11', 'cn-cybersecurity-law']

Offsets are characters, so ``text[m["start"]:m["end"]] == m["text"]``. Tables come as objects that pyarrow, pandas,
polars and DuckDB take without a copy. While the engine works, other threads of the interpreter run.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, Callable, Iterable

from . import _tongwen
from ._tongwen import Table, __version__
from .errors import ReadError, RuleError, TongwenError, UsageError, WriteError
from .folder import Report
from .rules import Rules, ruling as _ruling

__all__ = [
    "ReadError",
    "Report",
    "RuleError",
    "Rules",
    "Table",
    "TongwenError",
    "UsageError",
    "WriteError",
    "analyze",
    "counts",
    "extract",
    "extract_batch",
    "fingerprints",
    "mention_schema",
    "merge",
    "partials",
    "report",
    "segment",
]

MAX_BYTES = 256 << 20
"""The largest text or file that is read unless told otherwise."""


def extract(
    text: str,
    lang: str | None = None,
    date: str | None = None,
    title: str | None = None,
    *,
    nested: bool = False,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
) -> list[dict[str, Any]]:
    """The mentions of one text, each as a dict in the wire form.

    ``date`` (2016, 2016-11 or 2016-11-07) is the anchor of dates that leave out their year, ``title`` the instrument
    that 本法 means. ``nested`` also gives the number inside an amount and the ends of a range.
    """
    return json.loads(_tongwen.extract(_ruling(rules, guess_words), text, lang, date, title, nested))


def extract_batch(
    texts: Iterable[str | None] | Any,
    *,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    jobs: int | None = None,
    max_text_bytes: int = MAX_BYTES,
    progress: Callable[[int, int], object] | None = None,
) -> Table:
    """The mentions of many texts as a table with a row for each mention.

    ``texts`` is a list of texts, or any table of the Arrow family (pyarrow, pandas, polars, DuckDB) with a column
    ``text`` and, where they are known, ``id``, ``lang``, ``date`` and ``title``. Without ids documents are called by
    their number. A row with an ``error`` says what went wrong with a document; the others are not touched by it.

    ``progress`` is called with the documents done and all of them, after each batch.
    """
    if not (hasattr(texts, "__arrow_c_stream__") or hasattr(texts, "__arrow_c_array__")):
        if isinstance(texts, (str, bytes)):
            raise UsageError("texts is one text", hint="give a list of texts, or call tongwen.extract")
        texts = list(texts)
        if strange := next((type(text).__name__ for text in texts if not isinstance(text, (str, type(None)))), None):
            raise UsageError(f"a text is a {strange}", hint="give str, or None where there is no text")
    return _tongwen.extract_batch(_ruling(rules, guess_words), texts, jobs or 0, max_text_bytes, progress)


def segment(
    text: str,
    lang: str | None = None,
    date: str | None = None,
    title: str | None = None,
    *,
    ids: bool = False,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
) -> list[list[str]]:
    """The sentences of a text as lists of the tokens that ``analyze`` counts.

    These are the words outside laws, dates and figures, and each named law as one token: its title, or with ``ids``
    its id.
    """
    return _tongwen.segment(_ruling(rules, guess_words), text, lang, date, title, ids)


def analyze(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    jobs: int | None = None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    meta: str | Path | None = None,
    group_by: str | None = None,
    period: str = "year",
    formats: Iterable[str] | None = None,
    unit: str | Iterable[str] = "sentence",
    matrix: int = 50,
    network_nodes: int = 80,
    network_edges: int = 200,
    keyness_rows: int = 400_000,
    sheet_rows: int = 3_000,
    force: bool = False,
    store: bool = True,
    fresh: bool = False,
    hidden: bool = False,
    follow_links: bool = False,
    max_file_bytes: int = MAX_BYTES,
    progress: Callable[[dict[str, Any]], object] | None = None,
) -> Report:
    """Reads folders and files and writes a report folder, as the command ``tongwen analyze`` does.

    What was found in each file is kept in the report folder, so that another run reads only what has changed;
    ``store=False`` keeps nothing, ``fresh=True`` forgets what is there. A folder with files of others is refused unless
    ``force`` is given.

    A file that cannot be read is no exception: ``report.outcome["failures"]`` names it. ``progress`` is called with
    ``{"event": "found" | "done" | "stage", ...}``; what it raises ends the run with nothing visible.
    """
    paths = [inputs] if isinstance(inputs, (str, os.PathLike)) else list(inputs)
    reading = {
        "inputs": [os.fspath(path) for path in paths],
        "out": os.fspath(out),
        "meta": None if meta is None else os.fspath(meta),
        "hidden": hidden,
        "follow_links": follow_links,
        "max_file_bytes": max_file_bytes,
        "store": store,
        "fresh": fresh,
        "reader": _reader(),
    }
    options = _options(
        "analyze", jobs, group_by, period, formats, unit, matrix, network_nodes, network_edges, keyness_rows, sheet_rows, force
    )
    return Report(out, _tongwen.analyze(_ruling(rules, guess_words), reading, options, progress))


def counts(
    documents: Any,
    *,
    period: str | None = None,
    pairs_among: Iterable[str] | None = None,
    unit: str = "sentence",
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
) -> Table:
    """Counts of documents as rows that add up: ``table, key, detail, period, tf, df``.

    Each document is counted once and whole, so tables of different documents become one by grouping the first four
    columns and summing the last two, or by ``merge``. With ``period`` ("year", "month") the rows are told apart by the
    dates of their documents. ``pairs_among`` names words and ids of laws, 2,000 at most; then it is also counted in how
    many units (sentence, paragraph, document, window:K) each two of them stand together.
    """
    among = None if pairs_among is None else list(pairs_among)
    ruling = _ruling(rules, guess_words)
    return _tongwen.counts(ruling, _documents(documents), period, among, unit, max_text_bytes)


def merge(tables: Iterable[Any]) -> Table:
    """Adds up tables of counts; the rows come sorted by name."""
    return _tongwen.merge(list(tables))


def partials(
    documents: Any,
    *,
    group_by: str | None = None,
    formats: Iterable[str] | None = None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    jobs: int | None = None,
    max_text_bytes: int = MAX_BYTES,
) -> Table:
    """All that ``report`` needs of some documents: ``documents, bytes, partial``, a row for each 64 MiB of text.

    ``documents`` is a table with ``text``, ``id`` and any other columns, which are metadata. Parts of one report are
    made with the same ``rules``, ``group_by``, ``formats`` and ``guess_words`` as the report itself.
    """
    options = _options("partials", jobs, group_by, "year", formats, "sentence", 50, 80, 200, 400_000, 3_000, False)
    return _tongwen.partials(_ruling(rules, guess_words), _documents(documents), options, max_text_bytes)


def report(
    partials: Any,
    out: str | Path,
    *,
    texts: Callable[[list[str]], Any] | None = None,
    jobs: int | None = None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    group_by: str | None = None,
    period: str = "year",
    formats: Iterable[str] | None = None,
    unit: str | Iterable[str] = "sentence",
    matrix: int = 50,
    network_nodes: int = 80,
    network_edges: int = 200,
    keyness_rows: int = 400_000,
    sheet_rows: int = 3_000,
    force: bool = False,
    progress: Callable[[dict[str, Any]], object] | None = None,
) -> Report:
    """Adds up parts that ``partials`` made, wherever and in whatever order, and writes the report folder.

    It equals what ``analyze`` writes for the same documents. ``texts`` is asked once for some of the documents by their
    ids (a few thousand at most), for the sentences that stand for pairs and phrases; without it these have none.
    """
    options = _options(
        "report", jobs, group_by, period, formats, unit, matrix, network_nodes, network_edges, keyness_rows, sheet_rows, force
    )
    outcome = _tongwen.report(_ruling(rules, guess_words), partials, Path(out), options, texts, progress)
    return Report(out, outcome)


def _documents(documents: Any) -> Any:
    if not (hasattr(documents, "__arrow_c_stream__") or hasattr(documents, "__arrow_c_array__")):
        raise UsageError(
            f"a {type(documents).__name__} is no table", hint="give a table of the Arrow family with `id` and `text`"
        )
    return documents


def fingerprints(rules: str | Path | Rules | None = None) -> tuple[str, str]:
    """The digests of the rules and of the registry, as ``run.json`` has them."""
    return _tongwen.fingerprints(_ruling(rules, False))


def mention_schema() -> Table:
    """The columns of ``extract_batch``, as a table without rows."""
    return _tongwen.mention_schema()


def _options(
    call, jobs, group_by, period, formats, unit, matrix, nodes, edges, keyness_rows, sheet_rows, force
) -> dict[str, Any]:
    if jobs is not None and jobs < 1:
        raise UsageError(f"jobs is {jobs}", hint="give a number from 1, or None for all cores")
    return {
        "formats": None if formats is None else [formats] if isinstance(formats, str) else list(formats),
        "group_by": group_by,
        "period": period,
        "unit": unit.split(",") if isinstance(unit, str) else list(unit),
        "matrix": matrix,
        "network_nodes": nodes,
        "network_edges": edges,
        "keyness_rows": keyness_rows,
        "sheet_rows": sheet_rows,
        "force": force,
        "jobs": jobs or 0,
        "command": f"tongwen.{call}(…)",
    }


def _reader() -> list[str]:
    """What starts a process that reads the files of others: it needs to find this package and nothing else."""
    home = str(Path(__file__).resolve().parent.parent)
    return [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {home!r}); from tongwen import _tongwen; _tongwen.serve()"]


def __getattr__(name: str) -> Any:
    if name in ("spark", "ray"):
        import importlib

        return importlib.import_module(f"tongwen.{name}")
    raise AttributeError(f"module 'tongwen' has no attribute {name!r}")
