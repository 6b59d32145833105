"""JSON for programs of other offices: rundown, log and status to read, bulletins to hand in.

It stands apart from the pages because who asks is a program with a token: no cookie, no form.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from broadcaster.encode import as_json
from broadcaster.errors import BroadcasterError
from broadcaster.station.above.receive import receive
from broadcaster.station.timetable import on_air, planned
from broadcaster.web.words import day_of

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.web.visit import Visit

__all__ = ["hand_in", "log", "refusal", "rundown", "status"]

_MOST_DAYS = 366


def _json(value: object, *, status: int = 200) -> Response:
    return Response(as_json(value), status_code=status, media_type="application/json")


def refusal(status: int, code: str) -> Response:
    """A number, and a stable English word for it."""
    return _json({"error": code}, status=status)


def rundown(visit: Visit) -> Response:
    """What is to be heard from ``from`` to ``to``, local dates and both included; today without
    them.  As ``broadcaster today --json`` says it."""
    days = _days(visit)
    if days is None:
        return refusal(400, "bad-dates")
    on_disk = visit.site.on_disk()
    try:
        rows, _problems = planned(visit.site.folder, on_disk.config, on_disk.content, days)
    except BroadcasterError:
        return refusal(503, "schedule-broken")
    return _json(on_air(rows))


def log(visit: Visit) -> Response:
    """What was heard, by planned start, with the parts of each."""
    days = _days(visit)
    if days is None:
        return refusal(400, "bad-dates")
    return _json(visit.site.log.entries(days[0], days[-1]))


def status(visit: Visit) -> Response:
    """What the daemon says of itself, and whether it can be believed."""
    found = visit.site.status()
    return _json({"in_contact": found.in_contact, **found.values})


def hand_in(visit: Visit) -> Response:
    """Bulletins of another office, in the form of ``docs/tu-cap-tren.md``: each becomes a file of
    the station, which is approved like any other; what was edited here stays."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "message.json"
        path.write_bytes(visit.body)
        received = receive(visit.site.folder, [path], now=visit.site.now())
    value = {
        "bulletins": [
            {"id": one.id, "title": one.title, "state": one.taken} for one in received.bulletins
        ],
        "problems": [
            {
                "code": problem.code,
                "line": problem.where.line,
                "column": problem.where.column,
                "severity": problem.severity,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in received.problems
        ],
    }
    return _json(value, status=200 if received.whole else 422)


def _days(visit: Visit) -> list[date] | None:
    """The days asked for; None where they are none, or too many."""
    first = day_of(visit.asked("from", str(visit.site.today())))
    last = day_of(visit.asked("to", str(first)))
    if first is None or last is None:
        return None
    count = (last - first).days + 1
    return [first + timedelta(days=n) for n in range(count)] if 0 < count <= _MOST_DAYS else None
