"""A folder of rules that can travel to other machines."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from . import _tongwen
from .errors import UsageError

_loaded: set[tuple[str, bool]] = set()


class Rules:
    """A folder laid over the built-in rules, word lists and registry.

    The files are read and compiled here, so a mistake in them is told before any job starts. On its way to another
    process the object carries their contents and their digest; there they are compiled once.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder: Path | None = Path(folder)
        self.files = _files(self.folder)
        self.digest = _digest(self.files)
        _tongwen.fingerprints(self._ruling(False))

    def __getstate__(self) -> dict:
        return {"files": self.files, "digest": self.digest}

    def __setstate__(self, state: dict) -> None:
        self.folder = None
        self.files = state["files"]
        self.digest = state["digest"]
        if _digest(self.files) != self.digest:
            raise UsageError("the rules that arrived are not those that were sent", hint="send them again")

    def __repr__(self) -> str:
        return f"<tongwen.Rules of {len(self.files)} files, {self.digest[:12]}>"

    def _ruling(self, guess_words: bool) -> tuple[str | None, str | None, bool]:
        key = (self.digest, guess_words)
        if key not in _loaded:
            if self.folder is not None:
                _tongwen.fingerprints((str(self.folder), self.digest, guess_words))
            else:
                with tempfile.TemporaryDirectory(prefix="tongwen-rules-") as home:
                    for name, content in self.files.items():
                        path = Path(home, name)
                        path.parent.mkdir(exist_ok=True)
                        path.write_bytes(content)
                    _tongwen.fingerprints((home, self.digest, guess_words))
            _loaded.add(key)
        return (None, self.digest, guess_words)


def ruling(rules: str | Path | Rules | None, guess_words: bool) -> tuple[str | None, str | None, bool]:
    """What the engine takes for a choice of rules."""
    if rules is None:
        return (None, None, guess_words)
    return shipped(rules)._ruling(guess_words)


def shipped(rules: str | Path | Rules | None) -> Rules | None:
    """A choice of rules, ready to travel."""
    return rules if rules is None or isinstance(rules, Rules) else Rules(rules)


def _files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise UsageError(
            f"there is no folder {folder}", hint="give the folder that holds zh/ and en/ with rule files", path=str(folder)
        )
    files = sorted(path for part in ("zh", "en", "registry") for path in (folder / part).glob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _digest(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
