"""When each bulletin from above was really heard: the answer to whoever sent it.

It stands apart from the plan's figures because it is about single bulletins, to the second.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from broadcaster.clock import LOCAL
from broadcaster.model import Outcome
from broadcaster.station.above.register import load_register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from broadcaster.asrun import AsRunLog
    from broadcaster.station.above.register import Entry
    from broadcaster.station.folder import StationFolder

__all__ = ["FORMAT", "Acknowledged", "Heard", "Standing", "acknowledged", "as_file"]

FORMAT = "broadcaster-acknowledgement"


class Standing(StrEnum):
    """HEARD is to its end and in time; HEARD_LATE after the day until which it was wanted."""

    WAITING = "waiting"
    LATE = "late"
    HEARD = "heard"
    HEARD_LATE = "heard-late"


@dataclass(frozen=True, slots=True)
class Heard:
    """One airing of a bulletin, from its first to its last sound; CUT is only a part of it."""

    occurrence: str
    bulletin_id: str
    started_at: datetime
    ended_at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A bulletin from above, and every airing of it and of its translations."""

    id: str
    entry: Entry
    standing: Standing
    airings: tuple[Heard, ...]


def acknowledged(
    folder: StationFolder, log: AsRunLog | None, *, day: date, since: date = date.min
) -> list[Acknowledged]:
    """What came on ``since`` or later, by its id, as it stands on ``day``."""
    register = {
        id_: entry
        for id_, entry in load_register(folder).items()
        if entry.received_at.astimezone(LOCAL).date() >= since
    }
    heard = tuple(_heard(log, register)) if log and register else ()
    found = []
    for id_, entry in sorted(register.items()):
        own = tuple(h for h in heard if _is_of(h.bulletin_id, id_))
        found.append(Acknowledged(id_, entry, _standing(entry, own, day), own))
    return found


def _is_of(bulletin_id: str, id_: str) -> bool:
    """Whether it is the bulletin itself, or its recording in another language."""
    return bulletin_id == id_ or bulletin_id.startswith(f"{id_}.")


def _heard(log: AsRunLog, register: dict[str, Entry]) -> Iterator[Heard]:
    first = min(entry.received_at for entry in register.values()).astimezone(LOCAL).date()
    outcomes = {
        (broadcast.occurrence, airing.bulletin_id): airing.outcome
        for broadcast in log.broadcasts(first)
        for airing in broadcast.airings
    }
    for entry in log.entries(first):
        parts = [part for part in entry.segments if part.bulletin_id]
        for name in dict.fromkeys(part.bulletin_id for part in parts):
            own = [part for part in parts if part.bulletin_id == name]
            yield Heard(
                occurrence=entry.occurrence,
                bulletin_id=name,
                started_at=min(part.started_at for part in own),
                ended_at=max(part.ended_at for part in own),
                outcome=outcomes.get((entry.occurrence, name), Outcome.CUT),
            )


def _standing(entry: Entry, airings: Sequence[Heard], day: date) -> Standing:
    whole = [h.ended_at.astimezone(LOCAL).date() for h in airings if h.outcome is Outcome.AIRED]
    by = entry.must_air_by
    if whole:
        return Standing.HEARD_LATE if by and min(whole) > by else Standing.HEARD
    return Standing.LATE if by and day > by else Standing.WAITING


def as_file(found: Sequence[Acknowledged], *, station: str, now: datetime) -> bytes:
    """The answer as JSON, as ``docs/tu-cap-tren.md`` describes it."""
    value = {
        "format": FORMAT,
        "version": 1,
        "station": station,
        "made_at": _local(now),
        "bulletins": [_value(one) for one in found],
    }
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def _value(one: Acknowledged) -> dict[str, Any]:
    by = one.entry.must_air_by
    return {
        "id": one.id,
        "from": {"level": one.entry.level, "office": one.entry.office},
        "received_at": _local(one.entry.received_at),
        "must_air_by": by and by.isoformat(),
        "state": one.standing,
        "airings": [
            {
                "occurrence": heard.occurrence,
                "bulletin_id": heard.bulletin_id,
                "started_at": _local(heard.started_at),
                "ended_at": _local(heard.ended_at),
                "outcome": heard.outcome,
            }
            for heard in one.airings
        ],
    }


def _local(at: datetime) -> str:
    return at.astimezone(LOCAL).isoformat(timespec="seconds")
