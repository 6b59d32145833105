"""The key with which this station seals the sounds that it keeps for later.

It lies in ``.broadcaster``, and not beside the sounds: who may write into ``audio_out`` cannot
pass a sound off as the station's own.  Without it, or with another, all of them are made again.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from broadcaster.sound.seal import Seal
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.folder import StationFolder

__all__ = ["seal_of"]

_KEY_BYTES = 32


def seal_of(folder: StationFolder) -> Seal:
    """The seal of the station, whose key is made when there is none.  Raises `SoundError`."""
    path = folder.state / "seal.key"
    if _size(path) != _KEY_BYTES:
        with whole_file(path) as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
        path.chmod(0o640)
    return Seal(path.read_bytes())


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
