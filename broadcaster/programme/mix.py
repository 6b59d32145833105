"""CueSheet → one levelled programme: WAV for air, MP3 for the archive, written in one pass.

A first pass measures, a second one turns the gain, limits and writes; neither ever holds more
than some seconds of sound, so a programme of three hours needs no more memory than one of ten
minutes.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.errors import SoundError
from broadcaster.programme.archive import Mp3Stream, Mp3Tags
from broadcaster.programme.render import blocks, samples_in
from broadcaster.sound.limiter import Limiter
from broadcaster.sound.loudness import SILENT_LUFS, LoudnessMeter
from broadcaster.sound.soften import soften
from broadcaster.sound.wav import to_int16, wav_header
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadcaster.model import CueSheet
    from broadcaster.sound.pcm import Pcm
    from broadcaster.sound.wholefile import PartFile

__all__ = ["MixResult", "mix"]

CEILING_DB = -2.0
"""True peak of the WAV; half a decibel under the limit of −1.5 dBTP."""

_KNEE = 0.8  # levelled clips lie almost wholly under it
_NEAR_LU = 0.3
_LONGEST_MS = 12 * 3_600_000  # the size in a RIFF header has 32 bits
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class MixResult:
    """What was written: the WAV, its hash, and what a meter says about it."""

    path: Path
    duration_ms: int
    sha256: str
    lufs: float
    peak_db: float
    mp3: Path | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    """Where a sheet is to be written."""

    sheet: CueSheet
    target: Path
    mp3: Path | None
    tags: Mp3Tags | None


def mix(
    sheet: CueSheet,
    target: Path,
    *,
    mp3: Path | None = None,
    tags: Mp3Tags | None = None,
    target_lufs: float = -16.0,
) -> MixResult:
    """Write ``sheet`` to ``target`` (house WAV) and ``mp3``, at ``target_lufs`` ±0.5 LU.

    The true peak stays under −1.5 dBTP.  Files appear whole or not at all, the WAV last.
    Raises `SoundError`: no sound in the sheet, a clip missing or damaged, the disk full.
    """
    if not sheet.cues:
        raise SoundError(
            _("the programme “{title}” has no sound in it").format(title=sheet.title),
            hint=_("give it a segment with a text, a bulletin or a sound file"),
        )
    if sheet.duration_ms > _LONGEST_MS:
        raise SoundError(
            _("the programme “{title}” lasts {hours} hours; a WAV file holds 12").format(
                title=sheet.title, hours=sheet.duration_ms // 3_600_000
            ),
            hint=_("take bulletins or sounds out of it"),
        )
    job = _Job(sheet, target, mp3, tags)
    gain_db = _missing(_measured(sheet), target_lufs)
    for _attempt in range(_ATTEMPTS):
        result = _write(job, gain_db)
        missing = _missing(result.lufs, target_lufs)
        if abs(missing) < _NEAR_LU:
            break
        gain_db += missing
    return result


def _missing(lufs: float, target_lufs: float) -> float:
    """How much louder it has to be; silence stays silence."""
    return 0.0 if lufs <= SILENT_LUFS else target_lufs - lufs


def _measured(sheet: CueSheet) -> float:
    meter = LoudnessMeter()
    for block in blocks(sheet):
        meter.add(block)
    return meter.integrated


def _write(job: _Job, gain_db: float) -> MixResult:
    meter, limiter = LoudnessMeter(), Limiter(CEILING_DB)
    digest = hashlib.sha256()
    with ExitStack() as stack:
        wav = stack.enter_context(whole_file(job.target))
        archive = _archive(stack, job)
        _put(wav, digest, wav_header(samples_in(job.sheet.duration_ms)))
        for block in _limited(job.sheet, gain_db, limiter):
            samples = to_int16(block)
            if archive:
                archive.add(samples)
            meter.add(block)
            _put(wav, digest, samples.data)
    return MixResult(
        path=job.target,
        duration_ms=job.sheet.duration_ms,
        sha256=digest.hexdigest(),
        lufs=meter.integrated,
        peak_db=limiter.peak_db,
        mp3=job.mp3,
    )


def _archive(stack: ExitStack, job: _Job) -> Mp3Stream | None:
    if job.mp3 is None:
        return None
    return stack.enter_context(Mp3Stream(stack.enter_context(whole_file(job.mp3)), job.tags))


def _limited(sheet: CueSheet, gain_db: float, limiter: Limiter) -> Iterator[Pcm]:
    gain = np.float32(10.0 ** (gain_db / 20.0))
    for block in blocks(sheet):
        yield limiter.add(soften(block * gain, CEILING_DB, knee=_KNEE))
    yield limiter.end()


def _put(file: PartFile, digest: hashlib._Hash, data: bytes | memoryview) -> None:
    file.write(data)
    digest.update(data)
