"""The nouns: the little that they compute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from broadcaster.clock import LOCAL
from broadcaster.errors import Where
from broadcaster.model import (
    Bulletin,
    Clip,
    Cue,
    LateAction,
    LatePolicy,
    Occurrence,
    Priority,
    ProgrammePlan,
    Rundown,
    RundownItem,
    Slot,
    Speech,
    Validity,
)

FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)


def _bulletin(first: date | None, last: date | None) -> Bulletin:
    where = Where(Path("a.txt"))
    return Bulletin(
        id="a", title="A", text="", where=where, sha256="", valid_from=first, valid_until=last
    )


@pytest.mark.parametrize(
    "first,last,day,holds",
    [
        (FIRST, LAST, FIRST, True),
        (FIRST, LAST, LAST, True),
        (FIRST, LAST, FIRST - timedelta(days=1), False),
        (FIRST, LAST, LAST + timedelta(days=1), False),
        (None, LAST, date.min, True),
        (FIRST, None, date.max, True),
        (None, None, FIRST, True),
    ],
)
def test_both_ends_of_a_validity_belong_to_it(
    first: date | None, last: date | None, day: date, *, holds: bool
) -> None:
    """A bulletin and a week hold on their first and on their last day, and not beside them."""
    assert _bulletin(first, last).is_valid_on(day) is holds
    assert Validity(first, last).covers(day) is holds


def test_an_occurrence_has_one_name_and_two_limits() -> None:
    """A start is named by slot and instant, and knows its latest start and its end."""
    slot = Slot(
        id="dem",
        start=time(23, 59),
        days=frozenset([6]),
        programme_id="tin",
        max_ms=120_000,
        late=LatePolicy(LateAction.START, 600_000),
    )
    starts_at = datetime(2028, 2, 29, 23, 59, tzinfo=LOCAL)
    occurrence = Occurrence(slot, starts_at, ProgrammePlan("tin", "Tin", ()))
    assert occurrence.id == "dem@2028-02-29T23:59+07:00"
    assert occurrence.latest_start == datetime(2028, 3, 1, 0, 9, tzinfo=LOCAL)
    assert occurrence.ends_by == datetime(2028, 3, 1, 0, 1, tzinfo=LOCAL)
    day = Rundown(FIRST, (RundownItem(occurrence, cancelled=True), RundownItem(occurrence)))
    assert day.occurrences() == (occurrence,)


def test_the_ladder_of_priorities() -> None:
    """Emergency over a live speaker over what is played by hand over what is planned."""
    names = ["SILENCE", "FALLBACK", "ROUTINE", "PRIORITY", "OVERRIDE", "LIVE", "EMERGENCY"]
    assert [p.name for p in sorted(Priority)] == names


def test_lengths_add_up() -> None:
    """A speech lasts as long as its clips and the pauses after them."""
    clip = Clip(Path("a.wav"), 1_000, 300)
    assert clip.length_ms == 1_300
    assert Speech("espeak:vi", (clip, clip)).duration_ms == 2_600
    assert Cue(500, clip, 0).end_ms == 1_500
