"""``alarm`` of station.yaml: to whom, and on which ways, alarms are told.

It stands apart from the settings around it because it is a small language of its own, and because
no secret may stand in it: passwords come from files or the environment.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from broadcaster.errors import Severity

if TYPE_CHECKING:
    from broadcaster.yamlmark import Mark

__all__ = ["AlarmSettings", "EmailSettings", "WebhookSettings", "alarm_text", "read_alarm"]

ALARM_KEYS = ("command", "webhook", "email")
WEBHOOK_KEYS = ("url", "url_file", "password_file")
EMAIL_KEYS = ("to", "from", "server", "security", "user", "password_file")
_SECURITY = {"tls": "tls", "starttls": "starttls", "none": "none", "không": "none"}
_USUAL_SECURITY = {465: "tls", 25: "none", 1025: "none"}
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
_SERVER = re.compile(r"([\w.-]+|\[[0-9a-fA-F:]+\])(?::(\d{1,5}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """A ``POST`` to ``url``, or to what stands in ``url_file`` (a path from the station folder)."""

    url: str = ""
    url_file: str = ""
    password_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """Mail to ``to`` through ``host``; ``security`` is ``tls``, ``starttls`` or ``none``."""

    to: tuple[str, ...]
    host: str
    port: int = 587
    sender: str = ""
    security: str = "starttls"
    user: str = ""
    password_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSettings:
    """The ways on which alarms leave; without any they stand in the log and the status only."""

    command: tuple[str, ...] = ()
    webhook: WebhookSettings | None = None
    email: EmailSettings | None = None


def read_alarm(mark: Mark) -> AlarmSettings | None:
    """``{command, webhook, email}``; a way that cannot be read is left out."""
    if not mark.is_mapping():
        mark.bad_value("bad-alarm", _("write like: alarm: {command: [/usr/local/bin/bao-dong]}"))
        return None
    values = mark.mapping(ALARM_KEYS)
    return AlarmSettings(
        command=_command(values["command"]) if "command" in values else (),
        webhook=_webhook(values["webhook"]) if "webhook" in values else None,
        email=_email(values["email"]) if "email" in values else None,
    )


def _command(mark: Mark) -> tuple[str, ...]:
    try:
        words = mark.texts() if mark.is_sequence() else tuple(shlex.split(mark.text() or ""))
    except ValueError:
        words = ()
    if not words:
        mark.bad_value("bad-alarm", _("write a program and its arguments"))
    return words


def _webhook(mark: Mark) -> WebhookSettings | None:
    values = mark.mapping(WEBHOOK_KEYS) if mark.is_mapping() else {"url": mark}
    texts = {key: value.text() or "" for key, value in values.items()}
    if bool(texts.get("url")) == bool(texts.get("url_file")):
        mark.complain("bad-alarm", _("a webhook has either “url” or “url_file”"))
        return None
    if "url" in texts and (trouble := url_trouble(texts["url"])):
        values["url"].complain("bad-alarm", trouble)
        return None
    return WebhookSettings(**texts)


def url_trouble(url: str) -> str:
    """Why no alarm can be sent to ``url``, without repeating it; "" where one can."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return _("this is no address: it must begin with https:// and name a server")
    if parts.username is not None or parts.password is not None:
        return _("a password stands in this address → write it into password_file")
    if not fine or not url.isascii() or any(letter.isspace() for letter in url):
        return _("this is no address: it must begin with https:// and name a server")
    return ""


def _email(mark: Mark) -> EmailSettings | None:
    values = mark.mapping(EMAIL_KEYS, required=("to", "server"))
    if not {"to", "server"} <= values.keys():
        return None
    addresses = [address for item in values["to"].items() if (address := _address(item))]
    server = _server(values["server"])
    if not addresses or server is None:
        return None
    host, port = server
    security = values["security"].choice(_SECURITY) if "security" in values else None
    email = EmailSettings(
        to=tuple(addresses),
        host=host,
        port=port,
        sender=(_address(values["from"]) or "") if "from" in values else "",
        security=security or _USUAL_SECURITY.get(port, "starttls"),
        user=(values["user"].text() or "") if "user" in values else "",
        password_file=(values["password_file"].text() or "") if "password_file" in values else "",
    )
    if email.user and email.security == "none" and host not in _LOCAL:
        message = _("the password would be sent to the mail server without encryption")
        hint = _("write security: starttls, or tls")
        mark.complain("password-unencrypted", message, hint, severity=Severity.WARNING)
    return email


def _address(mark: Mark) -> str | None:
    text = mark.text() or ""
    if _ADDRESS.fullmatch(text) and text.isascii():
        return text
    mark.bad_value("bad-alarm", _("write an e-mail address, like truc@example.vn"))
    return None


def _server(mark: Mark) -> tuple[str, int] | None:
    found = _SERVER.fullmatch(mark.text() or "")
    port = int(found[2] or 587) if found else 0
    if found is None or not 0 < port < 65_536:
        mark.bad_value("bad-alarm", _("write a mail server and its port, like smtp.example.vn:587"))
        return None
    return found[1].strip("[]"), port


def alarm_text(alarm: AlarmSettings) -> str:
    """``alarm`` as it is written in station.yaml, in one line; "" for none."""
    parts = []
    if alarm.command:
        parts.append(f"command: {json.dumps(alarm.command, ensure_ascii=False)}")
    if alarm.webhook:
        parts.append(f"webhook: {{{_pairs(_fields(alarm.webhook, WEBHOOK_KEYS))}}}")
    if email := alarm.email:
        host = f"[{email.host}]" if ":" in email.host else email.host
        address = {"to": list(email.to), "from": email.sender, "server": f"{host}:{email.port}"}
        fields: dict[str, object] = {**address, **_fields(email, EMAIL_KEYS[3:])}
        parts.append(f"email: {{{_pairs(fields)}}}")
    return f"{{{', '.join(parts)}}}" if parts else ""


def _fields(settings: object, keys: tuple[str, ...]) -> dict[str, object]:
    return {key: getattr(settings, key) for key in keys}


def _pairs(fields: dict[str, object]) -> str:
    return ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items() if v)
