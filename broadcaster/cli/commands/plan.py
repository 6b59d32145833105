"""``broadcaster plan``: how far the plan of the station is carried out, by what was heard."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.asked_words import questions_line
from broadcaster.cli.listing import listing
from broadcaster.cli.moments import Moment, MomentType
from broadcaster.cli.opened_log import opened_log
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_
from broadcaster.shown import shown_number

if TYPE_CHECKING:
    from broadcaster.asrun import AsRunLog
    from broadcaster.cli.session import Session
    from broadcaster.plan import Progress
    from broadcaster.station.planning.carried_out import CarriedOut, Gap

__all__ = ["command"]

_YEARS = (1990, 2100)


def _show(found: CarriedOut) -> None:
    from broadcaster.plan import subject

    if not found.plan.targets:
        click.echo(_("The station has no plan yet: write one into schedules/ke-hoach/."))
    else:
        click.echo(_heading(found))
        headings = (_("span"), _("target"), _("done"), _("due by now"), _("state"))
        rows = [_cells(one, subject(found.plan, one.target)) for one in found.progress]
        show_table(rows, headings)
    for gap in found.gaps:
        click.echo(_gap_line(gap))
    for line in _remarks(found):
        click.echo(line)


def _heading(found: CarriedOut) -> str:
    units = found.plan.units_between(found.day, found.day)
    names = [found.plan.title, *(unit.title for unit in units)]
    text = _("{names}: as of {day}").format(
        names=", ".join(filter(None, names)) or _("The plan"), day=f"{found.day:%d/%m/%Y}"
    )
    return text + (_(" (simulated)") if found.is_simulated else "")


def _cells(one: Progress, subject: str) -> tuple[str, ...]:
    from broadcaster.plan import measure_word, span_title, state_words

    return (
        span_title(one.span),
        f"{subject}, {measure_word(one.measure)}",
        f"{shown_number(one.done)}/{one.wanted}",
        str(one.due),
        state_words(one),
    )


def _gap_line(gap: Gap) -> str:
    names = ", ".join(bulletin.id for bulletin in gap.at_hand)
    if not names:
        return _("! {gap}. Nothing at hand would close it.").format(gap=gap.sentence)
    return _("! {gap}. At hand: {names}").format(gap=gap.sentence, names=names)


def _remarks(found: CarriedOut) -> list[str]:
    lines = [questions_line(found.questions)] if found.questions else []
    if found.to_record:
        text = _("{n} recordings in other languages are missing: broadcaster languages")
        lines.append(text.format(n=len(found.to_record)))
    if found.unknown:
        text = _("{n} airings do not say what they were about, and count for no topic.")
        lines.append(text.format(n=found.unknown))
    if found.doubted:
        text = _("{n} broadcasts were logged while the clock was in doubt.")
        lines.append(text.format(n=found.doubted))
    return lines


# -- JSON -----------------------------------------------------------------------------------


def _json(found: CarriedOut) -> dict[str, Any]:
    plan = found.plan
    return {
        "title": plan.title,
        "day": found.day,
        "simulated": found.is_simulated,
        "period": {"from": plan.period.first, "until": plan.period.last},
        "units": [unit.title for unit in plan.units_between(found.day, found.day)],
        "targets": [_progress_json(found, one) for one in found.progress],
        "gaps": [_gap_json(gap) for gap in found.gaps],
        "questions": _questions_json(found),
        "to_record": len(found.to_record),
        "unknown_airings": found.unknown,
        "doubted_broadcasts": found.doubted,
    }


def _progress_json(found: CarriedOut, one: Progress) -> dict[str, Any]:
    from broadcaster.plan import span_title, subject

    target = one.target
    names = ("topic", "kind", "language", "audience", "unit", "campaign", "document", "office")
    figures = ("wanted", "done", "due", "ahead", "behind", "missing", "state", "measure")
    return {
        "subject": subject(found.plan, target),
        **{name: getattr(target, name) or None for name in names},
        "per": target.per,
        "span": {
            "title": span_title(one.span),
            "from": one.held.first,
            "until": one.held.last,
        },
        **{name: getattr(one, name) for name in figures},
    }


def _gap_json(gap: Gap) -> dict[str, Any]:
    return {
        "sentence": gap.sentence,
        "missing": gap.progress.missing,
        "measure": gap.progress.measure,
        "at_hand": [bulletin.id for bulletin in gap.at_hand],
    }


def _questions_json(found: CarriedOut) -> dict[str, int]:
    answers = [one.answer for one in found.questions]
    waiting = answers.count("waiting") + answers.count("overdue")  # type: ignore[arg-type]
    return {
        "asked": len(answers),
        "unanswered": waiting,
        "overdue": answers.count("overdue"),  # type: ignore[arg-type]
        "heard": answers.count("heard"),  # type: ignore[arg-type]
    }


@command_(
    "plan",
    help=N_(
        "Show how far the plan in schedules/ke-hoach is carried out: what was really heard against "
        "its targets, what is late, and what lies ready to close it."
        "\n\nIt looks at the week, month, quarter and year of today, or at a whole --year."
    ),
)
@option("--on", type=MomentType(), metavar=N_("DAY"), help=N_("Look at this day, not at today."))
@option(
    "--year",
    type=click.IntRange(*_YEARS),
    metavar=N_("YEAR"),
    help=N_("Every span of this year, not only those of the day."),
)
@option("--simulated", is_flag=True, help=N_("Read the log of the simulation, not of the station."))
@listing(_show, json_value=_json)
@click.pass_obj
def command(
    session: Session, on: Moment | None, year: int | None, *, simulated: bool
) -> CarriedOut:
    """The plan as it stands on the day; of a simulation, on its last one."""
    from broadcaster.station.planning.carried_out import carried_out

    folder, config, content = session.folder(), session.config(), session.content()
    with opened_log(session, simulated=simulated) as log:
        day = on.first.date() if on else _day(session, log, simulated=simulated)
        return carried_out(
            folder,
            config,
            content,
            log,
            day=day,
            days=(date(year, 1, 1), date(year, 12, 31)) if year else None,
            is_simulated=simulated,
        )


def _day(session: Session, log: AsRunLog | None, *, simulated: bool) -> date:
    last = log.last_written_at() if log and simulated else None
    return last.date() if last else session.today()
