"""What an operator does to a week: add, move and take out slots, copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, ContentError, Severity
from broadcaster.schedule import parse_week, plan_for
from broadcaster.spelling import as_time, duration_text
from broadcaster.station.editing.change import Change
from broadcaster.station.editing.clashes import clashing, queued, yielded
from broadcaster.station.editing.copied_week import copied_week, week_file_name
from broadcaster.station.editing.judge import CLASHES, WeekJudge
from broadcaster.station.editing.slots import (
    WantedSlot,
    changed_slot,
    days_value,
    free_id,
    with_slot,
    without_slot,
)
from broadcaster.station.editing.textfile import new_text_file, read_text_file
from broadcaster.station.editing.tree import inline
from broadcaster.web.changes import propose, take_back
from broadcaster.web.pages.week import SlotForm, form_of, slot_in, slot_page
from broadcaster.web.weeks import monday_of, week_name

if TYPE_CHECKING:
    from starlette.responses import Response

    from broadcaster.errors import Problem
    from broadcaster.model import Slot, WeekPlan
    from broadcaster.station.editing.textfile import TextFile
    from broadcaster.web.visit import Visit

__all__ = ["change_slot", "copy", "judged", "offered", "remove_slot", "undo", "wanted_slot"]

_LONGEST_MINUTES = 720


def change_slot(visit: Visit) -> Response:
    """POST: a new slot, or another time, programme, length or other days of one that is there."""
    monday = monday_of(visit.form.get("tuan", ""), visit.site.today())
    form = _form_of(visit)
    try:
        return _changed(visit, monday, form)
    except BroadcasterError as error:
        return slot_page(visit, monday, form, complaint=str(error))


def _form_of(visit: Visit) -> SlotForm:
    days = {int(value) for name, value in visit.fields if name == "day" and value in "0123456"}
    return SlotForm(
        id=visit.form.get("ten", ""),
        programme=visit.form.get("programme", ""),
        at=visit.form.get("at", ""),
        minutes=visit.form.get("minutes", ""),
        days=frozenset(days),
        is_soft=visit.form.get("start") == "soft",
        why_fixed=visit.form.get("fixed", ""),
    )


def _changed(visit: Visit, monday: date, form: SlotForm) -> Response:
    if form.id:
        plan, slot = slot_in(visit, monday, form.id)
        file = read_text_file(plan.path)
        form = replace(form, why_fixed=form_of(slot).why_fixed)
        text, what = changed_slot(file.text, slot.id, _differing(slot, form)), _("slot “{id}”")
        return _settled(visit, file, text, monday, slot_id=slot.id, what=what.format(id=slot.id))
    found = plan_for(visit.site.on_disk().content.plans, monday)
    if found is None:
        raise ContentError([], message=_("no file of the week holds then: copy a week first"))
    file = read_text_file(found.path)
    wanted = wanted_slot(found, file, form)
    what = _("new slot “{id}”").format(id=wanted.id)
    return _settled(visit, file, with_slot(file.text, wanted), monday, slot_id=wanted.id, what=what)


def wanted_slot(plan: WeekPlan, file: TextFile, form: SlotForm) -> WantedSlot:
    """The new slot that ``form`` asks for; raises ContentError where it does not make sense."""
    at, minutes = as_time(form.at), _minutes(form)
    if at is None or not form.days or form.programme not in plan.programmes:
        raise ContentError([], message=_("choose a programme, a time and at least one day"))
    return WantedSlot(
        id=free_id(file.text, f"{form.programme} {at:%H%M}"),
        programme=form.programme,
        at=at,
        days=form.days,
        max_ms=minutes,
        is_soft=form.is_soft,
    )


def _minutes(form: SlotForm) -> int:
    """In milliseconds; raises ContentError for what is no length of a slot."""
    try:
        minutes = float(form.minutes.replace(",", "."))
    except ValueError:
        minutes = 0.0
    if not 1 <= minutes <= _LONGEST_MINUTES:
        raise ContentError([], message=_("write the minutes as a number from 1 to 720"))
    return round(minutes * 60) * 1000


def _differing(slot: Slot, form: SlotForm) -> dict[str, str | None]:
    """The keys that the form wants otherwise than they are."""
    values: dict[str, str | None] = {}
    if not form.why_fixed:
        at = as_time(form.at)
        if at is None or not form.days:
            raise ContentError([], message=_("choose a programme, a time and at least one day"))
        if at != slot.start.replace(second=0):
            values["at"] = f"{at:%H:%M}"
        if form.days != slot.days:
            values["days"] = days_value(form.days)
        if form.is_soft != (slot.start_type == "soft"):
            values["start"] = "soft" if form.is_soft else None
    if slot.programme_id and form.programme != slot.programme_id:
        values["programme"] = inline(form.programme)
    if _minutes(form) != slot.max_ms:
        values["max"] = duration_text(_minutes(form))
    return values


# -- slots that meet ----------------------------------------------------------------------------


def _settled(
    visit: Visit, file: TextFile, text: str, monday: date, *, slot_id: str, what: str
) -> Response:
    """Ask what is to become of slots that meet, then show what changes."""
    choice = visit.form.get("clash", "")
    slot, others = _meeting(visit, file, text, monday, slot_id)
    if choice == "over" and slot:
        text = yielded(text, slot, others)
    elif choice == "behind" and others:
        text = queued(text, slot_id, others[0])
    new = file.with_text(text)
    problems = judged(visit, new, file.text, monday)
    met = [problem for problem in problems if problem.code in CLASHES]
    if met and not choice:
        return _ask_which(visit, met, others, can_stay=not _errors(met))
    then = f"/lich-tuan?tuan={week_name(monday)}"
    if errors := _errors(problems):
        raise ContentError(errors, message="; ".join(f"{p.message} ({p.hint})" for p in errors))
    change = Change(file=new, before=file.text, what=what, problems=tuple(problems))
    return propose(visit, change, then=then)


def _meeting(
    visit: Visit, file: TextFile, text: str, monday: date, slot_id: str
) -> tuple[Slot | None, list[Slot]]:
    """The slot as it is to be, and those of its file that it meets."""
    config = visit.site.on_disk().config
    plan, _problems = parse_week(text, path=file.path, **config.week_defaults)
    slots = {slot.id: slot for slot in plan.slots} if plan else {}
    others = clashing(plan, slot_id, monday) if plan and slot_id in slots else []
    return slots.get(slot_id), [other for other in others if other.id in slots]


def _ask_which(visit: Visit, met: list[Problem], others: list[Slot], *, can_stay: bool) -> Response:
    return visit.page(
        "clash.html",
        problems=met,
        others=others,
        can_stay=can_stay,
        fields=[(n, v) for n, v in visit.fields if n not in {"form", "clash"}],
    )


def judged(visit: Visit, new: TextFile, before: str, monday: date) -> list[Problem]:
    """What the change would bring that was not wrong before."""
    judge = WeekJudge(visit.site.folder, visit.site.on_disk().config)
    return judge.new_problems(new, before, monday=monday)


def _errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def offered(
    visit: Visit, file: TextFile, text: str, *mondays: date, what: str, then: str
) -> Response:
    """Show what changes, unless it would break one of the weeks that begin on ``mondays``."""
    new = file.with_text(text)
    found = (p for monday in mondays for p in judged(visit, new, file.text, monday))
    problems = list(dict.fromkeys(found))
    if errors := [p for p in _errors(problems) if p.code not in CLASHES]:
        said = "; ".join(f"{p.message} ({p.hint})" for p in errors)
        return visit.go(then, said, went_well=False)
    change = Change(file=new, before=file.text, what=what, problems=tuple(problems))
    return propose(visit, change, then=then)


def remove_slot(visit: Visit) -> Response:
    """POST: take a slot out, with what special days say of it."""
    monday = monday_of(visit.form.get("tuan", ""), visit.site.today())
    plan, slot = slot_in(visit, monday, visit.form.get("ten", ""))
    file = read_text_file(plan.path)
    text = without_slot(file.text, slot.id)
    what = _("without the slot “{id}”").format(id=slot.id)
    then = f"/lich-tuan?tuan={week_name(monday)}"
    return offered(visit, file, text, monday, what=what, then=then)


def copy(visit: Visit) -> Response:
    """POST: the week before, or the one in force, as a file of this week's own."""
    monday = monday_of(visit.form.get("tuan", ""), visit.site.today())
    then = f"/lich-tuan?tuan={week_name(monday)}"
    source = plan_for(visit.site.on_disk().content.plans, monday - timedelta(days=7))
    target = visit.site.folder.schedules / week_file_name(monday)
    if source is None:
        return visit.go(then, _("no file holds in the week before"), went_well=False)
    if target.exists():
        return visit.go(then, _("this week has a file of its own already"), went_well=False)
    note = _("Copied from {file} for the week {week}").format(
        file=source.path.name, week=week_name(monday)
    )
    text = copied_week(read_text_file(source.path).text, monday, note=note)
    file = new_text_file(target)
    return offered(visit, file, text, monday, what=note, then=then)


def undo(visit: Visit) -> Response:
    """POST: take back a change of a week."""
    return take_back(visit, visit.site.folder.schedules)
