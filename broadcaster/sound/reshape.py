"""A voice's sound made slower, faster, higher or lower, for engines that cannot do it themselves.

It stands apart because ffmpeg does it: its ``atempo`` keeps the pitch, its ``rubberband`` changes
it and keeps the vowels (formants) as they are.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import numpy as np

from broadcaster.errors import SoundError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["reshape", "trouble_with"]

_TIMEOUT_S = 60.0


def reshape(
    samples: NDArray[Any], sample_rate: int, *, rate: int = 100, pitch: int = 0
) -> NDArray[np.float32]:
    """``samples`` (mono) at ``rate`` per cent of their pace, ``pitch`` semitones higher.

    Raises SoundError where ffmpeg, or its filter, is missing or fails.
    """
    if trouble := trouble_with(pitch=pitch):
        raise trouble
    shape = ["-f", "f32le", "-ar", str(sample_rate), "-ac", "1"]
    filters = ["-af", _filter(rate, pitch)]
    run = subprocess.run(
        [_program(), "-v", "error", *shape, "-i", "pipe:0", *filters, *shape, "pipe:1"],
        input=samples.astype("<f4").tobytes(),
        capture_output=True,
        check=False,
        timeout=_TIMEOUT_S,
    )
    if run.returncode or not run.stdout:
        reason = run.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise SoundError(
            _("ffmpeg could not change the pace or the pitch: {reason}").format(
                reason="".join(reason)
            ),
            hint=_("take rate= and pitch= away from this voice"),
        )
    return np.frombuffer(run.stdout, dtype="<f4")


def trouble_with(*, pitch: int) -> SoundError | None:
    """Why this machine cannot reshape a sound; None when it can."""
    if not shutil.which("ffmpeg"):
        return SoundError(
            _("to change this voice's pace or pitch, ffmpeg is needed, and it is missing"),
            hint=_("install it (apt-get install ffmpeg), or take rate= and pitch= away"),
        )
    if pitch and "rubberband" not in _filters(_program()):
        return SoundError(
            _("this ffmpeg cannot change a voice's pitch: it was built without rubberband"),
            hint=_("install Debian's ffmpeg, or take pitch= away"),
        )
    return None


def _filter(rate: int, pitch: int) -> str:
    tempo = rate / 100
    if not pitch:
        return f"atempo={tempo:.4f}"
    scale = 2.0 ** (pitch / 12)
    return f"rubberband=tempo={tempo:.4f}:pitch={scale:.6f}:formant=preserved"


def _program() -> str:
    return shutil.which("ffmpeg") or "ffmpeg"


@cache
def _filters(program: str) -> str:
    run = subprocess.run(
        [program, "-v", "error", "-filters"],
        capture_output=True,
        check=False,
        timeout=_TIMEOUT_S,
    )
    return run.stdout.decode(errors="replace")
