"""What was changed in a text, as a table that its editor can read in a terminal of 80 columns.

Apart from ``read``, because it is for eyes only: like changes share a row, long ones are wrapped,
and rules have names of the trade.  Scripts take ``--json``.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from gettext import gettext as _
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadcaster.script import Change

__all__ = ["FAMILY_NAMES", "family_name", "show_changes"]

FAMILY_NAMES = {
    "abbreviations": N_("short form"),
    "dates": N_("date"),
    "documents": N_("document"),
    "fractions": N_("m/n"),
    "letters": N_("letters"),
    "lists": N_("list"),
    "numbers": N_("number"),
    "offices": N_("office"),
    "page": N_("page"),
    "periods": N_("month, quarter"),
    "phones": N_("phone, id"),
    "places": N_("place, road"),
    "press": N_("press mark"),
    "repair": N_("repaired"),
    "roman": N_("roman"),
    "signs": N_("sign"),
    "technical": N_("technical sign"),
    "times": N_("time"),
    "units": N_("unit, money"),
    "web": N_("address"),
}
"""What an editor calls each family of rules."""

_WRITTEN, _SPOKEN = 22, 34
_LINES = 4
"""More of a span does not help an editor to find it."""


def show_changes(changes: Sequence[Change]) -> None:
    """Each change once, by the place where it comes first; doubtful ones have a mark."""
    counts = Counter(map(_key, changes))
    firsts = {_key(change): change for change in reversed(changes)}
    ordered = sorted(firsts.values(), key=lambda change: change.start)
    rows = [line for change in ordered for line in _lines(change, counts[_key(change)])]
    show_table(rows, (_("place"), _("kind"), _("written"), _("read as")))
    if any(change.confidence < 1 for change in changes):
        click.echo()
        click.echo(_("? = another reading is possible: is this what you mean?"))


def _key(change: Change) -> tuple[str, str, str, bool]:
    return change.written, change.spoken, change.rule, change.confidence < 1


def _lines(change: Change, count: int) -> Iterator[Sequence[str]]:
    """The rows of one change: its cells, wrapped."""
    written = " ".join(change.written.split()) + (f" ×{count}" if count > 1 else "")
    place = ":".join(str(n) for n in (change.where.line, change.where.column) if n)
    cells = (
        [f"{place} ?" if change.confidence < 1 else place],
        [family_name(change.rule)],
        _wrapped(written, _WRITTEN),
        _wrapped(_shown(change.spoken), _SPOKEN),
    )
    yield from zip_longest(*cells, fillvalue="")


def _shown(spoken: str) -> str:
    if not spoken:
        return _("(not read)")
    return spoken if any(map(str.isalpha, spoken)) else _("(a pause)")


def family_name(rule: str) -> str:
    """``dates.full`` → date; a rule of a family without a name stands for itself."""
    family = rule.partition(".")[0]
    return _(FAMILY_NAMES[family]) if family in FAMILY_NAMES else rule


def _wrapped(text: str, width: int) -> Iterable[str]:
    return textwrap.wrap(text, width, max_lines=_LINES, placeholder=" …") or [""]
