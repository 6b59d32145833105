"""A stand-in for Google's speech service on loopback: an HTTP proxy that ends TLS itself.

gTTS is sent here by HTTPS_PROXY and does not verify certificates, so the whole path is real: the
library, TLS, the proxy, timeouts, broken connections.  What it answers is said beforehand.
"""

from __future__ import annotations

import base64
import json
import socketserver
import ssl
import subprocess
import threading
from collections import deque
from enum import Enum
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs

import lameenc
import numpy as np
from needs import needs

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Answer", "SpeechService", "make_certificate"]

RATE = 24_000
S_PER_WORD = 0.25


class Answer(Enum):
    """What the service does with one request."""

    SOUND = 200
    TOO_MANY = 429
    FORBIDDEN = 403
    DOWN = 503
    NO_SOUND = "an answer without sound"
    NOTHING = "an empty answer"
    CUT_SOUND = "sound that ends too early"
    CUT_ANSWER = "a connection that breaks in mid-answer"
    HANG = "no answer at all"
    HANG_UP = "a connection that is closed without an answer"


def make_certificate(folder: Path) -> Path:
    """A self-signed certificate and its key, in one file."""
    openssl = needs("openssl", "openssl")
    path = folder / "service.pem"
    options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subject = ["-subj", "/CN=translate.google.com"]
    files = ["-keyout", str(path), "-out", str(folder / "certificate.pem")]
    subprocess.run([openssl, "req", *options, *subject, *files], check=True, capture_output=True)
    path.write_text(path.read_text() + (folder / "certificate.pem").read_text())
    return path


class SpeechService(socketserver.ThreadingTCPServer):
    """Runs inside ``with``: gives ``answers`` in order, then sound; ``texts`` is what it got."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, certificate: Path, answers: Iterable[Answer] = ()) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers = deque(answers)
        self.texts: list[str] = []
        self.hosts: list[str] = []
        self.closing = threading.Event()
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,))

    @property
    def proxy(self) -> str:
        """For HTTPS_PROXY."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.closing.set()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def next_answer(self) -> Answer:
        return self.answers.popleft() if self.answers else Answer.SOUND

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the play."""


class _Conversation(socketserver.BaseRequestHandler):
    server: SpeechService
    request: socket.socket

    def handle(self) -> None:
        opening = _head(self.request)
        self.server.hosts.append(opening.split(" ")[1])
        self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with self.server.tls.wrap_socket(self.request, server_side=True) as secure:
            text = _asked_text(secure)
            self.server.texts.append(text)
            answer = self.server.next_answer()
            if answer is Answer.HANG:
                self.server.closing.wait(30)
                return
            if answer is not Answer.HANG_UP:
                secure.sendall(_reply(answer, text))


def _head(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte:
            raise ConnectionError("the client hung up")
        received += byte
    return received.decode()


def _asked_text(connection: socket.socket) -> str:
    headers = _head(connection).lower()
    length = int(headers.split("content-length:")[1].split("\r\n")[0])
    body = b""
    while len(body) < length:
        body += connection.recv(length - len(body))
    rpc = json.loads(parse_qs(body.decode())["f.req"][0])
    text: str = json.loads(rpc[0][0][1])[0]
    return text


def _reply(answer: Answer, text: str) -> bytes:
    if answer in {Answer.TOO_MANY, Answer.FORBIDDEN, Answer.DOWN}:
        return _http(answer.value, b"<html>no</html>")
    if answer is Answer.NOTHING:
        return _http(200, b"")
    if answer is Answer.NO_SOUND:
        return _http(200, b')]}\'\n\n[["wrb.fr","jQ1olc",null,null,null,[3],"generic"]]')
    mp3 = _mp3(text)
    if answer is Answer.CUT_SOUND:
        mp3 = mp3[: len(mp3) // 5]
    inner = json.dumps(json.dumps([base64.b64encode(mp3).decode()]))
    line = f'[["wrb.fr","jQ1olc",{inner},null,null,null,"generic"]]'
    reply = _http(200, b")]}'\n\n" + line.encode())
    return reply[: len(reply) // 2] if answer is Answer.CUT_ANSWER else reply


def _http(status: int, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status} x\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


def _mp3(text: str) -> bytes:
    """A hum that swells once a word, with the silence around it that the real service has."""
    count = int(len(text.split()) * S_PER_WORD * RATE)
    times = np.arange(count) / RATE
    hum = np.sin(2 * np.pi * 220 * times) * (0.3 + 0.2 * np.sin(2 * np.pi * times / S_PER_WORD))
    samples = np.concatenate([np.zeros(RATE // 10), hum, np.zeros(RATE // 5)])
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(7)
    return bytes(encoder.encode((samples * 32_767).astype("<i2").tobytes()) + encoder.flush())
