"""Rows that nobody hears: switching on, limits, “nghỉ”, headings of sessions.

They stand apart because they still say something: where a programme ends, and on which days
nothing is broadcast.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import doubts
from broadcaster.schedule.exchange.contents import Kind, session_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.schedule.exchange.entries import Entry
    from broadcaster.schedule.exchange.imported import ImportedWeek

__all__ = ["heard"]


def heard(entries: list[Entry], week: ImportedWeek) -> list[Entry]:
    """Without what nobody hears: switching on, limits, silence, headings of sessions."""
    airing: list[Entry] = []
    silent: list[Entry] = []
    told: set[tuple[str, int | None]] = set()
    for number, entry in enumerate(entries):
        kind, title = entry.content.kind, entry.content.title
        if kind is Kind.SILENCE:
            silent.append(entry)
            what = _("the source says that nothing is broadcast: “{title}”").format(title=title)
        elif kind is Kind.MACHINE:
            what = _("“{title}” is work at the machine, which nobody hears").format(title=title)
        elif kind is Kind.LIMIT:
            what = _("“{title}” is a limit, no airing; limits belong into station.yaml")
            what = what.format(title=_limit_text(entry))
        elif _is_session_heading(entry, entries[number + 1 : number + 2]):
            what = _("“{title}” is the heading of the rows below").format(title=title)
        else:
            if not title:
                _name_it(entry, week)
            airing.append(entry)
            continue
        _end_before(entry, entries[:number])
        if (what, entry.start) not in told:
            told.add((what, entry.start))
            week.problems.append(doubts.left_out(entry.where, what))
    _contradict_silence(silent, airing, week)
    return airing


def _end_before(entry: Entry, above: Sequence[Entry]) -> None:
    """“5h45 nghỉ” is where the rows above it end."""
    for other in above if entry.start is not None else ():
        is_open = other.end is None and not other.length_ms and other.start is not None
        together = not (entry.when.days and other.when.days) or entry.when.days & other.when.days
        if is_open and together and entry.when.date == other.when.date:
            starts = [s for s in (other.row_end, entry.start) if s and s > (other.start or 0)]
            other.row_end = min(starts, default=None)


def _limit_text(entry: Entry) -> str:
    return " | ".join(part for part in entry.source.split(" | ") if part) or entry.content.title


def _is_session_heading(entry: Entry, following: Sequence[Entry]) -> bool:
    is_name = session_of(entry.content.title) or not entry.content.title
    if not is_name or entry.start is None:
        return False
    return any(
        other.start == entry.start and other.when.days == entry.when.days for other in following
    )


def _name_it(entry: Entry, week: ImportedWeek) -> None:
    week.problems.append(doubts.no_content(entry.where))
    entry.content = replace(entry.content, title="Chương trình chưa có tên")


def _contradict_silence(silent: list[Entry], heard: list[Entry], week: ImportedWeek) -> None:
    for entry in silent:
        for other in heard:
            same_day = entry.when.days and other.when.days and entry.when.days & other.when.days
            if entry.start is None and (
                same_day or (entry.when.date and entry.when.date == other.when.date)
            ):
                what = _("“{title}” airs on a day on which “{silence}” ({where})").format(
                    title=other.content.title, silence=entry.content.title, where=entry.where
                )
                week.problems.append(doubts.contradiction(other.where, what))
                break
