"""tongwen 同文: which laws, dates, figures and terms Chinese and English policy documents name, and what goes
with what.

    >>> import tongwen
    >>> [m["value"] for m in tongwen.extract("2016年11月，《网络安全法》公布。")]
    ['2016-11', 'cn-cybersecurity-law']

Offsets are characters, so ``text[m["start"]:m["end"]] == m["text"]``. Tables come as objects that pyarrow, pandas,
polars and DuckDB take without a copy; without these they can be gone through row by row. While the engine works, other
threads of the interpreter run.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterable

from . import _given, _options, _tongwen
from ._options import MinLength
from ._tongwen import Table, __version__
from .errors import ReadError, RuleError, TongwenError, UsageError, WriteError
from .folder import Report
from .rules import Rules, ruling as _ruling

if TYPE_CHECKING:
    from . import ray as ray, spark as spark

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
    "read_documents",
    "report",
    "segment",
]

MAX_BYTES = 256 << 20
"""The largest text or file that is read unless told otherwise; 1 GiB can be asked for."""


def extract(
    text: str,
    lang: str | None = None,
    date: str | None = None,
    title: str | None = None,
    *,
    nested: bool = False,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    max_text_bytes: int = MAX_BYTES,
) -> list[dict[str, Any]]:
    """The mentions of one text, each as a dict in the wire form.

    ``date`` (2016, 2016-11 or 2016-11-07) is the anchor of dates that leave out their year, ``title`` the instrument
    that 本法 means. ``nested`` also gives the number inside an amount and the ends of a range. A text of more than
    ``max_text_bytes`` (in UTF-8) is refused.
    """
    said = _given.said(text, lang, date, title, max_text_bytes)
    found: list[dict[str, Any]] = json.loads(_tongwen.extract(_ruling(rules, guess_words), *said, nested))
    return found


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

    ``texts`` is a list or a column of texts, or any table of the Arrow family (pyarrow, pandas, polars, DuckDB) with a
    column ``text`` and, where they are known, ``id``, ``lang``, ``date`` and ``title``. A dict of lists is a table,
    too: ``{"id": [...], "text": [...]}``. Without a column ``id`` documents are called by their number.

    A row with an ``error`` says what went wrong with a document; the others are not touched by it.

    ``progress`` is called with the documents done and all of them, after every few megabytes.
    """
    size, tell = _options.size("max_text_bytes", max_text_bytes), _options.callback("progress", progress)
    ruling, jobs = _ruling(rules, guess_words), _options.threads(jobs)
    return _tongwen.extract_batch(ruling, _given.texts_of(texts), jobs, size, tell)


def segment(
    text: str,
    lang: str | None = None,
    date: str | None = None,
    title: str | None = None,
    *,
    ids: bool = False,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    fold: str | None = None,
    stem: str | None = None,
    min_length: MinLength = 1,
    max_text_bytes: int = MAX_BYTES,
) -> list[list[str]]:
    """The sentences of a text as lists of the tokens that ``analyze`` counts.

    These are the words outside laws, dates and figures, and each named law as one token: its title, or with ``ids``
    its id. ``fold="simplified"`` takes traditional characters for simplified ones, ``stem="english"`` English words by
    their stems; ``min_length`` (2, or "zh:2,en:3") leaves shorter words out.
    """
    said = _given.said(text, lang, date, title, max_text_bytes)
    ruling = _ruling(rules, guess_words, _options.folding(fold, stem, min_length))
    return _tongwen.segment(ruling, *said, ids)


