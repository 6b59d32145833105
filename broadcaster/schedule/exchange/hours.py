"""Hours as timetables write them: ``5h00``, ``5 giờ 30``, ``05g30 - 06g00``, ``17h``, ``5.30``.

Pure, and apart from :mod:`broadcaster.spelling`, because a timetable writes spans, several hours
in one cell, parts of the day, and the fractions that Excel keeps.  Times are minutes from 0:00.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

__all__ = [
    "CLOCK",
    "Span",
    "clock_minutes",
    "find_spans",
    "in_part_of_day",
    "leading_spans",
    "read_spans",
    "take_end",
]

_DAY = 24 * 60
_NEAR = 60
_PART = r"sáng|trưa|chiều|tối|đêm|khuya"
_AFTER = rf"(?:\s*\b(?P<part>{_PART}|sa|ch|am|pm|a\.m\.?|p\.m\.?)(?!\w))?"
CLOCK = (
    r"(?<![\d,.:/])(?P<h>\d{1,2})\s*(?:"
    r"(?:giờ|gio|h|g)(?![^\W\d_])\s*"
    r"(?:(?P<half>rưỡi|kém\s*(?P<less>\d{1,2}))|(?P<m>\d{1,2})(?!\d|\s*(?:h|g|giờ)(?!\w)))?"
    r"|(?::|\.|,)(?P<m2>\d{2})(?::\d{2})?(?![\d/.]\d)"
    r")\s*(?:(?:phút|ph|p)(?!\w)|['’′])?" + _AFTER
)
_UNTIL = re.compile(rf"\s*\(\s*(?:kéo dài )?(?:đến|tới|hết) (?:lúc )?{CLOCK}\s*\)", re.IGNORECASE)
_CLOCK = re.compile(CLOCK)
_TO = re.compile(r"\s*(?:-+>?|–|—|−|~|÷|→|=>|đến|tới|to)\s*")
_ABOUT = re.compile(r"\s*(?:khoảng|tầm|chừng|quãng|dự kiến|~|≈|±)\s*")
_AND = re.compile(r"\s*(?:[;,/+&\n]|và|rồi)\s*")
_LEAD = re.compile(
    r"^\s*(?:(?:bắt đầu|vào|lúc|hồi|từ|đúng|giờ|buổi|phát)\s*:?\s*)+(?=\d|~|khoảng|sáng)"
)
_BARE = re.compile(r"(\d{1,2})(?:(\d{2}))?")
_BARE_SPAN = re.compile(
    r"(?<![\d.,:/hg])(?<!giờ )(?<!giờ)(?<!h )(?<!g )"
    r"(\d{1,2})(\s*(?:-|–|—|đến)\s*\d{1,2}\s*(?:h|g|giờ)\b)",
    re.IGNORECASE,
)
_EDGES = " \n\t:;,.-–—+*•·"
_PART_AHEAD = re.compile(rf"\b({_PART})\W*(?:từ|lúc|vào)?\s*$")
_BULLET = re.compile(
    r"\s*(?:(?:\d{1,2}[.)/]|[a-zđ][.)])\s+)?[\s\-–—+*•·●]*(?:(?:vào |đúng )?(?:lúc|từ)\s+)?"
    r"(?P<about>(?:khoảng|tầm|chừng)\s+|~\s*)?(?=\d)",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"[01]?\.\d{3,}(?:e-\d+)?")
_MORNINGS = {"sáng", "sa", "am", "a.m", "a.m."}
_EVENINGS = {"chiều", "tối", "ch", "pm", "p.m", "p.m."}


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` to ``end`` (None: not said), minutes; an end up to the start is next day's.

    ``about`` is an hour that the source calls approximate; ``moved`` one that became an
    afternoon's because of words that stood elsewhere.
    """

    start: int
    end: int | None = None
    about: bool = False
    moved: bool = False


def clock_minutes(match: re.Match[str]) -> int | None:
    """The minutes of a match of :data:`CLOCK`; None for an hour that does not exist."""
    hour, minute = int(match["h"]), int(match["m"] or match["m2"] or 0)
    if match["less"]:
        hour, minute = hour - 1, 60 - int(match["less"])
    elif match["half"]:
        minute = 30
    if not (0 <= hour < 24 and 0 <= minute < 60) and (hour, minute) != (24, 0):
        return None
    return in_part_of_day(hour * 60 + minute, match["part"] or "")


def in_part_of_day(minutes: int, part: str) -> int:
    """``minutes`` as hours of ``part`` of the day: 4h30 chiều is 16:30, 12 SA is midnight."""
    hour = minutes // 60
    if part in _EVENINGS and 1 <= hour < 12:
        return minutes + _DAY // 2
    if part in {"đêm", "khuya"} and 7 <= hour < 12:
        return minutes + _DAY // 2
    if part == "trưa" and 1 <= hour <= 3:
        return minutes + _DAY // 2
    if hour == 12 and (part in {"sa", "am", "a.m", "a.m.", "đêm"}):
        return minutes - _DAY // 2
    return minutes


