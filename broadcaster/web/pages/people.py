"""Người dùng: who belongs to the station, and what each may do."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.model import Role
from broadcaster.web.acts import last_acts
from broadcaster.web.pages.door import role_names

if TYPE_CHECKING:
    from starlette.responses import Response

    from broadcaster.web.visit import Visit

__all__ = ["add", "change", "show"]

_ACTS = 100


def show(visit: Visit) -> Response:
    """Everybody, and what was done here lately."""
    return visit.page(
        "people.html",
        people=sorted(visit.site.door.people.all().values(), key=lambda person: person.id),
        roles=role_names(),
        acts=last_acts(visit.site.store, most=_ACTS),
    )


def add(visit: Visit) -> Response:
    """Somebody new, with a first password that he changes himself."""
    assert visit.person is not None
    people, form = visit.site.door.people, visit.form
    name = form.get("ten", "").strip().lower()
    try:
        visit.site.door.add_with_password(
            name,
            form.get("ho-ten", "").strip() or name,
            _roles(visit),
            form.get("mat-khau", ""),
            by=visit.person.id,
        )
    except BroadcasterError as error:
        return visit.go("/nguoi-dung", str(error), went_well=False)
    text = _("{name} can sign in now.").format(name=people.get(name).name)
    return visit.go("/nguoi-dung", text)


def change(visit: Visit) -> Response:
    """Other roles, another password, or out of the door until further notice."""
    assert visit.person is not None
    door, form, by = visit.site.door, visit.form, visit.person.id
    person_id = form.get("ten", "")
    try:
        before = door.people.get(person_id)
        if form.get("nghi") and person_id == by:
            text = _("Nobody can shut himself out: ask another administrator.")
            return visit.go("/nguoi-dung", text, went_well=False)
        if before.is_disabled and not form.get("nghi"):
            door.people.enable(person_id, by=by)
        if _roles(visit) != before.roles:
            keeps_own = person_id == by and Role.ADMINISTRATOR in before.roles
            kept = {Role.ADMINISTRATOR} if keeps_own else set()
            door.people.set_roles(person_id, _roles(visit) | kept, by=by)
        if form.get("mat-khau"):
            door.people.set_password(person_id, form["mat-khau"], by=by)
        if form.get("nghi") and not before.is_disabled:
            door.people.disable(person_id, by=by)
    except BroadcasterError as error:
        return visit.go("/nguoi-dung", str(error), went_well=False)
    return visit.go("/nguoi-dung", _("{name} is changed.").format(name=before.name))


def _roles(visit: Visit) -> set[Role]:
    known = {str(role): role for role in Role}
    return {known[v] for name, v in visit.fields if name == "vai" and v in known}
