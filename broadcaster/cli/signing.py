"""Signing an act with one's name and password, as the register will tell it.

It stands apart because every command that decides, or changes people, asks for the same.  A
password never stands on the command line, where every user of the machine can read it.
"""

from __future__ import annotations

import os
import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcaster.cli.translated import N_, option
from broadcaster.errors import BroadcasterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from broadcaster.station.approving import People

__all__ = ["new_password", "signed", "signing_options"]

_VARIABLE = "BROADCASTER_PASSWORD"


def signing_options(body: Callable[..., Any]) -> Callable[..., Any]:
    """``--as NAME`` and ``--password-file FILE`` for a command."""
    signer = option(
        "--as", "signer", default="", metavar=N_("NAME"), help=N_("Who does it, as they sign.")
    )
    file = option(
        "--password-file",
        type=click.Path(path_type=Path, allow_dash=True),
        metavar=N_("FILE"),
        help=N_(
            "A file whose first line is the password (- for standard input); without it the "
            "variable BROADCASTER_PASSWORD counts, or the keyboard is asked."
        ),
    )
    return signer(file(body))


def signed(people: People, signer: str, password_file: Path | None) -> str:
    """``signer``, who has proven who they are; raises NotAllowedError where they have not."""
    from broadcaster.station.approving import NotAllowedError

    if not signer:
        raise click.UsageError(_("say who signs: --as NAME"))
    people.get(signer)
    password = _password(password_file, _("Password of {person}").format(person=signer))
    if not people.is_right(signer, password):
        message = _("this is not the password of “{person}”, or they may not act any more")
        hint = _("an administrator sets a new one: broadcaster person password {person}")
        raise NotAllowedError(message.format(person=signer), hint=hint.format(person=signer))
    return signer


def new_password(password_file: Path | None, person: str) -> str:
    """A password that is to count from now on; from the keyboard it is asked for twice."""
    text = _("New password of {person}").format(person=person)
    return _password(password_file, text, twice=True)


def _password(path: Path | None, question: str, *, twice: bool = False) -> str:
    if path is not None:
        return _first_line(path)
    if _VARIABLE in os.environ and not twice:
        return os.environ[_VARIABLE]
    if not sys.stdin.isatty():
        raise click.UsageError(_("nobody is at the keyboard: use --password-file FILE"))
    found: str = click.prompt(question, hide_input=True, confirmation_prompt=twice, err=True)
    return found


def _first_line(path: Path) -> str:
    try:
        text = sys.stdin.readline() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = _("{path} cannot be read: {reason}").format(path=path, reason=error)
        raise BroadcasterError(message) from error
    return text.partition("\n")[0].rstrip("\r")
