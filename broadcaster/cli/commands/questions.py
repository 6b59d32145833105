"""``broadcaster questions``: what the people asked, who answers until when, what was heard."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.asked_words import questions_line
from broadcaster.cli.listing import listing
from broadcaster.cli.opened_log import opened_log
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.cli.session import Session
    from broadcaster.station.planning.asked import Asked

__all__ = ["command"]


def _show(found: Sequence[Asked]) -> None:
    if not found:
        click.echo(_("Nobody has asked anything yet."))
        return
    headings = (_("due"), _("state"), _("office"), _("bulletin"), _("question"))
    show_table([_cells(one) for one in found], headings)
    click.echo(questions_line(found))


def _cells(one: Asked) -> tuple[str, ...]:
    question = one.bulletin.question
    assert question
    states = {
        "waiting": _("not answered"),
        "overdue": _("OVERDUE"),
        "answered": _("answered, not broadcast yet"),
        "heard": _("broadcast"),
    }
    return (
        f"{question.due:%d/%m/%Y}" if question.due else "–",
        states[one.answer] + (f" {one.heard_at:%d/%m/%Y %H:%M}" if one.heard_at else ""),
        question.office or "–",
        one.bulletin.id,
        question.text or one.bulletin.title,
    )


def _json(found: Sequence[Asked]) -> list[dict[str, Any]]:
    return [_question_json(one) for one in found]


def _question_json(one: Asked) -> dict[str, Any]:
    question = one.bulletin.question
    assert question
    return {
        "bulletin_id": one.bulletin.id,
        "title": one.bulletin.title,
        "question": question.text,
        "office": question.office,
        "due": question.due,
        "state": one.answer,
        "heard_at": one.heard_at,
    }


@command_(
    "questions",
    help=N_(
        "List the questions of the people (kind: hỏi–đáp): who answers them until when, which are "
        "not answered, and when each answer was first heard."
        "\n\nWho asked is never shown."
    ),
)
@option("--simulated", is_flag=True, help=N_("Read the log of the simulation, not of the station."))
@listing(_show, json_value=_json)
@click.pass_obj
def command(session: Session, *, simulated: bool) -> list[Asked]:
    """The questions, those that wait first."""
    from broadcaster.station.planning.asked import LOOKED_BACK, asked

    content, day = session.content(), session.today()
    with opened_log(session, simulated=simulated) as log:
        heard = log.broadcasts(day - LOOKED_BACK) if log else ()
    return asked(content.bulletins.values(), heard, day=day)
