"""Foreign sound files → house format, with soundfile, or with ffmpeg where it cannot.

It stands apart from `pcm` because files come from people's telephones and USB sticks: what is
said here about a bad one is what the operator reads.
"""

from __future__ import annotations

import shutil
import subprocess
from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.errors import SoundError
from broadcaster.sound.pcm import HOUSE_RATE, Pcm, to_house

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LONGEST_MINUTES", "decode", "no_sound", "rate_of"]

LONGEST_MINUTES = 30
"""No longer file is taken in: its samples would not fit beside everything else on a small board."""

_DEMUXERS = (
    (4, b"ftyp", "mov"),
    (0, b"#!AMR", "amr"),
    (0, b"\x30\x26\xb2\x75", "asf"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (8, b"WAVE", "wav"),
    (0, b"fLaC", "flac"),
)
"""(offset, first bytes, demuxer): ffmpeg is never left to guess, it takes a pure tone for video."""


_NO_SOUND = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"<")
"""Pictures, documents and pages: libsndfile believes the name .mp3 and mumbles on standard error
about what it finds."""


def decode(path: Path) -> Pcm:
    """The sound in ``path``; raises `SoundError` with a sentence about what is wrong with it."""
    start = _first_bytes(path)
    if not start:
        raise SoundError(
            _("{path} is empty").format(path=path),
            hint=_("copy the file again, and wait until the copy has ended"),
        )
    samples = None if start.startswith(_NO_SOUND) else _by_soundfile(path)
    if samples is None:
        samples = _by_ffmpeg(path, _demuxer(path, start))
    if not samples.any():
        raise no_sound(path)
    return samples


def no_sound(path: Path) -> SoundError:
    """What to say about a file with nothing in it but silence."""
    return SoundError(
        _("{path} holds no sound").format(path=path),
        hint=_("play it on a computer and record it again"),
    )


def rate_of(path: Path) -> int:
    """The sample rate that the file in ``path`` was recorded at; 0 when it is not told."""
    import soundfile  # noqa: PLC0415 - the command line must not pay for it

    if _first_bytes(path).startswith(_NO_SOUND):
        return 0
    try:
        return int(soundfile.info(path).samplerate)
    except soundfile.LibsndfileError:
        return 0


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise SoundError(
            _("{path} cannot be read: {reason}").format(path=path, reason=_(str(error.strerror))),
            hint=_("check that the file is there and may be read"),
        ) from error


def _by_soundfile(path: Path) -> Pcm | None:
    import soundfile  # noqa: PLC0415 - the command line must not pay for it

    try:
        with soundfile.SoundFile(path) as file:
            _refuse_long(path, file.frames / file.samplerate)
            samples = file.read(dtype="float32", always_2d=True)
            return to_house(samples, file.samplerate)
    except soundfile.LibsndfileError:
        return None


def _demuxer(path: Path, start: bytes) -> str:
    for offset, magic, demuxer in _DEMUXERS:
        if start[offset:].startswith(magic):
            return demuxer
    raise SoundError(
        _("{path} is not a sound file, whatever its name says").format(path=path),
        hint=_("save the sound as WAV, MP3, OGG, FLAC or M4A"),
    )


def _by_ffmpeg(path: Path, demuxer: str) -> Pcm:
    program = shutil.which("ffmpeg")
    if program is None:
        raise SoundError(
            _("{path} needs ffmpeg to be read").format(path=path),
            hint=_("install it (apt-get install ffmpeg), or save the sound as WAV or MP3"),
        )
    source = ["-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", f"file:{path}"]
    limit = ["-t", str(LONGEST_MINUTES * 60 + 1)]
    target = ["-vn", "-ac", "1", "-ar", str(HOUSE_RATE), "-f", "f32le", "pipe:1"]
    run = subprocess.run(
        [program, "-v", "error", "-nostdin", *source, *limit, *target],
        capture_output=True,
        check=False,
    )
    if not run.stdout:
        raise SoundError(
            _("{path} is damaged: {reason}").format(path=path, reason=_last_line(run.stderr)),
            hint=_("copy it again from where it came, or save it as WAV"),
        )
    samples = np.frombuffer(run.stdout, dtype="<f4")
    _refuse_long(path, len(samples) / HOUSE_RATE)
    return to_house(samples, HOUSE_RATE)


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1].rpartition(": ")[2] if lines else _("no sound came out of it")


def _refuse_long(path: Path, seconds: float) -> None:
    if seconds > LONGEST_MINUTES * 60:
        raise SoundError(
            _("{path} lasts {minutes} minutes; {most} is the most").format(
                path=path, minutes=round(seconds / 60), most=LONGEST_MINUTES
            ),
            hint=_("cut it into parts, and put the parts one after another into the programme"),
        )
