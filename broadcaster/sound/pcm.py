"""Samples in the house format: 48,000 Hz, mono, float32, −1 … 1, one dimension.

Every stage holds sound in this one form, so that nothing downstream asks for rates or channels.
`broadcaster.sound.decode` brings foreign files into it; `broadcaster.sound.wav` keeps it on disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from broadcaster.sound.wav import HOUSE_RATE, Pcm, read_wav, write_wav

if TYPE_CHECKING:
    import soxr
    from numpy.typing import NDArray

__all__ = ["HOUSE_RATE", "HouseStream", "Pcm", "ms", "read_wav", "silence", "to_house", "write_wav"]

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
    stream = HouseStream(rate)
    return np.concatenate([stream.add(samples), stream.end()])


class HouseStream:
    """A stream of samples at ``rate`` Hz, brought into the house format block by block.

    Where the channels of a block cancel each other, as with a microphone that is wired the wrong
    way round, the loudest channel alone is taken from there on.
    """

    def __init__(self, rate: int) -> None:
        self._channel: int | None = None
        self._resampler: soxr.ResampleStream | None = None
        if rate != HOUSE_RATE:
            import soxr  # noqa: PLC0415 - the command line must not pay for it

            self._resampler = soxr.ResampleStream(rate, HOUSE_RATE, 1, dtype="float32")

    def add(self, samples: NDArray[Any]) -> Pcm:
        """The next block, (n,) or (n, channels); what comes out lags behind by some samples."""
        mono = self._downmix(_as_float(samples))
        return self._resampler.resample_chunk(mono) if self._resampler else mono

    def end(self) -> Pcm:
        """The rest of the stream."""
        nothing = np.zeros(0, dtype=np.float32)
        return self._resampler.resample_chunk(nothing, last=True) if self._resampler else nothing

    def _downmix(self, samples: NDArray[np.float32]) -> Pcm:
        """The mean of the channels, or the loudest one where they are each other's opposite."""
        if samples.ndim == 1:
            return samples
        if self._channel is None:
            mixed: Pcm = samples.mean(axis=1, dtype=np.float32)
            energies = np.einsum("ij,ij->j", samples, samples)
            if np.einsum("i,i->", mixed, mixed) >= _OPPOSED**2 * energies.max():
                return mixed
            self._channel = int(energies.argmax())
        return np.ascontiguousarray(samples[:, self._channel])


def _as_float(samples: NDArray[Any]) -> NDArray[np.float32]:
    if np.issubdtype(samples.dtype, np.integer):
        return samples.astype(np.float32) / -float(np.iinfo(samples.dtype).min)
    return np.nan_to_num(samples.astype(np.float32), posinf=0.0, neginf=0.0)
