"""A report folder as Python sees it."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import _options
from .errors import ReadError, UsageError

if TYPE_CHECKING:
    import pyarrow


class Report:
    """Opens a report folder; its tables come as Arrow.

    >>> report = tongwen.Report("outputs")
    >>> report.table("laws").to_pandas()
    """

    def __init__(self, folder: str | Path, outcome: dict[str, Any] | None = None) -> None:
        self.folder = Path(folder)
        self.outcome = outcome
        """How many files became what, and which could not be read; only after ``analyze``."""
        if outcome is None:
            self._read()  # says at once where there is no report

    @cached_property
    def run(self) -> dict[str, Any]:
        """What ``run.json`` says: parameters, fingerprints, counts, files."""
        return self._read()

    def _read(self) -> dict[str, Any]:
        path = self.folder / "run.json"
        try:
            run: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except OSError as fault:
            raise ReadError(
                f"cannot read {path}: {fault.strerror}", hint="give a folder that tongwen has written", path=str(path)
            ) from fault
        return run

    @property
    def tables(self) -> list[str]:
        """Names of the tables that are there."""
        return sorted(path.stem for path in (self.folder / "tables").glob("*.parquet"))

    def path(self, table: str) -> Path:
        """The file of a table, for programs that read Parquet themselves."""
        path = self.folder / "tables" / f"{table}.parquet"
        if not path.is_file():
            known = ", ".join(self.tables) or "none; the report was made without the format parquet"
            raise UsageError(f"no table {table}", hint=f"tables are {known}")
        return path

    def table(self, name: str, columns: list[str] | None = None) -> pyarrow.Table:
        """A table as a ``pyarrow.Table``."""
        try:
            import pyarrow.parquet as parquet
        except ImportError as fault:
            raise UsageError("pyarrow is not installed", hint="pip install pyarrow") from fault
        columns = None if columns is None else _options.names("columns", columns)
        return parquet.read_table(self.path(name), columns=columns)

    def __getitem__(self, name: str) -> pyarrow.Table:
        return self.table(name)

    def __repr__(self) -> str:
        return f"<tongwen.Report {self.folder}: {', '.join(self.tables)}>"
