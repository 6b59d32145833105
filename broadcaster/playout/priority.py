"""Who may interrupt whom, and who comes first when several want the air.

The ladder itself is :class:`broadcaster.model.Priority`; here are its two rules, apart from the
decision because they are what an operator asks about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.model import StartType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.model import Occurrence

__all__ = ["by_claim", "cuts"]


def cuts(new: Occurrence, running: Occurrence) -> bool:
    """Whether ``new`` may begin while ``running`` sounds.

    Only a hard start cuts; it cuts what is less important, and of equal importance what was
    planned for an earlier minute.
    """
    if new.slot.start_type is not StartType.HARD:
        return False
    claim = (new.slot.priority, new.starts_at)
    return claim > (running.slot.priority, running.starts_at)


def by_claim(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Those that want the air, the strongest claim first.

    Higher priority; then hard starts, the latest first, since it would have cut the others;
    then soft starts as planned; then the order given, which is that of the file.
    """

    def claim(occurrence: Occurrence) -> tuple[int, int, float]:
        planned = occurrence.starts_at.timestamp()
        hard = occurrence.slot.start_type is StartType.HARD
        return (-occurrence.slot.priority, *((0, -planned) if hard else (1, planned)))

    return sorted(occurrences, key=claim)
