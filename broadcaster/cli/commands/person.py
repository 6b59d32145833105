"""``broadcaster person``: who belongs to the station, and what each may do."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.orders import person as login_name
from broadcaster.cli.signing import new_password, signed, signing_options
from broadcaster.cli.standings import approving_of
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, argument, group, option
from broadcaster.cli.translated import command as command_
from broadcaster.model import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadcaster.approval import Person
    from broadcaster.cli.session import Session
    from broadcaster.station.approving import People

__all__ = ["command"]

_ROLES = {
    **{str(role): role for role in Role},
    "bien-tap": Role.EDITOR,
    "duyet": Role.APPROVER,
    "truc-may": Role.OPERATOR,
    "quan-tri": Role.ADMINISTRATOR,
}
_role_option = option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(list(_ROLES)),
    help=N_("What they are: bien-tap, duyet, truc-may, quan-tri; more than one is possible."),
)
_here_option = option(
    "--here",
    is_flag=True,
    help=N_("Without a signature, by whoever sits at this machine; the register tells it."),
)


def _words(roles: frozenset[Role]) -> str:
    words = {
        Role.EDITOR: _("editor"),
        Role.APPROVER: _("approver"),
        Role.OPERATOR: _("operator"),
        Role.ADMINISTRATOR: _("administrator"),
    }
    return ", ".join(words[role] for role in Role if role in roles)


def _show(people: Sequence[Person]) -> None:
    if not people:
        click.echo(_("There is nobody yet: broadcaster person add NAME --role quan-tri"))
        return
    rows = [
        (
            person.id,
            person.name,
            _words(person.roles) or "–",
            _("may not act any more") if person.is_disabled else "",
            f"{person.since:%d/%m/%Y %H:%M}" if person.since else "",
        )
        for person in people
    ]
    show_table(rows, (_("signs as"), _("name"), _("roles"), _("state"), _("since")))


@group("person", help=N_("Who belongs to the station, and what each of them may do."))
def command() -> None:
    """The people are in the register, which is only added to."""


@command_("list", help=N_("Show everybody, those who were disabled too."))
@listing(_show)
@click.pass_obj
def list_(session: Session) -> list[Person]:
    """By id."""
    with approving_of(session) as approving:
        people = approving.people.all()
    return [people[id_] for id_ in sorted(people)]


@command_("history", help=N_("What somebody was and may do, and since when."))
@argument("person_id", metavar=N_("NAME"))
@listing(_show)
@click.pass_obj
def history(session: Session, person_id: str) -> list[Person]:
    """Oldest first."""
    with approving_of(session) as approving:
        approving.people.get(person_id)
        return approving.people.history_of(person_id)


@command_(
    "add",
    help=N_(
        "Add somebody, who signs as NAME. Until an administrator has a password whoever sits at "
        "this machine adds people; then only administrators do."
    ),
)
@argument("person_id", metavar=N_("NAME"))
@option("--name", "full_name", default="", metavar=N_("WORDS"), help=N_("The name as written."))
@_role_option
@_here_option
@signing_options
@listing(_show)
@click.pass_obj
def add(
    session: Session, /, person_id: str, *, full_name: str, roles: tuple[str, ...], **signature: Any
) -> list[Person]:
    """Without a password nobody can sign yet."""
    return _changed(
        session,
        lambda people, by: people.add(
            person_id, full_name or person_id, [_ROLES[role] for role in roles], by=by
        ),
        **signature,
    )


@command_("role", help=N_("Let somebody do other things: all their roles from now on."))
@argument("person_id", metavar=N_("NAME"))
@_role_option
@_here_option
@signing_options
@listing(_show)
@click.pass_obj
def role(
    session: Session, /, person_id: str, *, roles: tuple[str, ...], **signature: Any
) -> list[Person]:
    """Without a role they may do nothing."""
    wanted = [_ROLES[name] for name in roles]
    return _changed(
        session, lambda people, by: people.set_roles(person_id, wanted, by=by), **signature
    )


@command_(
    "disable",
    help=N_("Let somebody do nothing any more. What they approved before goes on counting."),
)
@argument("person_id", metavar=N_("NAME"))
@_here_option
@signing_options
@listing(_show)
@click.pass_obj
def disable(session: Session, /, person_id: str, **signature: Any) -> list[Person]:
    """From this row of the register on."""
    return _changed(session, lambda people, by: people.disable(person_id, by=by), **signature)


@command_("enable", help=N_("Let somebody act again who was disabled."))
@argument("person_id", metavar=N_("NAME"))
@_here_option
@signing_options
@listing(_show)
@click.pass_obj
def enable(session: Session, /, person_id: str, **signature: Any) -> list[Person]:
    """With the roles that they had."""
    return _changed(session, lambda people, by: people.enable(person_id, by=by), **signature)


@command_(
    "password",
    help=N_(
        "Set the password with which somebody signs. They sign with the old one themselves, or an "
        "administrator does; the first one is set at this machine."
    ),
)
@argument("person_id", metavar=N_("NAME"))
@option(
    "--new-file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar=N_("FILE"),
    help=N_("A file whose first line is the new password (- for standard input)."),
)
@_here_option
@signing_options
@click.pass_obj
def password(
    session: Session, /, person_id: str, *, new_file: Path | None, **signature: Any
) -> None:
    """Only what proves it is kept (Argon2)."""
    with approving_of(session) as approving:
        people = approving.people
        by = _who(people, own=person_id, **signature)
        people.set_password(person_id, new_password(new_file, person_id), by=by)
    click.echo(_("“{person}” signs with the new password from now on.").format(person=person_id))


def _changed(
    session: Session, change: Callable[[People, str], Person], **signature: Any
) -> list[Person]:
    with approving_of(session) as approving:
        return [change(approving.people, _who(approving.people, **signature))]


def _who(
    people: People, *, signer: str, password_file: Path | None, here: bool, own: str = ""
) -> str:
    """Who makes the change: an administrator, oneself (``own``), or the login name of whoever sits
    at the machine, where nobody can sign yet or ``here`` says so."""
    from broadcaster.approval import Action
    from broadcaster.station.approving import NotAllowedError

    able = [person.id for person in people.who_may(Action.MANAGE_PEOPLE)]
    if here or not any(people.has_password(id_) for id_ in able):
        return f"@{login_name()}"
    by = signed(people, signer, password_file)
    if by not in able and by != own:
        message = _("only an administrator may do this")
        hint = _("who may: {people}").format(people=", ".join(able))
        raise NotAllowedError(message, hint=hint)
    return by


for _command in (list_, history, add, role, disable, enable, password):
    command.add_command(_command)
