"""Overlays: compiled before a job, at home on another machine."""

import pickle
import subprocess
import sys

import pytest

import tongwen

TEXT = "《中华人民共和国测试办法》施行。"


def test_an_overlay_is_used(overlay):
    assert tongwen.extract(TEXT)[0]["value"].startswith("x-")
    assert tongwen.extract(TEXT, rules=overlay)[0]["value"] == "cn-test-law"
    assert tongwen.fingerprints() != tongwen.fingerprints(overlay)


def test_a_mistake_is_told_with_its_place_before_anything_is_read(overlay):
    (overlay / "registry" / "laws.tsv").write_text("id\ttitle_zh\nBAD\t某法\n", "utf-8")
    with pytest.raises(tongwen.RuleError, match="`BAD` is no id") as raised:
        tongwen.Rules(overlay)
    assert raised.value.path.endswith("laws.tsv") and raised.value.line == 2
    again = pickle.loads(pickle.dumps(raised.value))
    assert (type(again), str(again), again.line) == (tongwen.RuleError, str(raised.value), 2)
    with pytest.raises(tongwen.UsageError, match="there is no folder"):
        tongwen.extract(TEXT, rules=overlay / "nowhere")


def test_rules_travel_by_content(overlay, tmp_path):
    rules = tongwen.Rules(overlay)
    parcel = tmp_path / "rules.pickle"
    parcel.write_bytes(pickle.dumps(rules))
    (overlay / "registry" / "laws.tsv").unlink()
    code = "import pickle, sys, tongwen; rules = pickle.load(open(sys.argv[1], 'rb')); print(tongwen.extract(sys.argv[2], rules=rules)[0]['value'])"
    told = subprocess.run([sys.executable, "-c", code, parcel, TEXT], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert told.stdout.strip() == "cn-test-law"


def test_changed_rules_are_noticed(overlay):
    state = tongwen.Rules(overlay).__getstate__()
    state["files"]["registry/laws.tsv"] += b"cn-other\t\xe6\x9f\x90\xe6\xb3\x95\n"
    with pytest.raises(tongwen.UsageError, match="not those that were sent"):
        object.__new__(tongwen.Rules).__setstate__(state)


def test_what_was_read_is_what_is_compiled(overlay, monkeypatch):
    read = tongwen.rules._files

    def changed_meanwhile(folder):
        files = read(folder)
        (overlay / "registry" / "laws.tsv").write_text("id\ttitle_zh\ncn-other\t某某法\n", "utf-8")
        return files

    monkeypatch.setattr(tongwen.rules, "_files", changed_meanwhile)
    assert tongwen.extract(TEXT, rules=overlay)[0]["value"] == "cn-test-law"


def test_many_overlays_can_be_used_in_turn(overlay):
    laws = overlay / "registry" / "laws.tsv"
    made = []
    for number in range(6):
        laws.write_text(f"id\ttitle_zh\ncn-test-{number}\t中华人民共和国测试办法\n", "utf-8")
        made.append(tongwen.Rules(overlay))
    assert [tongwen.extract(TEXT, rules=rules)[0]["value"] for rules in made] == [f"cn-test-{n}" for n in range(6)]
