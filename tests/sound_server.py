"""A private PulseAudio with a null sink and a recorder on its monitor: what would be heard.

It needs no sound card, no system bus and no user session, touches nobody's own sound server, and
runs as root too.  Processes started with :attr:`PrivateSoundServer.environment` play to it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
from needs import needs

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 48_000
SINK = "loa"
_DEADLINE_S = 10.0
_BLOCK_MS = 4
# As a sound server runs everywhere else; without the right to it, nice only says so.
_URGENT = ("nice", "-n", "-11")
_RECORDER = (
    *_URGENT,
    *("parec", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"),
    *(f"--latency-msec={_BLOCK_MS}", f"--device={SINK}.monitor"),
)


@dataclass
class Heard:
    """Samples (float32, −1..1) and the wall-clock time, seconds since 1970, of the first one."""

    samples: NDArray[np.float32]
    started_at: float

    def onsets(self, *, floor: float = 0.02, pause_s: float = 0.3) -> list[float]:
        """When sound began after at least ``pause_s`` of silence, as wall-clock times."""
        loud = np.flatnonzero(np.abs(self.samples) > floor)
        if not loud.size:
            return []
        begins = np.flatnonzero(np.diff(loud) > pause_s * RATE) + 1
        return [self.started_at + loud[i] / RATE for i in (0, *begins)]

    def sounding_s(self, *, floor: float = 0.005) -> float:
        """How long there was sound, in blocks of 10 ms."""
        size = RATE // 100
        blocks = self.samples[: len(self.samples) // size * size].reshape(-1, size)
        return float((np.sqrt((blocks**2).mean(axis=1)) > floor).sum()) / 100

    def last_sound(self, *, floor: float = 0.02) -> float:
        """When the last sound was heard, as a wall-clock time."""
        return self.started_at + float(np.flatnonzero(np.abs(self.samples) > floor)[-1]) / RATE

    def between(self, begin: float, end: float) -> NDArray[np.float32]:
        """The samples between two wall-clock times."""
        first = max(0, round((begin - self.started_at) * RATE))
        return self.samples[first : max(0, round((end - self.started_at) * RATE))]


class Recorder:
    """``parec`` into a file, with the arrival time of each block."""

    def __init__(self, environment: dict[str, str], target: Path) -> None:
        self._target = target
        self._parec = subprocess.Popen(
            _RECORDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self._started_at = float("inf")
        self._first_bytes = threading.Event()
        self._reader = threading.Thread(target=self._read, name="recorder", daemon=True)
        self._reader.start()
        if not self._first_bytes.wait(_DEADLINE_S):
            self.stop()
            raise TimeoutError("the recorder heard nothing, not even silence")

    def _read(self) -> None:
        frames = 0
        pipe = self._parec.stdout
        with pipe, self._target.open("wb", buffering=0) as file:
            while block := os.read(pipe.fileno(), 65_536):
                arrived = time.time()
                file.write(block)
                frames += len(block) // 2
                # The sink renders a block ahead of its time, so a block arrives when its first
                # sample sounds; it may come late, never early: the earliest estimate is true.
                first_sounds = arrived + _BLOCK_MS / 1000
                self._started_at = min(self._started_at, first_sounds - frames / RATE)
                self._first_bytes.set()

    def heard(self) -> Heard:
        raw = self._target.read_bytes()
        samples = np.frombuffer(raw[: len(raw) // 2 * 2], np.int16).astype(np.float32) / 32_768
        return Heard(samples, self._started_at)

    def stop(self) -> None:
        self._parec.kill()
        self._parec.wait()
        self._reader.join(_DEADLINE_S)


@dataclass
class PrivateSoundServer:
    """``with PrivateSoundServer() as server:``; :meth:`recordings` tells what was heard."""

    folder: Path = field(init=False)
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._recorders: list[Recorder] = []
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        pulseaudio = needs("pulseaudio", "pulseaudio")
        needs("parec", "pulseaudio-utils")
        self.folder = Path(tempfile.mkdtemp(prefix="heard-", dir="/tmp"))
        self.environment = self._private_environment()
        try:
            self._start(pulseaudio)
            self.load_sink()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _private_environment(self) -> dict[str, str]:
        here = str(self.folder)
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PULSE_", "DBUS_"))},
            **dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"), here),
            **dict.fromkeys(("PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"), here),
            "PULSE_SERVER": f"unix:{here}/native",
        }

    def _start(self, pulseaudio: str) -> None:
        options = [
            *("-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"),
            *("--high-priority=no", "--realtime=no", "--disable-shm=yes", "--log-level=error"),
            f"--load=module-native-protocol-unix socket={self.folder}/native auth-anonymous=1",
        ]
        with (self.folder / "server.log").open("wb") as log:
            self._server = subprocess.Popen(
                [*_URGENT, pulseaudio, *options], stdout=log, stderr=log, env=self.environment
            )
        deadline = time.monotonic() + _DEADLINE_S
        while not self._answers():
            if time.monotonic() > deadline or self._server.poll() is not None:
                raise RuntimeError((self.folder / "server.log").read_text())
            threading.Event().wait(0.01)

    def _answers(self) -> bool:
        try:
            self.control("info")
        except subprocess.CalledProcessError:
            return False
        return True

    def control(self, *command: str) -> str:
        """What ``pactl`` answers."""
        done = subprocess.run(
            ["pactl", *command],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=_DEADLINE_S,
            check=True,
        )
        return done.stdout.strip()

    def load_sink(self) -> None:
        """Plug the loudspeaker in, and listen to it."""
        # Without "norewinds" a fresh null sink runs two seconds ahead, as no loudspeaker does.
        properties = f"sink_name={SINK} norewinds=1 rate={RATE} channels=1 format=s16le"
        self._sink = self.control("load-module", "module-null-sink", *properties.split())
        target = self.folder / f"heard-{len(self._recorders)}.raw"
        self._recorders.append(Recorder(self.environment, target))

    def unload_sink(self) -> None:
        """Pull the loudspeaker out."""
        self.control("unload-module", self._sink)

    def recordings(self) -> list[Heard]:
        """What was heard, one recording for each time that the loudspeaker was plugged in."""
        return [recorder.heard() for recorder in self._recorders]

    def recording(self) -> Heard:
        """What was heard since the loudspeaker was plugged in last."""
        return self._recorders[-1].heard()

    def sounding_s(self) -> float:
        """How long there was sound, over all recordings: blocks of 10 ms that are not silent."""
        return sum(heard.sounding_s() for heard in self.recordings())

    def onsets(self, *, floor: float = 0.02, pause_s: float = 0.3) -> list[float]:
        """When sound began, over all recordings, as wall-clock times."""
        found = (heard.onsets(floor=floor, pause_s=pause_s) for heard in self.recordings())
        return [onset for onsets in found for onset in onsets]

    def __exit__(self, *_exc: object) -> None:
        for recorder in self._recorders:
            recorder.stop()
        if self._server:
            self._server.kill()
            self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
