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

from broadcaster.schedule.exchange.conflicts import UNKNOWN_MS, Draft, doubts_of, find_conflicts
from broadcaster.schedule.exchange.contents import Kind
from broadcaster.schedule.exchange.imported import ImportedProgramme, ImportedSlot, Part
from broadcaster.schedule.exchange.naming import Names, slug
from broadcaster.schedule.exchange.placing import Placed, place_day, place_week
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from broadcaster.errors import Problem
    from broadcaster.schedule.exchange.entries import Entry

__all__ = ["build_week"]

_DAY = 24 * 60


def build_week(
    entries: Sequence[Entry],
    *,
    season_ids: dict[str, str],
    problems: list[Problem],
) -> tuple[tuple[ImportedProgramme, ...], tuple[ImportedSlot, ...]]:
    """The programmes and slots of ``entries``, which all hold in the same period."""
    drafts = _undated(entries, sorted(season_ids) or [""]) + _dated(entries) + _ruled(entries)
    find_conflicts(drafts, problems)
    builder = _Builder(season_ids)
    groups = _grouped(drafts)
    problems += [problem for group in groups for problem in doubts_of(group)]
    slots = [builder.slot(group) for group in groups]
    slots = [builder.with_replay(slot, slots) for slot in slots]
    used = {slot.programme for slot in slots if not slot.replay or slot.held_back}
    return tuple(p for p in builder.programmes.values() if p.id in used), tuple(slots)


# -- when -----------------------------------------------------------------------------------


def _undated(entries: Sequence[Entry], seasons: list[str]) -> list[Draft]:
    found: dict[Hashable, Draft] = {}
    for season in seasons:
        rows = [e for e in entries if not e.when.date and not e.when.rule]
        rows = [e for e in rows if e.when.season in {"", season}]
        for key, (placed, days, ends) in place_week(rows).items():
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


def _ruled(entries: Sequence[Entry]) -> list[Draft]:
    """Rows of days that only a calendar knows, each kind of days for itself."""
    rules = dict.fromkeys(entry.when.rule for entry in entries if entry.when.rule)
    return [
        Draft(placed, set(), _minutes(placed), rule=rule)
        for rule in rules
        for placed in place_day(e for e in entries if e.when.rule == rule)
    ]


def _minutes(placed: Placed) -> int | None:
    return None if placed.end is None or placed.start is None else placed.end - placed.start


# -- slots ----------------------------------------------------------------------------------


def _grouped(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """Drafts that are one slot: the same programme at the same time on several days; or the same
    row, or the same programme, at another hour in another season."""
    groups: dict[Hashable, list[Draft]] = {}
    lengths: dict[Hashable, int | None] = {}
    for draft in drafts:
        names = (draft.titles(), draft.head.slot_id, draft.head.programme_id)
        key: Hashable = (names, draft.start, draft.season, draft.date, draft.rule, draft.held_back)
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
            max_ms=min(max(known), _DAY) * 60_000 if known else UNKNOWN_MS,
            programme=programme,
            date=first.date,
            rule=first.rule,
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
        wanted = {part.title.casefold(), part.replay_of.casefold()}
        first_airings = [
            other
            for other in slots
            if not other.held_back
            and not other.date
            and self.programmes[other.programme].parts[0].kind is not Kind.REPLAY
            and self.programmes[other.programme].title.casefold() in wanted
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
