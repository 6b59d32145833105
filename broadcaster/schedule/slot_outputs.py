"""On which outputs a slot airs, and how it differs there.

It stands apart from the slot because most stations have one output and never write this.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import SlotOutput
from broadcaster.schedule.words import read_id

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["LONGEST_DELAY_MS", "SLOT_OUTPUT_KEYS", "read_delay", "read_outputs", "read_volume"]

SLOT_OUTPUT_KEYS = ("programme", "delay", "volume")
LONGEST_DELAY_MS = 60_000


def read_outputs(mark: Mark) -> tuple[SlotOutput, ...]:
    """``[loa]``, or ``{loa: {volume: 60}, loa-ip: {programme: tin-raglai, delay: 1s}}``.

    What cannot be read of an output is as the station says; a slip never silences one.
    """
    if not mark.is_mapping():
        names = [(item, name) for item in mark.items() if (name := read_id(item))]
        found = [SlotOutput(name=name, where=item.where) for item, name in names]
    else:
        found = [_read(key, name, value) for key, name, value in mark.pairs()]
    unique = {output.name: output for output in reversed(found)}
    return tuple(reversed(unique.values()))


def _read(key: Mark, name: str, mark: Mark) -> SlotOutput:
    values = mark.mapping(SLOT_OUTPUT_KEYS)
    return SlotOutput(
        name=name,
        programme_id=(read_id(values["programme"]) or "") if "programme" in values else "",
        delay_ms=read_delay(values["delay"]) if "delay" in values else None,
        volume=read_volume(values["volume"]) if "volume" in values else None,
        where=key.where,
    )


def read_volume(mark: Mark) -> int | None:
    """``80`` or ``80%``."""
    text = (mark.text() or "").removesuffix("%").strip()
    if text.isdecimal() and int(text) <= 100:
        return int(text)
    mark.bad_value("bad-volume", _("write the volume from 0 to 100"))
    return None


def read_delay(mark: Mark) -> int | None:
    """``500ms`` or ``1.5s``; an output cannot be ahead of its slot, only behind."""
    if (mark.text() or "").startswith("-"):
        hint = _("no output can be ahead of its time: delay the other outputs instead")
        mark.bad_value("bad-delay", hint)
        return None
    return mark.duration_ms(high=LONGEST_DELAY_MS)
