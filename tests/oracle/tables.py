"""Tables of a report folder in the names and the form of an oracle that computes the same statistics by itself.

    python3 tests/oracle/tables.py REPORT OUT GROUP
    python3 tests/oracle/tables.py --store ORACLE

writes terms.tsv, and keyness.tsv of one group, with tabs, `nan` for empty cells and terms as the key, instruments by
their ids. An oracle reads
what `tongwen segment --ids` prints and may then be compared number by number (docs/STATISTICS.md, "Checking the numbers").
--store keeps a part of the oracle's tables for `inputs/` (groups by language, target zh) beside this file, for
`tests/statistics.rs`.
"""
import csv
import sys
from pathlib import Path

SAID = {"terms": ["term", "tf", "df", "pmw", "pmw_lo", "pmw_hi", "boot_lo", "boot_hi", "DP", "DPnorm", "vmr",
                  "burst_mean", "arf", "idf_ln"],
        "keyness": ["term", "a", "b", "C", "D", "sign", "g2_2", "log_ratio", "lr_lo", "lr_hi", "lr_c", "diff_pct",
                    "odds_ratio", "bic", "p", "p_holm", "p_bh", "mw_u", "mw_p", "mw_auc"]}


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def cell(row, column):
    value = row[column]
    if column == "term" and value[:1] == "'" and value[1:2] in "=+-@＝＋－＠":
        return value[1:]
    # A p too small for a number is empty here and 0 there; its logarithm tells it from one that is not defined.
    if value == "" and column in ("p", "p_holm", "p_bh") and float(row["log10_p"]) < -300:
        return "0"
    return value or "nan"


def write(name, report, out, group=None):
    with open(out / f"{name}.tsv", "w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(SAID[name]) + "\n")
        seen = set()
        for row in rows(report / f"{name}.csv"):
            if group is not None and row["group"] != group:
                continue
            row["term"] = row["id"] or cell(row, "term")
            if row["term"] in seen:
                print(f"{name}: {row['term']} is two terms here", file=sys.stderr)
            seen.add(row["term"])
            file.write("\t".join(cell(row, column) for column in SAID[name]) + "\n")


def store(oracle):
    for name, columns in SAID.items():
        columns = [column for column in columns if not column.startswith("boot_")]
        with open(oracle / f"{name}.tsv", encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        with open(Path(__file__).parent / f"{name}.tsv", "w", encoding="utf-8", newline="\n") as file:
            file.write("\t".join(columns) + "\n")
            for at, row in enumerate(found):
                if at < 100 or at % 40 == 0:
                    file.write("\t".join(row[column] for column in columns) + "\n")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--store":
        sys.exit(store(Path(sys.argv[2])))
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    report, out, group = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    out.mkdir(parents=True, exist_ok=True)
    write("terms", report, out)
    write("keyness", report, out, group)
