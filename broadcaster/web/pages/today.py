"""Hôm nay: what is on air, what comes, and what became of today's starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.web.rows import rows_of

if TYPE_CHECKING:
    from starlette.responses import Response

    from broadcaster.web.visit import Visit

__all__ = ["show"]


def show(visit: Visit) -> Response:
    """The page."""
    return visit.page("today.html", rows=rows_of(visit.site, visit.site.today()))
