"""One text: mentions, tokens, mistakes of the caller."""

import pickle
import subprocess
import sys
import threading

import pytest

import tongwen

TEXT = "2016年11月，《中华人民共和国网络安全法》公布，自2017年6月1日起施行。"


def test_mentions_come_in_the_wire_form():
    found = tongwen.extract(TEXT)
    assert [(m["kind"], m["value"]) for m in found] == [
        ("date", "2016-11"),
        ("law", "cn-cybersecurity-law"),
        ("date", "2017-06-01"),
    ]
    assert all(TEXT[m["start"] : m["end"]] == m["text"] for m in found)


def test_offsets_are_characters_beyond_the_basic_plane():
    text = "𠀀😀《网络安全法》"
    (law,) = tongwen.extract(text)
    assert text[law["start"] : law["end"]] == "网络安全法"


def test_a_date_of_the_document_completes_its_dates():
    (date,) = (m for m in tongwen.extract("自6月1日起施行。", date="2017-05") if m["kind"] == "date")
    assert date["value"] == "2017-06-01" and date["basis"] == "from_document_date"


def test_a_title_is_what_this_law_means():
    found = tongwen.extract("违反本法规定的，处罚款。", title="中华人民共和国网络安全法")
    assert [(m["canonical"], m["link"]) for m in found] == [("中华人民共和国网络安全法", "inferred")]


def test_an_empty_text_has_no_mentions():
    assert tongwen.extract("") == [] and tongwen.segment("") == []


def test_tokens_are_what_is_counted():
    (sentence,) = tongwen.segment("《网络安全法》自2017年6月1日起施行。")
    assert sentence[0] == "中华人民共和国网络安全法" and "施行" in sentence
    assert tongwen.segment("《网络安全法》施行。", ids=True)[0][0] == "cn-cybersecurity-law"


@pytest.mark.parametrize(
    ("given", "told"),
    [({"lang": "fr"}, "`fr` is not a language"), ({"date": "soon"}, "`soon` is not a date")],
)
def test_what_says_nothing_is_a_mistake(given, told):
    with pytest.raises(tongwen.UsageError, match=told) as raised:
        tongwen.extract(TEXT, **given)
    assert raised.value.hint.startswith("write ") and isinstance(raised.value, ValueError)


@pytest.mark.parametrize("work", [tongwen.extract, tongwen.segment])
def test_what_is_no_text_is_said(work):
    for given in (None, b"x", 5, ["x"]):
        with pytest.raises(TypeError, match=f"text is a {type(given).__name__}; give a str$"):
            work(given)
    for name in ("lang", "date", "title"):
        with pytest.raises(TypeError, match=f"{name} is a int; give a str or None"):
            work(TEXT, **{name: 5})
        with pytest.raises(tongwen.UsageError, match=f"lone surrogate\\) in {name} at 1"):
            work(TEXT, **{name: "a\ud800"})
    with pytest.raises(tongwen.UsageError, match="a text of 12 bytes, more than 11"):
        work("网络安全", max_text_bytes=11)


def test_hints_are_in_the_words_of_every_error(tmp_path):
    for mistake in (
        lambda: tongwen.extract(TEXT, lang="fr"),
        lambda: tongwen.extract_batch(["x"], jobs=0),
        lambda: tongwen.Report(tmp_path),
        lambda: tongwen.extract(TEXT, rules=tmp_path / "nowhere"),
    ):
        with pytest.raises(tongwen.TongwenError) as raised:
            mistake()
        error = raised.value
        assert error.hint and str(error) == f"{error.message}\nhint: {error.hint}"
        assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_what_is_not_installed_is_no_attribute():
    code = "import sys; sys.modules['pyarrow'] = None; import tongwen; print([hasattr(tongwen, n) for n in ('spark', 'ray')])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[False, False]"


def test_other_threads_run_meanwhile():
    long = TEXT * 20_000
    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.wait(0.001):
            ticks.append(1)

    thread = threading.Thread(target=tick)
    thread.start()
    tongwen.segment(long[:100])
    before = len(ticks)
    tongwen._tongwen.extract(tongwen.rules.ruling(None), long, None, None, None, False)
    during = len(ticks) - before
    stop.set()
    thread.join()
    assert during > 5
