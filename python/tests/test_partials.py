"""Counting apart and adding up is counting together."""

import random

import pyarrow as pa
import pytest
from conftest import same_reports

import tongwen


def part(rows, **given):
    return pa.table(tongwen.partials(pa.Table.from_pylist(rows, schema=SCHEMA), group_by="group", **given))


SCHEMA = pa.schema([(name, pa.string()) for name in ("id", "text", "title", "date", "issuer", "group")])


def again(rows):
    known = {row["id"]: row for row in rows}
    return lambda ids: pa.Table.from_pylist([known[id] for id in ids], schema=SCHEMA)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_report_of_parts_is_the_report_of_one_machine(rows, single, tmp_path, seed):
    chance = random.Random(seed)
    mixed = chance.sample(rows, len(rows))
    cut = sorted(chance.sample(range(1, len(rows)), chance.randint(0, 5)))
    parts = [part(mixed[a:b]) for a, b in zip([0, *cut], [*cut, len(rows)])]
    report = tongwen.report(pa.concat_tables(parts), tmp_path / "out", texts=again(rows), group_by="group")
    same_reports(single, tmp_path / "out")
    assert report.outcome["found"] == len(rows) and report.outcome["failures"] == []


def test_documents_that_are_none_are_named(rows, tmp_path):
    parts = part([*rows[:2], {**rows[2], "text": None}])
    report = tongwen.report(parts, tmp_path / "out", group_by="group")
    (failure,) = report.outcome["failures"]
    assert (failure["path"], failure["detail"]) == (rows[2]["id"], "no text")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"group_by": "year"}, "another group_by"),
        ({"group_by": "group", "formats": ["csv"]}, "other formats"),
        ({"group_by": "group", "guess_words": True}, "another group_by"),
    ],
)
def test_parts_of_different_settings_are_not_added_up(rows, tmp_path, given, told):
    with pytest.raises(tongwen.UsageError, match=told):
        tongwen.report(part(rows[:1]), tmp_path / "out", **given)


def test_parts_of_different_rules_are_not_added_up(rows, tmp_path, overlay):
    with pytest.raises(tongwen.UsageError, match="other rules"):
        tongwen.report(part(rows[:1], rules=overlay), tmp_path / "out", group_by="group")


def test_parts_of_other_words_are_not_added_up(rows, tmp_path):
    parts = part(rows[:3], stem="english")
    with pytest.raises(tongwen.UsageError, match="another guess_words, fold, stem or min_length"):
        tongwen.report(parts, tmp_path / "out", group_by="group")
    report = tongwen.report(parts, tmp_path / "out", group_by="group", stem="english", rules=None)
    told = report.run["parameters"]
    assert (told["stem"], told["guess_words"], told["rules"]) == ("english", False, None)


def test_somebody_looks_on(rows, tmp_path):
    told = []
    tongwen.report(part(rows), tmp_path / "out", group_by="group", progress=told.append)
    assert [event["files"] for event in told if event["event"] == "found"] == [len(rows)]
    assert sum(event["event"] == "done" for event in told) == len(rows)


