"""A small station in a temporary folder, and its daemon as a real process."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import wave
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from broadcaster.clock import LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RATE = 48_000
# What else runs on the machine is not the subject; without the right to it, nice only says so.
_URGENT = ("nice", "-n", "-10")
_READY = "on duty"
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
    _started_at: int = 0

    def make(self, *, output: str, noise_s: float = 6.0) -> None:
        """station.yaml, and noise as music: never silent, and no two places of it alike."""
        for name in ("scripts_vi/am-thanh", "schedules"):
            (self.root / name).mkdir(parents=True)
        (self.root / "station.yaml").write_text(SETTINGS.format(output=output), encoding="utf-8")
        noise = np.random.default_rng(11).normal(0, 0.2, round(noise_s * RATE)).clip(-0.9, 0.9)
        with wave.open(str(self.root / "scripts_vi/am-thanh/on.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes((noise * 32_767).astype("<i2").tobytes())

    def lead_s(self) -> float:
        """How long this machine, as busy as it is now, takes to start a daemon that is ready."""
        began = time.monotonic()
        assert self.command("today").returncode == 0
        return 3 * (time.monotonic() - began)

    def is_ready(self) -> bool:
        """Whether the daemon of the last :meth:`start` is in its loop."""
        return self.daemon is not None and _READY in self.service_log()[self._started_at :]

    def is_on_air(self) -> bool:
        """Whether the log has a start without an end."""
        with closing(sqlite3.connect(self.root / ".broadcaster/station.db")) as db:
            return bool(db.execute("SELECT count(*) FROM asrun_open").fetchone()[0])

    def wait_until_ready(self) -> None:
        """Return once the daemon is in its loop; what is due then, it plays."""
        wait_for(self.is_ready, seconds=60)

    def schedule_often(self, *, every_s: int, seconds_ahead: float, minutes: float) -> None:
        """Let the programme start again and again."""
        first = (datetime.now(LOCAL) + timedelta(seconds=seconds_ahead)).replace(microsecond=0)  # noqa: TID251
        count = round(minutes * 60 / every_s)
        times = (first + n * timedelta(seconds=every_s) for n in range(count))
        slots = "".join(
            f'  - {{id: s{n}, days: hằng ngày, at: "{at:%H:%M:%S}", programme: tieng-on, '
            "max: 1m, late: 30s}\n"
            for n, at in enumerate(times)
        )
        text = WEEK.format(at=first, programme="tieng-on").partition("slots:")[0]
        (self.root / "schedules/tuan.yaml").write_text(f"{text}slots:\n{slots}", encoding="utf-8")

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
            self._started_at = len(self.service_log())
            self.daemon = subprocess.Popen(
                [
                    *_URGENT,
                    sys.executable,
                    "-m",
                    "broadcaster",
                    "-C",
                    str(self.root),
                    "run",
                    *options,
                ],
                env=self.environment,
                stderr=log,
                stdout=log,
            )

    def service_log(self) -> str:
        path = self.root / "daemon.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def on_duty_before_its_slot(self, *, spare_s: float) -> datetime:
        """A daemon that has been ready for ``spare_s`` when its slot comes, with the programme,
        however busy the machine is; returns the start of the slot."""
        for patience in (1, 2, 4):
            at = self.schedule(seconds_ahead=spare_s + patience * 2 * self.lead_s())
            self.command("render")
            self.start()
            self.wait_until_ready()
            if datetime.now(LOCAL) < at - timedelta(seconds=spare_s):  # noqa: TID251
                return at
            self.end(signal.SIGKILL)
            (self.root / ".broadcaster/station.db").unlink()
        raise TimeoutError

    def wait_for_the_end(self, *, seconds: float = 60.0) -> dict:
        """The only entry of the log, once it is closed."""
        wait_for(lambda: [e for e in self.log() if e["outcome"] != "on-air"], seconds=seconds)
        [entry] = self.log()
        return entry

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
