"""Lịch tuần: the grid of a week, one slot of it, one day of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError
from broadcaster.schedule import plan_for, rundown
from broadcaster.station.check.check import look_at_station
from broadcaster.web.changes import last_edit
from broadcaster.web.weeks import monday_of, plan_of_slot, week_name, week_of
from broadcaster.web.words import day_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from broadcaster.model import DayException, RundownItem, Slot, WeekPlan
    from broadcaster.web.visit import Visit

__all__ = ["ask_for_slot", "check", "day_in", "show", "show_day", "show_slot"]

_ONE_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)


def show(visit: Visit) -> Response:
    """The grid."""
    monday = monday_of(visit.asked("tuan"), visit.site.today())
    week = week_of(visit.site.on_disk(), monday)
    return visit.page(
        "week.html",
        week=week,
        name=week_name(monday),
        before=week_name(monday - _A_WEEK),
        after=week_name(monday + _A_WEEK),
        last=last_edit(visit, visit.site.folder.schedules),
    )


def check(visit: Visit) -> Response:
    """All that is wrong with a week, its lengths and its bulletins too; that takes a while."""
    monday = monday_of(visit.asked("tuan"), visit.site.today())
    found = look_at_station(visit.site.folder, monday=monday).problems
    weeks = set(visit.site.folder.week_files())
    return visit.page(
        "week_check.html",
        name=week_name(monday),
        monday=monday,
        problems=[problem for problem in found if problem.where.path in weeks],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotForm:
    """What stands in the form of a slot."""

    id: str = ""
    programme: str = ""
    at: str = ""
    minutes: str = "15"
    days: frozenset[int] = frozenset(range(7))
    is_soft: bool = False
    why_fixed: str = ""
    """Why its time or its days cannot be changed in the form."""


def ask_for_slot(visit: Visit) -> Response:
    """An empty form for a new slot."""
    monday = monday_of(visit.asked("tuan"), visit.site.today())
    return slot_page(visit, monday, SlotForm())


def show_slot(visit: Visit) -> Response:
    """The form of a slot as its file has it; raises ContentError where there is none."""
    monday = monday_of(visit.asked("tuan"), visit.site.today())
    plan, slot = slot_in(visit, monday, visit.asked("ten"))
    return slot_page(visit, monday, form_of(slot), plan=plan)


def form_of(slot: Slot) -> SlotForm:
    """``slot`` as its form shows it."""
    fixed = ""
    if slot.after:
        fixed = _("It begins when “{slot}” ends.").format(slot=slot.after)
    elif slot.by_season or slot.rule:
        fixed = _("Its times or days follow seasons, holidays or the lunar calendar.")
    return SlotForm(
        id=slot.id,
        programme=slot.programme_id,
        at=f"{slot.start:%H:%M}",
        minutes=f"{slot.max_ms / 60_000:g}",
        days=slot.days,
        is_soft=slot.start_type == "soft",
        why_fixed=fixed,
    )


def slot_in(visit: Visit, monday: date, slot_id: str) -> tuple[WeekPlan, Slot]:
    """Raises ContentError for a slot that the week does not have."""
    found = plan_of_slot(visit.site.on_disk(), monday, slot_id)
    if found is None:
        message = _("there is no slot “{id}” in this week").format(id=slot_id)
        raise ContentError([], message=message)
    return found


def slot_page(
    visit: Visit,
    monday: date,
    form: SlotForm,
    *,
    plan: WeekPlan | None = None,
    complaint: str = "",
) -> Response:
    """The form; raises ContentError where no file holds in that week."""
    plan = plan or plan_for(visit.site.on_disk().content.plans, monday)
    if plan is None:
        raise ContentError([], message=_("no file of the week holds then: copy a week first"))
    return visit.page(
        "slot.html",
        status=422 if complaint else 200,
        slot=form,
        week=week_name(monday),
        programmes=plan.programmes.values(),
        file=plan.path.name,
        complaint=complaint,
    )


@dataclass(frozen=True, slots=True)
class Start:
    """A start of a day, how long nothing airs before it, and whether it meets the one before."""

    item: RundownItem
    gap_minutes: int
    meets: bool


def show_day(visit: Visit) -> Response:
    """One day: what airs when, the gaps between, and what may be different on it."""
    day = day_in(visit)
    on_disk = visit.site.on_disk()
    plan = plan_for(on_disk.content.plans, day)
    return visit.page(
        "week_day.html",
        day=day,
        before=day - _ONE_DAY,
        after=day + _ONE_DAY,
        week=week_name(day - timedelta(days=day.weekday())),
        starts=_starts(rundown(on_disk.content.plans, day).items),
        rails=on_disk.config.all_rails,
        programmes=plan.programmes.values() if plan else (),
        special=_special(plan, day),
        last=last_edit(visit, visit.site.folder.schedules),
    )


def day_in(visit: Visit) -> date:
    """The day that the address names; raises ContentError for none."""
    if day := day_of(visit.parts["day"]):
        return day
    raise ContentError([], message=_("there is no such day"))


def _starts(items: tuple[RundownItem, ...]) -> list[Start]:
    starts: list[Start] = []
    over = None
    for item in items:
        begins, ends = item.occurrence.starts_at, item.occurrence.ends_by
        between = (begins - over).total_seconds() if over and not item.cancelled else 0
        meets = between < 0 and not item.occurrence.follows
        starts.append(Start(item, max(0, round(between / 60)), meets))
        if not item.cancelled:
            over = max(over, ends) if over else ends
    return starts


def _special(plan: WeekPlan | None, day: date) -> list[DayException]:
    """The dated exceptions of the file that hold on ``day``, one for each entry."""
    found: dict[int, DayException] = {}
    for exception in plan.exceptions if plan else ():
        if exception.first != date.min and exception.first <= day <= exception.last:
            found.setdefault(exception.where.line, exception)
    return list(found.values())
