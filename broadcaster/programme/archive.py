"""The MP3 of a programme: encoded beside the mixing, tagged, for the archive and the neighbours.

It stands apart because air needs only the WAV.  LAME releases the interpreter while it encodes,
so a thread of its own makes the second core do the longest part of the job.
"""

from __future__ import annotations

import hashlib
import io
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from broadcaster.sound.pcm import HOUSE_RATE

if TYPE_CHECKING:
    from datetime import date
    from types import TracebackType

    import lameenc
    import numpy as np
    from numpy.typing import NDArray

    from broadcaster.sound.wholefile import PartFile

__all__ = ["BIT_RATE", "Mp3Stream", "Mp3Tags", "new_encoder"]

BIT_RATE = 96
QUALITY = 5
_AHEAD = 3  # blocks that may wait: the mixing must not run away with the memory


@dataclass(frozen=True, slots=True)
class Mp3Tags:
    """What a player shows: the programme's title, its day, the station's name."""

    title: str
    date: date
    station: str

    def as_id3(self) -> bytes:
        """An ID3v2.3 tag, the version that every player reads."""
        from mutagen import id3  # noqa: PLC0415 - the command line must not pay for it

        tag = id3.ID3()
        tag.add(id3.TIT2(text=self.title))
        tag.add(id3.TDRC(text=self.date.isoformat()))
        tag.add(id3.TPE1(text=self.station))
        tag.update_to_v23()
        buffer = io.BytesIO()
        tag.save(buffer, v2_version=3)
        return buffer.getvalue()


class Mp3Stream:
    """Encodes the blocks it is given into ``file``, one thread ahead of the writing.

    A context manager: leaving it without an error writes the last frames; ``sha256`` is then the
    hash of the file.
    """

    def __init__(self, file: PartFile, tags: Mp3Tags | None = None) -> None:
        self._file = file
        self._encoder = new_encoder()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mp3")
        self._pending: deque[Future[bytes]] = deque()
        self._tags = tags
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """The hash of what was written so far."""
        return self._digest.hexdigest()

    def __enter__(self) -> Self:
        if self._tags:
            self._put(self._tags.as_id3())
        return self

    def add(self, block: NDArray[np.int16]) -> None:
        """Encode ``block`` (house rate) after those before it."""
        if len(self._pending) == _AHEAD:
            self._write_next()
        self._pending.append(self._pool.submit(self._encoder.encode, block))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._pool:
            if kind is None:
                while self._pending:
                    self._write_next()
                self._put(self._encoder.flush())

    def _write_next(self) -> None:
        self._put(self._pending.popleft().result())

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)


def new_encoder() -> lameenc.Encoder:
    """LAME with the settings of the archive."""
    import lameenc  # noqa: PLC0415 - the command line must not pay for it

    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(HOUSE_RATE)
    encoder.set_channels(1)
    encoder.set_bit_rate(BIT_RATE)
    encoder.set_quality(QUALITY)
    encoder.silence()
    return encoder
