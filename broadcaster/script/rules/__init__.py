"""The rules of reading: an ordered list of small named families, one file a family.

The order is the meaning: at a place in the text the first rule that reads it wins, so what is
more specific (a document number) stands before what is more general (a number).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.script.rules.rule import Rule

__all__ = ["FAMILIES", "all_rules"]

FAMILIES = (
    "press",
    "lists",
    "web",
    "documents",
    "phones",
    "times",
    "dates",
    "periods",
    "fractions",
    "roman",
    "technical",
    "units",
    "offices",
    "places",
    "abbreviations",
    "letters",
    "numbers",
    "signs",
)


def all_rules() -> Iterator[Rule]:
    """Every rule in the order in which it is tried; families are imported when text is read."""
    for family in FAMILIES:
        yield from cast("tuple[Rule, ...]", import_module(f"{__name__}.{family}").RULES)
