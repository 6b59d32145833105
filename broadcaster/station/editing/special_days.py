"""Special days of a week's file, put in and taken out as text.  Pure.

They stand apart from slots because an operator thinks of them by date, not by the week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.station.editing.tree import Tree, inline

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.station.editing.slots import WantedSlot

__all__ = ["WantedDay", "with_special_day", "without_special_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDay:
    """What is different from ``first`` to ``last``, both included.

    ``cancel`` names slots, or says that nothing airs (``all``); ``replace`` has (slot, programme).
    """

    first: date
    last: date
    cancel: tuple[str, ...] = ()
    replace: tuple[tuple[str, str], ...] = ()
    add: WantedSlot | None = None
    no_music: bool = False
    reason: str = ""


def with_special_day(text: str, wanted: WantedDay) -> str:
    """``text`` with ``wanted`` behind its other special days."""
    lines, flow = [], []
    for key, value in _values(wanted).items():
        lines.append(f"{key}: {value}")
        flow.append(f"{key}: {value}")
    if wanted.add:
        added = [f"{k}: {v}" for k, v in wanted.add.values(with_days=False).items()]
        at = 1 if wanted.first == wanted.last else 2
        lines[at:at] = ["add:", f"  - {added[0]}", *(f"    {line}" for line in added[1:])]
        flow.append(f"add: [{{{', '.join(added)}}}]")
    return Tree(text).append("exceptions", lines, f"{{{', '.join(flow)}}}")


def _values(wanted: WantedDay) -> dict[str, str]:
    values = {"date": f"{wanted.first}"}
    if wanted.first != wanted.last:
        values = {"from": f"{wanted.first}", "until": f"{wanted.last}"}
    if wanted.cancel:
        values["cancel"] = f"[{', '.join(map(inline, wanted.cancel))}]"
    if wanted.replace:
        pairs = (f"{inline(slot)}: {inline(programme)}" for slot, programme in wanted.replace)
        values["replace"] = f"{{{', '.join(pairs)}}}"
    if wanted.no_music:
        values["music"] = "false"
    if wanted.reason.strip():
        values["reason"] = inline(wanted.reason)
    return values


def without_special_day(text: str, line: int) -> str:
    """``text`` without the special day that begins on ``line``; no change where none does."""
    tree = Tree(text)
    lines = [node.start_mark.line + 1 for node in tree.items(["exceptions"])]
    return tree.drop_item(["exceptions", lines.index(line)]) if line in lines else text
