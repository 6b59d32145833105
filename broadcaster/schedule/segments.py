"""The lines of a programme in a week's file → SegmentPlans.

Each line is a mapping with exactly one source key; a line that cannot be read costs that line.
"""

from __future__ import annotations

import string
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import nearest
from broadcaster.model import BulletinChoice, SegmentKind, SegmentPlan

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["PLACEHOLDERS", "SEGMENT_KEYS", "placeholders_of", "read_segments"]

PLACEHOLDERS = frozenset(
    {"station", "commune", "province", "weekday", "day", "month", "year", "date", "time"}
    | {"programme"}
)
"""What ``{…}`` in a greeting or a closing may stand for."""

_ASSETS = {
    "ident": SegmentKind.IDENT,
    "jingle": SegmentKind.JINGLE,
    "music": SegmentKind.MUSIC,
    "bed": SegmentKind.BED,
    "recording": SegmentKind.RECORDING,
}
_TEXTS = {"greeting": SegmentKind.GREETING, "closing": SegmentKind.CLOSING}
_SOURCES = (*_ASSETS, *_TEXTS, "bulletin", "bulletins", "silence")
SEGMENT_KEYS = (*_SOURCES, "gain")
_CHOICE_KEYS = ("topic", "kind", "language", "most", "between")
_LONGEST_SILENCE_MS = 600_000


def read_segments(mark: Mark) -> tuple[SegmentPlan, ...]:
    """The segments that could be read, in their order."""
    return tuple(segment for item in mark.items() if (segment := _read_segment(item)))


def _read_segment(mark: Mark) -> SegmentPlan | None:
    before = len(mark.problems)
    values = mark.mapping(SEGMENT_KEYS)
    sources = [name for name in values if name in _SOURCES]
    if len(sources) != 1:
        if sources or len(mark.problems) == before:
            _complain_of_sources(mark, sources)
        return None
    segment = _read_source(sources[0], values[sources[0]])
    gain = values["gain"].number(low=-60, high=12) if "gain" in values else None
    return segment and replace(segment, where=mark.where, gain_db=gain or 0.0)


def _complain_of_sources(mark: Mark, sources: list[str]) -> None:
    if sources:
        message = _("this line has {keys}: only one of them can sound").format(
            keys=", ".join(f"“{name}”" for name in sources)
        )
        mark.complain("two-sources", message, _("make a line of its own for each"))
    else:
        message = _("this line does not say what is to be heard")
        mark.complain("no-source", message, nearest("", _SOURCES))


def _read_source(name: str, value: Mark) -> SegmentPlan | None:
    if name == "bulletins":
        return SegmentPlan(kind=SegmentKind.SPEECH, choice=_read_choice(value))
    if name == "silence":
        length_ms = value.duration_ms(low=1, high=_LONGEST_SILENCE_MS)
        return SegmentPlan(kind=SegmentKind.SILENCE, length_ms=length_ms) if length_ms else None
    text = value.text()
    if not text:
        return None
    if name == "bulletin":
        return SegmentPlan(kind=SegmentKind.SPEECH, bulletin_id=text)
    if name in _ASSETS:
        return SegmentPlan(kind=_ASSETS[name], asset=text)
    return SegmentPlan(kind=_TEXTS[name], text=text) if _is_sayable(value, text) else None


def _read_choice(mark: Mark) -> BulletinChoice:
    values = mark.mapping(_CHOICE_KEYS)
    most = values["most"].integer(low=1, high=50) if "most" in values else None
    return BulletinChoice(
        topics=values["topic"].texts() if "topic" in values else (),
        kinds=values["kind"].texts() if "kind" in values else (),
        languages=values["language"].texts() if "language" in values else ("vi",),
        at_most=most or BulletinChoice().at_most,
        between=(values["between"].text() or "") if "between" in values else "",
    )


def placeholders_of(text: str) -> set[str]:
    """The names in braces of ``text``; raises ValueError where a brace stands alone."""
    fields = [field for field in string.Formatter().parse(text) if field[1] is not None]
    if any(spec or conversion for _text, _name, spec, conversion in fields):
        raise ValueError(text)
    return {name for _text, name, _spec, _conversion in fields if name is not None}


def _is_sayable(mark: Mark, text: str) -> bool:
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
