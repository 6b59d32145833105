"""Every address of the page in one table: method, path, who may, and what answers.

It stands apart so that a person, and the test of roles, can see at a glance what can be done from
a browser, and by whom.  A route that is not here does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.web.access import Access
from broadcaster.web.pages import door, listen, people, today

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from broadcaster.web.visit import Visit

__all__ = ["NAVIGATION", "ROUTES", "Route"]

_FORM_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Route:
    """``most_bytes`` is the longest body that is taken; a ``harmless`` POST changes nothing, so
    that its form may be sent more than once."""

    method: str
    path: str
    access: Access
    handler: Callable[[Visit], Response]
    most_bytes: int = _FORM_BYTES
    harmless: bool = False


ROUTES: tuple[Route, ...] = (Route("GET", "/", Access.READER, today.show),)

NAVIGATION = ("/",)
"""The pages that stand in the navigation, in its order."""
