"""The application, built from the table of routes and from nothing else.

It stands apart because every request takes the same way here: who asks, may he, is his form
fresh, then the page; whatever the page raises becomes a sentence.
"""

from __future__ import annotations

import logging
import secrets
from contextlib import asynccontextmanager
from functools import partial
from gettext import gettext as _
from http import HTTPStatus
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Mount
from starlette.routing import Route as Path
from starlette.staticfiles import StaticFiles

from broadcaster.errors import BroadcasterError, ContentError
from broadcaster.web.access import Access, may
from broadcaster.web.acts import note_act
from broadcaster.web.flash import drop_note, notes_of
from broadcaster.web.forms import FormState, FormTokens
from broadcaster.web.guard import LOOPBACK, Guard, TooLongError, limited
from broadcaster.web.pages import api
from broadcaster.web.routes import ROUTES, Route
from broadcaster.web.templates import STATIC_PATH
from broadcaster.web.tokens import whose_token
from broadcaster.web.visit import Visit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    from starlette.responses import Response

    from broadcaster.web.site import Site

__all__ = ["COOKIE", "make_app"]

_log = logging.getLogger(__name__)
COOKIE = "phien"
_MOST_FIELDS = 2_000
_MOST_FILES = 20


def make_app(site: Site, *, hosts: Collection[str] = LOOPBACK, secure: bool = False) -> Starlette:
    """The page of ``site``, answering to ``hosts``; ``secure`` where browsers come by HTTPS."""
    tokens = FormTokens()
    paths = [
        Path(
            route.path,
            partial(_answer, route=route, site=site, tokens=tokens, secure=secure),
            methods=[route.method],
        )
        for route in ROUTES
    ]
    static = StaticFiles(directory=str(files("broadcaster.web") / "static"))
    return Starlette(
        routes=[*paths, Mount(STATIC_PATH, static)],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={HTTPException: partial(_no_page, site=site, tokens=tokens)},
        lifespan=partial(_lifespan, site),
    )


@asynccontextmanager
async def _lifespan(site: Site, _app: Starlette) -> AsyncIterator[None]:
    yield
    site.close()


