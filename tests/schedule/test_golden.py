"""Listings of problems as the operator reads them, beside the files that cause them.

After a deliberate change of a sentence: ``GOLDEN=write pytest tests/schedule/test_golden.py``,
and read the difference.
"""

from __future__ import annotations

import os
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from broadcaster.model import Rails, Validity
from broadcaster.schedule import Known, by_place, check_weeks, load_week

if TYPE_CHECKING:
    from broadcaster.errors import Problem

FOLDER = Path(__file__).parent / "golden"
FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
DAYS = [date(2026, 11, 22) + timedelta(days=n) for n in range(14)]
KNOWN = Known(
    bulletins={"01-tin": Validity(), "02-het-han": Validity(None, date(2026, 11, 24))},
    assets={"nhac-hieu", "nhac-cat"},
    lengths_ms=lambda occurrence: (640_000, 60_000) if occurrence.programme.id == "tin" else None,
    rails=Rails(quiet_until=time(5), quiet_from=time(21)),
)


def _compare(name: str, problems: list[Problem]) -> None:
    listing = "".join(f"{problem}\n" for problem in problems).replace(f"{FOLDER}{os.sep}", "")
    expected = FOLDER / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        expected.write_text(listing, encoding="utf-8")
    assert listing == expected.read_text(encoding="utf-8")


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize("name", FILES)
def test_says_what_is_wrong_where_and_what_to_do(name: str) -> None:
    """Every mistake of a week's file stands in one listing, with its place and a cure."""
    plan, problems = load_week(FOLDER / f"{name}.yaml")
    if plan is not None:
        problems += check_weeks([plan], days=DAYS, known=KNOWN)
    _compare(name, sorted(problems, key=by_place))


def test_nothing_is_listed_that_no_file_causes() -> None:
    """Every listing belongs to a file."""
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == FILES
