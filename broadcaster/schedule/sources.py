"""What one line of a programme makes heard: a sound, a text, bulletins, silence.

It stands apart from `segments`, which knows how lines belong together.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import SegmentKind, SegmentPlan
from broadcaster.schedule.choices import CHOICE_KEYS, read_choice, read_times
from broadcaster.schedule.placeholders import is_sayable
from broadcaster.schedule.relay_lines import read_relay

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["FILL_KEYS", "HEADLINE_KEYS", "SOURCES", "TEXTS", "read_source"]

_ASSETS = {
    "ident": SegmentKind.IDENT,
    "jingle": SegmentKind.JINGLE,
    "music": SegmentKind.MUSIC,
    "bed": SegmentKind.BED,
    "recording": SegmentKind.RECORDING,
}
TEXTS = {"greeting": SegmentKind.GREETING, "closing": SegmentKind.CLOSING}
HEADLINE_KEYS = ("text", "topic", "kind", "most")
FILL_KEYS = ("music", "bulletins")
_LONGEST_SILENCE_MS = 600_000


def read_source(name: str, value: Mark) -> SegmentPlan | None:
    """The line whose source key ``name`` has ``value``; None after a problem."""
    if name in _READERS:
        return _READERS[name](value)
    text = value.text()
    if not text:
        return None
    if name in _ASSETS:
        return SegmentPlan(kind=_ASSETS[name], asset=text)
    return SegmentPlan(kind=TEXTS[name], text=text) if is_sayable(value, text) else None


def _read_bulletin(mark: Mark) -> SegmentPlan | None:
    name = mark.text()
    return SegmentPlan(kind=SegmentKind.SPEECH, bulletin_id=name) if name else None


def _read_bulletins(mark: Mark) -> SegmentPlan:
    values = mark.mapping(CHOICE_KEYS)
    times = read_times(values["times"]) if "times" in values else 0
    return SegmentPlan(kind=SegmentKind.SPEECH, choice=read_choice(values), times=times)


def _read_silence(mark: Mark) -> SegmentPlan | None:
    length_ms = mark.duration_ms(low=1, high=_LONGEST_SILENCE_MS)
    return SegmentPlan(kind=SegmentKind.SILENCE, length_ms=length_ms) if length_ms else None


def _read_headlines(mark: Mark) -> SegmentPlan | None:
    """``headlines: TEXT``, or with ``topic``, ``kind`` and ``most`` for the titles."""
    values = mark.mapping(HEADLINE_KEYS) if mark.is_mapping() else {"text": mark}
    text = (values["text"].text() or "") if "text" in values else ""
    if text and not is_sayable(values["text"], text):
        return None
    titles = {key: value for key, value in values.items() if key != "text"}
    return SegmentPlan(kind=SegmentKind.HEADLINES, text=text, choice=read_choice(titles))


def _read_fill(mark: Mark) -> SegmentPlan | None:
    """``fill: NAME``, or ``{music: NAME, bulletins: {…}}``."""
    before = len(mark.problems)
    values = mark.mapping(FILL_KEYS) if mark.is_mapping() else {"music": mark}
    music = (values["music"].text() or "") if "music" in values else ""
    choice = None
    if "bulletins" in values:
        choice = read_choice(values["bulletins"].mapping(CHOICE_KEYS))
    if not music and choice is None:
        if len(mark.problems) > before:
            return None
        message = _("this line does not say what fills the time")
        hint = _("write “music: nhac-nen”, or “bulletins: {{kind: [khẩu hiệu]}}”").format()
        mark.complain("empty-fill", message, hint)
        return None
    return SegmentPlan(kind=SegmentKind.MUSIC, asset=music, choice=choice, fills=True)


_READERS = {
    "bulletin": _read_bulletin,
    "bulletins": _read_bulletins,
    "silence": _read_silence,
    "headlines": _read_headlines,
    "fill": _read_fill,
    "relay": read_relay,
}
SOURCES = (*_ASSETS, *TEXTS, *_READERS)
