"""The key ``relays`` of station.yaml: the addresses that may be relayed, and no others.

It stands apart from the other settings because here lies what approves a relay: nothing in a
week's file can bring in an address.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from broadcaster.errors import Where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.yamlmark import Mark

__all__ = ["RELAY_KEYS", "RelaySettings", "read_relays", "relays_text"]

RELAY_KEYS = ("url", "title", "backup")
_NAME = re.compile(r"\w[\w.-]{0,31}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RelaySettings:
    """One station that may be relayed: ``title`` is what people call it, ``backup`` a second
    address of the same programme ("" for none)."""

    name: str
    url: str
    title: str
    backup: str = ""
    where: Where = field(default_factory=Where, compare=False, repr=False)

    @property
    def urls(self) -> tuple[str, ...]:
        """The first one first."""
        return (self.url, self.backup) if self.backup else (self.url,)


def read_relays(mark: Mark) -> tuple[RelaySettings, ...] | None:
    """The relays by name; those that cannot be read are left out."""
    if not mark.is_mapping():
        mark.bad_value("bad-relays", _("write a name and an address, like: vov1: http://…"))
        return None
    found = (_read(key, name, value) for key, name, value in mark.pairs())
    return tuple(relay for relay in found if relay) or None


def _read(key: Mark, name: str, mark: Mark) -> RelaySettings | None:
    if not _NAME.fullmatch(name):
        hint = _("use at most 32 letters, digits, “-”, “_” and “.”, without spaces")
        key.bad_value("bad-id", hint)
        return None
    is_text = not mark.is_mapping()
    values = {"url": mark} if is_text else mark.mapping(RELAY_KEYS, required=("url",))
    url = _address(values["url"]) if "url" in values else None
    if url is None:
        return None
    return RelaySettings(
        name=name,
        url=url,
        title=(values["title"].text() if "title" in values else None) or name,
        backup=(_address(values["backup"]) if "backup" in values else None) or "",
        where=mark.where,
    )


def _address(mark: Mark) -> str | None:
    """An http or https address without a password; the sentence does not repeat one."""
    text = mark.text()
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_web = False
    if not is_web or any(letter.isspace() for letter in text):
        message = _("this is no address that can be relayed")
        mark.complain("bad-relay-address", message, _("write http://… or https://…"))
        return None
    if parts.username is not None:
        message = _("a name or a password stands in the address of this relay")
        hint = _("take it out: a relay is heard by everybody, so ask for an open address")
        mark.complain("password-in-settings", message, hint)
        return None
    return text


def relays_text(relays: Iterable[RelaySettings]) -> str:
    """``relays`` as they are written in station.yaml, in one line; "" for none."""
    written = ", ".join(f"{relay.name}: {{{_text(relay)}}}" for relay in relays)
    return f"{{{written}}}" if written else ""


def _text(relay: RelaySettings) -> str:
    parts = {"url": relay.url, "title": relay.title, "backup": relay.backup}
    return ", ".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in parts.items() if value
    )
