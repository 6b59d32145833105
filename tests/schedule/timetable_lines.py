"""An imported week in few lines that a person can compare with the timetable beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange import ImportedWeek, import_sheets, read_text_sheet
from broadcaster.schedule.exchange.weekdays import spelled_days
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)


def imported(path: Path) -> ImportedWeek:
    """The week of a text; the path in its problems is only the name."""
    text = path.read_bytes().decode("utf-8-sig")
    name = path.relative_to(path.parent)
    return import_sheets([read_text_sheet(text, path=name)], path=name, today=TODAY)


def as_lines(week: ImportedWeek) -> str:
    """Validity, seasons, slots and problems, one a line."""
    ends = [day.isoformat() if day else "…" for day in (week.validity.first, week.validity.last)]
    lines = [f"valid {ends[0]} {ends[1]}"]
    lines += [f"season {s.id} {s.first} {s.last}" for s in week.seasons]
    titles = {programme.id: programme.title for programme in week.programmes}
    for slot in week.slots:
        days = str(slot.date) if slot.date else slot.rule or spelled_days(slot.days)
        starts = " ".join(f"{season}{'=' * bool(season)}{at:%H:%M}" for season, at in slot.starts)
        what = f"replay of {slot.replay}" if slot.replay else titles[slot.programme]
        mark = "# " if slot.held_back else ""
        lines.append(f"{mark}{days} | {starts} | {duration_text(slot.max_ms)} | {what}")
    lines += [f"{p.severity.value} {p.where} {p.code}" for p in week.problems]
    return "\n".join(lines) + "\n"
