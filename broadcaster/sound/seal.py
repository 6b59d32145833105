"""Whether a sound that is used again is still the one that this station made.

It stands apart from the caches because what was spoken and what was recorded are sealed alike.
"""

from __future__ import annotations

import hmac
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from broadcaster.errors import SoundError
from broadcaster.sound.fingerprint import fingerprint
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Seal"]


class Seal:
    """A mark beside each file that only who has ``key`` can set: the HMAC-SHA256 (RFC 2104) of
    its name and its content."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def stamp(self, path: Path) -> None:
        """Seal ``path`` as it is now.  Raises `SoundError` when the disk does not take it."""
        mark = self._mark(path)
        with whole_file(_beside(path)) as file:
            file.write(mark)

    def holds(self, path: Path) -> bool:
        """Whether ``path`` is what was sealed; False for what is missing or was never sealed.

        A seal that was asked for counts as used, as its file does.
        """
        try:
            is_whole = hmac.compare_digest(_beside(path).read_bytes(), self._mark(path))
        except (OSError, SoundError):
            return False
        with suppress(OSError):
            os.utime(_beside(path))
        return is_whole

    def _mark(self, path: Path) -> bytes:
        said = f"{path.name}\0{fingerprint(path)}".encode()
        return hmac.new(self._key, said, "sha256").hexdigest().encode()


def _beside(path: Path) -> Path:
    return path.with_suffix(".seal")
