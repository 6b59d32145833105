"""A profile at work on a stream: its band, then its density.

It stands apart from the filters, which know no profile, and from the mix, which sets the level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from broadcaster.sound.compressor import Compressor
from broadcaster.sound.equaliser import Equaliser

if TYPE_CHECKING:
    from broadcaster.sound.profile import Profile
    from broadcaster.sound.wav import Pcm

__all__ = ["Shaper"]


class Shaper:
    """Shapes a stream without delay: what `add` and `end` return, joined, has its length."""

    def __init__(self, profile: Profile) -> None:
        self._equaliser = Equaliser(profile.band) if profile.band else None
        self._compressor = Compressor(profile.compression) if profile.compression else None

    def add(self, block: Pcm) -> Pcm:
        """Take ``block`` in, and give back what can be told by now."""
        return self._dense(self._equaliser.add(block) if self._equaliser else block)

    def end(self) -> Pcm:
        """The rest of the stream."""
        if self._equaliser is None:
            return np.zeros(0, dtype=np.float32)
        return self._dense(self._equaliser.end())

    def _dense(self, block: Pcm) -> Pcm:
        return self._compressor.add(block) if self._compressor else block
