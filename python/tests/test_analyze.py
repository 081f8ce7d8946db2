"""Folders: the report folder, what could not be read, who looks on."""

import pytest

import tongwen


def test_a_report_folder_is_written_and_opens(corpus, single):
    report = tongwen.Report(single)
    assert report.run["version"] == tongwen.__version__
    assert {"laws", "terms", "mentions", "sentences", "documents"} <= set(report.tables)
    laws = report["laws"]
    assert laws.num_rows > 5 and "cn-cybersecurity-law" in laws["id"].to_pylist()
    assert report.table("terms", columns=["term", "tf"]).column_names == ["term", "tf"]


def test_files_that_cannot_be_read_are_named(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("《网络安全法》", "utf-8")
    (tmp_path / "in" / "bad.docx").write_bytes(b"PK")
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.7\n")
    report = tongwen.analyze(tmp_path / "in", tmp_path / "out", formats=["csv"])
    assert {name: report.outcome[name] for name in ("found", "ok", "error")} == {"found": 3, "ok": 1, "error": 2}
    assert sorted(failure["path"] for failure in report.outcome["failures"]) == ["bad.docx", "bad.pdf"]
    assert "reading process" not in str(report.outcome["failures"])
    assert report.tables == []


def test_somebody_looks_on(corpus, tmp_path):
    told = []
    tongwen.analyze(corpus / "texts", tmp_path / "out", formats=["csv"], progress=told.append)
    assert sum(event["event"] == "done" for event in told) == next(e["files"] for e in told if e["event"] == "found")
    assert [e["name"] for e in told if e["event"] == "stage"][-1] in ("writing", "publishing")


def test_what_the_onlooker_raises_ends_the_run_with_nothing_visible(corpus, tmp_path):
    def enough(event):
        if event["event"] == "done":
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        tongwen.analyze(corpus / "texts", tmp_path / "out", progress=enough)
    assert [path for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"formats": ["doc"]}, "no format `doc`"),
        ({"period": "week"}, "no period `week`"),
        ({"unit": "page"}, "no unit `page`"),
        ({"jobs": 0}, "jobs is 0"),
        ({"group_by": "path:0"}, "nothing can be grouped by `path:0`"),
        ({"matrix": 2001}, "matrix is 2001"),
        ({"network_nodes": -1}, "network_nodes is -1"),
        ({"sheet_rows": 1 << 40}, "sheet_rows is"),
        ({"max_file_bytes": 1 << 31}, "max_file_bytes is"),
        ({"formats": 5}, "formats is 5"),
        ({"unit": [5]}, "unit holds 5"),
        ({"group_by": 5}, "group_by is 5"),
        ({"progress": True}, "progress is True"),
    ],
)
def test_options_that_are_not_there(corpus, tmp_path, given, told):
    with pytest.raises(tongwen.UsageError, match=told):
        tongwen.analyze(corpus / "texts", tmp_path / "out", **given)


def test_another_run_says_that_nothing_has_changed(corpus, tmp_path):
    given = {"formats": ["csv"], "fold": "simplified", "stem": "english", "min_length": "zh:2,en:3"}
    first = tongwen.analyze(corpus / "texts", tmp_path / "out", **given)
    again = tongwen.analyze(corpus / "texts", tmp_path / "out", no_mtime=True, **given)
    assert (first.outcome["unchanged"], again.outcome["unchanged"]) == (False, True)
    told = again.run["parameters"]
    assert (told["fold"], told["stem"], told["min_length"]) == ("simplified", "english", {"zh": 2, "en": 3})


def test_doors_that_do_not_open(tmp_path, corpus):
    with pytest.raises(tongwen.TongwenError, match="nowhere"):
        tongwen.analyze(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(tongwen.ReadError, match="cannot read"):
        tongwen.analyze(corpus / "texts", tmp_path / "out", meta=tmp_path / "none.csv")
    (tmp_path / "file").write_text("x")
    with pytest.raises((tongwen.WriteError, tongwen.UsageError)):
        tongwen.analyze(corpus / "texts", tmp_path / "file" / "out")
    with pytest.raises(tongwen.ReadError, match="run.json"):
        tongwen.Report(tmp_path)


def test_hints_name_arguments(tmp_path, corpus):
    (tmp_path / "in" / ".hidden").mkdir(parents=True)
    (tmp_path / "file").write_text("x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "laws.csv").write_text("of somebody else")
    for inputs, out, given, hint in (
        (tmp_path / "in", "new", {}, "hidden files are left out; give hidden=True to read them"),
        (corpus / "texts", "file", {}, "give a folder with out"),
        (corpus / "texts", "out", {}, "give another folder with out, or force=True to replace them"),
        (corpus / "texts", "new", {"group_by": "nothing"}, "group_by takes .*; meta brings fields of your own"),
    ):
        with pytest.raises(tongwen.UsageError, match=f"\nhint: {hint}$"):
            tongwen.analyze(inputs, tmp_path / out, formats=["csv"], **given)


@pytest.mark.parametrize(
    ("inputs", "told"), [([], "no inputs"), (5, "inputs is 5"), ("/nowhere/at/all", "folder: /nowhere/at/all\n")]
)
def test_inputs_that_are_none(tmp_path, inputs, told):
    with pytest.raises(tongwen.UsageError, match=told):
        tongwen.analyze(inputs, tmp_path / "out")


def test_columns_are_a_list(single):
    with pytest.raises(tongwen.UsageError, match="columns is one word"):
        tongwen.Report(single).table("terms", columns="term")
