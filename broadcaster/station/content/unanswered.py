"""A question without its answer: there is nothing to hear yet.

It stands apart because whoever checks and whoever makes the sound tell it in the same words.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity

if TYPE_CHECKING:
    from broadcaster.model import Bulletin

__all__ = ["unanswered"]


def unanswered(bulletin: Bulletin) -> Problem:
    """That ``bulletin``, which is not answered, will not air, and whom to ask by when."""
    question = bulletin.question
    assert question
    message = _("this question waits for its answer, so it will not air")
    hint = _("write the answer below the front matter")
    if question.office and question.due:
        hint = _("ask {office} for the answer, due on {due}, and write it below the front matter")
        hint = hint.format(office=question.office, due=f"{question.due:%d/%m/%Y}")
    return Problem(bulletin.where, "not-answered", message, hint, Severity.WARNING)
