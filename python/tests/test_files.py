"""Files with their bytes as documents: the readers of folders, their limits, and files that are no documents."""

import io
import zipfile

import pyarrow as pa
import pytest

import tongwen

LAW = "2016年11月，《网络安全法》公布。"


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def files(**more: bytes) -> pa.Table:
    given = {
        "a/notice.md": f"---\ntitle: 通知\ndate: 2017-06-01\n---\n# 通知\n\n{LAW}\n".encode(),
        "a/gb.txt": LAW.encode("gb18030"),
        "b/page.html": f"<html lang=zh><title>公告</title><p>{LAW}</p></html>".encode(),
        "broken.docx": b"PK",
        "broken.pdf": b"%PDF-1.7\n",
        "picture.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 20,
        "two.zip": archive({"one.txt": LAW.encode(), "two.txt": b"The Act of 1974."}),
        **more,
    }
    return pa.table({"path": list(given), "content": pa.array(given.values(), pa.binary())})


def test_files_become_documents():
    read = {row["id"]: row for row in pa.table(tongwen.read_documents(files())).to_pylist()}
    assert read["a/gb.txt"]["text"] == LAW and read["a/gb.txt"]["format"] == "txt"
    notice = read["a/notice.md"]
    assert (notice["title"], notice["date"], notice["error"]) == ("通知", "2017-06-01", None)
    assert LAW in read["b/page.html"]["text"] and read["b/page.html"]["title"] == "公告"
    assert {read[name]["status"] for name in ("broken.docx", "broken.pdf")} == {"error"}
    assert all(read[name]["error"] and read[name]["text"] is None for name in ("broken.docx", "broken.pdf"))
    assert read["picture.png"]["status"] == "skip"
    assert sorted(name for name in read if name.startswith("two.zip/")) == ["two.zip/one.txt", "two.zip/two.txt"]


def test_they_give_the_report_of_the_folder(tmp_path):
    table = files()
    for row in table.to_pylist():
        path = tmp_path / "in" / row["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(row["content"])
    whole = tongwen.analyze(tmp_path / "in", tmp_path / "whole", formats=["csv", "parquet"])
    documents = tongwen.read_documents(table)
    parts = tongwen.partials(documents, formats=["csv", "parquet"])
    report = tongwen.report(parts, tmp_path / "parts", formats=["csv", "parquet"])
    # Headings that a format marks are not in a table of texts.
    places = {"heading", "article", "paragraph"}
    names = [name for name in whole["mentions"].column_names if name not in places]
    wanted = {
        "laws": ["id", "mentions", "documents"],
        "dates": ["value", "mentions", "documents"],
        "terms": ["term", "tf", "df"],
        "mentions": names,
    }
    for name, columns in wanted.items():
        assert report.table(name, columns).equals(whole.table(name, columns)), name


def test_what_was_wrong_with_a_file_goes_along():
    documents = tongwen.read_documents(files())
    errors = {row["id"]: row["error"] for row in pa.table(tongwen.extract_batch(documents)).to_pylist() if row["error"]}
    assert errors["broken.pdf"] and errors["broken.pdf"] != "no text"


def test_limits_and_rows_that_are_no_files():
    table = pa.table(
        {"path": ["a.txt", None, "c.txt", "d.txt"], "content": pa.array([b"x" * 100, b"x", None, b"x"], pa.binary())}
    )
    read = [row["error"] for row in pa.table(tongwen.read_documents(table, max_file_bytes=50)).to_pylist()]
    assert read == ["a file of 100 bytes, more than 50", "no path", "no content", None]
    assert len(tongwen.read_documents(table.slice(0, 0))) == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (pa.table({"path": ["x"]}), "no column `content`"),
        (pa.table({"path": ["x"], "content": ["x"]}), "the column `content` is Utf8, which is not binary"),
        (pa.table({"path": [1], "content": [b"x"]}), "the column `path` is Int64, which is not text"),
        (5, "a int is no table"),
    ],
)
def test_tables_without_files(given, told):
    with pytest.raises(tongwen.UsageError, match=told):
        tongwen.read_documents(given)
