"""The chain of a long log, walked by a process beside the one that counts its rows.

It stands apart because both are processor time, for which the threads of one process take turns:
a process of its own takes a second core.  All that it can say is that the chain holds.  For any
other answer, a crash among them, the chain is walked here, where there are words for it.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.asrun.proof import holds, verify
from broadcaster.asrun.store import Store
from broadcaster.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadcaster.errors import Problem

__all__ = ["walking"]

_MANY = 20_000
"""Rows; fewer are counted in less time than a process takes to begin."""


@contextmanager
def walking(store: Store, *, beside: int) -> Iterator[Callable[[], list[Problem]]]:
    """Walk the chain of ``store`` while the block counts ``beside`` rows, if these are many; what
    the block is given tells in the end what :func:`verify` would."""
    child = _begin(store.path) if beside >= _MANY else None
    try:
        yield lambda: [] if child and child.wait() == 0 else verify(store)
    finally:
        if child:
            child.kill()
            child.wait()


def _begin(database: Path) -> subprocess.Popen[bytes] | None:
    """None where the system starts no process."""
    nothing = subprocess.DEVNULL
    words = [sys.executable, "-m", "broadcaster.asrun.walker", str(database)]
    try:
        return subprocess.Popen(words, stdin=nothing, stdout=nothing, stderr=nothing)
    except OSError:
        return None


def _main() -> int:
    with Store.open(Path(sys.argv[1]), clock=SystemClock()) as store:
        return 0 if holds(store) else 1


if __name__ == "__main__":
    sys.exit(_main())
