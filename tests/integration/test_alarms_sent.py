"""Alarms through a real mail server, a real web server and a real program."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from broadcaster.station.alarms.message import Message
from broadcaster.station.alarms.outbox import Outbox
from broadcaster.station.alarms.ways import ByCommand, ByEmail, ByWebhook, WayError, ways_of
from broadcaster.station.settings.alarm import AlarmSettings, EmailSettings, WebhookSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration

STATION = "Đài xã Mẫu"
MUTED = Message(
    state="begun",
    code="card-muted",
    text="card của loa đang bị tắt tiếng",
    at="2026-11-23T05:30:10+07:00",
    since="2026-11-23T05:30:10+07:00",
)


class Inbox:
    """What a mail server has received."""

    def __init__(self) -> None:
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - its protocol
        self.letters.append((envelope, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server that knows one user."""

    def check(_server, _session, _envelope, _mechanism, login: LoginPassword) -> AuthResult:
        is_right = (login.login, login.password) == (b"dai", b"mk123")
        return AuthResult(success=is_right, handled=False)

    inbox = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        inbox.port = free.getsockname()[1]
    server = Controller(
        inbox,
        hostname="127.0.0.1",
        port=inbox.port,
        authenticator=check,
        auth_require_tls=False,
    )
    server.start()
    yield inbox
    server.stop()


def mail(inbox: Inbox, **values) -> EmailSettings:
    values = {"to": ("truc@xa.vn", "xa@xa.vn"), "security": "none", "port": inbox.port, **values}
    return EmailSettings(host="127.0.0.1", **values)


def test_a_letter_arrives(inbox: Inbox, tmp_path: Path) -> None:
    """All that waited in one letter, in Vietnamese, to everybody, and no robot answers it."""
    over = replace(MUTED, state="over")
    ByEmail(mail(inbox, sender="dai@xa.vn"), tmp_path).send(STATION, [MUTED, over])
    [(envelope, letter)] = inbox.letters
    assert envelope.rcpt_tos == ["truc@xa.vn", "xa@xa.vn"]
    assert letter["Subject"] == "Đài xã Mẫu: card của loa đang bị tắt tiếng (and 1 more)"
    assert letter["Auto-Submitted"] == "auto-generated"
    body = letter.get_content()
    assert "over: card của loa" in body
    assert "05:30 23/11/2026: card của loa đang bị tắt tiếng [card-muted]" in body


def test_a_password_from_a_file(inbox: Inbox, tmp_path: Path) -> None:
    """The right password lets the letter through; a wrong one is told without being shown."""
    (tmp_path / "mail.mk").write_text("mk123\n")
    (tmp_path / "wrong.mk").write_text("mk456\n")
    ByEmail(mail(inbox, user="dai", password_file="mail.mk"), tmp_path).send(STATION, [MUTED])
    assert len(inbox.letters) == 1
    with pytest.raises(WayError, match="does not accept") as caught:
        ByEmail(mail(inbox, user="dai", password_file="wrong.mk"), tmp_path).send(STATION, [MUTED])
    assert "mk456" not in str(caught.value)
    with pytest.raises(WayError, match=r"none\.mk"):
        ByEmail(mail(inbox, user="dai", password_file="none.mk"), tmp_path).send(STATION, [MUTED])


def test_no_letter_without_the_encryption_that_was_asked_for(inbox: Inbox, tmp_path: Path) -> None:
    """A server that cannot encrypt gets neither the letter nor the password."""
    (tmp_path / "mail.mk").write_text("mk123")
    settings = mail(inbox, security="starttls", user="dai", password_file="mail.mk")
    with pytest.raises(WayError):
        ByEmail(settings, tmp_path).send(STATION, [MUTED])
    assert inbox.letters == []


class Hook(BaseHTTPRequestHandler):
    """Answers as the server's list says, then 200; keeps what was posted."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.answers.pop(0) if self.server.answers else 200
        if status == 0:
            self.server.hangs.wait(5)
            return
        self.server.posts.append((status, json.loads(body), self.headers))
        self.send_response(status)
        if status in {301, 302, 307}:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing on standard error."""


def web(port: int = 0, answers: tuple[int, ...] = ()) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", port), Hook)
    server.answers, server.posts, server.hangs = list(answers), [], threading.Event()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def close(server: ThreadingHTTPServer) -> None:
    server.hangs.set()
    server.shutdown()
    server.server_close()


