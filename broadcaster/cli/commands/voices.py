"""``broadcaster voices``: every engine with its voices, broken ones with their reason."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.cli.listing import listing
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.speech import EngineStatus

__all__ = ["command"]

_SHOWN = 3


def _show(statuses: list[EngineStatus]) -> None:
    headings = (_("engine"), _("state"), _("network"), _("voices"))
    show_table(map(_cells, statuses), headings)


def _cells(status: EngineStatus) -> tuple[str, ...]:
    if status.available:
        state, detail = _("can speak"), _some(status.voices)
    else:
        state, detail = _("cannot speak"), " — ".join(filter(None, [status.reason, status.hint]))
    return (status.engine, state, _("needs it") if status.needs_network else _("no"), detail)


def _some(voices: Sequence[str]) -> str:
    """The first voices, which are the Vietnamese ones, and how many more there are."""
    more = len(voices) - _SHOWN
    tail = [_("{n} more with --json").format(n=more)] if more > 0 else []
    return ", ".join([*voices[:_SHOWN], *tail])


@command_("voices", help=N_("List the speech engines: whether each can speak here, and why not."))
@listing(_show)
def command() -> list[EngineStatus]:
    """The status record of each engine."""
    from broadcaster.speech import engine_statuses

    return list(engine_statuses())
