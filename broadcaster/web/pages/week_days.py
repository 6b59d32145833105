"""What an operator makes special: a day or many, such as Tết, and usual again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, ContentError
from broadcaster.schedule import plan_for
from broadcaster.station.editing.special_days import (
    WantedDay,
    with_special_day,
    without_special_day,
)
from broadcaster.station.editing.textfile import read_text_file
from broadcaster.web.pages.week import SlotForm, day_in
from broadcaster.web.pages.week_edits import offered, wanted_slot
from broadcaster.web.words import day as date_only
from broadcaster.web.words import day_of, full_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from starlette.responses import Response

    from broadcaster.model import WeekPlan
    from broadcaster.station.editing.textfile import TextFile
    from broadcaster.web.visit import Visit

__all__ = ["drop_special", "make_special"]

_MOST_DAYS = 62
_LONGEST_REASON = 200


def make_special(visit: Visit) -> Response:
    """POST: what is different on one day, or from it to another."""
    day = day_in(visit)
    then = f"/lich-tuan/ngay/{day}"
    try:
        days = _days(day, visit.form.get("until", ""))
        plan = _plan_of(visit, days)
        file = read_text_file(plan.path)
        text = with_special_day(file.text, _wanted_day(visit, plan, file, days))
    except BroadcasterError as error:
        return visit.go(then, str(error), went_well=False)
    what = _("special day {day}") if len(days) == 1 else _("special days {day} – {last}")
    what = what.format(day=full_day(day), last=full_day(days[-1]))
    return offered(visit, file, text, *_mondays(days), what=what, then=then)


def _days(first: date, until: str) -> list[date]:
    """From ``first`` to the day that was typed, both included; raises ContentError."""
    last = day_of(until) if until else first
    if last is None:
        raise ContentError([], message=_("there is no such day"))
    count = (last - first).days + 1
    if count < 1:
        message = _("the last day, {last}, is before the first day, {first}")
        shown = message.format(first=date_only(first), last=date_only(last))
        raise ContentError([], message=shown)
    if count > _MOST_DAYS:
        message = _("at most {n} days at once: more would be a week of its own")
        raise ContentError([], message=message.format(n=_MOST_DAYS))
    return [first + timedelta(days=n) for n in range(count)]


def _plan_of(visit: Visit, days: Sequence[date]) -> WeekPlan:
    """The file that holds on all ``days``; raises ContentError where none does, or another one
    on some, in which the change would not be seen."""
    plans = visit.site.on_disk().content.plans
    plan = plan_for(plans, days[0])
    if plan is None:
        raise ContentError([], message=_("no file of the week holds then: copy a week first"))
    for day in days:
        if plan_for(plans, day) is not plan:
            message = _(
                "from {day} on another file of the week holds: end here on the day before, then "
                "make that day special too"
            )
            raise ContentError([], message=message.format(day=full_day(day)))
    return plan


def _wanted_day(visit: Visit, plan: WeekPlan, file: TextFile, days: Sequence[date]) -> WantedDay:
    slot, programme = visit.form.get("slot", ""), visit.form.get("programme", "")
    reason = visit.form.get("reason", "")[:_LONGEST_REASON]
    usual = WantedDay(first=days[0], last=days[-1], reason=reason)
    match visit.form.get("kind"):
        case "cancel":
            return replace(usual, cancel=(slot,))
        case "all":
            return replace(usual, cancel=("all",))
        case "replace":
            return replace(usual, replace=((slot, programme),))
        case "music":
            return replace(usual, no_music=True)
        case "add":
            form = SlotForm(
                programme=programme,
                at=visit.form.get("at", ""),
                minutes=visit.form.get("minutes", "15"),
            )
            return replace(usual, add=wanted_slot(plan, file, form))
    raise ContentError([], message=_("choose what is different on this day"))


def drop_special(visit: Visit) -> Response:
    """POST: a special day, or all days of its entry, are usual ones again."""
    day = day_in(visit)
    then = f"/lich-tuan/ngay/{day}"
    plan = plan_for(visit.site.on_disk().content.plans, day)
    line = visit.form.get("line", "")
    if plan is None or not line.isdecimal():
        return visit.go(then, _("there is no such day"), went_well=False)
    file = read_text_file(plan.path)
    text = without_special_day(file.text, int(line))
    what = _("{day} as usual").format(day=full_day(day))
    return offered(visit, file, text, *_mondays([day]), what=what, then=then)


def _mondays(days: Sequence[date]) -> list[date]:
    return sorted({day - timedelta(days=day.weekday()) for day in days})
