"""The slots of a week's file: when a programme starts, how long it may be, what if it is late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.model import AfterInterrupt, LateAction, LatePolicy, Slot, StartType
from broadcaster.schedule.day_words import EVERY_DAY, read_day_rule, weekdays_in
from broadcaster.schedule.replays import read_replay
from broadcaster.schedule.seasons import read_starts
from broadcaster.schedule.slot_outputs import read_outputs
from broadcaster.schedule.words import PRIORITIES, read_after_interrupt, read_id
from broadcaster.yamlmark import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from broadcaster.model import DayRule, Season

__all__ = ["ADDED_SLOT_KEYS", "SLOT_KEYS", "SlotReader", "read_late"]

_WHEN = ("at", "after")
_WHAT = ("programme", "replay")
ADDED_SLOT_KEYS = (
    *("id", *_WHEN, *_WHAT, "language"),
    *("start", "max", "late", "priority", "after_interrupt", "outputs"),
)
SLOT_KEYS = ("days", *ADDED_SLOT_KEYS)
_DAY_MS = 86_400_000
_STARTS = {"hard": StartType.HARD, "soft": StartType.SOFT}
_ACTIONS = {action.value: action for action in LateAction}


@dataclass(frozen=True, slots=True)
class SlotReader:
    """Reads slots; ``late`` and ``after_interrupt`` are the policies of a slot that names none,
    ``seasons`` are those that starts may differ by."""

    late: LatePolicy
    seasons: tuple[Season, ...] = ()
    after_interrupt: AfterInterrupt = AfterInterrupt.RESUME

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
        """A slot of the week; None when its name, days, time or programme cannot be read.

        One that follows another airs on the days of that one, unless it names fewer.
        """
        follows = "after" in _names(mark)
        values = mark.mapping(SLOT_KEYS, required=_required(mark, () if follows else ("days",)))
        rule = read_day_rule(values["days"]) if "days" in values else None
        slot = self._read(mark, values)
        if slot is None or rule is None:
            return slot if follows and "days" not in values else None
        return on_days(slot, rule)

    def read_added(self, mark: Mark) -> Slot | None:
        """A slot of an exception, which has dates instead of week days."""
        return self._read(mark, mark.mapping(ADDED_SLOT_KEYS, required=_required(mark)))

    def _read(self, mark: Mark, values: Mapping[str, Mark]) -> Slot | None:
        name = read_id(values["id"]) if "id" in values else None
        starts = self._read_starts(values)
        programme = read_id(values["programme"]) if "programme" in values else None
        replay = read_replay(values["replay"]) if "replay" in values else None
        after = read_id(values["after"]) if "after" in values else None
        if not _are_one(values, _WHEN) or not _are_one(values, _WHAT):
            return None
        read = self._read_rest(values)
        if name is None or not (starts or after) or not (programme or replay):
            return None
        slot = Slot(
            id=name,
            start=starts[0][1] if starts else time.min,
            days=EVERY_DAY,
            programme_id=programme or "",
            by_season=starts if "at" in values and values["at"].is_mapping() else (),
            after=after or "",
            replay=replay,
            where=mark.where,
        )
        slot = replace(slot, **read)
        return replace(slot, start_type=StartType.SOFT) if after else slot

    def _read_starts(self, values: Mapping[str, Mark]) -> tuple[tuple[str, time], ...]:
        if "at" not in values:
            return ()
        if values["at"].is_mapping():
            return read_starts(values["at"], self.seasons)
        start = values["at"].time()
        return (("", start),) if start is not None else ()

    def _read_rest(self, values: Mapping[str, Mark]) -> dict[str, Any]:
        """What every slot has a default for, as far as it was written and understood."""
        readers: dict[str, tuple[str, Callable[[Mark], Any]]] = {
            "late": ("late", lambda mark: read_late(mark, default=self.late)),
            "start": ("start_type", _read_start_type),
            "priority": ("priority", lambda mark: mark.choice(PRIORITIES)),
            "max": ("max_ms", lambda mark: mark.duration_ms(low=1_000, high=_DAY_MS)),
            "after_interrupt": ("after_interrupt", read_after_interrupt),
            "outputs": ("outputs", read_outputs),
            "language": ("language", Mark.text),
        }
        found = {
            name: readers[key][1](values[key])
            for key, (name, _read) in readers.items()
            if key in values
        }
        if "after" in values and found.get("start_type") is StartType.HARD:
            _complain_of_hard(values["start"])
        usual = {"late": self.late, "after_interrupt": self.after_interrupt}
        return usual | {name: v for name, v in found.items() if v is not None}


def on_days(slot: Slot, rule: DayRule) -> Slot:
    """``slot`` on the days of ``rule``; plain week days need no calendar."""
    days = weekdays_in(rule)
    return replace(slot, rule=rule) if days is None else replace(slot, days=days)


def _names(mark: Mark) -> set[str]:
    """The keys at ``mark``, whose problems are told by whoever reads them."""
    return {name for _key, name, value in replace(mark, problems=[]).pairs() if value}


def _required(mark: Mark, more: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What must be there: of each pair of rivals the usual one, unless the other stands there."""
    names = _names(mark)
    usual = [pair[0] for pair in (_WHEN, _WHAT) if pair[1] not in names]
    return ("id", *more, *usual)


def _are_one(values: Mapping[str, Mark], rivals: tuple[str, str]) -> bool:
    """Whether not both of ``rivals`` stand here."""
    if all(name in values for name in rivals):
        message = _("“{one}” and “{other}” stand here together")
        message = message.format(one=rivals[0], other=rivals[1])
        values[rivals[1]].complain("two-rivals", message, _("keep one of them"))
        return False
    return True


def _read_start_type(mark: Mark) -> StartType | None:
    return mark.choice(_STARTS)


def _complain_of_hard(mark: Mark) -> None:
    message = _("a slot that follows another cannot start hard: it waits for its end")
    mark.complain("hard-follower", message, _("take “start” away, or write “at” for “after”"))


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
