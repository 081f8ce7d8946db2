"""Options on their way to the engine: the bounds of the command line, and one clear error for what is outside them."""

from __future__ import annotations

import operator
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Union

from . import _tongwen
from .errors import UsageError

if TYPE_CHECKING:
    from .rules import Rules

LARGEST = 1 << 30
"""No text or file may be larger, whatever is asked for."""

Folding = tuple[bool, bool, int, int]
"""Simplified, stems, shortest Chinese word, shortest English word."""

MinLength = Union[int, str, Mapping[str, int]]
"""2, "zh:2,en:3" or {"zh": 2, "en": 3}."""


def within(name: str, value: Any, low: int, high: int) -> int:
    """A whole number between two others."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or not low <= operator.index(value) <= high:
        raise UsageError(f"{name} is {value}", hint=f"give a number from {low} to {high}")
    return operator.index(value)


def word(name: str, value: str | None) -> str | None:
    """One word, or none."""
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{name} is {value!r}", hint="give a str")
    return value


def one_word(name: str, value: str) -> str:
    """One word."""
    given = word(name, value)
    if given is None:
        raise UsageError(f"{name} is None", hint="give a str")
    return given


def names(name: str, values: Iterable[str]) -> list[str]:
    """Several words; one word is not meant as its letters."""
    if isinstance(values, (str, bytes)):
        raise UsageError(f"{name} is one word", hint=f"give a list: {name}=[{values!r}]")
    try:
        given = list(values)
    except TypeError as fault:
        raise UsageError(f"{name} is {values!r}", hint="give a list of str") from fault
    for value in given:
        if not isinstance(value, str):
            raise UsageError(f"{name} holds {value!r}", hint="give a list of str")
    return given


def listed(name: str, values: str | Iterable[str]) -> list[str]:
    """Several words, or one str with commas between them."""
    return [part.strip() for part in (values.split(",") if isinstance(values, str) else names(name, values))]


def callback(name: str, value: Any) -> Any:
    """Something to call, or nothing."""
    if value is not None and not callable(value):
        raise UsageError(f"{name} is {value!r}", hint="give a function, or None")
    return value


def threads(jobs: int | None) -> int:
    """Threads as the engine takes them: 0 for all cores."""
    return 0 if jobs is None else within("jobs", jobs, 1, 4096)


def size(name: str, value: int) -> int:
    """Bytes of the largest text or file."""
    return within(name, value, 1, LARGEST)


def folding(fold: str | None, stem: str | None, min_length: MinLength) -> Folding:
    """Which words are counted as one, and which are too short to be counted."""
    if fold not in (None, "simplified"):
        raise UsageError(f"nothing is folded to `{fold}`", hint="give fold='simplified', or None")
    if stem not in (None, "english"):
        raise UsageError(f"no stems for `{stem}`", hint="give stem='english', or None")
    shortest = {"zh": 1, "en": 1}
    given: dict[str, int | str]
    try:
        if isinstance(min_length, Mapping):
            given = dict(min_length)
        elif isinstance(min_length, str) and not min_length.isdigit():
            given = {language: least for language, least in (part.split(":") for part in min_length.split(","))}
        else:
            given = {"zh": min_length, "en": min_length}
        if not given.keys() <= shortest.keys():
            raise ValueError
        shortest |= {language: within("min_length", int(least), 1, 100) for language, least in given.items()}
    except (TypeError, ValueError) as fault:
        hint = "give a number from 1 to 100 for both languages, or 'zh:2,en:3'"
        raise UsageError(f"min_length is {min_length!r}", hint=hint) from fault
    return fold is not None, stem is not None, shortest["zh"], shortest["en"]


def counts(period: str | None, among: list[str] | None, unit: str) -> None:
    """Says whether counts may be asked for in this way."""
    terms = None if among is None else len(among)
    _tongwen.check_counts(word("period", period), terms, one_word("unit", unit))


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
    huge = (1 << 63) - 1
    return {
        "formats": None if formats is None else listed("formats", formats),
        "group_by": word("group_by", group_by),
        "period": one_word("period", period),
        "unit": listed("unit", unit),
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
