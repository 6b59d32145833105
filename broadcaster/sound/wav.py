"""House WAV on disk: 48,000 Hz, mono, 16 bit, read and written without a library.

It stands apart from decoding because it is the one format that is read thousands of times a
programme: a header of 44 bytes and then the samples, so that reading is one system call.
"""

from __future__ import annotations

import struct
from gettext import gettext as _
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from broadcaster.errors import SoundError
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "HEADER_BYTES",
    "HOUSE_RATE",
    "Pcm",
    "read_part",
    "read_wav",
    "sample_count",
    "to_int16",
    "wav_header",
    "write_wav",
]

HOUSE_RATE = 48_000

Pcm = NDArray[np.float32]
"""One channel at the house rate, −1 … 1."""

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
HEADER_BYTES = _HEADER.size
_FULL_SCALE = np.float32(32_768.0)


def to_int16(samples: Pcm) -> NDArray[np.int16]:
    """``samples`` rounded to 16 bit; what is louder than full scale is clipped."""
    scaled = samples * _FULL_SCALE
    np.rint(scaled, out=scaled)
    np.clip(scaled, -32_768, 32_767, out=scaled)
    return scaled.astype("<i2")


def wav_header(count: int) -> bytes:
    """The header of a house WAV of ``count`` samples (RIFF, one ``fmt`` and one ``data`` chunk)."""
    size = 2 * count
    form = (16, 1, 1, HOUSE_RATE, 2 * HOUSE_RATE, 2, 16)
    return _HEADER.pack(b"RIFF", 36 + size, b"WAVE", b"fmt ", *form, b"data", size)


def sample_count(path: Path) -> int:
    """How many samples a house WAV holds; raises `SoundError` for any other or a cut file."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
        count = (path.stat().st_size - HEADER_BYTES) // 2
    except OSError as error:
        raise SoundError(
            _("{path} cannot be read: {reason}").format(path=path, reason=_(str(error.strerror)))
        ) from error
    if count < 0 or header != wav_header(count):
        raise SoundError(
            _("{path} is not a whole WAV file of this station").format(path=path),
            hint=_("delete it: it will be made again"),
        )
    return count


def read_wav(path: Path) -> Pcm:
    """The samples of a house WAV; raises `SoundError` for any other or a cut file."""
    count = sample_count(path)
    return read_part(path, 0, count)


def read_part(path: Path, offset: int, count: int) -> Pcm:
    """``count`` samples of a house WAV from ``offset``, or as many as there are.

    The header is not looked at: ask `sample_count` once before.
    """
    raw = np.fromfile(path, dtype="<i2", count=count, offset=HEADER_BYTES + 2 * offset)
    samples = raw.astype(np.float32)
    samples /= _FULL_SCALE
    return samples


def write_wav(path: Path, samples: Pcm) -> None:
    """Write ``samples`` as a house WAV, whole or not at all; raises `SoundError`."""
    with whole_file(path) as file:
        file.write(wav_header(len(samples)))
        file.write(to_int16(samples).tobytes())
