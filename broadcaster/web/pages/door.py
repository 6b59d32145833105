"""The door: the first start, coming in, going out, and one's own password."""

from __future__ import annotations

import hmac
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.model import Role

if TYPE_CHECKING:
    from datetime import timedelta

    from starlette.responses import Response

    from broadcaster.web.visit import Visit

__all__ = ["account", "ask", "ask_setup", "change_password", "come_in", "go_out", "set_up"]

_SETUP_KEY = "setup"


def ask(visit: Visit) -> Response:
    """The form for name and password; before the first start, the setup."""
    if not visit.site.door.has_owner():
        return visit.go("/lan-dau")
    return _form(visit)


def come_in(visit: Visit) -> Response:
    """Name and password: a new secret for the browser, whatever it held before."""
    name = visit.form.get("ten", "").strip().lower()
    keys = (f"name {name}", f"address {visit.address}")
    throttle, door = visit.site.throttle, visit.site.door
    if wait := throttle.wait(*keys):
        return _form(visit, _too_often(wait), status=429)
    if not door.people.is_right(name, visit.form.get("mat-khau", "")):
        throttle.failed(*keys)
        return _form(visit, _("The name or the password is wrong."), status=403)
    throttle.succeeded(*keys)
    visit.let_in(name)
    return visit.go(_within(visit.form.get("ve", "/")))


def _form(visit: Visit, complaint: str = "", *, status: int = 200) -> Response:
    back = visit.form.get("ve") or visit.asked("ve", "/")
    name = visit.form.get("ten", "")
    return visit.page(
        "door.html", status=status, complaint=complaint, back=_within(back), name=name
    )


def _within(path: str) -> str:
    """``path`` where it stays on this page; else its beginning."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path
    return path if is_ours else "/"


def _too_often(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    text = _("Too many wrong tries. Wait {seconds} seconds, then try again.")
    return text.format(seconds=seconds)


def go_out(visit: Visit) -> Response:
    """End this session, or all of this person's."""
    assert visit.person is not None
    if visit.form.get("khap-noi"):
        count = visit.site.door.let_out_everywhere(visit.person.id)
        note = _("Signed out everywhere: {count} phones and computers.").format(count=count)
    else:
        visit.site.door.let_out(visit.cookie)
        note = _("Signed out.")
    visit.forget()
    return visit.go("/vao", note)


# -- the first start --------------------------------------------------------------------------


def ask_setup(visit: Visit) -> Response:
    """The form of the first start; afterwards there is none."""
    if visit.site.door.has_owner():
        return visit.go("/vao")
    return visit.page("setup.html", complaint="", values={})


def set_up(visit: Visit) -> Response:
    """The first person, who proves with the code that he sees the console."""
    door, throttle, form = visit.site.door, visit.site.throttle, visit.form
    if door.has_owner():
        return visit.go("/vao", _("The station has an administrator already."), went_well=False)
    if wait := throttle.wait(_SETUP_KEY):
        return _setup_again(visit, _too_often(wait), status=429)
    code = form.get("ma", "").strip().replace("-", "")
    if not hmac.compare_digest(code.encode(), visit.site.setup_code.encode()):
        throttle.failed(_SETUP_KEY)
        return _setup_again(visit, _("This is not the code that the console shows."), status=403)
    name = form.get("ten", "").strip().lower()
    try:
        door.open_with(name, form.get("ho-ten", "").strip() or name, form.get("mat-khau", ""))
    except BroadcasterError as error:
        return _setup_again(visit, str(error), status=400)
    visit.let_in(name)
    return visit.go("/", _("The station is yours. Add the others under your name."))


def _setup_again(visit: Visit, complaint: str, *, status: int) -> Response:
    return visit.page("setup.html", status=status, complaint=complaint, values=visit.form)


# -- one's own account ------------------------------------------------------------------------


def account(visit: Visit) -> Response:
    """Who I am here, where I am signed in, and my password."""
    return _account(visit)


def _account(visit: Visit, complaint: str = "", *, status: int = 200) -> Response:
    assert visit.person is not None
    sessions = visit.site.door.sessions_of(visit.person.id)
    names = role_names()
    roles = ", ".join(names[role] for role in Role if role in visit.person.roles)
    return visit.page(
        "account.html", status=status, complaint=complaint, sessions=sessions, roles=roles
    )


def change_password(visit: Visit) -> Response:
    """A new one for me; every other browser of mine is out."""
    assert visit.person is not None
    door, person = visit.site.door, visit.person
    if wait := visit.site.throttle.wait(f"name {person.id}"):
        return _account(visit, _too_often(wait), status=429)
    if not door.people.is_right(person.id, visit.form.get("mat-khau-cu", "")):
        visit.site.throttle.failed(f"name {person.id}")
        return _account(visit, _("The present password is wrong."), status=403)
    try:
        door.people.set_password(person.id, visit.form.get("mat-khau-moi", ""), by=person.id)
    except BroadcasterError as error:
        return _account(visit, str(error), status=400)
    door.let_out_everywhere(person.id)
    visit.let_in(person.id)
    return visit.go("/toi", _("The password is changed; everywhere else you are signed out."))


def role_names() -> dict[Role, str]:
    """What each role is called."""
    return {
        Role.EDITOR: _("editor"),
        Role.APPROVER: _("approver"),
        Role.OPERATOR: _("operator"),
        Role.ADMINISTRATOR: _("administrator"),
    }
