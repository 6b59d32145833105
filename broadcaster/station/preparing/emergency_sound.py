"""The sound of an emergency: templates made ahead, and what somebody types or records now.

It stands apart from :mod:`broadcaster.station.orders.emergency`, which the daemon loads: what
speaks and mixes never runs in the process that is on air.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.model import Bulletin, Priority, SegmentKind, SegmentPlan
from broadcaster.programme import Assets
from broadcaster.sound.profile import PROFILES
from broadcaster.station.orders.emergency import emergency_occurrence
from broadcaster.station.preparing.sealing import seal_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from broadcaster.model import Clip, Occurrence
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["KHAN_CAP", "prepare_bulletin", "prepare_recording", "templates", "typed"]

KHAN_CAP = "khan-cap"
_CHIME = SegmentPlan(kind=SegmentKind.JINGLE, asset="bao-dong")
_TITLE_WORDS = 8
_NAME_LETTERS = 40
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


def templates(content: Content, now: datetime) -> Iterator[Occurrence]:
    """Each bulletin that waits for the order of a person, as what the preparer makes."""
    for bulletin in content.bulletins.values():
        if bulletin.priority is Priority.EMERGENCY and bulletin.is_valid_on(now.date()):
            yield _reading(bulletin, now)


def typed(text: str, now: datetime) -> Bulletin:
    """What somebody types at the moment it is needed, as a bulletin that nobody keeps."""
    words = text.split()
    more = " …" if len(words) > _TITLE_WORDS else ""
    return Bulletin(
        id=f"loi-{now:%H%M%S}",
        title=" ".join(words[:_TITLE_WORDS]) + more,
        text=text,
        where=Where(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        priority=Priority.EMERGENCY,
        online=False,
        repeat=1,
    )


def prepare_bulletin(
    folder: StationFolder,
    config: StationConfig,
    content: Content,
    bulletin: Bulletin,
    now: datetime,
) -> str:
    """Make the sound of ``bulletin`` here and now, by a voice that needs no network; returns its
    name.  Raises BroadcasterErrors."""
    content = replace(content, bulletins={**content.bulletins, bulletin.id: bulletin})
    _prepare(folder, config, content, _reading(bulletin, now))
    return bulletin.id


def prepare_recording(
    folder: StationFolder, config: StationConfig, content: Content, path: Path, now: datetime
) -> str:
    """The same for a sound file that lies anywhere."""
    stem = _NOT_IN_A_NAME.sub("-", path.stem)[:_NAME_LETTERS]
    name = f"tep-{stem}-{now:%H%M%S}"
    sound = SegmentPlan(kind=SegmentKind.RECORDING, asset=path.name)
    occurrence = emergency_occurrence(name, path.stem, (_CHIME, sound), now)
    _prepare(folder, config, content, occurrence, beside=path.parent)
    return name


def _reading(bulletin: Bulletin, now: datetime) -> Occurrence:
    line = SegmentPlan(kind=SegmentKind.SPEECH, bulletin_id=bulletin.id, times=bulletin.repeat or 1)
    return emergency_occurrence(bulletin.id, bulletin.title, (_CHIME, line), now)


def _prepare(
    folder: StationFolder,
    config: StationConfig,
    content: Content,
    occurrence: Occurrence,
    *,
    beside: Path | None = None,
) -> None:
    from broadcaster.station.preparing.prepare import preparer  # noqa: PLC0415 - the preparer imports this

    folder.ensure()
    loudness = PROFILES[KHAN_CAP].lufs
    config = replace(config, online=False, profile=KHAN_CAP, loudness=loudness)
    with preparer(folder, config, content) as worker:
        assembler = worker.assembler
        if beside:
            there = Assets(beside, folder.sound_cache, seal=seal_of(folder))
            built_in = assembler.find_asset

            def find(name: str) -> Clip:
                return built_in(name) if name == _CHIME.asset else there.find(name)

            assembler = replace(assembler, find_asset=find, fingerprint=there.fingerprint)
        replace(worker, assembler=assembler).prepare(occurrence)
