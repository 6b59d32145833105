"""Who belongs to the station, and what each may do: added, changed and disabled, never deleted.

It stands apart from approvals because the page and the operator's orders ask for people too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.approval import Action, Person, people_of
from broadcaster.errors import nearest
from broadcaster.model import RegisterEvent, Role
from broadcaster.station.approving.passwords import is_proven, verifier_of
from broadcaster.station.approving.refusals import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.asrun import Register

__all__ = ["People"]

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")


class People:
    """The people in ``register``.

    ``by`` is who makes a change: an administrator, or whoever sits at the machine itself, who
    needs no account to open the first one.  Every method that changes something raises
    NotAllowedError, and StoreError where the register cannot be written.
    """

    def __init__(self, register: Register) -> None:
        self._register = register

    def all(self) -> dict[str, Person]:
        """Everybody by id, those who were disabled too."""
        return people_of(self._register.of_people())

    def get(self, person_id: str) -> Person:
        """Raises NotAllowedError for somebody unknown."""
        people = self.all()
        if person_id not in people:
            message = _("nobody here is called “{person}”").format(person=person_id)
            hint = nearest(person_id, people) or _("add them: broadcaster person add")
            raise NotAllowedError(message, hint=hint)
        return people[person_id]

    def who_may(self, action: Action) -> list[Person]:
        """Those who may do it today, by id."""
        people = self.all()
        return [people[i] for i in sorted(people) if people[i].may(action)]

    def add(self, person_id: str, name: str, roles: Iterable[Role], *, by: str) -> Person:
        """Somebody new; the id is what they sign with."""
        if not _ID.fullmatch(person_id):
            message = _("“{person}” cannot be signed with").format(person=person_id)
            hint = _("small letters without marks, digits, “.”, “-” and “_”, like lan.tran")
            raise NotAllowedError(message, hint=hint)
        if person_id in self.all():
            message = _("“{person}” is there already").format(person=person_id)
            hint = _("a name is never given to somebody else: what they signed stays theirs")
            raise NotAllowedError(message, hint=hint)
        return self._write(Person(id=person_id, name=name, roles=frozenset(roles)), by)

    def set_roles(self, person_id: str, roles: Iterable[Role], *, by: str) -> Person:
        """Let somebody do other things from now on."""
        return self._write(replace(self.get(person_id), roles=frozenset(roles)), by)

    def disable(self, person_id: str, *, by: str) -> Person:
        """Let somebody do nothing any more; what they decided before goes on counting."""
        return self._write(replace(self.get(person_id), is_disabled=True), by)

    def enable(self, person_id: str, *, by: str) -> Person:
        """Let somebody act again who was disabled."""
        return self._write(replace(self.get(person_id), is_disabled=False), by)

    def set_password(self, person_id: str, password: str, *, by: str) -> None:
        """Let somebody sign with ``password``; the one before proves nothing any more."""
        self.get(person_id)
        self._register.set_password(person_id, verifier_of(password), by=by)

    def has_password(self, person_id: str) -> bool:
        """Whether somebody can sign at all."""
        return bool(self._register.verifier_of(person_id))

    def is_right(self, person_id: str, password: str) -> bool:
        """Whether it is the password of somebody who may act."""
        person = self.all().get(person_id)
        verifier = self._register.verifier_of(person_id)
        is_right = is_proven(verifier, password) if verifier else False
        return is_right and person is not None and not person.is_disabled

    def history_of(self, person_id: str) -> list[Person]:
        """What the register has said of somebody, oldest first."""
        mine = self._register.about(person_id)
        return [p for e in mine if (p := people_of([e]).get(person_id))]

    def _write(self, person: Person, by: str) -> Person:
        details = {
            "name": person.name,
            "roles": sorted(person.roles),
            "disabled": person.is_disabled,
        }
        self._register.append(RegisterEvent.PERSON, person.id, by=by, details=details)
        return self.get(person.id)
