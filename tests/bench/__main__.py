"""``python -m tests.bench``: run every ``bench_*.py`` here and print a table for each.

A bench module has ``rows() -> list[tuple[what, measured, goal]]``.  Ratios are taken inside one
run, because absolute times tell about the machine.  Words after it choose the modules by a part
of their name; ``--write`` puts their tables into ``docs/benchmarks.md`` and leaves the others.
"""

from __future__ import annotations

import argparse
import compileall
import importlib
import os
import platform
import sys
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "broadcaster"
PAGE = HERE.parents[1] / "docs" / "benchmarks.md"
HEAD = "# Benchmarks\n\n`make bench` measures this; ratios compare inside one run.\n"

Row = tuple[str, str, str]


def main() -> None:
    """Measure what was asked for, print it, and write it where that was asked for."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of module names; none means all")
    parser.add_argument("--write", action="store_true", help="put the tables into docs")
    options = parser.parse_args()
    sys.path[:0] = [str(HERE.parent), str(HERE.parent / "integration")]  # as pytest has them
    compileall.compile_dir(PACKAGE, quiet=2)  # as it lies where it was installed
    for path in sorted(HERE.glob("bench_*.py")):
        if options.names and not any(name in path.stem for name in options.names):
            continue
        print(f"… {path.stem}", flush=True)
        module = importlib.import_module(f"tests.bench.{path.stem}")
        chapter = _chapter(path.stem, str(module.__doc__), module.rows())
        print(chapter, flush=True)
        if options.write:
            _write(path.stem, chapter)


def _chapter(name: str, docstring: str, rows: list[Row]) -> str:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    lines = [f"## {name.removeprefix('bench_')}", "", docstring.partition("\n")[0], ""]
    lines += [f"Measured on {machine}.", "", "| what | measured | goal |", "| --- | ---: | ---: |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _write(name: str, chapter: str) -> None:
    """Replace what stands between the marks of ``name``; without them, add it at the end."""
    start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    page = PAGE.read_text() if PAGE.is_file() else HEAD
    if start not in page:
        page += f"\n{start}\n{end}\n"
    before, _start, rest = page.partition(start)
    _old, _end, after = rest.partition(end)
    PAGE.write_text(f"{before}{start}\n{chapter}\n{end}{after}")


if __name__ == "__main__":
    main()
