"""What the command line costs before it does anything, against click alone."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

_EMPTY = "import click; click.group()(lambda: None)(prog_name='empty')"
_OURS = "from broadcaster.cli import main; main(prog_name='broadcaster')"
_RUNS = 15


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal): ``broadcaster --help`` as a multiple of an empty click group.

    The two run in turn, so that whatever else the machine does touches both.
    """
    _seconds(_EMPTY), _seconds(_OURS)  # byte code and disk cache warm
    pairs = [(_seconds(_EMPTY), _seconds(_OURS)) for _run in range(_RUNS)]
    empty, ours = (median(column) for column in zip(*pairs, strict=True))
    measured = f"{ours / empty:.2f} × ({ours * 1000:.0f} ms / {empty * 1000:.0f} ms)"
    return [("broadcaster --help / an empty click group", measured, "≤ 1.5 ×")]


def _seconds(program: str) -> float:
    begun = time.perf_counter()
    command = [sys.executable, "-c", program, "--help"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
