#!/usr/bin/env python3
"""Holds `cooccurrence.csv` against an independent oracle, number for number.

    tongwen segment FOLDER --ids > tokens.tsv
    tongwen analyze FOLDER --out report --unit sentence,document,window:5
    python3 tests/oracle/cooccurrence.py ORACLE tokens.tsv report [--store FILE]

ORACLE is `oracle_stats.py`, whose formulas and names the table follows. The oracle counts the tokens of tokens.tsv
itself, and takes the most frequent terms, without single characters and what terms.csv marks as stop words, and the
instruments of laws.csv. --store writes a part of the oracle's rows for `tests/cooccurrence.rs`. Needs numpy and scipy.
"""
import argparse
import csv
import importlib.util
import json
import math
import sys
from collections import Counter
from pathlib import Path

COLUMNS = ("n_ab n_a n_b E pmi npmi npmi_lo npmi_hi logdice dice jaccard cosine t_score g2 p p_bh "
           "dp_b_given_a dp_a_given_b").split()
UNITS = {"sentence": "sent", "document": "doc"}


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def plain(name):
    """Without the apostrophe that keeps a spreadsheet from taking a name for a formula."""
    return name[1:] if name[:1] == "'" and name[1:2] in tuple("=+-@＝＋－＠") else name


def items(report, corpus, parameters):
    ids = {row["id"] for row in rows(report / "laws.csv")}
    counts = Counter(token for _, _, sentences in corpus for sentence in sentences for token in sentence)
    laws = sorted((-n, token) for token, n in counts.items() if token in ids)
    stops = {plain(row["term"]) for row in rows(report / "terms.csv") if row["kind"] == "word" and row["stop"] == "true"}
    words = sorted((-n, token) for token, n in counts.items() if token not in ids and token not in stops and len(token) > 1)
    words = words[:parameters["pair_terms"]]
    return {token for _, token in words + laws[:2000 - len(words)]}


def pair_of(row):
    """By ids where there are any; whether they stand in the order of the code points, as the oracle has them."""
    a, b = row["id_a"] or plain(row["a"]), row["id_b"] or plain(row["b"])
    return ((a, b), True) if a <= b else ((b, a), False)


def same(oracle, name, x, y):
    if x != x or math.isinf(x):
        return y == ""
    if y == "":
        return False
    y = float(y)
    relative, absolute = (1e-7, 0.0) if name in oracle.P_COLUMNS else (1e-9, 1e-8 if name in oracle.CANCEL else 1e-12)
    return x == y or math.isclose(x, y, rel_tol=relative, abs_tol=absolute)


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("oracle", type=Path)
    parse.add_argument("tokens", type=Path)
    parse.add_argument("report", type=Path)
    parse.add_argument("--store", type=Path)
    args = parse.parse_args()
    spec = importlib.util.spec_from_file_location("oracle_stats", args.oracle)
    oracle = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(oracle)

    run = json.loads((args.report / "run.json").read_text(encoding="utf-8"))
    parameters, tested = run["parameters"], run["totals"]["pairs_tested"]
    corpus = oracle.read(args.tokens)
    keep = items(args.report, corpus, parameters)
    ours = {}
    for row in rows(args.report / "cooccurrence.csv"):
        pair, straight = pair_of(row)
        if not straight:
            for a, b in (("n_a", "n_b"), ("dp_b_given_a", "dp_a_given_b")):
                row[a], row[b] = row[b], row[a]
        for column in ("p", "p_bh"):
            # What is too small for a number is empty here and 0 there.
            if row[column] == "" and row["log10_p"] and float(row["log10_p"]) < -300:
                row[column] = "0"
        ours.setdefault(row["unit"], {})[pair] = row
    bad, stored = 0, []
    for unit in parameters["unit"]:
        name, _, width = unit.partition(":")
        if name == "paragraph":
            print("paragraph: not in the oracle")
            continue
        pairs, single, total = oracle.cooccurrences(corpus, keep, int(width or 5))[UNITS.get(name, "win")]
        theirs = {}
        for (a, b), f in pairs.items():
            theirs[a, b] = oracle.association(f, single[a], single[b], total, name != "window")
        order = list(theirs)
        for pair, q in zip(order, oracle.bh([theirs[pair]["p"] for pair in order])):
            theirs[pair]["p_bh"] = q
        mine = ours.get(unit, {})
        wanted = {pair for pair, row in theirs.items() if row["n_ab"] >= parameters["pair_sentences"]}
        tests = sum(row["p"] == row["p"] for row in theirs.values())
        wrong = []
        if tests != tested[unit]:
            wrong.append(f"{tested[unit]} pairs tested, {tests} by the oracle")
        if set(mine) - wanted:
            wrong.append(f"pairs that the oracle lacks: {sorted(set(mine) - wanted)[:3]}")
        if len(mine) < min(len(wanted), parameters["pairs"]):
            wrong.append(f"pairs are missing: {len(mine)} of {len(wanted)}: {sorted(wanted - set(mine))[:3]}")
        numbers = 0
        for column in COLUMNS:
            differ = []
            for pair, row in mine.items():
                if pair not in theirs:
                    continue
                value = theirs[pair].get(column, math.nan)
                numbers += 1
                if not same(oracle, column, float(value), row[column]):
                    differ.append((pair, value, row[column]))
            if differ:
                wrong.append(f"{column}: {len(differ)} of {len(mine)} differ; first {differ[0]}")
        print(f"{unit}: {len(mine)} pairs, {numbers} numbers compared, {len(wrong)} columns or lists differ")
        for line in wrong:
            print("   ", line)
        bad += len(wrong)
        if args.store:
            ranked = sorted(theirs.items(), key=lambda item: (-item[1]["g2"] if item[1]["g2"] == item[1]["g2"] else 1, item[0]))
            ranked = [item for item in ranked if item[1]["n_ab"] >= parameters["pair_sentences"]]
            chosen = ranked[:40] + ranked[40:len(ranked):max(1, len(ranked) // 40)]
            stored += [[unit, a, b] + [row.get(c, math.nan) for c in COLUMNS] for (a, b), row in chosen]
    if args.store:
        with open(args.store, "w", encoding="utf-8", newline="\n") as file:
            file.write("\t".join(["unit", "a", "b", *COLUMNS]) + "\n")
            for row in stored:
                file.write("\t".join(v if isinstance(v, str) else oracle.fmt(v) for v in row) + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