def test_what_the_onlooker_raises_leaves_nothing_visible(rows, tmp_path):
    def enough(event):
        if event.get("name") == "publishing":
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        tongwen.report(part(rows), tmp_path / "out", group_by="group", progress=enough)
    assert [path for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")] == []


def test_large_documents_keep_their_examples(rows, tmp_path):
    large = {**rows[0], "text": "\n".join(row["text"] for row in rows)}
    parts = tongwen.partials(pa.Table.from_pylist([large]), max_text_bytes=1 << 30)
    report = tongwen.report(parts, tmp_path / "out", texts=again([large]))
    assert report.outcome["warnings"] == []


def test_names_are_escaped_as_those_of_files(tmp_path):
    given = [{"id": "a\\b\n", "text": "网络安全和数据安全。网络安全和数据安全。"}, {"id": "c", "text": "网络安全和数据安全。"}]
    report = tongwen.report(tongwen.partials(pa.Table.from_pylist(given)), tmp_path / "out", texts=again(given))
    assert report["documents"]["path"].to_pylist() == ["a\\\\b\\n", "c"]
    assert report.outcome["warnings"] == []


def test_a_document_counts_once(rows, tmp_path):
    twice = pa.concat_tables([part(rows[:2]), part(rows[1:3])])
    with pytest.raises(tongwen.UsageError, match=f"{rows[1]['id']} is there twice"):
        tongwen.report(twice, tmp_path / "out", group_by="group")


def test_damaged_parts_are_refused(rows, tmp_path):
    whole = part(rows[:3])["partial"][0].as_py()
    chance = random.Random(0)
    for _ in range(60):
        broken = bytearray(whole)
        if chance.random() < 0.3:
            del broken[chance.randrange(len(broken)) :]
        else:
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        with pytest.raises(tongwen.UsageError, match="is damaged"):
            tongwen.report(pa.table({"partial": [bytes(broken)]}), tmp_path / "out", group_by="group")
    with pytest.raises(tongwen.UsageError, match="there is no document"):
        tongwen.report(pa.table({"partial": pa.array([], pa.binary())}), tmp_path / "out")


def test_what_the_texts_raise_is_raised(rows, tmp_path):
    def gone(ids):
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        tongwen.report(part(rows), tmp_path / "out", texts=gone, group_by="group")
    assert [path for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")] == []


def test_counts_add_up_to_the_tables(table, single):
    halves = [tongwen.counts(table.slice(0, 5)), tongwen.counts(table.slice(5))]
    merged = pa.table(tongwen.merge(halves))
    assert merged.to_pylist() == pa.table(tongwen.counts(table)).to_pylist()
    grouped = pa.concat_tables([pa.table(half) for half in halves]).group_by(["table", "key", "detail", "period"])
    summed = grouped.aggregate([("tf", "sum"), ("df", "sum")]).sort_by([(n, "ascending") for n in ("table", "key", "detail")])
    assert summed["tf_sum"].to_pylist() == merged["tf"].to_pylist()
    report = tongwen.Report(single)
    rows = merged.to_pylist()
    terms = {(r["term"], r["language"]): (r["tf"], r["df"]) for r in report["terms"].to_pylist() if r["kind"] == "word"}
    assert {(r["key"], r["detail"]): (r["tf"], r["df"]) for r in rows if r["table"] == "term"} == terms
    laws = {r["id"]: (r["mentions"], r["documents"]) for r in report["laws"].to_pylist()}
    assert {r["key"]: (r["tf"], r["df"]) for r in rows if r["table"] == "law"} == laws
    dates = {(r["value"], r["kind"]): (r["mentions"], r["documents"]) for r in report["dates"].to_pylist()}
    assert {(r["key"], r["detail"]): (r["tf"], r["df"]) for r in rows if r["table"] == "date"} == dates


def test_counts_by_period(table):
    years = pa.table(tongwen.counts(table, period="year"))
    assert {"", "2022"} <= set(years["period"].to_pylist())
    total = pa.table(tongwen.counts(table))
    for name in ("term", "law", "tokens"):
        def sum_of(of):
            return sum(row["tf"] for row in of.to_pylist() if row["table"] == name)
        assert sum_of(years) == sum_of(total)
    with pytest.raises(tongwen.UsageError, match="no period `week`"):
        tongwen.counts(table, period="week")


def test_pairs_add_up_to_the_table(table, single):
    rows = tongwen.Report(single)["cooccurrence"].to_pylist()
    name = {"a": lambda r: r["id_a"] or r["a"], "b": lambda r: r["id_b"] or r["b"]}
    among = sorted({name[side](r) for r in rows for side in "ab"})[:2000]
    halves = [tongwen.counts(half, pairs_among=among) for half in (table.slice(0, 6), table.slice(6))]
    counted = {(r["table"], r["key"], r["detail"]): r["tf"] for r in pa.table(tongwen.merge(halves)).to_pylist()}
    assert rows
    for row in rows:
        a, b = name["a"](row), name["b"](row)
        if a in among and b in among:
            assert counted["pair", min(a, b), max(a, b)] == row["n_ab"]
            assert counted["pair_item", a, ""] == row["n_a"] and counted["pair_item", b, ""] == row["n_b"]
            assert counted["pair_units", "sentence", ""] == row["total"]
    with pytest.raises(tongwen.UsageError, match="pairs among 2001 terms"):
        tongwen.counts(table, pairs_among=[str(n) for n in range(2001)])
