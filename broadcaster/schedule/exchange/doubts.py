"""What an import says of a timetable: each problem in one place, so that its words agree."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity

if TYPE_CHECKING:
    from broadcaster.errors import Where

__all__ = [
    "assumed",
    "bad_days",
    "bad_hour",
    "bad_length",
    "contradiction",
    "ends_too_early",
    "left_out",
    "no_content",
    "no_days",
    "no_length",
    "overlap",
    "said_twice",
    "unread",
]

_WARNING = Severity.WARNING


def bad_hour(where: Where, said: str, title: str) -> Problem:
    """A row that cannot be placed, since nobody knows when it begins."""
    if said:
        message = _("“{said}” is no hour, so “{title}” has no place in the week")
    else:
        message = _("the source does not say when “{title}” begins, so it has no place in the week")
    hint = _("write its hour into the timetable, or add a slot to the week by hand")
    return Problem(where, "import-no-hour", message.format(said=said, title=title), hint)


def bad_days(where: Where, said: str) -> Problem:
    """Days that nobody understands."""
    message = _("“{said}” is not understood as days").format(said=said)
    hint = _("write days like T2-T7, T2,T4,T6, CN or hằng ngày")
    return Problem(where, "import-bad-days", message, hint)


def no_days(where: Where) -> Problem:
    """A row without days."""
    message = _("the source does not say on which days: every day is assumed")
    return Problem(where, "import-no-days", message, _("correct “days” in the week"), _WARNING)


def no_length(where: Where, title: str, given: str) -> Problem:
    """A row without a length or an end, which gets ``given``."""
    message = _("the source does not say how long “{title}” lasts: it gets {given}")
    hint = _("correct “max” in the week")
    return Problem(
        where, "import-no-length", message.format(title=title, given=given), hint, _WARNING
    )


def bad_length(where: Where, said: str) -> Problem:
    """A length that nobody understands."""
    message = _("“{said}” is no length of time").format(said=said)
    return Problem(where, "import-bad-length", message, _("correct “max” in the week"), _WARNING)


def no_content(where: Where) -> Problem:
    """A row without a title."""
    message = _("this row does not say what is to be heard")
    return Problem(where, "import-no-content", message, _("write it into the week"), _WARNING)


def ends_too_early(where: Where, end: str, start: str) -> Problem:
    """An end that lies before its start, and not because midnight is between them."""
    what = _("it ends at {end}, before it begins at {start}: the end is left out")
    return contradiction(where, what.format(end=end, start=start))


def left_out(where: Where, what: str) -> Problem:
    """A row that is no airing, by intention."""
    hint = _("nothing to do, unless it was meant otherwise")
    return Problem(where, "import-left-out", what, hint, _WARNING)


def assumed(where: Where, what: str) -> Problem:
    """A reading that a person should confirm."""
    return Problem(where, "import-assumed", what, _("look whether that is what is meant"), _WARNING)


def contradiction(where: Where, what: str) -> Problem:
    """Two statements of the source that cannot both be right."""
    hint = _("ask who wrote the timetable, then correct the week")
    return Problem(where, "import-contradiction", what, hint)


def overlap(where: Where, what: str) -> Problem:
    """A row that lasts into another one."""
    hint = _("look whether that is what is meant")
    return Problem(where, "import-overlap", what, hint, _WARNING)


def unread(where: Where, said: str) -> Problem:
    """A line that speaks of hours or days, and gave nothing."""
    message = _("“{said}” was not understood, and is in the week as a comment only")
    hint = _("if something airs by it, add it to the week by hand")
    return Problem(where, "import-unread", message.format(said=said[:100]), hint, _WARNING)


def said_twice(where: Where, title: str) -> Problem:
    """A row that repeats another one."""
    message = _("“{title}” stands here a second time: it airs once").format(title=title)
    hint = _("nothing to do, unless it was meant otherwise")
    return Problem(where, "import-left-out", message, hint, _WARNING)
