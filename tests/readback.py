"""Reads a report folder back with the programs that its files are made for, and holds what they see against the CSV files.

    readback.py FOLDER

Prints a line for each program: `ok NAME` or `skipped NAME: not installed`. The first difference ends it with status 1.
"""
import csv
import json
import math
import sys
from pathlib import Path

folder = Path(sys.argv[1])


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


# The matrices are CSV files alone.
TABLES = {path.stem: rows_of(path) for path in sorted(folder.glob("*.csv")) if not path.stem.startswith("matrix_")}
MENTIONS = [json.loads(line) for line in open(folder / "mentions.jsonl", encoding="utf-8")]


def plain(text):
    """The text without the apostrophe that protects spreadsheets."""
    return text[1:] if text.startswith("'") else text


def same(cell, value):
    """Whether a cell of a CSV file says what a typed value says."""
    if value is None or value != value:
        return cell == ""
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, (int, float)):
        return cell != "" and math.isclose(float(cell), float(value), rel_tol=1e-12, abs_tol=1e-12)
    return plain(cell) == plain(str(value)[:10] if hasattr(value, "year") else str(value))


def compare(name, program, header, rows):
    wanted_header, wanted = TABLES[name]
    assert list(header) == wanted_header, f"{program}: {name}: columns {header}"
    assert len(rows) == len(wanted), f"{program}: {name}: {len(rows)} rows, {len(wanted)} in the CSV file"
    for number, (row, cells) in enumerate(zip(rows, wanted)):
        for column, value, cell in zip(wanted_header, row, cells):
            # The CSV files show control characters, typed text holds them.
            cut = isinstance(value, str) and value.endswith(" … [cut]")
            assert same(cell, value) or cut or "\\u{" in cell, f"{program}: {name} row {number} {column}: {value!r}, not {cell!r}"


def compare_mentions(program, header, rows):
    assert len(rows) == len(MENTIONS), f"{program}: {len(rows)} mentions, {len(MENTIONS)} in mentions.jsonl"
    for row, mention in zip(rows, MENTIONS):
        for column, value in zip(header, row):
            wanted = mention.get(column)
            if isinstance(wanted, list):
                wanted = " | ".join(wanted)
            if hasattr(value, "year"):
                value = str(value)[:10]
            assert value == wanted or (value is None and not wanted), f"{program}: {column}: {value!r}, not {wanted!r}"


def arrow():
    import pyarrow.parquet as parquet

    for name in TABLES:
        table = parquet.read_table(folder / "tables" / f"{name}.parquet")
        compare(name, "pyarrow", table.column_names, list(zip(*(column.to_pylist() for column in table.columns))) if table.num_rows else [])
    table = parquet.read_table(folder / "tables" / "mentions.parquet")
    compare_mentions("pyarrow", table.column_names, list(zip(*(column.to_pylist() for column in table.columns))))
    sentences = parquet.read_table(folder / "tables" / "sentences.parquet")
    places = set(zip(sentences["document"].to_pylist(), sentences["start"].to_pylist()))
    assert all((mention["document"], mention["sentence_start"]) in places for mention in MENTIONS), "a sentence is missing"


def duck():
    import duckdb

    for name in TABLES:
        found = duckdb.sql(f"select * from '{folder}/tables/{name}.parquet'")
        compare(name, "duckdb", found.columns, found.fetchall())
    joined = duckdb.sql(
        f"select count(*) from '{folder}/tables/mentions.parquet' m join '{folder}/tables/sentences.parquet' s"
        " on m.document = s.document and m.sentence_start = s.start"
    ).fetchall()[0][0]
    assert joined == len(MENTIONS), f"duckdb: {joined} mentions have their sentence"


def bears():
    import polars

    for name in TABLES:
        frame = polars.read_parquet(folder / "tables" / f"{name}.parquet")
        compare(name, "polars", frame.columns, frame.rows())


def workbook():
    import openpyxl

    book = openpyxl.load_workbook(folder / "report.xlsx")
    assert book.sheetnames == ["about", *[name for name in book.sheetnames if name in TABLES]]
    assert set(book.sheetnames[1:]) == set(TABLES), book.sheetnames
    for name in TABLES:
        sheet = book[name]
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, name
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), f"{name}: a formula"
        rows = list(sheet.iter_rows(values_only=True))
        if len(TABLES[name][1]) <= 3_000:
            compare(name, "openpyxl", rows[0], rows[1:])
        else:
            assert len(rows) == 3_002 and str(rows[-1][0]).startswith("… 3,000 of "), name


def graphs():
    import networkx

    gexf = networkx.read_gexf(folder / "network.gexf")
    graphml = networkx.read_graphml(folder / "network.graphml")
    assert set(gexf) == set(graphml), "nodes differ"
    assert set(map(frozenset, gexf.edges)) == set(map(frozenset, graphml.edges)), "edges differ"
    for graph in (gexf, graphml):
        assert not graph.is_directed()
        for _, node in graph.nodes(data=True):
            assert node["kind"] in ("word", "law") and node["label"], node
            assert all(isinstance(node[name], int) for name in ("tf", "df", "degree", "community")), node
        for a, b, edge in graph.edges(data=True):
            assert edge["weight"] > 0 and {"npmi", "logdice"} <= set(edge), edge
        for name, node in graph.nodes(data=True):
            assert node["degree"] == graph.degree(name), name


for name, check in {"pyarrow": arrow, "duckdb": duck, "polars": bears, "openpyxl": workbook, "networkx": graphs}.items():
    try:
        __import__(name)
    except ImportError:
        print(f"skipped {name}: not installed")
        continue
    try:
        check()
    except AssertionError as difference:
        sys.exit(f"{name}: {difference}")
    print(f"ok {name}")
