"""click's commands and options with words that are translated when they are shown.

click keeps the help text that it is given when a module is imported; by then the operator may
not have said which language to speak.  Here the English sentence is kept, and looked up later.
"""

from __future__ import annotations

from functools import partial
from gettext import gettext as _

import click

__all__ = ["N_", "Command", "Group", "Option", "argument", "command", "group", "option"]


def N_(msgid: str) -> str:  # noqa: N802  (the name by which translators' tools know it)
    """Mark ``msgid`` as a sentence to translate, and leave it as it is."""
    return msgid


class _Words:
    """Help and metavar, looked up each time that they are asked for."""

    _help: str | None = None

    def _translated_help(self) -> str | None:
        return _(self._help) if self._help else self._help

    def _keep_help(self, msgid: str | None) -> None:
        self._help = msgid

    help = property(_translated_help, _keep_help)


class Option(_Words, click.Option):
    """An option whose help is translated."""

    def make_metavar(self) -> str:
        return _(super().make_metavar())


class Argument(click.Argument):
    """An argument whose name in the usage line is translated."""

    def make_metavar(self) -> str:
        return _(super().make_metavar())


class _Usage:
    """``[OPTIONS] COMMAND [ARGS]...`` and ``--help`` in the operator's language."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        found: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if found:  # click makes it once, in the language of that moment
            found.help = _("Show this message and exit.")
        return found

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces: list[str] = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        return [_(piece) if piece else piece for piece in pieces]


class Command(_Words, _Usage, click.Command):
    """A command whose help is translated."""


class Group(_Words, _Usage, click.Group):
    """A group whose help is translated; its commands are too."""

    command_class = Command


_CLICK_WORDS = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("[COMMAND] [ARGS]..."))
"""What click writes in a usage line without asking gettext."""

argument = partial(click.argument, cls=Argument)
command = partial(click.command, cls=Command)
group = partial(click.group, cls=Group)
option = partial(click.option, cls=Option)
