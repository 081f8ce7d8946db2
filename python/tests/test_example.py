"""The example runs."""

import runpy
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def test_a_corpus_in_a_table(capsys):
    runpy.run_path(str(EXAMPLES / "corpus_in_a_table.py"))
    said = capsys.readouterr().out
    assert "cn-cybersecurity-law" in said and "equal" in said
