"""One alarm as it is told: plain values, so that it can wait on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

__all__ = ["BEGUN", "OVER", "TEST", "Message", "subject", "whole_text"]

BEGUN, OVER, TEST = "begun", "over", "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """``state`` is begun, over or test; ``at`` and ``since`` are ISO 8601."""

    state: str
    code: str
    text: str
    at: str
    since: str

    def line(self) -> str:
        """As a person reads it."""
        day, _t, rest = self.at.partition("T")
        year, month, date = day.split("-")
        text = _("over: {text}").format(text=self.text) if self.state == OVER else self.text
        return f"{rest[:5]} {date}/{month}/{year}: {text} [{self.code}]"


def subject(station: str, messages: list[Message]) -> str:
    """One line that says all that a locked telephone shows."""
    first = messages[0]
    text = _("over: {text}").format(text=first.text) if first.state == OVER else first.text
    more = len(messages) - 1
    tail = ngettext(" (and {n} more)", " (and {n} more)", more).format(n=more) if more else ""
    return f"{station}: {text}{tail}"


def whole_text(station: str, messages: list[Message]) -> str:
    """The station, then a line for each."""
    return "\n".join([station, *(message.line() for message in messages)]) + "\n"
