"""The questions of the people: which wait for their answer, and which answers were heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from broadcaster.model import Broadcast, Bulletin

__all__ = ["LOOKED_BACK", "Answer", "Asked", "asked"]

LOOKED_BACK = timedelta(days=366)
"""An answer that was heard longer ago is no news."""


class Answer(StrEnum):
    """How a question stands; OVERDUE waits, and its day is over."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the people, and when its answer was first heard to its end."""

    bulletin: Bulletin
    answer: Answer
    heard_at: datetime | None = None


def asked(
    bulletins: Iterable[Bulletin], broadcasts: Iterable[Broadcast], *, day: date
) -> list[Asked]:
    """Every question among ``bulletins``, those that wait first, then by the day they are due;
    ``broadcasts`` are those in which an answer may have been heard (:data:`LOOKED_BACK`)."""
    questions = [b for b in bulletins if b.question]
    heard = _first_heard({b.id for b in questions}, broadcasts)
    found = [Asked(b, _answer(b, heard.get(b.id), day), heard.get(b.id)) for b in questions]
    return sorted(found, key=_by_need)


def _first_heard(wanted: set[str], broadcasts: Iterable[Broadcast]) -> dict[str, datetime]:
    heard: dict[str, datetime] = {}
    for broadcast in broadcasts if wanted else ():
        for airing in broadcast.airings:
            if airing.bulletin_id in wanted and airing.outcome is Outcome.AIRED:
                heard.setdefault(airing.bulletin_id, broadcast.scheduled_at.astimezone(LOCAL))
    return heard


def _answer(bulletin: Bulletin, heard: datetime | None, day: date) -> Answer:
    if heard:
        return Answer.HEARD
    if bulletin.is_answered:
        return Answer.ANSWERED
    question = bulletin.question
    late = question is not None and question.due is not None and question.due < day
    return Answer.OVERDUE if late else Answer.WAITING


def _by_need(one: Asked) -> tuple[bool, str, str]:
    question = one.bulletin.question
    due = question.due.isoformat() if question and question.due else "~"
    return (one.answer in {Answer.ANSWERED, Answer.HEARD}, due, one.bulletin.id)