def test_a_web_server_that_is_down_and_comes_back(tmp_path: Path) -> None:
    """While it is down the alarm waits on the disk, through a restart too; when it answers again,
    even after errors, the alarm arrives once."""
    server = web()
    port = server.server_port
    close(server)
    way = ByWebhook(WebhookSettings(url=f"http://127.0.0.1:{port}/x"), tmp_path)
    path = tmp_path / "webhook.json"
    now = [0.0]
    Outbox(way, STATION, path).put(MUTED)
    outbox = Outbox(way, STATION, path, lambda: now[0])
    outbox.tick()
    assert "127.0.0.1" in outbox.trouble
    server = web(port, answers=(500, 503))
    for _minute in range(60):
        now[0] += 60
        outbox.tick()
    close(server)
    assert [status for status, *_rest in server.posts] == [500, 503, 200]
    _status, value, _headers = server.posts[-1]
    assert (value["station"], value["alarms"][0]["code"]) == (STATION, "card-muted")
    assert (outbox.waiting, outbox.trouble) == (0, "")


def test_the_address_and_its_password_from_files(tmp_path: Path) -> None:
    """Both are secrets: neither stands in the settings, nor in what goes wrong."""
    server = web()
    url = f"http://127.0.0.1:{server.server_port}/bot-mk456/send"
    (tmp_path / "url.mk").write_text(url + "\n")
    (tmp_path / "hook.mk").write_text("mk123\n")
    settings = WebhookSettings(url_file="url.mk", password_file="hook.mk")
    ByWebhook(settings, tmp_path).send(STATION, [MUTED])
    close(server)
    assert server.posts[0][2]["Authorization"] == "Bearer mk123"
    with pytest.raises(WayError) as caught:
        ByWebhook(settings, tmp_path).send(STATION, [MUTED])
    assert "mk" not in str(caught.value)


@pytest.mark.parametrize("status", [302, 404, 0])
def test_what_is_not_an_acceptance(tmp_path: Path, status: int) -> None:
    """A redirection, an error and a server that hangs: not delivered, and soon known."""
    server = web(answers=(status,))
    url = f"http://127.0.0.1:{server.server_port}/"
    with pytest.raises(WayError):
        ByWebhook(WebhookSettings(url=url), tmp_path, patience_s=0.5).send(STATION, [MUTED])
    close(server)
    assert len(server.posts) == (1 if status else 0)


def test_a_program(tmp_path: Path) -> None:
    """The text arrives on its standard input, the JSON in its environment; no shell reads it."""
    shell = shutil.which("sh")
    script = f'cat > "{tmp_path}/text"; printf %s "$BROADCASTER_ALARM_JSON" > "{tmp_path}/json"'
    text = Message(state="test", code="alarm-test", text="$(id) `id`", at=MUTED.at, since=MUTED.at)
    ByCommand([shell, "-c", script]).send(STATION, [text])
    assert "$(id) `id`" in (tmp_path / "text").read_text()
    assert json.loads((tmp_path / "json").read_text())["alarms"][0]["text"] == "$(id) `id`"


@pytest.mark.parametrize(
    "command", [["sh", "-c", "echo no modem >&2; exit 3"], ["sh", "-c", "sleep 60"], ["not-there"]]
)
def test_a_program_that_fails(command: list[str]) -> None:
    """One that fails, hangs, or is not there: said, and tried again later."""
    with pytest.raises(WayError):
        ByCommand(command, patience_s=0.5).send(STATION, [MUTED])


def test_the_test_command(inbox: Inbox, tmp_path: Path) -> None:
    """`broadcaster alarm test` sends on every way, tells each result, and ends with 1 when one
    fails."""
    (tmp_path / "station.yaml").write_text(
        f"name: {STATION}\n"
        "alarm:\n"
        f"  email: {{to: truc@xa.vn, server: 127.0.0.1:{inbox.port}, security: none}}\n"
        "  webhook: http://127.0.0.1:1/\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "broadcaster", "-C", str(tmp_path), "alarm", "test"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "✓ email" in done.stdout
    assert "✗ webhook" in done.stdout
    [(_envelope, letter)] = inbox.letters
    assert "[alarm-test]" in letter.get_content()


def test_without_ways_nothing_is_sent(tmp_path: Path) -> None:
    """A station without `alarm` has no way."""
    assert ways_of(AlarmSettings(), tmp_path) == []
