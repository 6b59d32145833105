"""The days that a cell, a heading or a sheet's name gives: ``T2-T6``, ``Thứ Hai 23/11``, ``(hè)``.

It stands apart because week days, dates, seasons and periods stand in one cell together.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from broadcaster.schedule.day_words import read_day_rule, weekdays_in
from broadcaster.schedule.exchange.dates import find_date, find_period
from broadcaster.schedule.exchange.entries import When
from broadcaster.schedule.exchange.headings import season_of
from broadcaster.schedule.exchange.weekdays import find_days, read_days
from broadcaster.yamlmark import parse

if TYPE_CHECKING:
    from broadcaster.model import Validity
    from broadcaster.schedule.exchange.dates import Years

__all__ = ["by_days", "silent_within", "take_last_when", "take_when", "when_of", "within_sentence"]

_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_PHRASE = re.compile(
    r"(?:từ )?(?:thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|t[2-7]) (?:-|–|đến)(?: hết)? "
    r"?(?:thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật|t[2-7]|cn)(?!\w)"
    r"|(?<!lần )(?:thứ|t) ?(?:[2-7]|hai|ba|tư|năm|sáu|bảy)(?: ?(?:,|;|và) ?(?:thứ |t)?"
    r"(?:[2-7]|hai|ba|tư|năm|sáu|bảy|chủ nhật|cn)(?![\w/:]))+"
    r"|(?:hằng|hàng|mỗi) ngày|các ngày trong tuần|tất cả các ngày(?: trong tuần)?"
)
_WITHOUT = re.compile(
    r"(?:ngoại )?trừ(?: ra)?|(?:được )?nghỉ(?: phát(?: sóng| thanh)?)?|không phát(?: sóng| thanh)?"
)
_ONLY = re.compile(
    r"\W*(?:chỉ )?(?:phát(?: sóng| thanh)? )?(?:vào |từ )?(?:các ngày |ngày )?", re.IGNORECASE
)
_DAY_WORD = re.compile(r"(?:thứ|ngày|t[2-7]|chủ nhật|cn)(?!\w)", re.IGNORECASE)
_JOINT = re.compile(r"\s*[,;:]\s+|\s+[-–—]\s+|\s+(?=phát (?:vào|từ) )")
_BEHIND_BRACKET = re.compile(r"(?<=\))\s*[;,+/]\s*")
_CALENDAR_WORD = re.compile(r"\b(?:hằng tháng|lễ|tết|rằm|m[ùồ]ng|âm lịch|giỗ tổ|quốc tang)(?!\w)")
_MONTHLY = re.compile(
    r"(?:vào )?(?:các )?(?:ngày )?(?P<days>\d{1,2}(?:(?:,| và|;)? (?:ngày )?\d{1,2})*)"
    r" (?:hằng|hàng|mỗi|của mỗi|các) tháng",
)
_SEASON_WORD = re.compile(r"\bmùa (?:hè|hạ|đông)\b|\bhè\b", re.IGNORECASE)


def when_of(text: str, years: Years) -> When | None:
    """What ``text`` says of days and nothing else; None where it says anything else."""
    bare, found = take_when(text, years)
    season = season_of(bare)
    if without := _without(bare):
        return When(without=without).over(found)
    bare = _SEASON_WORD.sub(" ", bare).strip(" ,:-–") if season else bare
    found = When(season=season).over(found)
    if not bare:
        return found if found != When() else None
    if days := read_days(bare):
        return When(days=days.days, date=found.date, unsure=days.unsure).over(found)
    if rule := _rule(bare):
        return When(rule=rule).over(found)
    days, rest = find_days(bare)
    return _dated(rest, years, days.days if days else None, found)


def _rule(text: str) -> str:
    """``các ngày lễ, Tết`` as our week files say it; "" where they could not."""
    folded = " ".join(text.casefold().split())
    if match := _MONTHLY.fullmatch(folded):
        days = re.findall(r"\d+", match["days"])
        folded = ", ".join(f"ngày {int(day)} hằng tháng" for day in days)
    bare = re.sub(r"^(?:vào )?(?:các )?", "", folded)
    if not _CALENDAR_WORD.search(bare):
        return ""
    root = parse(f"days: {json.dumps(bare)}", path=None, problems=[])
    marks = root.mapping(("days",)) if root else {}
    rule = read_day_rule(marks["days"]) if "days" in marks else None
    return bare if rule and weekdays_in(rule) is None else ""


def _dated(text: str, years: Years, days: frozenset[int] | None, found: When) -> When | None:
    """The date or the period in ``text``, beside ``days`` that stand before it."""
    period = find_period(text, years)
    day, rest = find_date(text, years, days or frozenset())
    if period and period.first != period.last:
        days = days if days is not None else _days_within(period)
        return When(days=days, period=period).over(found)
    others = read_days(rest) if rest else None
    if day is None or (rest and others is None):
        return None
    if days is None and others:
        days = others.days
    return When(days=days, date=day).over(found)


def _days_within(period: Validity) -> frozenset[int] | None:
    if period.first is None or period.last is None:
        return None
    span = min((period.last - period.first).days, 6)
    return frozenset((period.first + timedelta(days=n)).weekday() for n in range(span + 1))


def take_when(text: str, years: Years) -> tuple[str, When]:
    """``text`` without the brackets that speak of days, and what they say."""
    brackets = [(m[0], said) for m in _BRACKETS.finditer(text) if (said := _bracket(m[1], years))]
    if sum(said.days is not None for _whole, said in brackets) > 1:
        return text, When()  # each of them belongs to the words before it
    found, kept = When(), text
    for whole, said in brackets:
        kept = kept.replace(whole, "", 1)
        found = said.over(found)
    return kept.strip(), found


def _bracket(text: str, years: Years) -> When | None:
    if season := season_of(text):
        return When(season=season, period=None)
    if without := _without(text):
        return When(without=without)
    text = text[len("chỉ ") :] if text.casefold().startswith("chỉ ") else text
    if days := read_days(text):
        return When(days=days.days, unsure=days.unsure) if not text.strip().isdigit() else None
    if period := find_period(text, years, bare=True):
        return When(period=period)
    day, rest = find_date(text, years)
    return When(date=day) if day and not rest else None


def _without(text: str) -> frozenset[int]:
    """The days that ``trừ Chủ nhật`` or ``nghỉ thứ 7, CN`` takes away, and says nothing else."""
    folded = " ".join(text.casefold().split()).strip(" .:;()")
    match = _WITHOUT.match(folded)
    if match and (found := read_days(_ONLY.sub("", folded[match.end() :], count=1))):
        return found.days
    ahead = re.fullmatch(rf"(.*?)[\s:,–-]+(?:{_WITHOUT.pattern})", folded)
    found = read_days(ahead[1]) if ahead and "trừ" not in folded else None
    return found.days if found else frozenset()


def silent_within(text: str) -> frozenset[int]:
    """The days without any programme by a sentence: “6 ngày trong tuần (nghỉ Chủ nhật)”."""
    for part in (text, *(match[1] for match in _BRACKETS.finditer(text)), *_JOINT.split(text)):
        if days := _without(part):
            return days
    return frozenset()


def by_days(text: str, years: Years) -> list[str]:
    """``Tin xã (T2-T6); Ca nhạc (T7, CN)`` as two titles, each with its days; else one."""
    pieces = _BEHIND_BRACKET.split(text)
    return pieces if all(take_when(p, years)[1] != When() for p in pieces) else [text]


def take_last_when(text: str) -> tuple[str, When]:
    """``text`` without the days at its end, and they: “Tiếp sóng VOV, phát từ thứ 2 đến thứ 6”."""
    for joint in _JOINT.finditer(text):
        said = text[joint.end() :]
        if said.count(")") > said.count("("):
            continue
        days = read_days(_ONLY.sub("", said, count=1)) if _DAY_WORD.search(said) else None
        if days and text[: joint.start()].strip():
            return text[: joint.start()], When(days=days.days, unsure=days.unsure)
        if (without := _without(said)) and text[: joint.start()].strip():
            return text[: joint.start()], When(without=without)
    return text, When()


def within_sentence(text: str) -> frozenset[int] | None:
    """The days in the midst of a sentence: “phát từ thứ Hai đến thứ Bảy hằng tuần”."""
    match = _PHRASE.search(" ".join(text.casefold().split()))
    found = read_days(match[0]) if match else None
    return found.days if found else None
