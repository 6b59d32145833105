"""The silence watchdog: whether there is sound while something is on air, and can be heard.

It stands apart from the player, which opens again what fails: here it counts what comes out.
Position, the programme's own level at that position, the level that a sound server really plays,
the mixer.  Each look may take some seconds, so it has a thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout import mixer_of
from broadcaster.station.watch.cause import Cause
from broadcaster.station.watch.levels import listen_db, monitor_of, programme_db

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from broadcaster.playout import Mixer
    from broadcaster.station.settings.outputs import OutputSettings
    from broadcaster.station.watch.air import Air, Sound

__all__ = ["Ears", "SilenceWatch"]

_SETTLED_MS = 3_000
"""A start, or an output that is opened again, has so long."""
_PATIENCE_MS = 5_000
_LAG_MS = 3_000
_LONGEST_PAUSE_MS = 15_000
"""The gate of the programmes lets no silence of more than ten seconds pass."""
_LOUD_DB = -45.0
_UNHEARD_DB = -60.0
_UNHEARD_LOOKS = 2
_MIXER_EVERY = 3
_LOW_PERCENT = 15
_TURNED_DOWN = 15
"""Percent below the volume of the settings at which somebody has turned it down."""


@dataclass(frozen=True, slots=True)
class Ears:
    """How sound and mixers are asked; a test brings its own."""

    listen: Callable[[str], float | None] = listen_db
    programme: Callable[..., float | None] = programme_db
    mixer: Callable[[str], Mixer | None] = mixer_of


@dataclass(slots=True)
class _Memory:
    """What is known of one sound from the looks before, in places of its programme."""

    fine_at_ms: int
    loud_at_ms: int
    last_position_ms: int = -1
    unheard: int = 0
    looks: int = 0
    mixer: tuple[Cause, ...] = ()


@dataclass(slots=True)
class SilenceWatch:
    """Looks at one :class:`Air` after another, some seconds apart."""

    outputs: Sequence[OutputSettings]
    ears: Ears = field(default_factory=Ears)
    levels: dict[str, tuple[int, bool]] = field(default_factory=dict)
    """By output, the volume (percent) and mute that its mixer told last."""
    _memory: dict[tuple[str, str], _Memory] = field(default_factory=dict)

    def look(self, air: Air) -> list[Cause]:
        """What is wrong with the sounds that are on air by now."""
        sounds = {(sound.occurrence, sound.label): sound for sound in air.sounds}
        self._memory = {key: memory for key, memory in self._memory.items() if key in sounds}
        found: list[Cause] = []
        for key, sound in sounds.items():
            since_ms = (air.at - sound.begins_at).total_seconds() * 1000
            if since_ms < _SETTLED_MS or sound.due_ms >= sound.duration_ms:
                continue
            new = _Memory(sound.due_ms, sound.due_ms)
            found += self._look_at(sound, self._memory.setdefault(key, new))
        return found

    def _look_at(self, sound: Sound, memory: _Memory) -> Iterator[Cause]:
        yield from _position(sound, memory)
        yield from self._programme(sound, memory)
        if sound.is_silent:
            return
        yield from self._heard(sound, memory)
        if memory.looks % _MIXER_EVERY == 0:
            memory.mixer = tuple(self._mixer(sound))
        memory.looks += 1
        yield from memory.mixer

    def _programme(self, sound: Sound, memory: _Memory) -> Iterator[Cause]:
        """The sound file itself may be silent here, whatever was measured when it was made."""
        begin_ms = sound.due_ms - 1_000
        level = self.ears.programme(sound.audio, from_ms=begin_ms, to_ms=sound.due_ms)
        if level is None or level > _LOUD_DB:
            memory.loud_at_ms = sound.due_ms
        elif sound.due_ms - memory.loud_at_ms > _LONGEST_PAUSE_MS:
            text = _(
                "“{title}” is on air, and its sound file has been silent for {seconds:.0f} "
                "seconds → listen to it, and make it again: broadcaster render --force"
            )
            seconds = (sound.due_ms - memory.loud_at_ms) / 1000
            text = text.format(title=sound.title, seconds=seconds)
            yield Cause(f"programme-silent {sound.occurrence}", "programme-silent", text)

    def _heard(self, sound: Sound, memory: _Memory) -> Iterator[Cause]:
        """What the sound server plays, where the programme is loud."""
        source = monitor_of(sound.spec)
        heard = self.ears.listen(source) if source else None
        if heard is None:
            return
        level = self.ears.programme(sound.audio, from_ms=sound.due_ms, to_ms=sound.due_ms + 1_000)
        if heard > _UNHEARD_DB:
            memory.unheard = 0
        elif level is not None and level > _LOUD_DB:
            memory.unheard += 1
        if memory.unheard >= _UNHEARD_LOOKS:
            text = _(
                "“{title}” is on air on {output}, and nothing is heard there → look at its volume, "
                "its mute and its cables"
            ).format(title=sound.title, output=sound.label)
            yield Cause(f"output-unheard {sound.label}", "output-unheard", text)

    def _mixer(self, sound: Sound) -> Iterator[Cause]:
        mixer = self.ears.mixer(sound.spec)
        if mixer is None:
            return
        try:
            level = mixer.look()
        except OutputError:
            return  # a card without a volume; where one was to be set, the log says so
        self.levels[sound.label] = (level.volume, level.muted)
        wanted = next((o.volume for o in self.outputs if o.name == sound.name), None)
        if level.muted:
            text = _("the card of {output} is muted while “{title}” is on air → {cure}")
            text = text.format(output=sound.label, title=sound.title, cure=mixer.cure)
            yield Cause(f"card-muted {sound.label}", "card-muted", text)
        elif level.volume < (_LOW_PERCENT if wanted is None else wanted - _TURNED_DOWN):
            text = _(
                "the card of {output} is at {volume} percent while “{title}” is on air → {cure}"
            ).format(output=sound.label, title=sound.title, volume=level.volume, cure=mixer.cure)
            yield Cause(f"card-quiet {sound.label}", "card-quiet", text)


def _position(sound: Sound, memory: _Memory) -> Iterator[Cause]:
    """The player must say that it sounds, go forward, and be where the programme is."""
    moves = sound.position_ms > memory.last_position_ms
    lags = sound.due_ms - sound.position_ms > _LAG_MS
    memory.last_position_ms = sound.position_ms
    if moves and not lags and not sound.is_silent:
        memory.fine_at_ms = sound.due_ms
    silence_ms = sound.due_ms - memory.fine_at_ms
    if silence_ms > _PATIENCE_MS:
        text = _("“{title}” is on air, and {output} has been silent for {seconds:.0f} seconds")
        text = text.format(title=sound.title, output=sound.label, seconds=silence_ms / 1000)
        text += f": {sound.failure}" if sound.failure else ""
        yield Cause(f"output-stands-still {sound.label}", "output-stands-still", text)
