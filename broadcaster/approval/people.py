"""The people of a station, as the register tells of them, and what each may do.

It stands apart from decisions because the page and the command line ask it before anybody decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from broadcaster.model import RegisterEvent, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from broadcaster.model import RegisterEntry

__all__ = ["Action", "Person", "people_of", "person_after"]


class Action(StrEnum):
    """What a role is needed for."""

    SUBMIT = "submit"
    DECIDE = "decide"
    OPERATE = "operate"
    ORDER_EMERGENCY = "order-emergency"
    MANAGE_PEOPLE = "manage-people"


_ROLES = {
    Action.SUBMIT: {Role.EDITOR, Role.APPROVER},
    Action.DECIDE: {Role.APPROVER},
    Action.OPERATE: {Role.OPERATOR, Role.ADMINISTRATOR},
    Action.ORDER_EMERGENCY: {Role.OPERATOR, Role.APPROVER},
    Action.MANAGE_PEOPLE: {Role.ADMINISTRATOR},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the station; ``id`` is the name that they sign with, ``since`` when the register
    last said so."""

    id: str
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_disabled: bool = False
    since: datetime | None = None

    def may(self, action: Action) -> bool:
        """Whether one of the roles of today permits it."""
        return not self.is_disabled and bool(self.roles & _ROLES[action])


def people_of(entries: Iterable[RegisterEntry]) -> dict[str, Person]:
    """Everybody by id, as the last of ``entries`` has them; those who were disabled too."""
    people: Mapping[str, Person] = {}
    for entry in entries:
        people = person_after(people, entry)
    return dict(people)


def person_after(people: Mapping[str, Person], entry: RegisterEntry) -> Mapping[str, Person]:
    """``people`` after the row ``entry``; a row that was tampered with says nothing."""
    if entry.event != RegisterEvent.PERSON or not entry.is_whole:
        return people
    known = {str(role) for role in Role}
    person = Person(
        id=entry.subject,
        name=str(entry.details.get("name", entry.subject)),
        roles=frozenset(Role(r) for r in entry.details.get("roles", ()) if r in known),
        is_disabled=bool(entry.details.get("disabled", False)),
        since=entry.at,
    )
    return {**people, person.id: person}
