"""The slots of a week's file: when a programme starts, how long it may be, what if it is late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import LateAction, LatePolicy, Slot, StartType
from broadcaster.schedule.slot_outputs import read_outputs
from broadcaster.schedule.words import PRIORITIES, read_days, read_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.yamlmark import Mark

__all__ = ["ADDED_SLOT_KEYS", "SLOT_KEYS", "SlotReader", "read_late"]

ADDED_SLOT_KEYS = ("id", "at", "programme", "start", "max", "late", "priority", "outputs")
SLOT_KEYS = ("days", *ADDED_SLOT_KEYS)
_DAY_MS = 86_400_000
_STARTS = {"hard": StartType.HARD, "soft": StartType.SOFT}
_ACTIONS = {action.value: action for action in LateAction}


@dataclass(frozen=True, slots=True)
class SlotReader:
    """Reads slots; ``late`` is the policy of a slot that names none."""

    late: LatePolicy

    def read_all(self, marks: Iterable[Mark]) -> tuple[Slot, ...]:
        """The slots that could be read; one with the name of another is a problem too."""
        slots: dict[Slot, Mark] = {}
        seen: set[str] = set()
        for mark in marks:
            if slot := self.read(mark):
                slots[slot] = mark
                if slot.id in seen:
                    _complain_of_twin(mark, slot)
                seen.add(slot.id)
        return tuple(slots)

    def read(self, mark: Mark) -> Slot | None:
        """A slot of the week; None when its name, days, time or programme cannot be read."""
        values = mark.mapping(SLOT_KEYS, required=("id", "days", "at", "programme"))
        days = read_days(values["days"]) if "days" in values else None
        slot = self._read(mark, values)
        return replace(slot, days=days) if slot and days else None

    def read_added(self, mark: Mark) -> Slot | None:
        """A slot of an exception, which has dates instead of week days."""
        values = mark.mapping(ADDED_SLOT_KEYS, required=("id", "at", "programme"))
        return self._read(mark, values)

    def _read(self, mark: Mark, values: dict[str, Mark]) -> Slot | None:
        name = read_id(values["id"]) if "id" in values else None
        start = values["at"].time() if "at" in values else None
        programme = read_id(values["programme"]) if "programme" in values else None
        late = read_late(values["late"], default=self.late) if "late" in values else None
        start_type = values["start"].choice(_STARTS) if "start" in values else None
        priority = values["priority"].choice(PRIORITIES) if "priority" in values else None
        max_ms = values["max"].duration_ms(low=1_000, high=_DAY_MS) if "max" in values else None
        outputs = read_outputs(values["outputs"]) if "outputs" in values else ()
        if name is None or start is None or programme is None:
            return None
        slot = Slot(
            id=name, start=start, days=frozenset(range(7)), programme_id=programme, where=mark.where
        )
        return replace(
            slot,
            late=late or self.late,
            start_type=start_type or slot.start_type,
            priority=priority or slot.priority,
            max_ms=max_ms or slot.max_ms,
            outputs=outputs,
        )


def read_late(mark: Mark, *, default: LatePolicy) -> LatePolicy:
    """``10m``, ``skip`` or ``{action: start, within: 10m}``; what is missing is of ``default``."""
    if mark.is_mapping():
        values = mark.mapping(("action", "within"))
        action = values["action"].choice(_ACTIONS) if "action" in values else None
        within_ms = values["within"].duration_ms(high=_DAY_MS) if "within" in values else None
    else:
        word = (mark.text() or "").casefold() if not mark.is_sequence() else ""
        action = _ACTIONS.get(word)
        within_ms = None if action else mark.duration_ms(high=_DAY_MS)
    action = action or default.action
    if action is LateAction.SKIP:
        return LatePolicy(action, 0)
    return LatePolicy(action, default.within_ms if within_ms is None else within_ms)


def _complain_of_twin(mark: Mark, slot: Slot) -> None:
    message = _("another slot is named “{id}” too").format(id=slot.id)
    mark.complain("duplicate-slot", message, _("give each slot a name of its own"))