def analyze(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    jobs: int | None = None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    fold: str | None = None,
    stem: str | None = None,
    min_length: MinLength = 1,
    meta: str | Path | None = None,
    group_by: str | None = None,
    period: str = "year",
    formats: str | Iterable[str] | None = None,
    unit: str | Iterable[str] = "sentence",
    matrix: int = 50,
    network_nodes: int = 80,
    network_edges: int = 200,
    keyness_rows: int = 400_000,
    sheet_rows: int = 3_000,
    force: bool = False,
    store: bool = True,
    fresh: bool = False,
    no_mtime: bool = False,
    hidden: bool = False,
    follow_links: bool = False,
    max_file_bytes: int = MAX_BYTES,
    progress: Callable[[dict[str, Any]], object] | None = None,
) -> Report:
    """Reads folders and files and writes a report folder, as the command ``tongwen analyze`` does.

    What was found in each file is kept in the report folder, so that another run reads only what has changed;
    ``store=False`` keeps nothing, ``fresh=True`` forgets what is there, ``no_mtime=True`` reads every file to see
    whether it has changed. Files of others in the report folder stay there; where one has the name of a file of the
    report, the folder is refused unless ``force`` is given.

    A file that cannot be read is no exception: ``report.outcome["failures"]`` names it. ``progress`` is called with
    ``{"event": "found" | "done" | "stage", ...}``, from threads of the engine; what it raises ends the run with nothing
    visible.
    """
    paths = _given.paths_of(inputs)
    tell = _options.callback("progress", progress)
    reading = {
        "inputs": paths,
        "out": os.fspath(out),
        "meta": None if meta is None else os.fspath(meta),
        "hidden": hidden,
        "follow_links": follow_links,
        "max_file_bytes": _options.size("max_file_bytes", max_file_bytes),
        "store": store,
        "fresh": fresh,
        "stamps": not no_mtime,
        "reader": _reader(),
    }
    options = _options.report(
        command="analyze",
        jobs=jobs,
        rules=rules,
        group_by=group_by,
        period=period,
        formats=formats,
        unit=unit,
        matrix=matrix,
        network_nodes=network_nodes,
        network_edges=network_edges,
        keyness_rows=keyness_rows,
        sheet_rows=sheet_rows,
        force=force,
    )
    ruling = _ruling(rules, guess_words, _options.folding(fold, stem, min_length))
    return Report(out, _tongwen.analyze(ruling, reading, options, tell))


def read_documents(files: Any, *, jobs: int | None = None, max_file_bytes: int = MAX_BYTES) -> Table:
    """The documents in files that lie in a table with ``path`` and ``content``, as Spark's ``binaryFile`` gives it.

    They are read by the readers of ``analyze``, within the same limits, PDF and old Word files in another process. Columns are ``id``
    (the path), ``text``, ``lang``, ``title``, ``date``, ``issuer``, ``group``, ``format``, ``status`` and ``error``; a
    file that is no document has a row with an ``error`` and no text, an archive a row for each member.
    """
    size = _options.size("max_file_bytes", max_file_bytes)
    if not _given.is_arrow(files):
        raise UsageError(f"a {type(files).__name__} is no table", hint="give a table with `path` and `content`")
    return _tongwen.read_documents(files, _options.threads(jobs), size, _reader())


def counts(
    documents: Any,
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
    progress: Callable[[int, int], object] | None = None,
) -> Table:
    """Counts of documents as rows that add up: ``table, key, detail, period, stop, tf, df``.

    ``documents`` is a table or a column of texts, as for ``extract_batch``; so is ``progress``. Each document is counted
    once and whole, so tables of different documents become one by grouping the names and summing ``tf`` and ``df``, or
    by ``merge``. With ``period`` ("year", "month") the rows are told apart by the
    dates of their documents. ``pairs_among`` names words and ids of laws, 2,000 at most; then it is also counted in how
    many units (sentence, paragraph, document, window:K) each two of them stand together. ``stop`` tells words that take
    no part in the pairs of a report. Rows that are no documents are counted as ``errors``.
    """
    among = None if pairs_among is None else _options.names("pairs_among", pairs_among)
    size, tell = _options.size("max_text_bytes", max_text_bytes), _options.callback("progress", progress)
    _options.counts(period, among, unit)
    ruling = _ruling(rules, guess_words, _options.folding(fold, stem, min_length))
    return _tongwen.counts(ruling, _given.documents_of(documents), period, among, unit, size, tell)


def merge(tables: Iterable[Any]) -> Table:
    """Adds up tables of counts; the rows come sorted by name.

    Tables of other rules, versions or settings are refused, as far as their schemas still say of which they are.
    """
    if _given.is_arrow(tables):
        raise UsageError("tables is one table", hint="give a list of tables: merge([table])")
    try:
        given = list(tables)
    except TypeError as fault:
        told = f"a {type(tables).__name__} holds no tables"
        raise UsageError(told, hint="give a list of tables of counts") from fault
    for table in given:
        if not _given.is_arrow(table):
            raise UsageError(f"a {type(table).__name__} is no table", hint="give tables of counts")
    return _tongwen.merge(given)


