"""The as-run log of ten years: how long its questions take."""

from __future__ import annotations

import hashlib
import tempfile
import time
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import LOCAL, SimulatedClock
from broadcaster.model import (
    AsRunSegment,
    BulletinFacts,
    Occurrence,
    Outcome,
    PreparedProgramme,
    PreparedSegment,
    ProgrammePlan,
    SegmentKind,
    Slot,
)
from broadcaster.plan import Plan
from broadcaster.report import Period, days
from broadcaster.report.period import month
from broadcaster.station.folder import StationFolder
from broadcaster.station.reporting.reporting import report_of

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST = datetime(2017, 1, 1, 5, 0, tzinfo=LOCAL)
_DAYS = 3750
_SLOTS_A_DAY = 4
_ROWS = 150_000
_SEGMENTS = 8
_LATELY = timedelta(days=14)
_TOPICS = ("cchc", "dvctt", "chuyen-doi-so", "dat-dai", "ho-tich")


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal) for a log of 150,000 rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = StationFolder(Path(name))
        with Store.open(folder.database, clock=SimulatedClock(_FIRST)) as store:
            log = AsRunLog(store)
            _fill(log)
            found = _questions(log)
        found += _reports(folder)
        opening = _ms(lambda: _open(folder.database), 5)
        found.append(("opening it, with the integrity check", opening, "-"))
        found.append(("commits of a start to a new log, synchronised", _commits(name), "-"))
    return found


def _questions(log: AsRunLog) -> list[tuple[str, str, str]]:
    last_day = date(2027, 4, 1)
    newest = _occurrence(_DAYS // 2, 1).id
    recent = _FIRST + timedelta(days=_DAYS - 3)
    questions: list[tuple[str, Callable[[], object]]] = [
        ("a day", lambda: log.entries(last_day, last_day)),
        ("a week", lambda: log.entries(date(2026, 12, 1), date(2026, 12, 7))),
        ("a month", lambda: log.entries(date(2026, 11, 1), date(2026, 11, 30))),
        ("one occurrence", lambda: log.entry(newest)),
        ("the ledger of three days", lambda: log.ledger(recent)),
        ("what is on air", log.open_occurrences),
        ("a month's report", lambda: log.broadcasts(date(2026, 11, 1), date(2026, 11, 30))),
        ("what aired lately, by bulletin", lambda: log.last_heard(recent, within=_LATELY)),
    ]
    table = [(f"150,000 rows: {what}", _ms(ask, 9), "≤ 50 ms") for what, ask in questions]
    table.append(("150,000 rows: every entry", _ms(log.entries, 1), "-"))
    table.append(("150,000 rows: the whole chain verified", _ms(log.verify, 1), "-"))
    return table


def _reports(folder: StationFolder) -> list[tuple[str, str, str]]:
    """As the command makes them: opened, the whole chain walked, the period counted and added
    up."""
    clock = SimulatedClock(_FIRST + timedelta(days=_DAYS))
    ten_years = days(_FIRST.date(), clock.now().date())

    def ask(period: Period) -> str:
        return _ms(lambda: report_of(folder, Plan(), period, clock=clock), 5)

    return [
        ("150,000 rows: the report of a month, with the chain", ask(month("2026-11")), "≤ 2000 ms"),
        ("150,000 rows: the report of ten years, with the chain", ask(ten_years), "≤ 2000 ms"),
    ]


def _fill(log: AsRunLog) -> None:
    log._store.read("PRAGMA synchronous = OFF")
    each = _SEGMENTS + 2
    for number in range(_ROWS // each):
        occurrence = _occurrence(*divmod(number, _SLOTS_A_DAY))
        at = occurrence.starts_at
        day = number // _SLOTS_A_DAY
        log.started(occurrence, _programme(day), at=at, output="null")
        segments = [_segment(at, day, part) for part in range(_SEGMENTS)]
        log.ended(occurrence.id, at=at, outcome=Outcome.AIRED, segments=segments)
    assert log._store.read("SELECT count(*) FROM asrun") == [(_ROWS,)]


def _occurrence(day: int, slot: int) -> Occurrence:
    """The first of a day, or a replay of it."""
    at = _FIRST + timedelta(days=day, hours=3 * slot)
    week = frozenset(range(7))
    return Occurrence(
        Slot(id=f"khung-{slot}", start=at.time(), days=week, programme_id="sang"),
        at,
        ProgrammePlan("sang", "Chương trình sáng", ()),
        replays=_occurrence(day, 0) if slot else None,
    )


@cache
def _programme(day: int) -> PreparedProgramme:
    """Every day has its own bulletins and its own sound."""
    sound = hashlib.sha256(str(day).encode()).hexdigest()
    return PreparedProgramme(
        programme_id="sang",
        title="Chương trình sáng",
        duration_ms=900_000,
        voice="espeak:vi",
        audio_sha256=sound,
        mp3_sha256=sound,
        segments=tuple(_prepared(day, part) for part in range(_SEGMENTS)),
    )


def _prepared(day: int, part: int) -> PreparedSegment:
    return PreparedSegment(
        kind=SegmentKind.SPEECH,
        title=_title(day, part),
        start_ms=60_000 * part,
        end_ms=60_000 * (part + 1),
        bulletin_id=f"tin-{day}-{part}",
        facts=BulletinFacts(
            topic=_TOPICS[(day + part) % len(_TOPICS)],
            kind="tin",
            language="vi",
            audience="moi-nguoi",
            source="Bản tin của xã",
            approved_by=f"nguoi-duyet-{day % 3}",
        ),
    )


def _title(day: int, part: int) -> str:
    return f"Bản tin số {part} ngày thứ {day} về cải cách hành chính"


def _segment(at: datetime, day: int, part: int) -> AsRunSegment:
    return AsRunSegment(
        kind=SegmentKind.SPEECH,
        title=_title(day, part),
        started_at=at + timedelta(minutes=part),
        ended_at=at + timedelta(minutes=part + 1),
        bulletin_id=f"tin-{day}-{part}",
        voice="espeak:vi",
        script_sha256=hashlib.sha256(_title(day, part).encode()).hexdigest(),
    )


def _open(path: Path) -> None:
    Store.open(path, clock=SimulatedClock(_FIRST)).close()


def _commits(folder: str) -> str:
    with Store.open(Path(folder) / "new.db", clock=SimulatedClock(_FIRST)) as store:
        log, begun = AsRunLog(store), time.perf_counter()
        for day in range(500):
            log.started(_occurrence(day, 0), _programme(day), at=_FIRST, output="null")
        return f"{500 / (time.perf_counter() - begun):.0f} a second"


def _ms(question: Callable[[], object], times: int) -> str:
    """The median of so many runs."""
    taken = []
    for _run in range(times):
        begun = time.perf_counter()
        question()
        taken.append(time.perf_counter() - begun)
    return f"{median(taken) * 1000:.1f} ms"


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
