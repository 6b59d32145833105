"""Runs a program that somebody named in the settings: no shell, a time limit, nothing left behind.

It stands apart from what wants it done (the amplifier, an alarm) because a program that hangs, or
leaves children that hold its pipes, must cost no more than its time limit.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["failure_of"]

_SHOWN_BYTES = 4_000


def failure_of(
    command: Sequence[str],
    *,
    patience_s: float,
    given: str = "",
    environment: Mapping[str, str] | None = None,
) -> str:
    """Why ``command`` did not succeed; "" when it did.  What it started dies with it.

    ``given`` is its standard input, ``environment`` is added to that of this process.
    """
    with tempfile.TemporaryFile() as words, tempfile.TemporaryFile() as complaints:
        words.write(given.encode())
        words.seek(0)
        try:
            child = subprocess.Popen(
                command,
                stdin=words,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                start_new_session=True,
                env={**os.environ, **(environment or {})},
            )
        except (OSError, ValueError) as error:
            return getattr(error, "strerror", None) or str(error)
        try:
            status = child.wait(patience_s)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            return f"no end after {patience_s:g} seconds"
        complaints.seek(0)
        lines = complaints.read(_SHOWN_BYTES).decode(errors="replace").strip().splitlines()
        return f"status {status}: {lines[-1] if lines else ''}" if status else ""