def partials(
    documents: Any,
    *,
    group_by: str | None = None,
    formats: str | Iterable[str] | None = None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    fold: str | None = None,
    stem: str | None = None,
    min_length: MinLength = 1,
    jobs: int | None = None,
    max_text_bytes: int = MAX_BYTES,
    progress: Callable[[int, int], object] | None = None,
) -> Table:
    """All that ``report`` needs of some documents: ``documents, bytes, partial``, a row for each 64 MiB of text.

    ``documents`` is a table with ``text``, ``id`` and any other columns, which are metadata. Parts of one report are
    made with the same ``rules``, ``group_by``, ``formats``, ``guess_words``, ``fold``, ``stem`` and ``min_length`` as
    the report itself. ``progress`` is called with the documents done and all of them, after every 64 MiB a thread.
    """
    options = _options.report(command="partials", jobs=jobs, rules=rules, group_by=group_by, formats=formats)
    ruling = _ruling(rules, guess_words, _options.folding(fold, stem, min_length))
    size, tell = _options.size("max_text_bytes", max_text_bytes), _options.callback("progress", progress)
    return _tongwen.partials(ruling, _given.documents_of(documents), options, size, tell)


def report(
    partials: Any,
    out: str | Path,
    *,
    texts: Callable[[list[str]], Any] | None = None,
    jobs: int | None = None,
    rules: str | Path | Rules | None = None,
    guess_words: bool = False,
    fold: str | None = None,
    stem: str | None = None,
    min_length: MinLength = 1,
    group_by: str | None = None,
    period: str = "year",
    formats: str | Iterable[str] | None = None,
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
    ids (a few thousand at most), for the sentences that stand for pairs and phrases; without it these have none. It is
    called in the thread that called ``report``; ``progress`` as for ``analyze``.
    """
    ask, tell = _options.callback("texts", texts), _options.callback("progress", progress)
    if not _given.is_arrow(partials):
        raise UsageError(f"a {type(partials).__name__} is no table", hint="give the table that tongwen.partials made")
    again = None if ask is None else lambda ids: _given.documents_of(ask(ids))
    options = _options.report(
        command="report",
        jobs=jobs,
        rules=rules,
        group_by=group_by,
        period=period,
        formats=formats,
        unit=unit,
        matrix=matrix,
        network_nodes=network_nodes,
        network_edges=network_edges,
        keyness_rows=keyness_rows,
        sheet_rows=sheet_rows,
        force=force,
    )
    ruling = _ruling(rules, guess_words, _options.folding(fold, stem, min_length))
    return Report(out, _tongwen.report(ruling, partials, Path(out), options, again, tell))


def fingerprints(rules: str | Path | Rules | None = None) -> tuple[str, str]:
    """The digests of the rules and of the registry, as ``run.json`` has them."""
    return _tongwen.fingerprints(_ruling(rules))


def mention_schema() -> Table:
    """The columns of ``extract_batch``, as a table without rows."""
    return _tongwen.mention_schema()


def _reader() -> list[str]:
    """What starts a process that reads the files of others: it needs to find this package and nothing else."""
    home = str(Path(__file__).resolve().parent.parent)
    code = f"import sys; sys.path.insert(0, {home!r}); from tongwen import _tongwen; _tongwen.serve()"
    return [sys.executable, "-I", "-c", code]


def __getattr__(name: str) -> Any:
    if name in ("spark", "ray"):
        import importlib

        try:
            return importlib.import_module(f"tongwen.{name}")
        except ImportError as fault:
            needed = {"spark": "pyspark pyarrow", "ray": "'ray[data]' pyarrow"}[name]
            # An attribute that is not there, so that hasattr() can ask.
            raise AttributeError(f"tongwen.{name} cannot be loaded: {fault}; pip install {needed}") from fault
    raise AttributeError(f"module 'tongwen' has no attribute {name!r}")
