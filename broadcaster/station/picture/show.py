"""What is to be seen of a prepared sound: its file, its parts, its levels, and what is wrong.

It stands apart from the drawing because ``show --json`` tells the same without a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.errors import ContentError, nearest
from broadcaster.programme.gate import PEAK_DB
from broadcaster.schedule import occurrences_between
from broadcaster.sound.profile import PROFILES
from broadcaster.sound.survey import survey
from broadcaster.station.preparing import manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from broadcaster.model import PreparedProgramme
    from broadcaster.sound.survey import Survey
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Flaw", "Shown", "find", "flaws", "look_at"]

_SILENCE_MS = 5_000
_OFF_LU = 1.0


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something to look at; it lies from ``start_ms`` to ``end_ms``, both 0 for the whole."""

    text: str
    start_ms: int = 0
    end_ms: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared sound, and how long it may be: ``length_ms`` that its programme wants,
    ``slot_ms`` that its slot allows; 0 where nothing is said."""

    programme: PreparedProgramme
    name: str
    starts_at: datetime | None = None
    length_ms: int = 0
    slot_ms: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A prepared sound and all that was seen of it."""

    prepared: Prepared
    survey: Survey
    target_lufs: float
    flaws: tuple[Flaw, ...]


def look_at(
    folder: StationFolder, config: StationConfig, content: Content, name: str, now: datetime
) -> Shown:
    """Look through the sound of ``name``, see `find`; raises ContentError and SoundError."""
    prepared = find(folder, content, name, now)
    assert prepared.programme.audio
    seen = survey(prepared.programme.audio)
    profile = prepared.name.partition("@")[0].partition("~")[2]
    target = PROFILES[profile].lufs if profile in PROFILES else config.loudness
    return Shown(prepared, seen, target, tuple(flaws(prepared, seen, target)))


def find(folder: StationFolder, content: Content, name: str, now: datetime) -> Prepared:
    """The sound that lies ready of an occurrence, a programme, a slot or a bulletin.

    Of a programme or a slot it is the next one to come, else the last.  Raises ContentError where
    nothing has this name, or nothing has been made of it.
    """
    if "@" in name:
        return _occurrence(folder, content, name)
    if name in content.bulletins:
        files = manifest.files_of_bulletin(folder, content.bulletins[name])
        if found := manifest.load(files.manifest):
            return Prepared(found[0], name)
        raise _not_made(name)
    ready = [(at, path) for at, slot, path in _ready(folder) if _is(name, slot, path)]
    if not ready:
        known = {*content.bulletins, *_named(content)}
        raise _not_made(name) if name in known else _unknown(name, known)
    to_come = [one for one in ready if one[0] >= now]
    at, path = min(to_come) if to_come else max(ready)
    return _with_limits(content, path, at)


def _named(content: Content) -> Iterator[str]:
    for plan in content.plans:
        yield from plan.programmes
        yield from (slot.id for slot in plan.slots)


def _ready(folder: StationFolder) -> Iterator[tuple[datetime, str, Path]]:
    """(start, slot, manifest) of everything that was prepared."""
    for path in folder.programmes.glob("????-??-??/????-*.json"):
        try:
            at = datetime.fromisoformat(f"{path.parent.name}T{path.stem[:4]}+07:00")
        except ValueError:
            continue
        yield at.astimezone(LOCAL), path.stem[5:], path


def _is(name: str, slot: str, path: Path) -> bool:
    if slot == name:
        return True
    found = manifest.load(path)
    return found is not None and found[0].programme_id == name and not set("+~") & set(slot)


def _occurrence(folder: StationFolder, content: Content, name: str) -> Prepared:
    slot_id, _at, instant = name.rpartition("@")
    try:
        at = datetime.fromisoformat(instant).astimezone(LOCAL)
    except ValueError:
        raise _unknown(
            name, (f"{slot}@{at:%Y-%m-%dT%H:%M}+07:00" for at, slot, _ in _ready(folder))
        ) from None
    return _with_limits(content, manifest.files_at(folder, slot_id, at).manifest, at)


