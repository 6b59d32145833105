"""Nhật ký: what was really broadcast, to be looked through, listened to, and taken along."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from starlette.responses import Response

from broadcaster.clock import LOCAL
from broadcaster.model import Outcome
from broadcaster.web.rows import icon_of, outcome_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.model import AsRunEntry
    from broadcaster.web.visit import Visit

__all__ = ["show", "table"]

_SHOWN = 200
_A_WEEK = timedelta(days=6)
_FIRST = date(2000, 1, 1)
"""No station aired anything before; nor does arithmetic reach below year 1."""
_LATE = timedelta(seconds=30)
"""By so much a start may differ before the planned time is struck out."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the form asks for."""

    first: date
    last: date
    outcome: str = ""
    words: str = ""

    def found(self, visit: Visit) -> list[AsRunEntry]:
        """The latest first."""
        words = self.words.casefold()
        entries = visit.site.log.entries(self.first, self.last)
        return [
            entry
            for entry in reversed(entries)
            if self.outcome in ("", entry.outcome) and words in _searched(entry)
        ]


def _searched(entry: AsRunEntry) -> str:
    parts = (segment.title for segment in entry.segments)
    return " ".join([entry.title, entry.reason, entry.operator, *parts]).casefold()


def show(visit: Visit) -> Response:
    """The page."""
    wanted = _wanted(visit)
    found = wanted.found(visit)
    return visit.page(
        "log.html",
        wanted=wanted,
        entries=found[:_SHOWN],
        count=len(found),
        outcomes=outcome_words(),
        icons=icon_of,
        differs=_differs,
        query=visit.request.url.query,
    )


def _wanted(visit: Visit) -> _Wanted:
    today = visit.site.today()
    last = _day(visit.asked("den"), today)
    first = min(_day(visit.asked("tu"), last - _A_WEEK), last)
    outcome = visit.asked("ket-qua")
    known = outcome if outcome in set(Outcome) else ""
    return _Wanted(first, last, known, visit.asked("chu").strip()[:100])


def _day(text: str, default: date) -> date:
    try:
        return max(date.fromisoformat(text), _FIRST)
    except ValueError:
        return default


def _differs(entry: AsRunEntry) -> bool:
    """Whether it did not start when it was to."""
    return bool(entry.starts) and abs(entry.starts[0] - entry.scheduled_at) > _LATE


def table(visit: Visit) -> Response:
    """The same rows for a spreadsheet, all of them: UTF-8 with its mark, so that Excel knows."""
    wanted = _wanted(visit)
    text = io.StringIO()
    writer = csv.writer(text)
    headings = (_("date"), _("planned"), _("started"), _("ended"), _("title"), _("outcome"))
    writer.writerow([*headings, _("reason"), _("ordered by"), _("voice"), _("outputs")])
    words = outcome_words()
    for entry in reversed(wanted.found(visit)):
        writer.writerow(map(_harmless, _cells(entry, words[entry.outcome])))
    name = f"nhat-ky-{wanted.first}-{wanted.last}.csv"
    return Response(
        "\ufeff" + text.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _cells(entry: AsRunEntry, outcome: str) -> Sequence[str]:
    planned = entry.scheduled_at.astimezone(LOCAL)
    started = entry.starts[0].astimezone(LOCAL) if entry.starts else None
    return (
        f"{planned:%d/%m/%Y}",
        f"{planned:%H:%M}",
        f"{started:%H:%M:%S}" if started else "",
        f"{entry.ended_at.astimezone(LOCAL):%H:%M:%S}" if entry.ended_at else "",
        *(entry.title, outcome, entry.reason, entry.operator, entry.voice, entry.output),
    )


def _harmless(cell: str) -> str:
    """A title is text to a spreadsheet too, never a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
