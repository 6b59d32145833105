"""The ways on which alarms leave: a command, a webhook, e-mail.

Each sends some messages at once, within a time limit, and raises WayError with a sentence; a
password is read when it is needed, and never repeated.
"""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from email.header import Header
from email.mime.text import MIMEText
from email.utils import formatdate, make_msgid
from gettext import gettext as _
from http.client import HTTPException
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from broadcaster.errors import BroadcasterError
from broadcaster.station.alarms.message import Message, subject, whole_text
from broadcaster.station.program import failure_of
from broadcaster.station.settings.alarm import url_trouble

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from broadcaster.station.settings.alarm import (
        AlarmSettings,
        EmailSettings,
        WebhookSettings,
    )

__all__ = ["EMAIL_PASSWORD", "WEBHOOK_PASSWORD", "Way", "WayError", "ways_of"]

WEBHOOK_PASSWORD = "BROADCASTER_ALARM_WEBHOOK_PASSWORD"  # noqa: S105 - the name of the variable
EMAIL_PASSWORD = "BROADCASTER_ALARM_EMAIL_PASSWORD"  # noqa: S105
_PATIENCE_S = 15.0
_SUBJECT = 200


class WayError(BroadcasterError):
    """An alarm could not leave on this way; it is tried again."""

    exit_code = 5


class Way(Protocol):
    """Sends messages at once; raises WayError."""

    @property
    def name(self) -> str: ...

    def send(self, station: str, messages: list[Message]) -> None: ...


def ways_of(alarm: AlarmSettings, root: Path) -> list[Way]:
    """Those of the settings of the station in ``root``."""
    found: list[Way] = []
    if alarm.command:
        found.append(ByCommand(alarm.command))
    if alarm.webhook:
        found.append(ByWebhook(alarm.webhook, root))
    if alarm.email:
        found.append(ByEmail(alarm.email, root))
    return found


@dataclass(frozen=True, slots=True)
class ByCommand:
    """A program without a shell: the text on its standard input, the JSON in its environment."""

    command: Sequence[str]
    patience_s: float = _PATIENCE_S

    @property
    def name(self) -> str:
        return "command"

    def send(self, station: str, messages: list[Message]) -> None:
        environment = {
            "BROADCASTER_ALARM_STATION": station,
            "BROADCASTER_ALARM_SUBJECT": subject(station, messages),
            "BROADCASTER_ALARM_JSON": _json(station, messages),
        }
        failure = failure_of(
            self.command,
            patience_s=self.patience_s,
            given=whole_text(station, messages),
            environment=environment,
        )
        if failure:
            raise WayError(f"{self.command[0]}: {failure}")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A ``POST`` that is sent elsewhere would arrive as a ``GET``, or at somebody else."""

    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class ByWebhook:
    """``POST`` of JSON: station, text, and the alarms one by one."""

    settings: WebhookSettings
    root: Path
    patience_s: float = _PATIENCE_S

    @property
    def name(self) -> str:
        return "webhook"

    def send(self, station: str, messages: list[Message]) -> None:
        url = self.settings.url or _secret(self.root, self.settings.url_file, "")
        if trouble := url_trouble(url):
            raise WayError(trouble)
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "broadcaster"}
        if password := _secret(self.root, self.settings.password_file, WEBHOOK_PASSWORD):
            headers["Authorization"] = f"Bearer {password}"
        data = _json(station, messages).encode()
        request = urllib.request.Request(url, data, headers, method="POST")  # noqa: S310 - http(s)
        opener = urllib.request.build_opener(_NoRedirect)
        host = urlsplit(url).hostname
        try:
            with opener.open(request, timeout=self.patience_s):
                pass
        except urllib.error.HTTPError as error:
            error.close()
            text = _("{server} answered {status}").format(server=host, status=error.code)
            raise WayError(text) from None
        except (OSError, HTTPException, ValueError) as error:
            raise _unreachable(host, error) from None


@dataclass(frozen=True, slots=True)
class ByEmail:
    """A plain letter through the station's mail server."""

    settings: EmailSettings
    root: Path
    patience_s: float = _PATIENCE_S

    @property
    def name(self) -> str:
        return "email"

    def send(self, station: str, messages: list[Message]) -> None:
        letter = self._letter(station, messages)
        settings = self.settings
        password = ""
        if settings.user:
            password = _secret(self.root, settings.password_file, EMAIL_PASSWORD)
        try:
            with self._connected() as server:
                if settings.user:
                    server.login(settings.user, password)
                server.send_message(letter)
        except smtplib.SMTPAuthenticationError:
            text = _("{server} does not accept this user and password")
            raise WayError(text.format(server=settings.host)) from None
        except smtplib.SMTPResponseException as error:
            text = _("{server} answered {status}")
            raise WayError(text.format(server=settings.host, status=error.smtp_code)) from None
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise _unreachable(settings.host, error) from None

    def _connected(self) -> smtplib.SMTP:
        host, port, patience_s = self.settings.host, self.settings.port, self.patience_s
        safely = ssl.create_default_context()
        if self.settings.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=patience_s, context=safely)
        server = smtplib.SMTP(host, port, timeout=patience_s)
        try:
            if self.settings.security == "starttls":
                server.starttls(context=safely)
        except BaseException:
            server.close()
            raise
        return server

    def _letter(self, station: str, messages: list[Message]) -> MIMEText:
        sender = self.settings.sender or self.settings.user
        if "@" not in sender:
            sender = self.settings.to[0]
        letter = MIMEText(whole_text(station, messages), "plain", "utf-8")
        # Not EmailMessage: it loses spaces where it breaks a long line of Vietnamese.
        line = " ".join(subject(station, messages).split())[:_SUBJECT]
        letter["Subject"] = Header(line, "utf-8", header_name="Subject").encode()
        letter["From"] = sender
        letter["To"] = ", ".join(self.settings.to)
        letter["Date"] = formatdate(localtime=True)
        letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer from a holiday robot
        return letter


def _json(station: str, messages: list[Message]) -> str:
    value = {
        "station": station,
        "text": whole_text(station, messages),
        "alarms": [asdict(message) for message in messages],
    }
    return json.dumps(value, ensure_ascii=False)


def _secret(root: Path, name: str, variable: str) -> str:
    """From the file ``name``, or the environment where there is none; raises WayError."""
    if not name:
        return os.environ.get(variable, "") if variable else ""
    try:
        secret = (root / name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        detail = _(getattr(error, "strerror", None) or str(error))
        message = _("the password file {path} cannot be read: {detail}")
        raise WayError(message.format(path=name, detail=detail)) from None
    if not secret or any(ord(letter) < 32 for letter in secret):
        message = _("the file {path} must hold one line and nothing else")
        raise WayError(message.format(path=name))
    return secret


def _unreachable(host: str | None, error: Exception) -> WayError:
    reason = getattr(error, "reason", error)
    detail = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    text = _("{server} cannot be reached: {detail}")
    return WayError(text.format(server=host, detail=_(detail)))
