"""Which text a recording was first seen with: so that it is known when the text has changed since.

The times of files cannot tell: a copy, an unpacked backup or a checkout gives every file the time
of today.  So the station remembers, from the first preparation that meets both, the words beside
the recording.  A recording that is put there again, even the same one, counts as one of the words
of now; that is how an operator says that a small change does not matter.
"""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING

from broadcaster.errors import SoundError
from broadcaster.programme import Assets
from broadcaster.sound.wholefile import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from broadcaster.model import Bulletin
    from broadcaster.station.folder import StationFolder

__all__ = ["note_recordings", "outdated"]

_log = logging.getLogger(__name__)

_Pairings = dict[str, list[str]]
"""By bulletin: the recording's size and time, and the hash of the words beside it."""


def note_recordings(folder: StationFolder, bulletins: Mapping[str, Bulletin]) -> None:
    """Remember the words of each recording that is new or was put there again."""
    known = _load(_file(folder))
    now = {
        id_: known[id_] if known.get(id_, [""])[0] == sound else [sound, words]
        for id_, sound, words in _pairs(folder, bulletins.values())
    }
    if now != known:
        try:
            with whole_file(_file(folder)) as file:
                file.write(json.dumps(now, ensure_ascii=False, indent=1).encode())
        except SoundError as error:
            _log.warning("%s", error)


def outdated(folder: StationFolder, bulletins: Mapping[str, Bulletin]) -> set[str]:
    """The ids of those whose words have changed since their recording was put there."""
    known = _load(_file(folder))
    return {
        id_
        for id_, sound, words in _pairs(folder, bulletins.values())
        if known.get(id_, ["", ""])[0] == sound and known[id_][1] != words
    }


def _file(folder: StationFolder) -> Path:
    return folder.state / "recordings.json"


def _load(path: Path) -> _Pairings:
    try:
        found = json.loads(path.read_bytes())
        return {str(id_): [str(sound), str(words)] for id_, (sound, words) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _pairs(folder: StationFolder, bulletins: Iterable[Bulletin]) -> Iterator[tuple[str, str, str]]:
    """(id, the recording's size and time, the hash of its words) of all that have both."""
    assets = Assets(folder.sounds, folder.sound_cache)
    for bulletin in bulletins:
        path = assets.path(bulletin.recording) if bulletin.recording else None
        words = " ".join(bulletin.text.split())
        sound = _version(path) if path else ""
        if sound and words:
            yield bulletin.id, sound, hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _version(path: Path) -> str:
    """Empty for a file that is gone by now, or a link to nowhere."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"
