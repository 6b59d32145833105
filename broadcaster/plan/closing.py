"""What would close the gaps of a plan: which bulletins at hand, and how much each of them matters.

It stands apart from progress because that looks back at the log, and this at what lies ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.model import BulletinFacts, Priority
from broadcaster.plan.progress import State, counts_for
from broadcaster.plan.targets import Measure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from broadcaster.model import Bulletin
    from broadcaster.plan.plan import Plan
    from broadcaster.plan.progress import Progress

__all__ = ["closers", "standing"]


def closers(plan: Plan, gap: Progress, bulletins: Iterable[Bulletin]) -> list[Bulletin]:
    """Those of ``bulletins`` that count for what is missing in ``gap`` and are valid on a day
    that is left of it, those that were not heard in it first; none when it is over."""
    first, last = max(gap.day, gap.held.first), gap.held.last
    found = [
        bulletin
        for bulletin in bulletins
        if gap.missing and first <= last and _helps(plan, gap, bulletin, first, last)
    ]
    return sorted(found, key=lambda bulletin: (bulletin.id in gap.heard, bulletin.id))


def _helps(plan: Plan, gap: Progress, bulletin: Bulletin, first: date, last: date) -> bool:
    if gap.measure is Measure.ITEMS and bulletin.id in gap.heard:
        return False
    days = bulletin.validity
    day = max(first, days.first or first)
    return (
        day <= min(last, days.last or last)
        and bulletin.priority < Priority.EMERGENCY
        and counts_for(plan, gap.target, BulletinFacts.of(bulletin), day)
    )


def standing(
    plan: Plan, found: Iterable[Progress], bulletins: Collection[Bulletin]
) -> dict[str, float]:
    """By bulletin, how far behind is what it would help, from 0 (not in it) to 1 (all is missing);
    the furthest counts."""
    behind: dict[str, float] = {}
    for gap in found:
        if gap.state is State.BEHIND:
            for bulletin in closers(plan, gap, bulletins):
                share = gap.behind / gap.wanted
                behind[bulletin.id] = max(share, behind.get(bulletin.id, 0.0))
    return behind
