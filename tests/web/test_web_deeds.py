"""The list of what was done says it in words."""

from __future__ import annotations

from broadcaster.web.deeds import deed, deeds
from broadcaster.web.routes import ROUTES


def test_every_form_has_its_words() -> None:
    """Whatever can be sent is in the list as a person says it, and nothing else is."""
    forms = {f"{route.method} {route.path}" for route in ROUTES if route.method == "POST"}
    assert deeds().keys() == forms


def test_what_nobody_knows_any_more_stands_as_it_was_written() -> None:
    """A row of an older program is shown, not dropped."""
    assert deed("POST /cu") == "POST /cu"