def _with_limits(content: Content, path: Path, at: datetime) -> Prepared:
    slot_id = path.stem[5:]
    name = f"{slot_id}@{at.isoformat(timespec='minutes')}"
    found = manifest.load(path)
    if found is None:
        raise _not_made(name)
    bare = slot_id.partition("~")[0].partition("+")[0]
    minute = timedelta(minutes=1)
    around = occurrences_between(content.plans, at - minute, at + minute)
    planned = next((o for o in around if o.slot.id == bare), None)
    return Prepared(
        found[0],
        name,
        starts_at=at,
        length_ms=planned.programme.length_ms if planned else 0,
        slot_ms=planned.slot.max_ms if planned else 0,
    )


def _not_made(name: str) -> ContentError:
    message = _("there is no sound of “{name}” yet").format(name=name)
    return ContentError([], message=f"{message} — {_('make it first: broadcaster render')}")


def _unknown(name: str, known: Iterable[str]) -> ContentError:
    message = _("there is neither a programme, a slot, an occurrence nor a bulletin “{name}”")
    return ContentError([], message=f"{message.format(name=name)} — {nearest(name, known)}")


# -- what is wrong ------------------------------------------------------------------------


def flaws(prepared: Prepared, seen: Survey, target_lufs: float) -> Iterator[Flaw]:
    """What an operator should look at: in the sound, then in its length, then what is missing."""
    yield from sorted(_in_the_sound(prepared, seen), key=lambda flaw: flaw.start_ms)
    yield from _levels(prepared.programme, target_lufs)
    yield from _lengths(prepared)
    yield from (Flaw(reason) for reason in prepared.programme.left_out)


def _in_the_sound(prepared: Prepared, seen: Survey) -> Iterator[Flaw]:
    for start_ms, end_ms in seen.clipped:
        yield Flaw(_("the wave is cut off (distorted)"), start_ms, end_ms)
    for start_ms, end_ms in seen.silent:
        if end_ms - start_ms > _SILENCE_MS and _is_within(prepared, start_ms, end_ms):
            text = _("{seconds} seconds of silence")
            yield Flaw(text.format(seconds=(end_ms - start_ms) // 1000), start_ms, end_ms)


def _is_within(prepared: Prepared, start_ms: int, end_ms: int) -> bool:
    """A pause between two parts is meant; long silence inside of one is not."""
    inside = (
        min(end_ms, part.end_ms) - max(start_ms, part.start_ms)
        for part in prepared.programme.segments
    )
    return max(inside, default=0) > _SILENCE_MS


def _levels(programme: PreparedProgramme, target_lufs: float) -> Iterator[Flaw]:
    if abs(programme.lufs - target_lufs) > _OFF_LU:
        text = _("the loudness is {lufs:.1f} LUFS instead of {target:.1f}")
        yield Flaw(text.format(lufs=programme.lufs, target=target_lufs))
    if programme.peak_db > PEAK_DB:
        text = _("peaks reach {peak:.1f} dBTP; {most} is the most")
        yield Flaw(text.format(peak=programme.peak_db, most=PEAK_DB))


def _lengths(prepared: Prepared) -> Iterator[Flaw]:
    over_ms = prepared.programme.duration_ms - prepared.slot_ms
    if prepared.slot_ms and over_ms > 0:
        text = _("{seconds} seconds longer than its slot")
        end_ms = prepared.programme.duration_ms
        yield Flaw(text.format(seconds=-(-over_ms // 1000)), prepared.slot_ms, end_ms)
    short_ms = prepared.length_ms - prepared.programme.duration_ms
    if prepared.length_ms and short_ms > 1000:
        text = _("{seconds} seconds shorter than the programme wants")
        yield Flaw(text.format(seconds=short_ms // 1000))
