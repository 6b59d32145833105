"""A foreign sound, however long → a levelled clip, in constant memory.

It is decoded twice or more: a first time to be listened to (where it begins and ends, how loud
it is, what is wrong with it), then to be written.  It stands apart from `assets`, which knows
names and the cache.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.errors import SoundError
from broadcaster.programme.clip import SILENCE_DBFS, Edges, between, faded
from broadcaster.sound.decode import decode, no_sound
from broadcaster.sound.loudness import SILENT_LUFS, LoudnessMeter
from broadcaster.sound.pcm import HOUSE_RATE, Pcm
from broadcaster.sound.soften import soften
from broadcaster.sound.wav import to_int16, wav_header
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Survey", "load_survey", "make_clip", "save_survey", "survey"]

_PEAK_DB = -2.6
_TARGET_LUFS = -16.0
_NEAR_LU = 0.3
_OVERCORRECTION = 1.5  # the peaks take about a third of each correction away again
_ATTEMPTS = 4
_FULL_SCALE = 0.98
_FRAME = HOUSE_RATE // 100
_SILENT_ENERGY = 10.0 ** (SILENCE_DBFS / 10.0)


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found by listening to a sound from end to end.

    Of ``count`` samples it is heard from ``first`` until before ``last``; ``clipped`` is the
    share of the audible time in which the wave stands at full scale; ``silence_ms`` is the
    longest silence inside.
    """

    count: int
    first: int
    last: int
    lufs: float
    clipped: float
    silence_ms: int


def survey(path: Path, *, alive: Callable[[], None] = lambda: None) -> Survey:
    """Listen to ``path``; raises `SoundError` for what is no sound, or only silence."""
    edges, meter, faults = Edges(), LoudnessMeter(), _Faults()
    for block in decode(path):
        alive()
        edges.add(block)
        meter.add(block)
        faults.add(block)
    if not edges.last or meter.integrated <= SILENT_LUFS:
        raise no_sound(path)
    return Survey(
        count=edges.count,
        first=edges.first,
        last=edges.last,
        lufs=meter.integrated,
        clipped=faults.clipped,
        silence_ms=faults.silence_ms,
    )


def make_clip(path: Path, target: Path, *, alive: Callable[[], None] = lambda: None) -> Survey:
    """Write the sound of ``path`` to ``target``: trimmed, faded, at −16 LUFS, a house WAV.

    A constant gain, and soft clipping of the peaks that it lifts too far (see
    :func:`broadcaster.sound.loudness.level`, which does the same to a short clip); it is written
    anew with a better gain while more than 0.3 LU are missing.  ``alive`` is called for each
    block of some seconds.  Raises `SoundError`.
    """
    found = survey(path, alive=alive)
    gain_db = _TARGET_LUFS - found.lufs
    for _attempt in range(_ATTEMPTS):
        missing = _TARGET_LUFS - _write(path, target, found, gain_db, alive)
        if abs(missing) < _NEAR_LU:
            break
        gain_db += _OVERCORRECTION * missing
    return found


def save_survey(clip: Path, found: Survey) -> None:
    """Keep ``found`` beside the clip that was made; raises `SoundError`."""
    with whole_file(clip.with_suffix(".json")) as file:
        file.write(json.dumps(asdict(found)).encode())


def load_survey(clip: Path) -> Survey | None:
    """What was kept beside ``clip``; None when there is nothing, or nothing whole."""
    try:
        return Survey(**json.loads(clip.with_suffix(".json").read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _write(
    path: Path, target: Path, found: Survey, gain_db: float, alive: Callable[[], None]
) -> float:
    """One attempt; how loud it came out."""
    meter = LoudnessMeter()
    owed = found.last - found.first
    with whole_file(target) as file:
        file.write(wav_header(owed))
        for block in _levelled(path, found, gain_db):
            alive()
            meter.add(block)
            file.write(to_int16(block).data)
            owed -= len(block)
        if owed:
            raise SoundError(
                _("{path} was changed while it was read").format(path=path),
                hint=_("wait until the copy has ended"),
            )
    return meter.integrated


def _levelled(path: Path, found: Survey, gain_db: float) -> Iterator[Pcm]:
    gain = np.float32(10.0 ** (gain_db / 20.0))
    for block in faded(between(decode(path), found.first, found.last)):
        yield soften(block * gain, _PEAK_DB)


class _Faults:
    """Counts what is wrong with a stream of samples."""

    def __init__(self) -> None:
        self._audible = 0
        self._clipped = 0
        self._silent = 0
        self._longest = 0
        self._pending: Pcm = np.zeros(0, dtype=np.float32)

    def add(self, block: Pcm) -> None:
        """Look at ``block`` in frames of 10 ms; what does not fill one waits for the next."""
        joined = np.concatenate([self._pending, block])
        count = len(joined) // _FRAME
        frames = joined[: count * _FRAME].reshape(count, _FRAME)
        self._pending = joined[count * _FRAME :]
        audible = np.einsum("ij,ij->i", frames, frames) / _FRAME > _SILENT_ENERGY
        self._clipped += int(np.count_nonzero(np.abs(frames) >= _FULL_SCALE))
        self._note_silences(np.flatnonzero(audible), count)

    @property
    def clipped(self) -> float:
        return self._clipped / max(1, self._audible * _FRAME)

    @property
    def silence_ms(self) -> int:
        return self._longest * 1000 * _FRAME // HOUSE_RATE

    def _note_silences(self, places: NDArray[np.intp], count: int) -> None:
        """``places`` are those of the audible frames among ``count``."""
        if not len(places):
            self._silent += count if self._audible else 0
            return
        before = int(places[0]) + self._silent if self._audible else 0
        gaps = np.diff(places) - 1
        self._longest = max(self._longest, before, int(gaps.max(initial=0)))
        self._audible += len(places)
        self._silent = count - 1 - int(places[-1])
