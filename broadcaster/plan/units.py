"""The administrative units of a plan with their days: communes are merged, districts abolished.

It stands apart because a level, a name or a border is data of a date, never a constant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Where, nearest
from broadcaster.model import Validity
from broadcaster.plan.words import read_days, read_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadcaster.yamlmark import Mark

__all__ = ["UNIT_KEYS", "Unit", "read_units", "unit_problems"]

UNIT_KEYS = ("title", "from", "until", "merges")


@dataclass(frozen=True, slots=True)
class Unit:
    """A commune, ward or district on the days of ``validity``; ``merges`` are the ids of those
    that became a part of it."""

    id: str
    title: str
    validity: Validity = field(default_factory=Validity)
    merges: tuple[str, ...] = ()
    where: Where = field(default_factory=Where, compare=False)


def read_units(mark: Mark) -> Iterator[Unit]:
    """``id: {title, from, until, merges}``; what cannot be read is left out."""
    for key, name, value in mark.pairs():
        values = value.mapping(UNIT_KEYS)
        unit_id, days = read_name(key, name), read_days(values)
        if unit_id and days:
            title = values["title"].text() if "title" in values else None
            merges = values["merges"].texts() if "merges" in values else ()
            yield Unit(unit_id, title or unit_id, Validity(*days), merges, key.where)


def unit_problems(units: Mapping[str, Unit]) -> Iterator[Problem]:
    """Units that merge what is not there, or what lives on beside them."""
    for unit in units.values():
        for name in unit.merges:
            old = units.get(name)
            if old is None:
                message = _("there is no unit “{id}”").format(id=name)
                yield Problem(unit.where, "unknown-unit", message, nearest(name, units))
            elif (
                old.validity.last is None
                or unit.validity.first is None
                or old.validity.last >= unit.validity.first
            ):
                message = _("“{old}” became a part of “{new}”, but their days overlap")
                message = message.format(old=old.title, new=unit.title)
                hint = _("give the old one an “until:” before the “from:” of the new one")
                yield Problem(old.where, "unit-days-overlap", message, hint)
