"""Who may interrupt whom, what comes of it, and who comes first when several want the air.

The ladder itself is :class:`broadcaster.model.Priority`; here are its rules, apart from the
decision because they are what an operator asks about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.model import AfterInterrupt, Priority, StartType

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from broadcaster.model import Occurrence

__all__ = ["by_claim", "cuts", "ends"]


def cuts(new: Occurrence, running: Occurrence) -> bool:
    """Whether ``new`` may begin while ``running`` sounds.

    Only a hard start cuts; it cuts what is less important, and of equal importance what was
    planned for an earlier minute.  Of what was ordered with equal importance, the first reading
    cuts repetitions, and a repetition cuts nothing.
    """
    if new.slot.start_type is not StartType.HARD:
        return False
    if new.slot.priority == running.slot.priority and (_repeats(new) or _repeats(running)):
        return not _repeats(new)
    claim = (new.slot.priority, new.starts_at)
    return claim > (running.slot.priority, running.starts_at)


def _repeats(occurrence: Occurrence) -> bool:
    return occurrence.order is not None and occurrence.order.repetition > 0


def ends(new: Occurrence, running: Occurrence) -> bool:
    """Whether ``running`` is over once ``new`` cuts it, and does not go on after it.

    So it is with equals, which the week planned one after another; but of two emergencies, both
    are to be heard.
    """
    if running.after_interrupt is AfterInterrupt.DROP:
        return True
    is_more = new.slot.priority > running.slot.priority
    return not is_more and new.slot.priority < Priority.EMERGENCY


def by_claim(
    occurrences: Iterable[Occurrence], *, gone_before: Container[str] = ()
) -> list[Occurrence]:
    """Those that want the air, the strongest claim first.

    Higher priority; then hard starts, the latest first, since it would have cut the others, but
    repetitions of an order after all of them;
    then soft starts as planned; then the order given, which is that of the file.  What has gone
    before, and was interrupted, has no start left that cuts.
    """

    def claim(occurrence: Occurrence) -> tuple[int, int, float]:
        planned = occurrence.starts_at.timestamp()
        is_hard = occurrence.slot.start_type is StartType.HARD and not _repeats(occurrence)
        hard = is_hard and occurrence.id not in gone_before
        return (-occurrence.slot.priority, *((0, -planned) if hard else (1, planned)))

    return sorted(occurrences, key=claim)
