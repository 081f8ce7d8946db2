"""The sample documents of the repository as a folder, as a table of metadata and as rows."""

from __future__ import annotations

import csv
import os
import sys
from pathlib import Path

import pyarrow as pa
import pytest

INPUTS = Path(__file__).resolve().parents[2] / "inputs"

# Workers must be this Python, not another one that PATH may name first.
os.environ["PYSPARK_PYTHON"] = sys.executable
os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable


def _documents() -> list[dict[str, str | None]]:
    rows = []
    for path in sorted(INPUTS.iterdir()):
        if path.suffix not in (".md", ".txt"):
            continue
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue
        about = {}
        if text.startswith("---\n"):
            head, text = text[4:].split("\n---\n", 1)
            about = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
        name, language = path.name.split(".")[:2]
        rows.append(
            {
                "id": f"{language}/{name}.txt",
                "text": text,
                "title": about.get("title", "").strip("'\"") or None,
                "date": about.get("date", "").strip("'\"") or None,
                "issuer": about.get("issuer"),
                "group": about.get("group", language),
            }
        )
    rows.append({"id": "en/windows.txt", "text": "On May 5, 2022,\r\nthe Act of 1974 was amended.\r\n", "title": None, "date": "2022-05-06", "issuer": None, "group": "en"})
    rows.append({"id": "empty.txt", "text": "", "title": None, "date": None, "issuer": None, "group": None})
    return rows


@pytest.fixture(scope="session")
def rows() -> list[dict[str, str | None]]:
    return _documents()


@pytest.fixture(scope="session")
def table(rows) -> pa.Table:
    return pa.Table.from_pylist(rows)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory, rows) -> Path:
    """A folder of the same documents, with a table of metadata beside it."""
    home = tmp_path_factory.mktemp("corpus")
    for row in rows:
        path = home / "texts" / row["id"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(row["text"].encode())
    with open(home / "meta.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "title", "date", "issuer", "group"])
        writer.writerows([row[name] or "" for name in ("id", "title", "date", "issuer", "group")] for row in rows)
    return home


@pytest.fixture(scope="session")
def single(tmp_path_factory, corpus) -> Path:
    """What one machine makes of the folder."""
    import tongwen

    out = tmp_path_factory.mktemp("single") / "out"
    tongwen.analyze(corpus / "texts", out, meta=corpus / "meta.csv", group_by="group")
    return out


@pytest.fixture
def overlay(tmp_path) -> Path:
    """A law that only we know."""
    folder = tmp_path / "rules"
    (folder / "registry").mkdir(parents=True)
    (folder / "registry" / "laws.tsv").write_text("id\ttitle_zh\ncn-test-law\t中华人民共和国测试办法\n", "utf-8")
    return folder


def same_reports(left: Path, right: Path) -> None:
    """Every file of two report folders has the same bytes; run.json says how each was made."""
    import json

    def names(folder: Path) -> list[str]:
        files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        return sorted(path.relative_to(folder).as_posix() for path in files)

    assert names(left) == names(right)
    # The page and the workbook show the command and the inputs.
    told = {"run.json", "report.html", "report.xlsx"}
    different = [name for name in names(left) if name not in told and (left / name).read_bytes() != (right / name).read_bytes()]
    assert different == []
    runs = [json.loads((folder / "run.json").read_text("utf-8")) for folder in (left, right)]
    for name in ("counts", "files", "rules_fingerprint", "registry_fingerprint"):
        assert runs[0].get(name) == runs[1].get(name), name
