"""Which relay of the station a row means: “Tiếp sóng Đài TNVN” is ``vov``.

It stands apart because people name one station in many ways, and a relay needs its one name in
station.yaml.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity
from broadcaster.schedule.exchange.contents import Kind
from broadcaster.schedule.exchange.naming import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcaster.schedule.exchange.imported import ImportedProgramme, ImportedWeek

__all__ = ["relay_name", "settle_relays"]

_VOV = re.compile(
    r"(?:^|-)(?:vov|dai-tnvn|tnvn|tieng-noi-viet-nam|dai-trung-uong|tw)-?(\d)?(?:-|$)"
)
_NOISE = re.compile(
    r"(?:^|-)(?:tiep-(?:song|am|phat)|phat-lai|chuong-trinh|thoi-su|ban-tin|tin-tuc|cua|song)(?=-|$)"
)
_LONGEST = 24


def relay_name(title: str) -> str:
    """A name for the relay that ``title`` asks for: ``vov``, ``vov1``, ``dai-tinh``."""
    whole = slug(title, longest=80)
    if match := _VOV.search(whole):
        return f"vov{match[1] or ''}"
    bare = _NOISE.sub("", whole).strip("-")
    return slug(bare or whole, longest=_LONGEST)


def _known(title: str, relays: Mapping[str, str]) -> str:
    """The relay of the station (title by name) that ``title`` means; "" for none."""
    wanted = relay_name(title)
    for name, called in relays.items():
        if wanted in {slug(name), relay_name(called)} or wanted.rstrip("123") == slug(name):
            return name
    return ""


def settle_relays(week: ImportedWeek, relays: Mapping[str, str]) -> None:
    """Give programmes that are one relay their name; tell those whose address is not known."""
    for programme in week.programmes:
        wanted = [part for part in programme.parts if part.kind is Kind.RELAY]
        if not wanted:
            continue
        name = _known(wanted[0].title, relays) if len(programme.parts) == 1 else ""
        if name:
            week.relays[programme.id] = name
        else:
            _tell(week, programme, relay_name(wanted[0].title))


def _tell(week: ImportedWeek, programme: ImportedProgramme, name: str) -> None:
    slot = next((slot for slot in week.slots if slot.programme == programme.id), None)
    if slot is None:
        return
    message = _("“{title}” is a relay: its address is not known").format(title=programme.title)
    hint = _("write the address as “{name}” under “relays” in station.yaml, then import again")
    week.problems.append(
        Problem(slot.where, "import-relay", message, hint.format(name=name), Severity.WARNING)
    )