def take_end(text: str) -> tuple[str, int | None]:
    """``text`` without the end that it names itself: ``Tiếp âm Đài tỉnh (đến 17h45)``."""
    match = _UNTIL.search(text)
    end = clock_minutes(match) if match else None
    return (text, None) if match is None or end is None else (text[: match.start()].strip(), end)


def find_spans(text: str, *, part: str = "") -> tuple[tuple[Span, ...], str]:
    """(spans in ``text``, what else it says), for hours in the midst of words.

    ``part`` of the day is what stood above (``BUỔI CHIỀU``); it moves hours before noon.
    """
    text = _BARE_SPAN.sub(r"\1h\2", text)
    folded = text.casefold()
    text = text if len(text) == len(folded) else folded
    spans: list[Span] = []
    rest: list[str] = []
    position = 0
    while match := _CLOCK.search(folded, position):
        start = clock_minutes(match)
        before = folded[position : match.start()]
        about = _ends_with_about(before)
        if start is None:
            rest.append(text[position : match.end()])
            position = match.end()
            continue
        rest.append(text[position : position + about.start() if about else match.start()])
        ahead = _PART_AHEAD.search(before)
        if ahead and not match["part"]:
            start = in_part_of_day(start, ahead[1])
        span, position = _with_end(folded, match, start)
        own = ahead[1] if ahead else part
        span = _placed(replace(span, about=about is not None), match, own)
        spans.append(replace(span, moved=span.moved and not ahead))
    rest.append(text[position:])
    return tuple(spans), " ".join(piece for part in rest if (piece := part.strip(_EDGES)))


def leading_spans(text: str, *, part: str = "") -> tuple[tuple[Span, ...], str]:
    """(spans at the beginning of ``text``, the rest): ``– 5h30 Thời sự``, ``5h, 17h: Tin xã``."""
    text = _BARE_SPAN.sub(r"\1h\2", text)
    folded = text.casefold()
    lead = _BULLET.match(folded)
    if lead is None or len(folded) != len(text):
        return (), text
    spans: list[Span] = []
    position = lead.end()
    while match := _CLOCK.match(folded, position):
        start = clock_minutes(match)
        if start is None:
            break
        span, end = _with_end(folded, match, start)
        spans.append(_placed(replace(span, about=bool(lead["about"])), match, part))
        joint = _AND.match(folded, end)
        position = joint.end() if joint and _CLOCK.match(folded, joint.end()) else end
        if joint is None or position == end:
            break
    return tuple(spans), text[position:].strip(_EDGES) if spans else text


def _ends_with_about(before: str) -> re.Match[str] | None:
    for match in _ABOUT.finditer(before):
        if match.end() == len(before):
            return match
    return None


def _with_end(text: str, match: re.Match[str], start: int) -> tuple[Span, int]:
    to = _TO.match(text, match.end())
    last = _CLOCK.match(text, to.end()) if to else None
    end = clock_minutes(last) if last else None
    if last is None or end is None:
        return Span(start), match.end()
    if last["part"] in _EVENINGS and not match["part"]:
        moved = in_part_of_day(start, last["part"])
        start = moved if moved < end else start
    return Span(start, end), last.end()


def _placed(span: Span, match: re.Match[str], part: str) -> Span:
    """``span`` in the part of the day that stands above it, unless it names one itself."""
    start = in_part_of_day(span.start, part)
    if match["part"] or start == span.start:
        return span
    end = None if span.end is None else in_part_of_day(span.end, part)
    return replace(span, start=start, end=end, moved=True)


def _one_below_the_other(spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """An hour on a line and a near one on the next are from and to: ``5h00`` over ``5h30``."""
    if len(spans) != 2 or text.count("\n") != 1 or spans[0].end or spans[1].end:
        return spans
    is_near = 0 < spans[1].start - spans[0].start <= _NEAR
    return (replace(spans[0], end=spans[1].start),) if is_near else spans


def read_spans(text: str, *, part: str = "") -> tuple[Span, ...] | None:
    """The spans of a cell that holds nothing but hours; None where it holds anything else.

    Bare numbers are hours here (``5``, ``0530``), and so are fractions of a day (``0.2291666``).
    """
    folded = text.casefold().strip().strip(".:;")
    if _FRACTION.fullmatch(folded):
        return (Span(round(float(folded) * _DAY)),)
    if bare := _BARE.fullmatch(folded):
        hour, minute = int(bare[1]), int(bare[2] or 0)
        start = in_part_of_day(hour * 60 + minute, part)
        ok = hour < 24 and minute < 60
        return (Span(start, moved=start != hour * 60 + minute),) if ok else None
    spans, rest = find_spans(_LEAD.sub("", folded), part=part)
    spans = _one_below_the_other(spans, folded)
    rest = re.sub(rf"\b(?:{_PART}|buổi|khoảng|lúc|từ|và|đến)\b", "", rest)
    rest = _AND.sub("", rest).strip(" .:()")
    return spans if spans and not rest else None
