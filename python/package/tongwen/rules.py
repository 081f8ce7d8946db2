"""A folder of rules that can travel to other machines."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from . import _tongwen
from ._options import Folding
from .errors import TongwenError, UsageError

Ruling = tuple[str | None, str | None, bool, Folding]
"""What the engine takes: folder, digest, whether unknown words are guessed, what is folded."""

PLAIN: Folding = (False, False, 1, 1)
"""Nothing is folded, and every word counts."""


class Rules:
    """A folder laid over the built-in rules, word lists and registry.

    The files are read and compiled here, so a mistake in them is told before any job starts. On its way to another
    process the object carries their contents and their digest; there they are compiled once.
    """

    folder: Path | None
    files: dict[str, bytes]
    digest: str

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.files = _files(self.folder)
        self.digest = _digest(self.files)
        self._ruling(False, PLAIN)

    def __getstate__(self) -> dict[str, Any]:
        return {"files": self.files, "digest": self.digest}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.folder = None
        self.files = state["files"]
        self.digest = state["digest"]
        if _digest(self.files) != self.digest:
            raise UsageError("the rules that arrived are not those that were sent", hint="send them again")

    def __repr__(self) -> str:
        return f"<tongwen.Rules of {len(self.files)} files, {self.digest[:12]}>"

    def _ruling(self, guess_words: bool, folding: Folding) -> Ruling:
        ruling = (None, self.digest, guess_words, folding)
        if not _tongwen.is_loaded(ruling):
            # What was read is what is compiled: the folder may have changed meanwhile.
            with tempfile.TemporaryDirectory(prefix="tongwen-rules-") as home:
                for name, content in self.files.items():
                    path = Path(home, name)
                    path.parent.mkdir(exist_ok=True)
                    path.write_bytes(content)
                try:
                    _tongwen.fingerprints((home, self.digest, guess_words, folding))
                except TongwenError as fault:
                    raise self._told(fault, home) from None
        return ruling

    def _told(self, fault: TongwenError, home: str) -> TongwenError:
        """The same fault in the folder that the user knows."""
        known = str(self.folder or "rules")
        message, path = fault.message.replace(home, known), (fault.path or "").replace(home, known) or None
        again = type(fault)(message, hint=fault.hint, path=path, line=fault.line, column=fault.column)
        return again


def ruling(rules: str | Path | Rules | None, guess_words: bool = False, folding: Folding = PLAIN) -> Ruling:
    """What the engine takes for a choice of rules."""
    given = shipped(rules)
    return (None, None, guess_words, folding) if given is None else given._ruling(guess_words, folding)


def shipped(rules: str | Path | Rules | None) -> Rules | None:
    """A choice of rules, ready to travel."""
    return rules if rules is None or isinstance(rules, Rules) else Rules(rules)


def _files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        hint = "give the folder that holds zh/ and en/ with rule files"
        raise UsageError(f"there is no folder {folder}", hint=hint, path=str(folder))
    files = sorted(path for part in ("zh", "en", "registry") for path in (folder / part).glob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _digest(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
