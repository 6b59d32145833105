"""A small station in a temporary folder, and its daemon as a real process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import wave
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.clock import LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RATE = 48_000
SETTINGS = """\
name: Đài truyền thanh xã Mẫu
commune: xã Mẫu
voices: [espeak]
output: {output}
quiet_hours: {{from: "23:59:59", until: "00:00"}}
fallback: du-phong
"""
WEEK = """\
programmes:
  tieng-on: {{title: Tiếng ồn, segments: [{{music: on}}]}}
  ban-tin: {{title: Bản tin, segments: [{{bulletins: {{most: 9}}}}]}}
  du-phong: {{title: Dự phòng, segments: [{{jingle: chuong}}]}}
slots:
  - {{id: thu, days: hằng ngày, at: "{at:%H:%M:%S}", programme: {programme}}}
"""


def wait_for(condition: Callable[[], object], *, seconds: float = 20.0) -> None:
    """Return when ``condition`` holds; fails after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        threading.Event().wait(0.02)


@dataclass
class StationProcess:
    """The folder, the daemon that runs in it, and what the command line says of it."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    daemon: subprocess.Popen[bytes] | None = None

    def make(self, *, output: str, noise_s: float = 6.0) -> None:
        """station.yaml, and noise as music: never silent, and no two places of it alike."""
        for name in ("scripts_vi/am-thanh", "schedules"):
            (self.root / name).mkdir(parents=True)
        (self.root / "station.yaml").write_text(SETTINGS.format(output=output), encoding="utf-8")
        noise = np.random.default_rng(11).normal(0, 0.2, round(noise_s * RATE)).clip(-0.9, 0.9)
        with wave.open(str(self.root / "scripts_vi/am-thanh/on.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes((noise * 32_767).astype("<i2").tobytes())

    def schedule(self, *, seconds_ahead: float, programme: str = "tieng-on") -> datetime:
        """Let ``programme`` start so many seconds from now, at a full second."""
        at = (datetime.now(LOCAL) + timedelta(seconds=seconds_ahead + 1)).replace(microsecond=0)  # noqa: TID251
        text = WEEK.format(at=at, programme=programme)
        (self.root / "schedules/tuan.yaml").write_text(text, encoding="utf-8")
        return at

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``broadcaster -C ROOT …``."""
        return subprocess.run(
            [sys.executable, "-m", "broadcaster", "-C", str(self.root), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def log(self) -> list[dict]:
        """``log --json``."""
        return json.loads(self.command("log", "--json").stdout)

    def start(self, *options: str) -> None:
        """Start the daemon."""
        with (self.root / "daemon.log").open("ab") as log:
            self.daemon = subprocess.Popen(
                [sys.executable, "-m", "broadcaster", "-C", str(self.root), "run", *options],
                env=self.environment,
                stderr=log,
                stdout=log,
            )

    def service_log(self) -> str:
        return (self.root / "daemon.log").read_text(encoding="utf-8")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal to the daemon's own process and wait; returns its exit code."""
        assert self.daemon
        self.daemon.send_signal(number)
        code = self.daemon.wait(20)
        self.daemon = None
        return code

    def close(self) -> None:
        if self.daemon:
            self.daemon.kill()
            self.daemon.wait()
