"""Jinja2 as this page uses it: everything escaped, every sentence from the one catalogue.

It stands apart because the environment is made once, and knows what all templates may ask for.
"""

from __future__ import annotations

import hashlib
from functools import cache
from gettext import gettext, ngettext
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jinja2

from broadcaster.messages import language
from broadcaster.web.deeds import deed
from broadcaster.web.icons import icon
from broadcaster.web.words import FILTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcaster.web.visit import Visit

__all__ = ["STATIC_PATH", "render", "static_address"]

STATIC_PATH = "/tinh"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("broadcaster.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"_": gettext, "ngettext": ngettext}
    environment.globals |= {"static": static_address, "icon": icon}
    environment.filters |= FILTERS | {"deed": deed}
    return environment


def render(visit: Visit, template: str, values: Mapping[str, Any]) -> str:
    """The text of ``template``; it may ask for the ``visit``, its ``notes``, ``now`` and a
    ``form_token()`` for each form."""
    from broadcaster.web.routes import NAVIGATION  # noqa: PLC0415 - the pages' routes know me

    return str(
        _environment()
        .get_template(template)
        .render(
            visit=visit,
            notes=visit.notes,
            now=visit.site.now(),
            language=language(),
            navigation=NAVIGATION,
            form_token=lambda: visit.tokens.new(visit.cookie),
            **values,
        )
    )


@cache
def static_address(name: str) -> str:
    """The address of a file of ``static/``, which changes whenever the file does."""
    content = (files("broadcaster.web") / "static" / name).read_bytes()
    return f"{STATIC_PATH}/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"
