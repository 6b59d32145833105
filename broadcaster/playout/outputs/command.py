"""Sound through a player program: ``pacat`` (PulseAudio, PipeWire) or ``aplay`` (ALSA).

A child process rather than a library: it leaves with an error within 20 ms when the sound card
goes, it can be killed at any time with what it has buffered, and it takes nothing down with it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout.housewav import HouseWav
from broadcaster.playout.leash import leashed
from broadcaster.playout.mixer import card_of
from broadcaster.playout.outputs.fed import FedPlayback
from broadcaster.playout.outputs.feeder import Feeder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock

__all__ = ["APLAY", "PACAT", "CommandOutput", "CommandPlayback", "PlayerProgram", "aplay", "pacat"]


@dataclass(frozen=True, slots=True)
class PlayerProgram:
    """A program that plays raw house PCM from its standard input.

    ``latency_s`` is the time from its first read to the first sound, measured as
    ``docs/decisions/silence-before-the-start.md`` says.  ``trouble`` says why it cannot play
    to a target now.
    """

    name: str
    package: str
    arguments: tuple[str, ...]
    target_option: str
    latency_s: float
    trouble: Callable[[str], str]

    def command(self, target: str) -> list[str]:
        """The child to start."""
        to = [self.target_option, target] if target else []
        return leashed(self.name, *self.arguments, *to)


def _ask(*command: str) -> str | None:
    """What ``command`` prints; None where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=1, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def _pulse_trouble(target: str) -> str:
    listed = _ask("pactl", "list", "short", "sinks")
    if listed is None:
        return _(
            "no PulseAudio or PipeWire server answers → start it, or choose aplay; "
            "a system service cannot reach the sound server of a user"
        )
    sinks = {line.split("\t")[1] for line in listed.splitlines() if "\t" in line}
    if target and target not in sinks:
        return _("the sound server has no output “{name}” → choose one of: {names}").format(
            name=target, names=", ".join(sorted(sinks)) or "–"
        )
    if not sinks - {"auto_null"}:  # the server's stand-in when it has no card
        return _("the sound server has no sound card → plug one in, or turn it on")
    return ""


def _alsa_trouble(target: str) -> str:
    card = card_of(target)
    if target and not card:  # a name that mixes, or a plug-in: only playing shows
        return ""
    found = re.findall(r"^card (\d+): (\S+)", _ask("aplay", "-l") or "", re.MULTILINE)
    if not found:
        return _("ALSA finds no sound card → plug one in; “aplay -l” must list it")
    if card and not any(card in names for names in found):
        return _("there is no sound card “{name}” → plug it in, or choose one of: {names}").format(
            name=card, names=", ".join(dict.fromkeys(name for _number, name in found))
        )
    return ""


PACAT = PlayerProgram(
    name="pacat",
    package="pulseaudio-utils",
    arguments=(
        "--playback",
        "--raw",
        "--format=s16le",
        "--rate=48000",
        "--channels=1",
        "--latency-msec=200",
        "--client-name=broadcaster",
    ),
    target_option="--device",
    latency_s=0.0,
    trouble=_pulse_trouble,
)
APLAY = PlayerProgram(
    name="aplay",
    package="alsa-utils",
    arguments=(
        "--quiet",
        "--file-type=raw",
        "--format=S16_LE",
        "--rate=48000",
        "--channels=1",
        "--buffer-time=200000",
    ),
    target_option="--device",
    latency_s=0.0,
    trouble=_alsa_trouble,
)


class CommandPlayback(FedPlayback):
    """One run of the program."""

    def __init__(self, feeder: Feeder, *, from_ms: int, duration_ms: int) -> None:
        self._program = feeder
        super().__init__(feeder, from_ms=from_ms, duration_ms=duration_ms)

    @property
    def child_pid(self) -> int | None:
        """The player's process, once it runs."""
        return self._program.child_pid


class CommandOutput:
    """Plays each file with a child of its own."""

    def __init__(self, program: PlayerProgram, target: str, *, clock: Clock) -> None:
        self.name = f"{program.name}:{target}" if target else program.name
        self._program = program
        self._target = target
        self._clock = clock

    def play(
        self, audio: Path | None, *, at: datetime, from_ms: int = 0, duration_ms: int
    ) -> CommandPlayback:
        if audio is None:
            raise OutputError(_("there is no audio to play"))
        ahead_s = (at - self._clock.now()).total_seconds()
        with HouseWav(audio):
            feeder = Feeder(
                self._program.command(self._target),
                audio,
                deadline=time.monotonic() + ahead_s,
                latency_s=self._program.latency_s,
                from_ms=from_ms,
                until_ms=duration_ms,
            )
        return CommandPlayback(feeder, from_ms=from_ms, duration_ms=duration_ms)

    def check(self) -> str:
        if shutil.which(self._program.name) is None:
            return _("{program} is missing → apt-get install {package}").format(
                program=self._program.name, package=self._program.package
            )
        return self._program.trouble(self._target)


def pacat(target: str, *, clock: Clock) -> CommandOutput:
    """``pacat`` or ``pacat:SINK``."""
    return CommandOutput(PACAT, target, clock=clock)


def aplay(target: str, *, clock: Clock) -> CommandOutput:
    """``aplay`` or ``aplay:DEVICE``."""
    return CommandOutput(APLAY, target, clock=clock)
