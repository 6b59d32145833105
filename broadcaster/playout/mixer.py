"""Volume and mute of a sound card or of a sound server's sink, read and set by its own program.

``amixer`` and ``pactl`` are asked in their C language.  It stands apart from playing, because a
card can play and be muted, and then nobody hears what the log says was broadcast.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from gettext import gettext as _
from typing import Protocol

from broadcaster.errors import OutputError

__all__ = ["AlsaMixer", "AnyMixer", "Level", "Mixer", "PulseMixer", "card_of", "mixer_of"]

_PATIENCE_S = 2.0
_CARD = re.compile(r"CARD=([^,]+)|^(?:plug)?hw:(?!CARD=)([^,]+)")
_PERCENT = re.compile(r"(\d+)%")
_CONTROL = re.compile(r"^Simple mixer control '(.+',\d+)", re.MULTILINE)
_PREFERRED = ("Master", "Speaker", "Headphone", "PCM", "Digital", "Line Out")
"""Where a card has several, the one that people know as its volume."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the card is (percent), and whether it is muted."""

    volume: int
    muted: bool


class Mixer(Protocol):
    """Reads and sets one card.  Either may take two seconds; both raise OutputError."""

    @property
    def cure(self) -> str:
        """What a person may type to mend it."""

    def look(self) -> Level: ...

    def set(self, volume: int) -> None:
        """Let it sound at ``volume`` percent, not muted."""


def mixer_of(spec: str) -> Mixer | None:
    """The mixer of the output ``spec``; None where it has none, like a file."""
    name, _colon, target = spec.strip().partition(":")
    match name:
        case "aplay":
            return AlsaMixer(target)
        case "pacat":
            return PulseMixer(target)
        case "auto":
            return AnyMixer((PulseMixer(""), AlsaMixer("")))
    return None


def card_of(device: str) -> str:
    """The card in the name of an ALSA device: ``USB`` in ``plughw:CARD=USB,DEV=0``; or ""."""
    found = _CARD.search(device)
    return (found[1] or found[2]) if found else ""


def _ask(*command: str) -> str:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
        )
    except FileNotFoundError as error:
        message = _("{program} is missing, so the volume can be neither read nor set")
        raise OutputError(message.format(program=command[0])) from error
    except subprocess.TimeoutExpired as error:
        message = _("{program} does not answer, so the volume can be neither read nor set")
        raise OutputError(message.format(program=command[0])) from error
    except OSError as error:
        raise OutputError(str(error)) from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [str(done.returncode)]
        raise OutputError(f"{command[0]}: {lines[-1].strip()}")
    return done.stdout


@dataclass(frozen=True, slots=True)
class PulseMixer:
    """A sink of PulseAudio or PipeWire; "" is its default one."""

    sink: str

    @property
    def cure(self) -> str:
        return f"pactl set-sink-mute {self._name()} 0; pactl set-sink-volume {self._name()} 80%"

    def look(self) -> Level:
        sink = self.sink or self._default()
        for block in _ask("pactl", "list", "sinks").split("Sink #"):
            fields = dict(re.findall(r"^\s*(Name|Mute|Volume): *(.*)$", block, re.MULTILINE))
            percent = _PERCENT.search(fields.get("Volume", ""))
            if fields.get("Name") == sink and percent:
                return Level(int(percent[1]), muted=fields.get("Mute") == "yes")
        raise OutputError(_("the sound server has no output “{name}”").format(name=sink))

    def set(self, volume: int) -> None:
        _ask("pactl", "set-sink-volume", self._name(), f"{volume}%")
        _ask("pactl", "set-sink-mute", self._name(), "0")

    def _name(self) -> str:
        return self.sink or "@DEFAULT_SINK@"

    @staticmethod
    def _default() -> str:
        found = re.search(r"^Default Sink: (.*)$", _ask("pactl", "info"), re.MULTILINE)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class AlsaMixer:
    """The card of an ALSA device: ``plughw:CARD=USB``, ``hw:USB,0``; "" is the default one."""

    device: str

    @property
    def cure(self) -> str:
        return " ".join(["alsamixer", *self._card()])

    def look(self) -> Level:
        _name, level = self._control()
        return level

    def set(self, volume: int) -> None:
        name, _level = self._control()
        state = _ask("amixer", *self._card(), "-M", "sset", name, f"{volume}%")
        if "[off]" in state:
            _ask("amixer", *self._card(), "-M", "sset", name, "unmute")

    def _card(self) -> tuple[str, ...]:
        if card := card_of(self.device):
            return ("-c", card)
        return ("-D", self.device) if self.device else ()

    def _control(self) -> tuple[str, Level]:
        """(name, level) of the control that is the card's volume."""
        listed = _ask("amixer", *self._card(), "-M", "scontents")
        _before, *parts = _CONTROL.split(listed)
        found: dict[str, Level] = {}
        for name, state in zip(parts[::2], parts[1::2], strict=True):
            lines = (line.partition(" Capture ")[0] for line in state.splitlines())
            playback = "\n".join(line for line in lines if "Playback" in line)
            if percents := _PERCENT.findall(playback):
                level = Level(max(map(int, percents)), muted="[off]" in playback)
                found[name.replace("',", ",")] = level
        if not found:
            message = _("this sound card has no volume of its own → use its own knob")
            raise OutputError(message)
        rank = {name: number for number, name in enumerate(_PREFERRED)}
        name = min(found, key=lambda name: rank.get(name.rpartition(",")[0], len(rank)))
        return name, found[name]


@dataclass(frozen=True, slots=True)
class AnyMixer:
    """The first of ``candidates`` that answers, as the output ``auto`` chooses."""

    candidates: tuple[Mixer, ...]

    @property
    def cure(self) -> str:
        return self.candidates[-1].cure

    def look(self) -> Level:
        return self._first().look()

    def set(self, volume: int) -> None:
        self._first().set(volume)

    def _first(self) -> Mixer:
        for mixer in self.candidates[:-1]:
            try:
                mixer.look()
            except OutputError:
                continue
            return mixer
        return self.candidates[-1]
