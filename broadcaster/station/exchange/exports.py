"""The week of a station as files for others: what is planned, and the sound that is ready.

It stands apart from the exchange of timetables because only the station knows its folders.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ConfigError, ContentError, Problem, Severity, Where
from broadcaster.programme.archive import Mp3Stream, Mp3Tags
from broadcaster.schedule import rundown
from broadcaster.schedule.exchange import (
    Airing,
    Timetable,
    as_calendar,
    as_csv,
    as_page,
    as_playlist,
    as_workbook,
    read_me,
    relative,
    usb_names,
)
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.air.gates import gate_of
from broadcaster.station.preparing.manifest import files_for
from broadcaster.station.preparing.prepared import PreparedFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from pathlib import Path

    from broadcaster.model import Occurrence, PreparedProgramme
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["ENDINGS", "Exported", "export_file", "export_usb", "timetable_of"]

ENDINGS = (".xlsx", ".csv", ".ics", ".html", ".htm", ".m3u", ".m3u8")
_OURS = re.compile(r"\d{2,}-(?:T[2-7]-|CN-)?\d{4}-[a-z0-9-]+\.mp3|playlist\.m3u|DOC-TOI\.txt")
_BLOCK = 65_536


@dataclass(slots=True, kw_only=True)
class Exported:
    """The files that were written, how many airings they hold, and what is not in them."""

    written: list[Path]
    airings: int
    problems: list[Problem] = field(default_factory=list)


def timetable_of(
    folder: StationFolder, config: StationConfig, content: Content, *, first: date, last: date
) -> tuple[Timetable, list[Problem]]:
    """What is to be heard from ``first`` to ``last``, and what is planned but refused on air.

    Raises ConfigError when no week can be loaded.
    """
    if not content.plans:
        raise ConfigError(
            [p for p in content.problems if p.severity is Severity.ERROR],
            message=_("no week can be loaded, so there is nothing to export"),
        )
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    occurrences = [o for day in days for o in rundown(content.plans, day).occurrences()]
    gate = gate_of(config, lambda: content.plans)
    refusals = {o.id: gate.refusal(o, o.starts_at) for o in occurrences}
    ready = PreparedFiles(folder)
    airings = tuple(_airing(folder, o, ready) for o in occurrences if not refusals[o.id])
    problems = [_refused(o, str(why)) for o in occurrences if (why := refusals[o.id])]
    return Timetable(station=config.name, first=first, last=last, airings=airings), problems


def _refused(occurrence: Occurrence, why: str) -> Problem:
    message = _("“{title}” of {when} will not air, so it is not in the export: {reason}").format(
        title=occurrence.programme.title, when=f"{occurrence.starts_at:%d/%m %H:%M}", reason=why
    )
    hint = _("move it, or change the limit in station.yaml")
    return Problem(occurrence.slot.where, "export-refused", message, hint, Severity.WARNING)


def _airing(folder: StationFolder, occurrence: Occurrence, ready: PreparedFiles) -> Airing:
    prepared, audio = _sound(folder, occurrence, ready)
    return Airing(
        occurrence=occurrence.id,
        slot=occurrence.slot.id,
        programme=occurrence.programme.id,
        title=occurrence.programme.title,
        starts_at=occurrence.starts_at,
        max_ms=occurrence.slot.max_ms,
        reason=occurrence.reason,
        audio=audio,
        where=occurrence.slot.where,
        audio_ms=prepared.duration_ms if prepared else 0,
    )


def _sound(
    folder: StationFolder, occurrence: Occurrence, ready: PreparedFiles
) -> tuple[PreparedProgramme | None, Path | None]:
    """What is prepared, and its MP3 if that is there, else its WAV; a replay has that of the
    airing that it repeats."""
    for candidate in filter(None, (occurrence, occurrence.replays)):
        if prepared := ready.get(candidate):
            mp3 = files_for(folder, candidate).mp3
            return prepared, mp3 if mp3 and mp3.is_file() else prepared.audio
    return None, None


# -- one file -------------------------------------------------------------------------------


def export_file(timetable: Timetable, target: Path, *, now: datetime) -> Exported:
    """Write ``timetable`` as the ending of ``target`` says; raises SoundError on a full disk."""
    ending = target.suffix.lower()
    problems: list[Problem] = []
    if ending == ".xlsx":
        data = as_workbook(timetable)
    elif ending == ".csv":
        data = as_csv(timetable)
    elif ending == ".ics":
        data = as_calendar(timetable, now=now)
    elif ending in {".html", ".htm"}:
        data = as_page(timetable)
    else:
        there = [a for a in timetable.airings if a.audio]
        parent = target.absolute().parent
        data = as_playlist((a, relative(a.audio.absolute(), parent)) for a in there if a.audio)
        problems = list(_not_prepared(timetable))
    with whole_file(target) as file:
        file.write(data)
    return Exported(written=[target], airings=len(timetable.airings), problems=problems)


def _not_prepared(timetable: Timetable) -> Iterable[Problem]:
    for airing in timetable.airings:
        if airing.audio is None:
            message = _("“{title}” of {when} is not prepared, so it is not in the export").format(
                title=airing.title, when=f"{airing.starts_at:%d/%m %H:%M}"
            )
            hint = _("prepare it: broadcaster render; then export again")
            yield Problem(airing.where, "not-prepared", message, hint, Severity.WARNING)


# -- a USB stick ----------------------------------------------------------------------------


def export_usb(
    timetable: Timetable,
    target: Path,
    *,
    force: bool = False,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _title: None,
) -> Exported:
    """Numbered MP3s, ``playlist.m3u`` and ``DOC-TOI.txt`` in the folder ``target``.

    An older export there is replaced with ``force``; nothing else is ever touched.  Raises
    ContentError where one stands there without it, SoundError when the stick is full.
    """
    there = [a for a in timetable.airings if a.audio is not None]
    old = [p for p in target.iterdir() if _OURS.fullmatch(p.name)] if target.is_dir() else []
    if old and not force:
        message = _("an older export is in this folder")
        hint = _("choose another folder, or replace it with --force")
        raise ContentError([Problem(Where(target), "export-exists", message, hint)])
    for path in old:
        path.unlink()
    files = list(zip(there, usb_names(timetable, there), strict=True))
    for number, (airing, name) in enumerate(files):
        progress(number, len(files), name)
        _copy_mp3(airing, target / name, station=timetable.station)
    papers = {"playlist.m3u": as_playlist(files), "DOC-TOI.txt": read_me(timetable, files)}
    for name, data in papers.items():
        with whole_file(target / name) as file:
            file.write(data)
    written = [target / name for name in (*(name for _airing, name in files), *papers)]
    problems = list(_not_prepared(timetable))
    return Exported(written=written, airings=len(timetable.airings), problems=problems)


def _copy_mp3(airing: Airing, target: Path, *, station: str) -> None:
    assert airing.audio is not None
    with whole_file(target) as file:
        if airing.audio.suffix.lower() == ".mp3":
            with airing.audio.open("rb") as source:
                while block := source.read(1 << 20):
                    file.write(block)
            return
        import soundfile  # noqa: PLC0415 - only where an MP3 is missing

        tags = Mp3Tags(title=airing.title, date=airing.starts_at.date(), station=station)
        with Mp3Stream(file, tags) as mp3, soundfile.SoundFile(airing.audio) as sound:
            for block in sound.blocks(_BLOCK, dtype="int16"):
                mp3.add(block)
