"""``python -m tests.bench``: run every ``bench_*.py`` here and print one table.

A bench module has ``rows() -> list[tuple[what, measured, goal]]``.  Ratios are taken inside one
run, because absolute times tell about the machine.  ``--write`` puts the table into
``docs/benchmarks.md``; words after it choose the modules by a part of their name.
"""

from __future__ import annotations

import argparse
import compileall
import importlib
import os
import platform
from pathlib import Path

HERE = Path(__file__).parent
PACKAGE = HERE.parents[1] / "broadcaster"
PAGE = HERE.parents[1] / "docs" / "benchmarks.md"
START, END = "<!-- bench: start -->", "<!-- bench: end -->"
HEAD = "# Benchmarks\n\n`make bench` measures this; ratios compare inside one run.\n\n"

Row = tuple[str, str, str]


def main() -> None:
    """Measure what was asked for, print it, and write it where that was asked for."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of module names; none means all")
    parser.add_argument("--write", action="store_true", help="put the table into docs")
    options = parser.parse_args()
    compileall.compile_dir(PACKAGE, quiet=2)  # as it lies where it was installed
    table = _table(_measured(options.names))
    print(table)
    if options.write:
        _write(table)


def _measured(names: list[str]) -> list[Row]:
    rows: list[Row] = []
    for path in sorted(HERE.glob("bench_*.py")):
        if names and not any(name in path.stem for name in names):
            continue
        print(f"… {path.stem}", flush=True)
        rows += importlib.import_module(f"tests.bench.{path.stem}").rows()
    return rows


def _table(rows: list[Row]) -> str:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    lines = [f"Measured on {machine}.", "", "| what | measured | goal |", "| --- | ---: | ---: |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _write(table: str) -> None:
    """Replace what stands between the markers; without a page, begin one."""
    page = PAGE.read_text() if PAGE.is_file() else f"{HEAD}{START}\n{END}\n"
    before, _start, rest = page.partition(START)
    _old, _end, after = rest.partition(END)
    PAGE.write_text(f"{before}{START}\n{table}\n{END}{after}")


if __name__ == "__main__":
    main()
