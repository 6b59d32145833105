"""Entries → the slots and programmes of a week, with everything that contradicts.

It stands apart from reading, because here only meanings are left: a list, a grid and our own
export are the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, time
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.contents import Kind
from broadcaster.schedule.exchange.imported import ImportedProgramme, ImportedSlot, Part
from broadcaster.schedule.exchange.naming import Names, slug
from broadcaster.schedule.exchange.placing import Placed, place_day, place_week
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from broadcaster.errors import Problem
    from broadcaster.schedule.exchange.entries import Entry

__all__ = ["Draft", "build_week"]

_DAY = 24 * 60
_UNKNOWN_MS = 3_600_000


@dataclass(slots=True)
class Draft:
    """A slot while it is being put together."""

    placed: Placed
    days: set[int]
    minutes: int | None
    season: str = ""
    date: date | None = None
    held_back: str = ""

    @property
    def head(self) -> Entry:
        return self.placed.head

    @property
    def start(self) -> int | None:
        return None if self.placed.start is None else self.placed.start % _DAY

    def titles(self) -> tuple[tuple[str, Kind], ...]:
        return tuple(
            (part.content.title.casefold(), part.content.kind) for part in self.placed.entries
        )


def build_week(
    entries: Sequence[Entry],
    *,
    default_days: frozenset[int] | None,
    season_ids: dict[str, str],
    problems: list[Problem],
) -> tuple[tuple[ImportedProgramme, ...], tuple[ImportedSlot, ...]]:
    """The programmes and slots of ``entries``, which all hold in the same period."""
    drafts = _undated(entries, default_days, sorted(season_ids) or [""]) + _dated(entries)
    _complain(drafts, problems)
    builder = _Builder(season_ids)
    groups = _grouped(drafts)
    problems += [problem for group in groups for problem in _doubts_of(group)]
    slots = [builder.slot(group) for group in groups]
    slots = [builder.with_replay(slot, slots) for slot in slots]
    used = {slot.programme for slot in slots if not slot.replay or slot.held_back}
    return tuple(p for p in builder.programmes.values() if p.id in used), tuple(slots)


# -- when -----------------------------------------------------------------------------------


def _undated(
    entries: Sequence[Entry], default_days: frozenset[int] | None, seasons: list[str]
) -> list[Draft]:
    every = default_days or frozenset(range(7))

    def days_of(entry: Entry) -> frozenset[int]:
        return every if entry.when.days is None else entry.when.days

    found: dict[Hashable, Draft] = {}
    for season in seasons:
        rows = [e for e in entries if e.when.date is None and e.when.season in {"", season}]
        for key, (placed, days, ends) in place_week(rows, days_of).items():
            known = [end for end in ends if end is not None]
            draft = Draft(placed, days, min(known, default=None), placed.head.when.season)
            before = found.setdefault(key, draft)
            if before.minutes is None or (draft.minutes and draft.minutes < before.minutes):
                before.minutes = draft.minutes
            before.days |= days
    order = {id(entry): number for number, entry in enumerate(entries)}
    return sorted(found.values(), key=lambda draft: order[id(draft.head)])


def _dated(entries: Sequence[Entry]) -> list[Draft]:
    by_date: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.when.date:
            by_date[entry.when.date].append(entry)
    return [
        Draft(placed, set(), _minutes(placed), date=day)
        for day, rows in sorted(by_date.items())
        for placed in place_day(rows)
    ]


def _minutes(placed: Placed) -> int | None:
    return None if placed.end is None or placed.start is None else placed.end - placed.start


# -- what contradicts -----------------------------------------------------------------------


def _complain(drafts: list[Draft], problems: list[Problem]) -> None:
    unplaced: set[int] = set()
    for draft in drafts:
        if draft.start is None and id(draft.head) not in unplaced:
            unplaced.add(id(draft.head))
            head = draft.head
            title = head.content.title
            problems.append(doubts.bad_hour(head.where, _hour_of(head), title))
        if draft.start is None:
            draft.held_back = _("the source does not say its hour")
    _same_minute(drafts, problems)
    _overlaps(drafts, problems)
    drafts[:] = [draft for draft in drafts if draft.days or draft.date or draft.held_back]


def _hour_of(entry: Entry) -> str:
    return "" if entry.hour_said.strip(" ?-–—") == "" else entry.hour_said


def _same_minute(drafts: Sequence[Draft], problems: list[Problem]) -> None:
    """Of two starts in one minute the first in the source airs; the other is told and held back."""
    for number, later in enumerate(drafts):
        for first in drafts[:number]:
            shared = later.days & first.days
            if later.start is None or first.start != later.start or first.held_back:
                continue
            if not (shared or (later.date and later.date == first.date)):
                continue
            if later.season and first.season and later.season != first.season:
                continue
            title = later.head.content.title
            if later.titles() == first.titles():
                problems.append(doubts.said_twice(later.head.where, title))
            else:
                what = _("“{title}” begins at {hour} like “{other}” ({where})").format(
                    title=title,
                    hour=_shown(later.start),
                    where=first.head.where,
                    other=first.head.content.title,
                )
                problems.append(doubts.contradiction(later.head.where, what))
                if later.date or shared == later.days:
                    later.held_back = what
                    break
            later.days -= shared
            later.date = None if later.date else later.date


def _overlaps(drafts: Sequence[Draft], problems: list[Problem]) -> None:
    told: set[tuple[int, int]] = set()
    for first in drafts:
        for later in drafts:
            pair = (id(first.head), id(later.head))
            if first.start is None or later.start is None or first.held_back or later.held_back:
                continue
            together = first.days & later.days or (first.date and first.date == later.date)
            season = first.season and later.season and first.season != later.season
            if not together or season or pair in told or first.minutes is None:
                continue
            if first.start < later.start < first.start + first.minutes:
                told.add(pair)
                what = _("“{title}” lasts until {end}, but “{other}” begins at {hour} ({where})")
                what = what.format(
                    title=first.head.content.title,
                    end=_shown(first.start + first.minutes),
                    other=later.head.content.title,
                    hour=_shown(later.start),
                    where=later.head.where,
                )
                problems.append(doubts.overlap(first.head.where, what))


def _doubts_of(group: Sequence[Draft]) -> Iterable[Problem]:
    """What nobody knows of one slot: told once, for its first row."""
    head, start = group[0].head, group[0].start
    if start is None or group[0].held_back:
        return
    if not any(draft.minutes for draft in group):
        yield doubts.no_length(head.where, head.content.title, duration_text(_UNKNOWN_MS))
    if head.about:
        what = _("the source says “about {hour}”: {hour} is written").format(hour=_shown(start))
        yield doubts.assumed(head.where, what)


def _shown(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


# -- slots ----------------------------------------------------------------------------------


def _grouped(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """Drafts that are one slot: the same programme at the same time on several days; or the same
    row, or the same programme, at another hour in another season."""
    groups: dict[Hashable, list[Draft]] = {}
    lengths: dict[Hashable, int | None] = {}
    for draft in drafts:
        names = (draft.titles(), draft.head.slot_id, draft.head.programme_id)
        key: Hashable = (names, draft.start, draft.season, draft.date, draft.held_back)
        known = lengths.setdefault(key, draft.minutes)
        same = known is None or draft.minutes in {None, known}
        lengths[key] = known or draft.minutes if same else known
        whole = (
            key if same and draft.start is not None else (key, draft.minutes or id(draft.placed))
        )
        groups.setdefault(whole, []).append(draft)
    merged: dict[Hashable, list[Draft]] = {}
    for group in groups.values():
        head = group[0]
        days = frozenset().union(*(draft.days for draft in group))
        key = (id(head),)
        if head.season and head.start is not None:
            key = (head.titles(), days, head.head.slot_id)
            if any(draft.season == head.season for draft in merged.get(key, ())):
                key = (id(head),)
        merged.setdefault(key, []).extend(group)
    return list(merged.values())


@dataclass(slots=True)
class _Builder:
    season_ids: dict[str, str]
    programmes: dict[str, ImportedProgramme] = field(default_factory=dict)
    slot_names: Names = field(default_factory=Names)
    programme_names: Names = field(default_factory=Names)

    def slot(self, group: list[Draft]) -> ImportedSlot:
        first = group[0]
        programme = self._programme(first)
        starts = {
            self.season_ids.get(d.season, ""): time(d.start // 60, d.start % 60)
            for d in group
            if d.start is not None
        }
        if len(starts) == len(self.season_ids) and len(set(starts.values())) == 1:
            starts = {"": next(iter(starts.values()))}
        known = [d.minutes for d in group if d.minutes]
        return ImportedSlot(
            id=self._slot_id(first),
            days=frozenset().union(*(draft.days for draft in group)),
            starts=tuple(starts.items()),
            max_ms=min(max(known), _DAY) * 60_000 if known else _UNKNOWN_MS,
            programme=programme,
            date=first.date,
            where=first.head.where,
            source=first.head.source,
            more_rows=len({id(draft.head) for draft in group}) - 1,
            remarks=tuple(_remarks(first, has_end=bool(known))),
            held_back=first.held_back,
        )

    def _slot_id(self, draft: Draft) -> str:
        head = draft.head
        wish = head.slot_id or slug(head.content.title, longest=30)
        if not head.slot_id and draft.start is not None:
            wish = f"{wish}-{draft.start // 60:02d}{draft.start % 60:02d}"
        return self.slot_names.of(id(draft.placed), wish)

    def _programme(self, draft: Draft) -> str:
        parts = tuple(part for entry in draft.placed.entries for part in _parts(entry))
        key = (draft.titles(), tuple(part.title for part in parts), draft.head.programme_id)
        title = "; ".join(entry.content.title for entry in draft.placed.entries)
        if draft.head.content.kind is Kind.REPLAY:
            title = f"{title} (phát lại)" if "phát lại" not in title.casefold() else title
        name = self.programme_names.of(key, draft.head.programme_id or slug(title))
        if name not in self.programmes:
            self.programmes[name] = ImportedProgramme(id=name, title=title, parts=parts)
        return name

    def with_replay(self, slot: ImportedSlot, slots: Sequence[ImportedSlot]) -> ImportedSlot:
        """A replay of what has a slot of its own names that slot."""
        programme = self.programmes[slot.programme]
        part = programme.parts[0]
        if part.kind is not Kind.REPLAY or len(programme.parts) > 1 or slot.date or slot.held_back:
            return slot
        title = part.title.casefold()
        first_airings = [
            other
            for other in slots
            if not other.held_back
            and not other.date
            and self.programmes[other.programme].parts[0].kind is not Kind.REPLAY
            and self.programmes[other.programme].title.casefold() == title
        ]
        return replace(slot, replay=first_airings[0].id) if len(first_airings) == 1 else slot


def _parts(entry: Entry) -> list[Part]:
    content = entry.content
    note = entry.note
    return [
        Part(
            title=title,
            kind=content.kind,
            language=content.language,
            replay_of=content.replay_of,
            note=note,
        )
        for title in content.parts or (content.title,)
    ]


def _remarks(draft: Draft, *, has_end: bool) -> Iterable[str]:
    head = draft.head
    if head.about:
        yield _("the source says “about”")
    if draft.start is not None and not has_end:
        yield _("the source does not say how long")
    if head.low_ms:
        yield _("the source says {low} to {high}").format(
            low=duration_text(head.low_ms), high=duration_text(head.length_ms)
        )
