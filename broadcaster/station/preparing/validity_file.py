"""Until when each bulletin may be heard: a small file that the playout reads at the last moment.

It stands apart because the playout never reads bulletins, and a programme that lies ready may hold
one that expired, or that a newer one replaced, since its sound was made: its mix failed, the
preparer hangs, station.yaml is broken.  What made the sound and what lets it out must not be one.
Every look asks whether the file is another one, and only then is it parsed again.
"""

from __future__ import annotations

import json
import logging
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.errors import SoundError
from broadcaster.model import Validity
from broadcaster.playout import Reason
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.filestamp import file_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from broadcaster.model import Bulletin, PreparedProgramme
    from broadcaster.station.filestamp import FileStamp
    from broadcaster.station.folder import StationFolder

__all__ = ["refusal", "remember"]

_log = logging.getLogger(__name__)


class _Known(NamedTuple):
    validity: Validity
    replaced_by: str


def remember(folder: StationFolder, bulletins: Iterable[Bulletin]) -> None:
    """Write down the validity of those that are not valid for ever; the log says what fails."""
    limited = {b.id: _as_json(b) for b in bulletins if b.validity != Validity()}
    text = json.dumps(limited, ensure_ascii=False, sort_keys=True, indent=0).encode()
    path = _path(folder)
    try:
        if not path.exists() or path.read_bytes() != text:
            with whole_file(path) as file:
                file.write(text)
    except (OSError, SoundError) as error:
        _log.error("the validity of bulletins is not written down: %s", error)


def _as_json(bulletin: Bulletin) -> list[str]:
    ends = (bulletin.validity.first, bulletin.validity.last)
    return [*(end.isoformat() if end else "" for end in ends), bulletin.replaced_by]


def refusal(folder: StationFolder, prepared: PreparedProgramme, day: date) -> Reason | None:
    """Why ``prepared`` may not be heard on ``day``: the first bulletin in it that does not hold.

    Nothing is refused where the file cannot be read: it was whole, or was never there.
    """
    known = _known(folder)
    for segment in prepared.segments:
        found = known.get(segment.bulletin_id)
        if found and not found.validity.covers(day):
            return _reason(segment.title, found.replaced_by)
    return None


def _reason(title: str, replaced_by: str) -> Reason:
    if replaced_by:
        text = _("“{title}” in it is replaced by “{newer}”").format(title=title, newer=replaced_by)
        return Reason("bulletin-replaced", text)
    text = _("“{title}” in it is not valid on this day").format(title=title)
    return Reason("bulletin-not-valid", text)


def _known(folder: StationFolder) -> Mapping[str, _Known]:
    path = _path(folder)
    try:
        return _parsed(path, file_stamp(path))
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


@lru_cache(maxsize=8)
def _parsed(path: Path, _changed: FileStamp | None) -> Mapping[str, _Known]:
    """Raises, and so remembers nothing, where the file cannot be read at the moment."""
    values = json.loads(path.read_text(encoding="utf-8"))
    return {name: _Known(_validity(*ends), newer) for name, (*ends, newer) in values.items()}


def _validity(first: str, last: str) -> Validity:
    return Validity(*(date.fromisoformat(end) if end else None for end in (first, last)))


def _path(folder: StationFolder) -> Path:
    return folder.state / "validity.json"
