"""Would a warning be heard when it is needed: findings about the templates of emergencies."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.model import Priority
from broadcaster.station.check.finding import Finding
from broadcaster.station.content.content import load_content
from broadcaster.station.preparing.ready_warning import lies_ready
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.station.folder import StationFolder

__all__ = ["warning_findings"]


def warning_findings(folder: StationFolder) -> Iterator[Finding]:
    """How many templates lie ready, and which do not; nothing where the station has none."""
    config, _problems = load_config(folder)
    bulletins = load_content(folder, config).bulletins.values() if config else ()
    templates = [b for b in bulletins if b.priority is Priority.EMERGENCY]
    ready = [b for b in templates if lies_ready(folder, b.id)]
    if ready:
        message = _("{n} warnings lie ready for an emergency").format(n=len(ready))
        yield Finding("emergency", ok=True, message=message)
    for bulletin in templates:
        if bulletin not in ready:
            message = _("the warning “{id}” is not prepared").format(id=bulletin.id)
            cure = _("the running station makes it within a minute; its service log says why not")
            yield Finding("emergency", None, message, cure)
