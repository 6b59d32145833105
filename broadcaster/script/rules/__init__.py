"""The rules of reading: an ordered list of small named families, one file a family.

The order is the meaning: at a place in the text the first rule that reads it wins, so what is
more specific (a document number) stands before what is more general (a number).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.script.rules import (
    abbreviations,
    dates,
    documents,
    fractions,
    letters,
    lists,
    numbers,
    offices,
    periods,
    phones,
    places,
    press,
    roman,
    signs,
    technical,
    times,
    units,
    web,
)

if TYPE_CHECKING:
    from broadcaster.script.rules.rule import Rule

__all__ = ["FAMILIES", "all_rules"]

FAMILIES = (
    press,
    lists,
    web,
    documents,
    phones,
    times,
    dates,
    periods,
    fractions,
    roman,
    technical,
    units,
    offices,
    places,
    abbreviations,
    letters,
    numbers,
    signs,
)


def all_rules() -> tuple[Rule, ...]:
    """Every rule in the order in which it is tried."""
    return tuple(rule for family in FAMILIES for rule in family.RULES)
