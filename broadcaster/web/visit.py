"""One request, as the pages see it: who asks, what was sent, and how to answer.

It stands apart so that a page is a function from a visit to a response, and knows neither cookies
nor headers.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, RedirectResponse

from broadcaster.approval import Action
from broadcaster.station.orders.give import give_order
from broadcaster.web.access import may
from broadcaster.web.flash import Note, leave_note
from broadcaster.web.templates import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import UploadFile
    from starlette.requests import Request
    from starlette.responses import Response

    from broadcaster.approval import Person
    from broadcaster.web.forms import FormTokens
    from broadcaster.web.site import Site

__all__ = ["Visit"]

_BROWSER_LETTERS = 120


@dataclass(slots=True, kw_only=True)
class Visit:
    """``cookie`` is the visitor's secret, to which his forms are bound; ``form`` has the fields
    that were sent (the last of each name) and ``fields`` all of them, ``files`` what was
    uploaded."""

    request: Request
    site: Site
    tokens: FormTokens
    cookie: str
    path: str
    person: Person | None = None
    program: str = ""
    """The name of the program that asks, where it is none of the people."""
    body: bytes = b""
    """What a program sent."""
    notes: Sequence[Note] = ()
    form: Mapping[str, str] = field(default_factory=dict)
    fields: Sequence[tuple[str, str]] = ()
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    @property
    def parts(self) -> Mapping[str, str]:
        """What stands in the address where the route has ``{name}``."""
        return self.request.path_params

    @property
    def address(self) -> str:
        """Where the visitor comes from."""
        return self.request.client.host if self.request.client else ""

    def may(self, action: str) -> bool:
        """Whether the visitor has the right to ``action``, by its name."""
        return may(self.person, Action(action))

    def is_welcome(self) -> bool:
        """Whether he still is; a stream asks again and again."""
        return self.site.door.who(self.cookie) is not None

    def let_in(self, person_id: str) -> None:
        """He has proven who he is; what the browser held before opens nothing."""
        browser = self.request.headers.get("user-agent", "")[:_BROWSER_LETTERS]
        self.cookie = self.site.door.let_in(person_id, address=self.address, browser=browser)
        self.person = self.site.door.people.get(person_id)

    def forget(self) -> None:
        """He has gone."""
        self.cookie = secrets.token_urlsafe()

    def order(self, kind: str, argument: str = "") -> str:
        """Have the daemon do it, in the visitor's name; its answer.  Raises ContentError."""
        by = self.person.name if self.person else ""
        return give_order(self.site.folder, kind, argument, by=by, clock=self.site.clock)

    def asked(self, name: str, default: str = "") -> str:
        """A word of the address's question."""
        return str(self.request.query_params.get(name, default))

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A whole page, or a part of one, from ``template``."""
        return HTMLResponse(render(self, template, values), status_code=status)

    def go(self, path: str, note: str = "", *, went_well: bool = True) -> Response:
        """On to ``path``, where ``note`` is read; a reload there does nothing again."""
        response = RedirectResponse(path, status_code=303)
        if note:
            leave_note(response, self.tokens, Note(note, went_well=went_well))
        return response
