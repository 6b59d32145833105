"""One request, as the pages see it: who asks, what was sent, and how to answer.

It stands apart so that a page is a function from a visit to a response, and knows neither cookies
nor headers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, RedirectResponse

from broadcaster.web.flash import Note, leave_note
from broadcaster.web.templates import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.datastructures import UploadFile
    from starlette.requests import Request
    from starlette.responses import Response

    from broadcaster.web.forms import FormTokens
    from broadcaster.web.site import Site

__all__ = ["Visit"]


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
    notes: Sequence[Note] = ()
    form: Mapping[str, str] = field(default_factory=dict)
    fields: Sequence[tuple[str, str]] = ()
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    @property
    def parts(self) -> Mapping[str, str]:
        """What stands in the address where the route has ``{name}``."""
        return self.request.path_params

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
