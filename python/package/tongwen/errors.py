"""What can go wrong, with the same words as on the command line: where, what, what to try."""

from __future__ import annotations

from typing import Any, Callable


class TongwenError(Exception):
    """The base of all errors of tongwen."""

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        path: str | None = None,
        line: int = 0,
        column: int = 0,
    ) -> None:
        super().__init__(message)
        self.message = message
        """Where and what."""
        self.hint = hint
        """What to try, where the error knows."""
        self.path = path
        """The file that is meant."""
        self.line = line
        """Its line, from 1; 0 where the whole file is meant."""
        self.column = column
        """The column, from 1; 0 where the whole line is meant."""

    def __str__(self) -> str:
        return f"{self.message}\nhint: {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[Callable[..., TongwenError], tuple[Any, ...]]:
        # Whoever sends it to another process gets it there with all its fields; Spark sends its words alone.
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[TongwenError], args: tuple[str], fields: dict[str, Any]) -> TongwenError:
    error = kind(*args)
    error.__dict__.update(fields)
    return error


class UsageError(TongwenError, ValueError):
    """An argument, a table or a setting asks for something that is not there."""


class RuleError(TongwenError, ValueError):
    """A rule, word list, registry or metadata file has a mistake at a known place."""


class ReadError(TongwenError, OSError):
    """A file that is needed cannot be read."""


class WriteError(TongwenError, OSError):
    """A result cannot be written. Nothing unfinished is visible."""
