"""One sound file for each spoken sentence, named by the hash of all that shapes its sound.

It stands apart from rendering because it is shared: the daemon's preparer and a command may
read and write it at once, so entries appear whole or not at all and are never changed.
"""

from __future__ import annotations

import hashlib
import logging
import os
import unicodedata
import wave
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from broadcaster.sound.pcm import Pcm
    from broadcaster.sound.seal import Seal
    from broadcaster.voicename import VoiceName

__all__ = ["HOUSE_REVISION", "SpeechCache"]

_log = logging.getLogger(__name__)
HOUSE_REVISION = "1: 48000 Hz mono 16 bit, trimmed, −16 LUFS"
"""Changes when `finish` would make another clip of the same sound."""

_HEADER_BYTES = 44
_DISK_BLOCK = 4_096
_HOUSE = (1, 2, 48_000)


class SpeechCache:
    """The clips below ``folder``, in 256 shards; all of it can be made again.

    With a ``seal`` a clip that somebody exchanged counts as missing.
    """

    def __init__(self, folder: Path, seal: Seal | None = None) -> None:
        self.folder = folder
        self._seal = seal

    def path_for(self, voice: VoiceName, spoken: str, *, revision: str = "") -> Path:
        """Where the clip of ``spoken`` lies, or will; ``revision`` is its
        engine's."""
        shaped_by = (
            voice.engine,
            str(voice).partition(":")[2],
            revision,
            HOUSE_REVISION,
            unicodedata.normalize("NFC", spoken),
        )
        key = hashlib.sha256("\0".join(shaped_by).encode()).hexdigest()
        return self.folder / key[:2] / f"{key}.wav"

    def get(self, path: Path) -> int | None:
        """The length of the clip at ``path`` in ms; None if it is missing, damaged or exchanged.

        A clip that was asked for counts as used, so that `prune` spares it.
        """
        try:
            duration_ms = _whole_house_wav_ms(path)
        except (OSError, EOFError, wave.Error):
            return None
        if self._seal and not self._seal.holds(path):
            _log.warning("%s is not what this station made: it is made again", path.name)
            return None
        with suppress(OSError):  # another user's cache may be read
            os.utime(path)
        return duration_ms

    def put(self, path: Path, samples: Pcm) -> int:
        """Write a clip, whole or not at all; its length in ms.  Raises `SoundError`."""
        from broadcaster.sound.pcm import write_wav  # noqa: PLC0415 - numpy, late

        write_wav(path, samples)
        if self._seal:
            self._seal.stamp(path)
        return len(samples) * 1000 // _HOUSE[2]

    def prune(self, max_bytes: int) -> int:
        """Remove the clips that were used longest ago until ``max_bytes`` are left.

        Returns the bytes set free.  A clip that another process removed first is no error.
        """
        files = sorted(self._files())
        excess = total = sum(size for _used, size, _path in files)
        for _used, size, path in files:
            if excess <= max_bytes:
                break
            path.unlink(missing_ok=True)
            excess -= size
        return total - excess

    def used_before(self, instant: datetime) -> list[Path]:
        """The clips that nothing has asked for since ``instant``, the longest unused first."""
        before_ns = instant.timestamp() * 1e9
        return [path for used, _size, path in sorted(self._files()) if used < before_ns]

    def _files(self) -> Iterator[tuple[int, int, Path]]:
        """(last use, bytes, path), half-written files of a crash too."""
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                stat = path.stat()
                yield stat.st_mtime_ns, stat.st_size, path


def _whole_house_wav_ms(path: Path) -> int | None:
    with path.open("rb") as file, wave.open(file) as header:
        frames = header.getnframes()
        shape = (header.getnchannels(), header.getsampwidth(), header.getframerate())
        size = os.fstat(file.fileno()).st_size
        whole = size == _HEADER_BYTES + 2 * frames and _ends_in_sound(file, size)
    return frames * 1000 // shape[2] if whole and frames and shape == _HOUSE else None


def _ends_in_sound(file: BinaryIO, size: int) -> bool:
    """A power cut can leave a file of the right length whose last blocks are empty; the end of a
    clip, which was trimmed, never is."""
    file.seek(max(_HEADER_BYTES, size - _DISK_BLOCK))
    return any(file.read())
