"""Samples in the house format: 48,000 Hz, mono, float32, −1 … 1, one dimension.

Every stage holds sound in this one form, so that nothing downstream asks for rates or channels.
`broadcaster.sound.decode` brings foreign files into it; `broadcaster.sound.wav` keeps it on disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from broadcaster.sound.wav import HOUSE_RATE, Pcm, read_wav, write_wav

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["HOUSE_RATE", "Pcm", "ms", "read_wav", "silence", "to_house", "write_wav"]

_OPPOSED = 0.1  # a sum below −20 dB of its channels means that they cancel each other


def ms(samples: Pcm | int) -> int:
    """The duration of samples, or of a number of them, in whole milliseconds (rounded)."""
    count = samples if isinstance(samples, int) else len(samples)
    return round(count * 1000 / HOUSE_RATE)


def silence(length_ms: int) -> Pcm:
    """That much silence."""
    return np.zeros(length_ms * HOUSE_RATE // 1000, dtype=np.float32)


def to_house(samples: NDArray[Any], rate: int) -> Pcm:
    """``samples`` of shape (n,) or (n, channels) at ``rate`` Hz, in the house format.

    Integers are scaled by their type's full scale, and what is not a number becomes silence.
    """
    mono = _downmix(_as_float(samples))
    if rate == HOUSE_RATE:
        return mono
    import soxr  # noqa: PLC0415 - the command line must not pay for it

    return np.asarray(soxr.resample(mono, rate, HOUSE_RATE, "HQ"), dtype=np.float32)


def _as_float(samples: NDArray[Any]) -> NDArray[np.float32]:
    if np.issubdtype(samples.dtype, np.integer):
        return samples.astype(np.float32) / -float(np.iinfo(samples.dtype).min)
    return np.nan_to_num(samples.astype(np.float32), posinf=0.0, neginf=0.0)


def _downmix(samples: NDArray[np.float32]) -> Pcm:
    """The mean of the channels, or the loudest one where they are each other's opposite."""
    if samples.ndim == 1:
        return samples
    mixed: Pcm = samples.mean(axis=1, dtype=np.float32)
    energies = (samples**2).sum(axis=0)
    if (mixed**2).sum() < _OPPOSED**2 * energies.max():
        return np.ascontiguousarray(samples[:, energies.argmax()])
    return mixed
