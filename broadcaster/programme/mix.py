"""CueSheet → one levelled programme: WAV for air, MP3 for the archive, written in one pass.

The programme is measured, then rendered again, mastered and written; nothing ever holds more
than some seconds of sound, so a programme of three hours needs no more memory than one of ten
minutes.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import SoundError
from broadcaster.programme.archive import Mp3Stream, Mp3Tags
from broadcaster.programme.gate import Measured, UnfitError, faults
from broadcaster.programme.master import CEILING_DB, Master
from broadcaster.programme.render import samples_in
from broadcaster.sound.limiter import Limiter
from broadcaster.sound.loudness import LoudnessMeter, loudness_of
from broadcaster.sound.profile import FLAT
from broadcaster.sound.wav import sample_count, to_int16, wav_header
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import CueSheet
    from broadcaster.sound.profile import Profile
    from broadcaster.sound.wholefile import PartFile

__all__ = ["MixResult", "mix"]

_NEAR_LU = 0.3
_LONGEST_MS = 12 * 3_600_000  # the size in a RIFF header has 32 bits
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class MixResult:
    """What was written: the WAV and the MP3, their hashes, and what a meter says about it."""

    path: Path
    duration_ms: int
    sha256: str
    lufs: float
    peak_db: float
    mp3: Path | None = None
    mp3_sha256: str = ""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be written where."""

    master: Master
    target: Path
    mp3: Path | None
    tags: Mp3Tags | None

    @property
    def sheet(self) -> CueSheet:
        return self.master.sheet


class _OffError(UnfitError):
    """An attempt that missed its level by ``missing_lu``, or is unfit."""

    def __init__(self, title: str, found: tuple[str, ...], missing_lu: float) -> None:
        super().__init__(title, found)
        self.missing_lu = missing_lu


def mix(
    sheet: CueSheet,
    target: Path,
    *,
    mp3: Path | None = None,
    tags: Mp3Tags | None = None,
    profile: Profile = FLAT,
    target_lufs: float | None = None,
) -> MixResult:
    """Write ``sheet`` to ``target`` (house WAV) and ``mp3`` in ``profile``, at its loudness or at
    ``target_lufs``, ±0.5 LU.

    The true peak stays under −1.5 dBTP.  Files appear whole or not at all, the WAV last.
    Raises `SoundError`: no sound in the sheet, a clip missing or damaged, the disk full; as
    `UnfitError` when the programme, made three times, does not pass the gate.
    """
    _refuse(sheet)
    master = Master(sheet, profile, profile.lufs if target_lufs is None else target_lufs)
    job = _Job(master, target, mp3, tags)
    gain_db = master.gain_db()
    for _attempt in range(_ATTEMPTS - 1):
        try:
            return _write(job, gain_db, near_lu=_NEAR_LU)
        except _OffError as error:
            gain_db += error.missing_lu
    return _write(job, gain_db)


def _refuse(sheet: CueSheet) -> None:
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


def _write(job: _Job, gain_db: float, *, near_lu: float = float("inf")) -> MixResult:
    """One attempt; raises `_OffError`, and leaves nothing, unless it is fit and within
    ``near_lu``."""
    meter, limiter, digest = LoudnessMeter(), Limiter(CEILING_DB), hashlib.sha256()
    with ExitStack() as stack:
        wav = stack.enter_context(whole_file(job.target))
        archive = _archive(stack, job)
        _put(wav, digest, wav_header(samples_in(job.sheet.duration_ms)))
        for block in job.master.stream(gain_db, limiter):
            samples = to_int16(block)
            if archive:
                archive.add(samples)
            meter.add(block)
            _put(wav, digest, samples.data)
        measured = _judged(job, wav, meter, limiter, near_lu=near_lu)
    return MixResult(
        path=job.target,
        duration_ms=job.sheet.duration_ms,
        sha256=digest.hexdigest(),
        lufs=measured.lufs,
        peak_db=measured.peak_db,
        mp3=job.mp3,
        mp3_sha256=archive.sha256 if archive else "",
    )


def _judged(
    job: _Job, wav: PartFile, meter: LoudnessMeter, limiter: Limiter, *, near_lu: float
) -> Measured:
    """What the meters say, when it passes."""
    steps = meter.steps
    measured = Measured(_samples_in_file(wav), loudness_of(steps), limiter.peak_db, steps)
    found = faults(job.sheet, measured, target_lufs=job.master.target_lufs)
    missing_lu = job.master.missing(measured.lufs)
    if found or abs(missing_lu) > near_lu:
        raise _OffError(job.sheet.title, found, missing_lu)
    return measured


def _samples_in_file(wav: PartFile) -> int:
    """Read from the file itself; 0 when it is not a whole house WAV."""
    try:
        return sample_count(wav.so_far())
    except SoundError:
        return 0


def _archive(stack: ExitStack, job: _Job) -> Mp3Stream | None:
    if job.mp3 is None:
        return None
    return stack.enter_context(Mp3Stream(stack.enter_context(whole_file(job.mp3)), job.tags))


def _put(file: PartFile, digest: hashlib._Hash, data: bytes | memoryview) -> None:
    file.write(data)
    digest.update(data)
