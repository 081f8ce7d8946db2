"""Options on their way to the engine: the bounds of the command line, and one clear error for what is outside them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Mapping

from .errors import UsageError

if TYPE_CHECKING:
    from .rules import Rules

LARGEST = 1 << 30
"""No text or file may be larger, whatever is asked for."""

Folding = tuple[bool, bool, int, int]
"""Simplified, stems, shortest Chinese word, shortest English word."""


def within(name: str, value: Any, low: int, high: int) -> int:
    """A whole number between two others."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or not low <= value.__index__() <= high:
        raise UsageError(f"{name} is {value}", hint=f"give a number from {low} to {high}")
    return value.__index__()


def threads(jobs: int | None) -> int:
    """Threads as the engine takes them: 0 for all cores."""
    return 0 if jobs is None else within("jobs", jobs, 1, 4096)


def size(name: str, value: int) -> int:
    """Bytes of the largest text or file."""
    return within(name, value, 1, LARGEST)


def folding(fold: str | None, stem: str | None, min_length: int | str | Mapping[str, int]) -> Folding:
    """Which words are counted as one, and which are too short to be counted."""
    if fold not in (None, "simplified"):
        raise UsageError(f"nothing is folded to `{fold}`", hint="give fold='simplified', or None")
    if stem not in (None, "english"):
        raise UsageError(f"no stems for `{stem}`", hint="give stem='english', or None")
    shortest = {"zh": 1, "en": 1}
    try:
        if isinstance(min_length, Mapping):
            given = dict(min_length)
        elif isinstance(min_length, str) and not min_length.isdigit():
            given = dict(part.split(":") for part in min_length.split(","))
        else:
            given = {"zh": min_length, "en": min_length}
        if not given.keys() <= shortest.keys():
            raise ValueError
        shortest |= {language: within("min_length", int(least), 1, 100) for language, least in given.items()}
    except (TypeError, ValueError) as fault:
        hint = "give a number from 1 to 100 for both languages, or 'zh:2,en:3'"
        raise UsageError(f"min_length is {min_length!r}", hint=hint) from fault
    return fold is not None, stem is not None, shortest["zh"], shortest["en"]


def report(
    *,
    command: str,
    jobs: int | None = None,
    rules: str | Path | Rules | None = None,
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
) -> dict[str, Any]:
    """The options of a report as the engine takes them."""
    if isinstance(formats, str):
        formats = formats.split(",")
    huge = (1 << 63) - 1
    return {
        "formats": None if formats is None else [str(name).strip() for name in formats],
        "group_by": group_by,
        "period": period,
        "unit": unit.split(",") if isinstance(unit, str) else list(unit),
        "matrix": within("matrix", matrix, 0, 2000),
        "network_nodes": within("network_nodes", network_nodes, 0, 2000),
        "network_edges": within("network_edges", network_edges, 0, huge),
        "keyness_rows": within("keyness_rows", keyness_rows, 0, huge),
        "sheet_rows": within("sheet_rows", sheet_rows, 1, 1_048_574),
        "force": force,
        "jobs": threads(jobs),
        "command": f"tongwen.{command}(…)",
        "rules": shown(rules),
    }


def shown(rules: str | Path | Rules | None) -> str | None:
    """An overlay as ``run.json`` shows it: its folder, or its digest where it came from elsewhere."""
    if rules is None or isinstance(rules, (str, os.PathLike)):
        return None if rules is None else os.fspath(rules)
    return rules.digest if rules.folder is None else os.fspath(rules.folder)
