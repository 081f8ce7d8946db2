"""What does Python cost? CPU time of ``extract_batch`` over that of the Rust library on the same texts.

    cargo build --release --package tongwen-python --example library
    python benches/ratio.py FOLDER [--megabytes 20] [--pairs 5] [--engine target/release/examples/library]

A rate says as much about the machine as about the program. So both work in turns, on one thread, and the median of the
ratios counts: over the library that looks at each mention, and over the library that writes each as a line of JSON.
Wheel and library must be built with the same profile from the same sources.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import tempfile
from pathlib import Path

import tongwen

HERE = Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--megabytes", type=float, default=20)
    asked.add_argument("--pairs", type=int, default=5)
    asked.add_argument("--engine", type=Path, default=HERE.parents[1] / "target/release/examples/library")
    given = asked.parse_args()
    texts = sample(given.folder, given.megabytes * 1e6)
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{len(texts)} texts, {size:.1f} MB, {given.pairs} pairs, one thread, CPU seconds")
    print(f"{'extract_batch':>14} {'found':>8} {'written':>8} {'/ found':>8} {'/ written':>9}")
    with tempfile.NamedTemporaryFile() as file:
        file.write("\0".join(texts).encode())
        file.flush()
        library = subprocess.Popen([given.engine, file.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        library.stdout.readline()
        compare(texts, library, given.pairs)
        library.stdin.close()
        library.wait()


def compare(texts: list[str], library: subprocess.Popen[str], pairs: int) -> None:
    works = {
        "python": lambda: len(tongwen.extract_batch(texts, jobs=1)),
        "found": lambda: answer(library, "found"),
        "written": lambda: answer(library, "written"),
    }
    counts = {name: work() for name, work in works.items()}  # warm, and the same work
    assert len(set(counts.values())) == 1, counts
    ratios = []
    for pair in range(pairs):
        # Who goes first takes turns.
        names = list(works) if pair % 2 == 0 else list(reversed(works))
        spent = {}
        for name in names:
            before = cpu(library.pid) + cpu(os.getpid())
            works[name]()
            spent[name] = cpu(library.pid) + cpu(os.getpid()) - before
        ratios.append((spent["python"] / spent["found"], spent["python"] / spent["written"]))
        seconds = [spent[name] for name in works]
        print("{:14.2f} {:8.2f} {:8.2f} {:8.3f} {:9.3f}".format(*seconds, *ratios[-1]))
    found, written = (statistics.median(column) for column in zip(*ratios))
    print(f"extract_batch over the library, median: {found:.3f} (mentions found), {written:.3f} (written as JSON)")


def sample(folder: Path, size: float) -> list[str]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))
    random.Random(0).shuffle(paths)
    texts: list[str] = []
    for path in paths:
        text = path.read_bytes().decode("utf-8", "replace").replace("\0", " ")
        size -= len(text.encode())
        texts.append(text)
        if size <= 0:
            break
    return texts


def answer(library: subprocess.Popen[str], order: str) -> int:
    library.stdin.write(order + "\n")
    library.stdin.flush()
    return int(library.stdout.readline())


def cpu(process: int) -> float:
    """Seconds of user and system time of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()
