"""Sums over broadcasts and airings, the same ones wherever a number is shown.

They stand apart from documents because the plan and the page count with them too: pure, exact,
and never rounded twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.model import Outcome, tenths_of_minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from broadcaster.model import Airing, Broadcast, BulletinFacts

__all__ = [
    "NOT_GIVEN",
    "UNKNOWN",
    "Alike",
    "Figures",
    "alike",
    "by_fact",
    "by_month",
    "of_airings",
    "of_broadcasts",
]

UNKNOWN = "unknown"
"""The log does not say: an older program wrote its row."""
NOT_GIVEN = "not-given"
"""The editor left it empty."""
_TENTH_MS = 6_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many were planned, and what became of them: ``planned`` is the sum of the four.

    ``minutes`` is how long they were heard, to a tenth; those of groups add up to those of the
    whole.  What is on air is not counted before it has ended.
    """

    planned: int = 0
    aired: int = 0
    cut: int = 0
    missed: int = 0
    failed: int = 0
    minutes: float = 0.0


@dataclass(slots=True)
class Alike:
    """Airings that have ended, with the same facts and the same outcome."""

    facts: BulletinFacts | None
    outcome: Outcome
    times: int = 0
    heard_ms: int = 0


@dataclass(slots=True)
class _Tally:
    """A sum under way."""

    aired: int = 0
    cut: int = 0
    missed: int = 0
    failed: int = 0
    heard_ms: int = 0

    def add(self, outcome: Outcome, heard_ms: int, times: int = 1) -> None:
        setattr(self, outcome, getattr(self, outcome) + times)
        self.heard_ms += heard_ms

    def figures(self, tenths: int) -> Figures:
        return Figures(
            planned=self.aired + self.cut + self.missed + self.failed,
            aired=self.aired,
            cut=self.cut,
            missed=self.missed,
            failed=self.failed,
            minutes=tenths / 10,
        )


def of_broadcasts(broadcasts: Iterable[Broadcast]) -> Figures:
    """What became of the planned and ordered starts."""
    tally = _Tally()
    for one in broadcasts:
        if one.outcome is not Outcome.ON_AIR:
            tally.add(one.outcome, one.heard_ms)
    return tally.figures(tenths_of_minutes(tally.heard_ms))


def alike(airings: Iterable[Airing]) -> list[Alike]:
    """``airings`` by facts and outcome: tens of thousands have some dozens of them, and every
    table is added up from these.  What is on air is left out."""
    sums: dict[tuple[int, Outcome], Alike] = {}
    for airing in airings:  # thousands share their facts, and comparing those takes longer
        key = (id(airing.facts), airing.outcome)
        one = sums.get(key)
        if one is None:
            one = sums[key] = Alike(airing.facts, airing.outcome)
        one.times += 1
        one.heard_ms += airing.heard_ms
    return [one for one in sums.values() if one.outcome is not Outcome.ON_AIR]


def of_airings(sums: Iterable[Alike]) -> Figures:
    """What became of the bulletins in them."""
    return _grouped_by(sums, lambda _one: "").get("", Figures())


def by_fact(sums: Iterable[Alike], name: str) -> dict[str, Figures]:
    """:func:`of_airings` by what was said of the bulletins under ``name``, a field of
    :class:`~broadcaster.model.BulletinFacts`, in alphabetical order; its last groups are
    :data:`NOT_GIVEN` and :data:`UNKNOWN`."""
    return _grouped_by(sums, lambda one: _value(one.facts, name))


def _grouped_by(sums: Iterable[Alike], key_of: Callable[[Alike], str]) -> dict[str, Figures]:
    tallies: dict[str, _Tally] = {}
    for one in sums:
        tallies.setdefault(key_of(one), _Tally()).add(one.outcome, one.heard_ms, one.times)
    return _grouped(tallies, lambda key: (key == UNKNOWN, key == NOT_GIVEN, key))


def by_month(broadcasts: Iterable[Broadcast]) -> dict[str, Figures]:
    """:func:`of_broadcasts` by month, ``2026-11``."""
    tallies: dict[str, _Tally] = {}
    for one in broadcasts:
        if one.outcome is not Outcome.ON_AIR:
            key = f"{one.scheduled_at.year:04}-{one.scheduled_at.month:02}"
            tallies.setdefault(key, _Tally()).add(one.outcome, one.heard_ms)
    return _grouped(tallies, lambda key: (key,))


def _value(facts: BulletinFacts | None, name: str) -> str:
    if facts is None:
        return UNKNOWN
    value = getattr(facts, name)
    return (value if isinstance(value, str) else value.name.lower()) or NOT_GIVEN


def _grouped(
    tallies: dict[str, _Tally], order: Callable[[str], tuple[Hashable, ...]]
) -> dict[str, Figures]:
    """Tenths of minutes are handed out by the largest remainder, so that a column adds up."""
    total = tenths_of_minutes(sum(tally.heard_ms for tally in tallies.values()))
    tenths = {key: tally.heard_ms // _TENTH_MS for key, tally in tallies.items()}
    left = total - sum(tenths.values())
    rest = sorted(tallies, key=lambda key: (-(tallies[key].heard_ms % _TENTH_MS), key))
    for key in rest[:left]:
        tenths[key] += 1
    return {key: tallies[key].figures(tenths[key]) for key in sorted(tallies, key=order)}
