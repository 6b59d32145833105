"""A real Icecast on the loopback interface, and a listener that notes when its bytes came."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
from needs import needs

RATE = 48_000
PASSWORD = "a-word-for-tests"
_NOBODY = 65_534
_SETTINGS = """
<icecast>
  <limits>
    <clients>20</clients><sources>4</sources><source-timeout>60</source-timeout>
    <burst-on-connect>0</burst-on-connect><burst-size>0</burst-size>
  </limits>
  <authentication>
    <source-password>{password}</source-password>
    <admin-user>admin</admin-user><admin-password>{password}-admin</admin-password>
  </authentication>
  <hostname>localhost</hostname>
  <listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
  <paths>
    <basedir>{folder}</basedir><logdir>{folder}</logdir>
    <webroot>{folder}</webroot><adminroot>{folder}</adminroot>
  </paths>
  <logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog></logging>
</icecast>
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class IcecastServer:
    """``with IcecastServer() as server:``; it refuses to run as root, so then it is nobody."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._program = needs("icecast2", "icecast2")
        self.folder = Path(tempfile.mkdtemp(prefix="icecast-", dir="/tmp"))
        self.folder.chmod(0o777)
        text = _SETTINGS.format(password=PASSWORD, port=self.port, folder=self.folder)
        (self.folder / "icecast.xml").write_text(text)
        self.start()
        return self

    def address(self, mount: str = "xa.mp3") -> str:
        return f"http://source@127.0.0.1:{self.port}/{mount}"

    def start(self) -> None:
        nobody = [f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
        as_nobody = [needs("setpriv", "util-linux"), *nobody] if os.geteuid() == 0 else []
        with (self.folder / "out.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*as_nobody, self._program, "-c", str(self.folder / "icecast.xml")],
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 10
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError((self.folder / "out.log").read_text())
            threading.Event().wait(0.02)

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """Stop its threads; its sockets stay open."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def __exit__(self, *_exc: object) -> None:
        if self.process and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Listener:
    """A network speaker: asks for the mount until it is there, and again when it ends."""

    def __init__(self, port: int, mount: str = "xa.mp3") -> None:
        self._port, self._mount = port, mount
        self.streams: list[tuple[float, bytearray]] = []
        """(wall-clock time of the first byte, MP3) of each time that the mount was there."""
        self.head = b""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._ended.set()
        self._thread.join(5)

    def _run(self) -> None:
        while not self._ended.wait(0.02):
            try:
                self._listen()
            except OSError:
                continue

    def _listen(self) -> None:
        with socket.create_connection(("127.0.0.1", self._port), 1) as link:
            link.settimeout(0.5)
            link.sendall(f"GET /{self._mount} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
            received = b""
            while b"\r\n\r\n" not in received:
                if not (more := link.recv(4096)):
                    return
                received += more
            head, _gap, rest = received.partition(b"\r\n\r\n")
            if b" 200 " in head.splitlines()[0]:
                self.head = head
                self._collect(link, rest)

    def _collect(self, link: socket.socket, rest: bytes) -> None:
        sound: bytearray | None = None
        while not self._ended.is_set():
            if rest and sound is None:
                sound = bytearray()
                self.streams.append((time.time(), sound))
            if sound is not None:
                sound += rest
            try:
                rest = link.recv(4096)
            except TimeoutError:
                rest = b""
                continue
            if not rest:
                return

    def heard(self, number: int = -1) -> tuple[float, np.ndarray]:
        """(wall-clock time of the first sample, samples −1..1) of one stream."""
        at, sound = self.streams[number]
        ffmpeg = [needs("ffmpeg", "ffmpeg"), "-v", "fatal", "-f", "mp3", "-i", "-"]
        pcm = ["-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]
        decoded = subprocess.run(
            [*ffmpeg, *pcm], input=bytes(sound), capture_output=True, check=True
        )
        return at, np.frombuffer(decoded.stdout, "<i2").astype(np.float32) / 32_768
