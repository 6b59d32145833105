"""The names in braces of a text that is spoken: ``{station}``, ``{lunar}``, ``{editors}``.

They stand apart because the week's file is checked for them and the station fills them in.
"""

from __future__ import annotations

import string
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import nearest

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["PLACEHOLDERS", "is_sayable", "placeholders_of"]

PLACEHOLDERS = frozenset(
    {"station", "commune", "province", "weekday", "day", "month", "year", "date", "time"}
    | {"lunar", "programme", "editors", "announcers", "authors"}
)
"""What ``{…}`` in a greeting, in headlines or in a closing may stand for."""


def placeholders_of(text: str) -> set[str]:
    """The names in braces of ``text``; raises ValueError where a brace stands alone."""
    fields = [field for field in string.Formatter().parse(text) if field[1] is not None]
    if any(spec or conversion for _text, _name, spec, conversion in fields):
        raise ValueError(text)
    return {name for _text, name, _spec, _conversion in fields if name is not None}


def is_sayable(mark: Mark, text: str) -> bool:
    """Whether every brace of ``text``, which stands at ``mark``, can be filled in; says why not."""
    try:
        unknown = placeholders_of(text) - PLACEHOLDERS
    except ValueError:
        mark.complain(
            "bad-placeholder",
            _("the braces {{…}} in this text do not fit together").format(),
            _("write a name like {{station}} in braces").format(),
        )
        return False
    for name in sorted(unknown):
        message = _("nobody knows what “{name}” in braces stands for").format(name=name)
        mark.complain("unknown-placeholder", message, nearest(name, PLACEHOLDERS))
    return not unknown
