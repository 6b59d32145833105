"""The gaps of a plan in sentences, as an office would write them.

It stands apart from the figures because it is the only part of them with words.
"""

from __future__ import annotations

import math
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

from broadcaster.plan.progress import State
from broadcaster.plan.spans import Per
from broadcaster.plan.targets import Measure
from broadcaster.plan.words import is_language
from broadcaster.shown import shown_number

if TYPE_CHECKING:
    from broadcaster.plan.plan import Plan
    from broadcaster.plan.progress import Progress
    from broadcaster.plan.spans import Span
    from broadcaster.plan.targets import Target

__all__ = ["gap_sentence", "measure_word", "span_title", "state_words", "subject"]

_QUARTERS = ("I", "II", "III", "IV")


def span_title(span: Span) -> str:
    """“Quý IV/2026”, “Tháng 11/2026”, “Tuần 48/2026”, the title of a campaign."""
    if span.per is Per.WEEK:
        year, week, _day = span.first.isocalendar()
        return _("Week {week}/{year}").format(week=week, year=year)
    if span.per is Per.MONTH:
        return _("Month {month}/{year}").format(month=span.first.month, year=span.first.year)
    if span.per is Per.QUARTER:
        quarter = _QUARTERS[(span.first.month - 1) // 3]
        return _("Quarter {quarter}/{year}").format(quarter=quarter, year=span.first.year)
    if span.per is Per.YEAR:
        return _("Year {year}").format(year=span.first.year)
    if span.per is Per.PERIOD:
        return _("Period {first}–{last}").format(first=span.first.year, last=span.last.year)
    return span.name


def subject(plan: Plan, target: Target, *, with_kind: bool = True) -> str:
    """What ``target`` asks for: its title, or its topic, kind, language and audience."""
    if target.title:
        return target.title
    topic = plan.topics.title(target.topic)
    parts = [_("content on {topic}").format(topic=topic) if target.topic else _("content")]
    if target.kind and with_kind:
        parts.append(f"({target.kind})")
    if target.language:
        parts.append(_("in {language}").format(language=_language(plan, target.language)))
    if target.audience:
        parts.append(_("for {audience}").format(audience=target.audience))
    return " ".join(parts)


def measure_word(measure: Measure) -> str:
    """What a number of a target counts."""
    words = {
        Measure.ITEMS: _("bulletins"),
        Measure.AIRINGS: _("airings"),
        Measure.MINUTES: _("minutes"),
    }
    return words[measure]


def state_words(one: Progress) -> str:
    """How a number stands, like “chậm 2” or “đúng tiến độ, vượt 1”."""
    states = {
        State.NOT_BEGUN: _("not begun"),
        State.MET: _("met"),
        State.ON_TRACK: _("on track"),
        State.BEHIND: _("{n} behind"),
        State.SHORT: _("not met, {n} short"),
    }
    missing = one.behind if one.state is State.BEHIND else one.missing
    text = states[one.state].format(n=shown_number(missing))
    if not (one.ahead and one.missing):
        return text
    return text + _(", {n} ahead").format(n=shown_number(one.ahead))


def _language(plan: Plan, code: str) -> str:
    names = {"vi": _("Vietnamese"), "en": _("English")}
    needed = (need.title for need in plan.languages if is_language(need.language, code))
    return next(needed, names.get(code, code.capitalize()))


def gap_sentence(plan: Plan, gap: Progress) -> str:
    """What is missing, like “Quý IV/2026 chưa phát nội dung SIPAS; còn thiếu 2 tin”."""
    words = {
        "span": span_title(gap.span),
        "subject": subject(plan, gap.target, with_kind=gap.measure is not Measure.ITEMS),
        "done": _amount(gap, gap.done),
        "missing": _amount(gap, gap.missing),
    }
    if gap.done:
        text = _("{span}: of {subject}, {done} so far; {missing} still missing")
    else:
        text = _("{span}: no {subject} was broadcast; {missing} still missing")
    return text.format(**words)


def _amount(gap: Progress, number: float) -> str:
    """“2 tin”: of one kind, the kind is the unit."""
    shown, whole = shown_number(number), math.ceil(number)
    if gap.measure is Measure.MINUTES:
        return ngettext("{n} minute", "{n} minutes", whole).format(n=shown)
    if gap.measure is Measure.AIRINGS:
        return ngettext("{n} airing", "{n} airings", whole).format(n=shown)
    if gap.target.kind:
        return f"{shown} {gap.target.kind}"
    return ngettext("{n} bulletin", "{n} bulletins", whole).format(n=shown)
