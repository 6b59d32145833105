"""What planning a day, a year and a check cost."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.schedule import check_weeks, occurrences_between, parse_week, rundown

if TYPE_CHECKING:
    from collections.abc import Callable

_DAY = date(2026, 11, 23)
_PROGRAMME = "programmes: {tin: {segments: [{bulletins: {}}]}}\n"


def rows() -> list[tuple[str, str, str]]:
    """(what, measured, goal) of the schedule, in processor time: the best of some runs."""
    plan, problems = parse_week(_thousand_slots(), path=Path("lich.yaml"))
    assert plan is not None
    assert problems == []
    assert len(rundown([plan], _DAY).items) == 1_000
    day_ms = _best_ms(lambda: rundown([plan], _DAY), runs=31)
    varied, problems = parse_week(_thousand_of_every_kind(), path=Path("lich.yaml"))
    assert varied is not None
    assert problems == []
    assert len(rundown([varied], _DAY).occurrences()) == 1_000
    varied_ms = _best_ms(lambda: rundown([varied], _DAY), runs=31)
    changed, problems = parse_week(_five_hundred_changes(), path=Path("lich.yaml"))
    assert changed is not None
    assert problems == []
    week = [_DAY + timedelta(days=n) for n in range(7)]
    check_ms = _best_ms(lambda: check_weeks([changed], days=week), runs=5)
    sample = Path(__file__).parents[2] / "schedules" / "tuan-mau.yaml"
    small, _problems = parse_week(sample.read_text(encoding="utf-8"), path=sample)
    assert small is not None
    start, end = datetime(2026, 1, 1, tzinfo=LOCAL), datetime(2027, 1, 1, tzinfo=LOCAL)
    year_ms = _best_ms(lambda: occurrences_between([small], start, end), runs=5)
    return [
        ("planning a day of 1,000 slots", f"{day_ms:.1f} ms", "< 10 ms"),
        ("the same, of every kind", f"{varied_ms:.1f} ms", "< 10 ms"),
        ("checking a week of 500 changes", f"{check_ms:.0f} ms", "< 1,000 ms"),
        ("planning a year of the sample week", f"{year_ms:.0f} ms", "< 1,000 ms"),
    ]


def _thousand_slots() -> str:
    lines = (
        f"  - {{id: k{n}, days: T2-CN, at: {n // 60:02}:{n % 60:02}, programme: tin, max: 1m}}"
        for n in range(1_000)
    )
    return _PROGRAMME + "slots:\n" + "\n".join(lines)


def _thousand_of_every_kind() -> str:
    """Four kinds in turn; what follows has the minute after the one that it follows."""
    kinds = (
        "days: 'ngày thường, rằm', at: {{he: 05:00, còn lại: {at}}}, programme: tin",
        "after: k{before}, programme: tin",
        "days: 'T2-CN, trừ lễ, Tết', at: {at}, programme: tin, language: jrai",
        "days: T2-CN, at: {at}, replay: {{slot: k2, of: hôm nay}}",
    )
    lines = (
        f"  - {{id: k{n}, max: 1m, " + kinds[n % 4].format(at=_minute(n), before=n - 1) + "}"
        for n in range(1_000)
    )
    seasons = "seasons: {he: {from: 15/4, until: 14/10}}\n"
    return seasons + _PROGRAMME + "slots:\n" + "\n".join(lines)


def _minute(number: int) -> str:
    return f"{number // 60:02}:{number % 60:02}"


def _five_hundred_changes() -> str:
    days = [(_DAY + timedelta(days=n % 7), n) for n in range(500)]
    lines = (
        f"  - {{date: {day}, add: {{id: k{n}, at: {n // 60 + 5:02}:{n % 60:02}, programme: tin}}}}"
        for day, n in days
    )
    return _PROGRAMME + "exceptions:\n" + "\n".join(lines)


def _best_ms(work: Callable[[], object], *, runs: int) -> float:
    def once() -> float:
        begun = time.process_time()
        work()
        return (time.process_time() - begun) * 1_000

    return min(once() for _run in range(runs))


if __name__ == "__main__":
    for row in rows():
        print(" | ".join(row))
