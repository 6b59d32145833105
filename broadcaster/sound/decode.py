"""Foreign sound files → house format, with soundfile, or with ffmpeg where it cannot.

It stands apart from `pcm` because files come from people's telephones and USB sticks.  Sound is
handed on block by block, so that a meeting of three hours needs no more memory than a jingle.
"""

from __future__ import annotations

import subprocess
import tempfile
from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.errors import SoundError
from broadcaster.sound.container import damaged, ffmpeg_source, opened, program
from broadcaster.sound.header import read_header
from broadcaster.sound.pcm import HOUSE_RATE, HouseStream, Pcm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import soundfile

__all__ = ["LONGEST_HOURS", "decode", "no_sound"]

LONGEST_HOURS = 12
"""No longer file is taken in: a WAV file of the house rate holds no more."""

_LONGEST_S = LONGEST_HOURS * 3_600
_BLOCK_S = 4
_MOST_SAMPLES = 2**21  # a block of a file that claims 1,024 channels must not fill the memory
_FLOAT_BYTES = 4


def decode(path: Path) -> Iterator[Pcm]:
    """The sound in ``path``, in blocks of some seconds.

    Raises `SoundError` on the way, with a sentence about what is wrong with the file.
    """
    file = opened(path)
    heard = 0
    for block in _by_soundfile(path, file) if file else _by_ffmpeg(path):
        heard += len(block)
        if heard > _LONGEST_S * HOUSE_RATE:
            raise _too_long(path)
        yield block


def no_sound(path: Path) -> SoundError:
    """What to say about a file with nothing in it but silence."""
    return SoundError(
        _("{path} holds no sound").format(path=path),
        hint=_("play it on a computer and record it again"),
    )


def _too_long(path: Path) -> SoundError:
    return SoundError(
        _("{path} lasts more than {hours} hours").format(path=path, hours=LONGEST_HOURS),
        hint=_("cut it into parts, and put the parts one after another into the programme"),
    )


def _by_soundfile(path: Path, file: soundfile.SoundFile) -> Iterator[Pcm]:
    import soundfile  # noqa: PLC0415 - the command line must not pay for it

    stream = HouseStream(file.samplerate)
    most = max(1, min(_BLOCK_S * file.samplerate, _MOST_SAMPLES // file.channels))
    try:
        with file:
            if file.frames > _LONGEST_S * file.samplerate:
                raise _too_long(path)
            while len(samples := file.read(most, dtype="float32", always_2d=True)):
                yield stream.add(samples)
    except soundfile.LibsndfileError as error:
        raise damaged(path, str(error).encode()) from error
    yield stream.end()


def _by_ffmpeg(path: Path) -> Iterator[Pcm]:
    """The channels come as they are: ffmpeg's own mix would change their level, and add opposed
    ones to nothing."""
    channels = read_header(path).channels or 1
    source = [program("ffmpeg", path), "-v", "error", "-nostdin", *ffmpeg_source(path)]
    target = ["-vn", "-ac", str(channels), "-ar", str(HOUSE_RATE), "-f", "f32le", "pipe:1"]
    with (
        tempfile.TemporaryFile() as words,
        subprocess.Popen([*source, *target], stdout=subprocess.PIPE, stderr=words) as run,
    ):
        heard = False
        try:
            for block in _piped(run, channels):
                heard = True
                yield block
        finally:
            run.kill()  # it may not have come to its end when nobody listens any more
        if not heard:
            words.seek(0)
            raise damaged(path, words.read())


def _piped(run: subprocess.Popen[bytes], channels: int) -> Iterator[Pcm]:
    stream = HouseStream(HOUSE_RATE)
    frame = channels * _FLOAT_BYTES
    assert run.stdout  # it was asked for
    while data := run.stdout.read(min(_BLOCK_S * HOUSE_RATE, _MOST_SAMPLES // channels) * frame):
        whole = data[: len(data) - len(data) % frame]
        yield stream.add(np.frombuffer(whole, dtype="<f4").reshape(-1, channels))
