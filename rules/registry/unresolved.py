#!/usr/bin/env python3
"""Lists titles that a run named but the registry does not hold, most widely named first.

    python3 unresolved.py [--top N] [--min-documents N] [--contains TEXT] MENTIONS.JSONL...

Reads the `mentions.jsonl` of one or more `tongwen analyze` runs. A mention of kind `law` whose value begins with `x-` is
a title outside the registry. Prints tab-separated columns, with a header: documents, mentions, id, title, the first document.
A document is a path within its run, so the same path in two runs counts twice. Standard library only.
"""

import argparse
import json
import sys


class Title:
    """What was seen of one unlisted title."""

    def __init__(self, identifier, name):
        self.identifier = identifier
        self.name = name
        self.documents = set()
        self.mentions = 0

    def row(self):
        first = min(self.documents)[1]
        return [str(len(self.documents)), str(self.mentions), self.identifier, self.name, first]


def read(paths):
    """All unlisted titles of the runs, by id."""
    titles = {}
    for run, path in enumerate(paths):
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    mention = json.loads(line)
                except ValueError as error:
                    sys.exit(f"{path}:{number}: not a JSON line: {error}")
                identifier = mention.get("value", "")
                if mention.get("kind") != "law" or not identifier.startswith("x-"):
                    continue
                name = mention.get("canonical") or mention["text"]
                title = titles.setdefault(identifier, Title(identifier, " ".join(name.split())))
                title.documents.add((run, mention["document"]))
                title.mentions += 1
    return titles


def main():
    parser = argparse.ArgumentParser(description="titles outside the registry, most widely named first")
    parser.add_argument("mentions", nargs="+", metavar="MENTIONS.JSONL")
    parser.add_argument("--top", type=int, metavar="N", help="print the first N only")
    parser.add_argument("--min-documents", type=int, default=1, metavar="N", help="leave out titles of fewer documents")
    parser.add_argument("--contains", default="", metavar="TEXT", help="print titles with this text only")
    arguments = parser.parse_args()

    wanted = [
        title
        for title in read(arguments.mentions).values()
        if len(title.documents) >= arguments.min_documents and arguments.contains.lower() in title.name.lower()
    ]
    wanted.sort(key=lambda title: (-len(title.documents), -title.mentions, title.name))
    print("documents", "mentions", "id", "title", "first", sep="\t")
    for title in wanted[: arguments.top]:
        print(*title.row(), sep="\t")


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.stderr.close()
