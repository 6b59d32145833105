"""What playout asks of an output, and how one is found by its name.

The protocols stand apart from the outputs so that another package can bring its own through the
entry points ``broadcaster.outputs``: a callable ``(target, *, clock) -> Output`` under the name
that stands before the colon in ``pacat:SINK``.  One that sends the sound away may also ask, by
naming them, for ``station`` (the name to show) and ``password_file``.
"""

from __future__ import annotations

from enum import StrEnum
from gettext import gettext as _
from importlib.metadata import entry_points
from inspect import signature
from typing import TYPE_CHECKING, Any, Protocol

from broadcaster.errors import OutputError, nearest

if TYPE_CHECKING:
    from datetime import datetime
    from importlib.metadata import EntryPoint
    from pathlib import Path

    from broadcaster.clock import Clock

__all__ = ["Output", "OutputFactory", "Playback", "PlaybackState", "open_output", "output_names"]

_GROUP = "broadcaster.outputs"


class PlaybackState(StrEnum):
    """STARTING until the first sample sounds; ENDED only when all of it was played."""

    STARTING = "starting"
    PLAYING = "playing"
    ENDED = "ended"
    FAILED = "failed"


class Playback(Protocol):
    """One sounding of one file.  Nothing here blocks or raises."""

    def state(self) -> PlaybackState:
        """FAILED, too, after :meth:`stop`, unless it had ended before."""

    def position_ms(self) -> int:
        """Where in the audio it is; ``from_ms`` until it sounds; it stays where it ended."""

    def reason(self) -> str:
        """Why it FAILED, as a sentence; "" otherwise."""

    def stop(self) -> None:
        """Be silent within 100 ms; a second call does nothing."""


class Output(Protocol):
    """Something that makes files sound."""

    @property
    def name(self) -> str:
        """Its specification, as the log shows it."""

    def play(
        self, audio: Path | None, *, at: datetime, from_ms: int = 0, duration_ms: int
    ) -> Playback:
        """Let ``audio`` sound from ``from_ms`` on, its next sample at ``at``; return at once.

        ``audio`` is a WAV of the house format (48 kHz, mono, 16 bit) and ``duration_ms`` the
        length of all of it; None is allowed where nothing sounds.  Call it a second ahead.
        Where ``at`` has passed, it begins as soon as it can, and skips nothing.

        :raises OutputError: where the file or the output cannot be used at all.
        """

    def check(self) -> str:
        """Why it cannot play now, as a sentence with a cure; "" when it can."""


class OutputFactory(Protocol):
    """What an entry point names."""

    def __call__(self, target: str, *, clock: Clock, **asked_for: Any) -> Output: ...


def output_names() -> tuple[str, ...]:
    """The outputs that are installed."""
    return tuple(sorted({point.name for point in entry_points(group=_GROUP)}))


def open_output(
    spec: str, *, clock: Clock, station: str = "", password_file: Path | None = None
) -> Output:
    """The output that ``spec`` names: ``auto``, ``null``, ``pacat``, ``pacat:SINK``, ``aplay``,
    ``aplay:DEVICE``, ``file:PATH``, ``icecast:URL``, or one that another package brings.

    It succeeds without a sound device too: :meth:`Output.check` tells whether there is one.

    :raises OutputError: where the name is unknown, its target is wrong, or it cannot be loaded.
    """
    name, _colon, target = spec.strip().partition(":")
    for point in entry_points(group=_GROUP, name=name):
        factory = _load(point)
        offered = {"station": station, "password_file": password_file}
        named = signature(factory).parameters
        asked_for = {key: value for key, value in offered.items() if key in named}
        return factory(target, clock=clock, **asked_for)
    raise OutputError(
        _("there is no output named “{name}”").format(name=name),
        hint=nearest(name, output_names()),
    )


def _load(point: EntryPoint) -> OutputFactory:
    try:
        factory: OutputFactory = point.load()
    except (ImportError, AttributeError) as error:
        raise OutputError(
            _("the output “{name}” cannot be loaded: {detail}").format(
                name=point.name, detail=error
            ),
            hint=_("install its package again, or choose another output in station.yaml"),
        ) from error
    return factory