async def _no_page(
    request: Request, error: Exception, *, site: Site, tokens: FormTokens
) -> Response:
    """What is not in the table, or was sent so that nobody can read it."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    visit = Visit(request=request, site=site, tokens=tokens, cookie="", path=request.url.path)
    texts = {
        HTTPStatus.NOT_FOUND: _("There is no such page."),
        HTTPStatus.METHOD_NOT_ALLOWED: _("Nothing can be sent to this address."),
    }
    default = _("What the browser sent cannot be read.")
    return _sentence(visit, texts.get(HTTPStatus(status), default), status=status)


async def _answer(
    request: Request, *, route: Route, site: Site, tokens: FormTokens, secure: bool
) -> Response:
    """One request from the door to the answer."""
    request = Request(request.scope, limited(request.receive, route.most_bytes, request.headers))
    cookie = request.cookies.get(COOKIE, "")
    visit = Visit(
        request=request,
        site=site,
        tokens=tokens,
        cookie=cookie or secrets.token_urlsafe(),
        path=route.path,
        notes=notes_of(request, tokens),
    )
    try:
        response = await _obeyed(visit, route)
    except TooLongError:
        message = _("what was sent is too long: at most {size:.0f} MB")
        response = _sentence(
            visit,
            message.format(size=route.most_bytes / 1e6),
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    except OSError as error:
        message = _("What was sent could not be kept here: {reason}. What is on air goes on.")
        text = message.format(reason=_(str(error.strerror or error)))
        response = _sentence(visit, text, status=HTTPStatus.INSUFFICIENT_STORAGE)
    if visit.cookie != cookie and route.access is not Access.TOKEN:
        response.set_cookie(COOKIE, visit.cookie, httponly=True, samesite="strict", secure=secure)
    if visit.notes and response.status_code == HTTPStatus.OK:
        drop_note(response)
    return response


async def _obeyed(visit: Visit, route: Route) -> Response:
    """In this order: who asks, may he, is his form fresh; and an act is written down."""
    if route.access is Access.TOKEN:
        visit.body = await visit.request.body()
        return await run_in_threadpool(_program, visit, route)
    turned_away = await run_in_threadpool(_admitted, visit, route)
    if turned_away is not None:
        return turned_away
    if route.method == "GET":
        return await run_in_threadpool(_page, visit, route)
    await _read_form(visit)
    response = _form_refused(visit, route)
    if response is None:
        response = await run_in_threadpool(_page, visit, route)
    for upload in visit.files.values():
        await upload.close()
    if not route.harmless:
        await run_in_threadpool(_note, visit, route, response)
    return response


def _program(visit: Visit, route: Route) -> Response:
    """A program shows its token; it has no cookie that another site could abuse, and no form."""
    scheme, _space, token = visit.request.headers.get("authorization", "").partition(" ")
    address = f"token {visit.address}"
    if visit.site.throttle.wait(address):
        return api.refusal(HTTPStatus.TOO_MANY_REQUESTS, "too-many-tries")
    visit.program = whose_token(visit.site.folder, token.strip())
    if scheme.lower() != "bearer" or not visit.program:
        visit.site.throttle.failed(address)
        return api.refusal(HTTPStatus.UNAUTHORIZED, "no-such-token")
    visit.site.throttle.succeeded(address)
    try:
        response = route.handler(visit)
    except BroadcasterError as error:
        _log.warning("%s %s: %s", route.method, route.path, error)
        response = api.refusal(HTTPStatus.SERVICE_UNAVAILABLE, "not-now")
    if route.method == "POST":
        _note(visit, route, response)
    return response


def _admitted(visit: Visit, route: Route) -> Response | None:
    """None for whoever may go on; else the way to the door, or a sentence."""
    try:
        visit.person = visit.site.door.who(visit.cookie)
    except BroadcasterError as error:
        return _sentence(visit, str(error), status=HTTPStatus.SERVICE_UNAVAILABLE)
    if may(visit.person, route.access):
        return None
    if visit.person is None and route.method == "GET":
        asked = visit.request.url
        back = asked.path + (f"?{asked.query}" if asked.query else "")
        return visit.go(f"/vao?ve={quote(back)}")
    status = HTTPStatus.FORBIDDEN if visit.person else HTTPStatus.UNAUTHORIZED
    text = _("Sign in first.") if visit.person is None else _("Your roles do not permit this.")
    response = _sentence(visit, text, status=status)
    _note(visit, route, response)
    return response


def _note(visit: Visit, route: Route, response: Response) -> None:
    note_act(
        visit.site.store,
        f"{route.method} {route.path}",
        person=visit.person.id if visit.person else visit.program,
        form=visit.form,
        answer=response.status_code,
        address=visit.address,
    )


def _page(visit: Visit, route: Route) -> Response:
    """What the page answers; an error that a person can mend is a sentence with its cure."""
    try:
        return route.handler(visit)
    except ContentError as error:
        return _sentence(visit, str(error), status=HTTPStatus.NOT_FOUND)
    except BroadcasterError as error:
        return _sentence(visit, str(error), status=HTTPStatus.SERVICE_UNAVAILABLE)
    except Exception:  # noqa: BLE001 - the visitor is told, and the log has it all
        _log.exception("%s %s", route.method, route.path)
        text = _("This is a fault of the program, not yours. What is on air goes on.")
        return _sentence(visit, text, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _sentence(visit: Visit, text: str, *, status: int) -> Response:
    return visit.page("sentence.html", status=status, text=text)


async def _read_form(visit: Visit) -> None:
    form = await visit.request.form(max_fields=_MOST_FIELDS, max_files=_MOST_FILES)
    parts = form.multi_items()
    visit.fields = [(name, value) for name, value in parts if isinstance(value, str)]
    visit.form = dict(visit.fields)
    visit.files = {name: value for name, value in parts if isinstance(value, UploadFile)}


def _form_refused(visit: Visit, route: Route) -> Response | None:
    """None for a form of this page and this visitor that was not sent before."""
    look = visit.tokens.look if route.harmless else visit.tokens.take
    match look(visit.cookie, visit.form.get("form", "")):
        case FormState.USED:
            text = _("This form was sent already, and what it asked for was done once.")
            return _sentence(visit, text, status=HTTPStatus.CONFLICT)
        case FormState.FOREIGN:
            text = _("This form is not of this page, or the page is too old: open it again.")
            return _sentence(visit, text, status=HTTPStatus.BAD_REQUEST)
    return None
