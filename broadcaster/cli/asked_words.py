"""How many questions there are of each state, in one line: the plan and the list say the same."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.station.planning.asked import Asked

__all__ = ["questions_line"]


def questions_line(questions: Sequence[Asked]) -> str:
    """“3 câu hỏi: 1 chưa trả lời, trong đó 1 quá hạn; 1 đã phát”."""
    answers = [str(one.answer) for one in questions]
    overdue = answers.count("overdue")
    text = _("{n} questions: {waiting} unanswered, {overdue} of them overdue; {heard} broadcast.")
    return text.format(
        n=len(answers),
        waiting=answers.count("waiting") + overdue,
        overdue=overdue,
        heard=answers.count("heard"),
    )
