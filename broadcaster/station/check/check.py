"""Settings, weeks and bulletins looked at together, without any synthesis.

It stands apart from the stages' own checks because only the station knows what each of them
needs to know of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL, SystemClock
from broadcaster.errors import BroadcasterError, Problem, Severity, Where, nearest
from broadcaster.programme import Assets, speaks
from broadcaster.schedule import (
    Known,
    by_place,
    check_weeks,
    days_to_check,
    occurrences_between,
    placeholders_of,
    sounds_of,
)
from broadcaster.script import read_text
from broadcaster.sound.container import sound_files
from broadcaster.station.above.receive import waiting_problems
from broadcaster.station.approving.wanting import wanting
from broadcaster.station.assembly.estimate import estimating_assembler
from broadcaster.station.assembly.glance import Recorded, glance, recorded
from broadcaster.station.check.approvals import claimed_approvals, slots_wanting
from broadcaster.station.check.outputs import check_outputs
from broadcaster.station.check.voices import check_voices
from broadcaster.station.content.content import load_content
from broadcaster.station.content.pairings import outdated
from broadcaster.station.content.unanswered import unanswered
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadcaster.model import Bulletin, Occurrence, WeekPlan
    from broadcaster.station.assembly.assemble import Assembler
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Checked", "check_station", "look_at_station"]

_ONE_DAY = timedelta(days=1)
_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Checked:
    """Every problem of a station, by file, line and column; its human recordings, and the
    bulletins that others replace."""

    problems: list[Problem]
    recordings: tuple[Recorded, ...] = ()
    replaced: tuple[Bulletin, ...] = ()


def check_station(
    folder: StationFolder, *, monday: date | None = None, today: date | None = None
) -> list[Problem]:
    """The problems that :func:`look_at_station` finds."""
    return look_at_station(folder, monday=monday, today=today).problems


def look_at_station(
    folder: StationFolder, *, monday: date | None = None, today: date | None = None
) -> Checked:
    """What is wrong with the station in ``folder``, and what people recorded for it.

    The week that begins on ``monday`` is looked at, or the days from ``today`` (the clock's) on
    that :func:`broadcaster.schedule.days_to_check` names.
    """
    config, problems = load_config(folder)
    if config is None:
        return Checked(problems)
    content = load_content(folder, config)
    if monday is None:
        days = days_to_check(content.plans, today or SystemClock().now().date())
    else:
        days = [monday + timedelta(days=n) for n in range(7)]
    problems += content.problems
    problems += waiting_problems(folder)
    problems += _settings(folder, config, content)
    problems += check_outputs(folder, config, content.plans)
    problems += check_voices(folder, config, content)
    problems += _weeks(folder, config, content, days=days)
    for bulletin in content.bulletins.values():
        problems += _bulletin(folder, config, bulletin, content)
    problems += _approvals(folder, config, content, days=days)
    for id_ in outdated(folder, content.bulletins):
        problems.append(_outdated(content.bulletins[id_]))
    found = sorted(dict.fromkeys(problems), key=by_place)
    replaced = tuple(b for b in content.bulletins.values() if b.replaced_by)
    return Checked(found, recorded(folder, content), replaced)


# -- settings -----------------------------------------------------------------------------


def _settings(folder: StationFolder, config: StationConfig, content: Content) -> Iterator[Problem]:
    programmes = {name for plan in content.plans for name in plan.programmes}
    all_read = len(content.plans) == len(folder.week_files())
    if all_read and config.fallback and config.fallback not in programmes:
        message = _("the fallback programme “{id}” is in none of the weeks")
        message = message.format(id=config.fallback)
        hint = nearest(config.fallback, programmes)
        yield Problem(config.place_of("fallback"), "unknown-fallback", message, hint)
    if not folder.week_files():
        message = _("there is no week: nothing will air")
        yield Problem(Where(folder.schedules), "no-week", message, _("write schedules/….yaml"))


# -- weeks --------------------------------------------------------------------------------


def _weeks(
    folder: StationFolder, config: StationConfig, content: Content, *, days: Iterable[date]
) -> Iterator[Problem]:
    sounds = _sounds(folder)
    assembler = estimating_assembler(folder, config, content, find_asset=glance(folder))
    known = Known(
        bulletins={bulletin.id: bulletin.validity for bulletin in content.bulletins.values()},
        is_spoken_in=partial(_is_spoken_in, content),
        replaced_by={b.id: b.replaced_by for b in content.bulletins.values() if b.replaced_by},
        assets={*sounds.names(), *(path.name for path in sound_files(folder.sounds))},
        relays=[relay.name for relay in config.relays],
        fallback=config.fallback,
        lengths_ms=partial(_lengths_ms, assembler),
        rails=config.all_rails,
    )
    yield from check_weeks(content.plans, days=days, known=known)
    for plan in content.plans:
        yield from _unfilled(plan, config)
        yield from _unheard(plan, sounds)


def _is_spoken_in(content: Content, bulletin_id: str, language: str) -> bool:
    found = content.bulletins.values()
    spoken = (b for b in found if b.id in {bulletin_id, f"{bulletin_id}.{b.language}"})
    return any(speaks(bulletin, (language,)) for bulletin in spoken)


def _sounds(folder: StationFolder) -> Assets:
    return Assets(folder.sounds, folder.sound_cache)


def _lengths_ms(assembler: Assembler, occurrence: Occurrence) -> tuple[int, int] | None:
    try:
        return assembler.lengths(occurrence)
    except (BroadcasterError, OSError):
        return None


def _unfilled(plan: WeekPlan, config: StationConfig) -> Iterator[Problem]:
    """Placeholders that the settings leave empty."""
    empty = {name for name in ("commune", "province") if not getattr(config, name)}
    for programme in plan.programmes.values():
        for segment in programme.segments:
            for name in sorted(empty & placeholders_of(segment.text)):
                message = _("“{name}” is said here, but station.yaml does not have it")
                hint = _("write “{name}: …” into station.yaml").format(name=name)
                yield Problem(segment.where, "nothing-to-say", message.format(name=name), hint)


def _unheard(plan: WeekPlan, sounds: Assets) -> Iterator[Problem]:
    """Sound files that are there and cannot be played; missing ones are told already."""
    places = {
        name: where
        for programme in plan.programmes.values()
        for segment in programme.segments
        for name, where in sounds_of(segment)
    }
    for name, where in places.items():
        found = sounds.glance(name, where=where)
        yield from (problem for problem in found if problem.code != "missing-asset")


# -- approvals ----------------------------------------------------------------------------


def _approvals(
    folder: StationFolder, config: StationConfig, content: Content, *, days: Sequence[date]
) -> Iterator[Problem]:
    """Of the first days that are looked at: what lies further ahead is not urgent."""
    if not config.approval.required:
        return
    first, last = min(days), min(max(days), min(days) + _WEEK)
    begin, end = (datetime.combine(day, time.min, LOCAL) for day in (first, last + _ONE_DAY))
    coming = occurrences_between(content.plans, begin, end)
    yield from slots_wanting(wanting(folder, config, content, coming))
    yield from claimed_approvals(folder, content.bulletins.values())


# -- bulletins ----------------------------------------------------------------------------


def _bulletin(
    folder: StationFolder, config: StationConfig, bulletin: Bulletin, content: Content
) -> Iterator[Problem]:
    if not bulletin.is_answered:
        yield unanswered(bulletin)
    elif bulletin.recording:
        yield from _recording(folder, bulletin)
    elif bulletin.language != "vi":
        message = _("no voice speaks “{language}”").format(language=bulletin.language)
        hint = _("record it, and put it into scripts_vi/am-thanh as {name}.m4a")
        hint = hint.format(name=f"{bulletin.id}.{bulletin.language}")
        yield Problem(bulletin.where, "needs-recording", message, hint)
    else:
        reading = read_text(
            bulletin.text, lexicon=content.lexicon, where=bulletin.where, style=config.reading
        )
        yield from reading.problems


def _recording(folder: StationFolder, bulletin: Bulletin) -> Iterator[Problem]:
    sounds = _sounds(folder)
    for problem in sounds.glance(bulletin.recording, where=bulletin.where):
        if problem.code == "missing-asset":
            message = _("there is no recording “{name}”").format(name=bulletin.recording)
            hint = _("put the file into scripts_vi/am-thanh ({nearest})")
            hint = hint.format(nearest=nearest(bulletin.recording, sounds.names()))
            yield Problem(bulletin.where, "missing-recording", message, hint)
        else:
            yield problem


def _outdated(bulletin: Bulletin) -> Problem:
    message = _("the text of “{id}” was changed after {file} was recorded")
    message = message.format(id=bulletin.id, file=bulletin.recording)
    hint = _("record it again; if it still says the same, copy the file there once more")
    return Problem(bulletin.where, "recording-older-than-text", message, hint, Severity.WARNING)
