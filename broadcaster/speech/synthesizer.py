"""What a speech engine is, and which ones this machine has.

The protocol stands apart from its engines so that another package can bring one: it is found
through the entry point group ``broadcaster.synthesizers``, and one that cannot be loaded is a
row with its reason, never a crash.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from gettext import gettext as _
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from broadcaster.errors import SpeechError, nearest
from broadcaster.voicename import DEFAULT_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "BrokenSynthesizer",
    "EngineStatus",
    "HasInstalledVoices",
    "Synthesizer",
    "UnreachableError",
    "engine_statuses",
    "has_words",
    "load_engines",
    "speaks_vietnamese",
]

GROUP = "broadcaster.synthesizers"
_log = logging.getLogger(__name__)


class UnreachableError(SpeechError):
    """A service did not answer, or refused for now: it may speak the same text later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """Whether an engine can speak here; if not, ``reason`` says why and ``hint`` the cure."""

    engine: str
    available: bool
    reason: str = ""
    hint: str = ""
    needs_network: bool = False
    voices: tuple[str, ...] = ()
    broken: Mapping[str, str] = field(default_factory=dict)
    """Why an installed voice cannot be used, by its name."""


class Synthesizer(Protocol):
    """A speech engine.

    ``at_once`` is how many sentences it may be given by as many threads.  ``needs_network`` says
    that the text leaves this machine.  ``shapes`` says which of ``rate`` and ``pitch`` it makes
    itself.  An engine that is ``test_only`` is loaded only when it is named.
    """

    engine: str
    needs_network: bool
    test_only: bool
    at_once: int
    shapes: frozenset[str]

    def revision_of(self, name: str) -> str:
        """Another text whenever this voice would sound different, so that the cache forgets its
        old sound; never raises."""

    def is_vietnamese(self, name: str) -> bool:
        """Whether foreign words are spelled the Vietnamese way for it; never raises."""

    def voices(self) -> tuple[str, ...]:
        """The names that ``speak`` takes, Vietnamese ones first; raises `SpeechError`."""

    def speak(self, text: str, name: str, **manner: int) -> tuple[NDArray[np.float32], int]:
        """Mono samples (−1 … 1) and their rate in Hz; raises `SpeechError`.

        ``manner`` has ``rate`` (% of the usual pace) and ``pitch`` (semitones) where they are
        unusual and in ``shapes``.
        """

    def status(self) -> EngineStatus:
        """Whether it could speak now; sends no text anywhere and never raises."""

    def close(self) -> None:
        """Let go of processes and connections; it may be called twice."""


@runtime_checkable
class HasInstalledVoices(Protocol):
    """An engine whose voices are files that a person installs into a station."""

    def look_in(self, folder: Path) -> None:
        """From now on its voices are those in ``folder``, which need not exist."""

    def pace_of(self, name: str) -> float:
        """How fast a voice speaks, in % of espeak's pace; 100 where nobody has measured it."""


class BrokenSynthesizer:
    """Stands in for an engine that could not be loaded, and says why to whoever asks."""

    needs_network = False
    test_only = False
    at_once = 1
    shapes: frozenset[str] = frozenset()

    def __init__(self, engine: str, reason: str, *, hint: str = "") -> None:
        self.engine = engine
        self._error = SpeechError(reason, hint=hint)

    def revision_of(self, name: str) -> str:  # noqa: ARG002
        return "broken"

    def is_vietnamese(self, name: str) -> bool:
        return speaks_vietnamese(name)

    def voices(self) -> tuple[str, ...]:
        return ()

    def speak(
        self,
        text: str,  # noqa: ARG002
        name: str,  # noqa: ARG002
        **manner: int,  # noqa: ARG002
    ) -> tuple[NDArray[np.float32], int]:
        raise SpeechError(self._error.message, hint=self._error.hint)

    def status(self) -> EngineStatus:
        return EngineStatus(
            engine=self.engine,
            available=False,
            reason=self._error.message,
            hint=self._error.hint,
        )

    def close(self) -> None:
        """Nothing was opened."""


def speaks_vietnamese(name: str) -> bool:
    """Whether a voice that is called after its language speaks Vietnamese."""
    return name.startswith(DEFAULT_NAME)


def has_words(text: str) -> bool:
    """Whether a voice would find anything to say in ``text``."""
    return any(character.isalnum() for character in text)


def load_engines(
    names: Collection[str] | None = None,
    *,
    voices: Path | None = None,
    found: Iterable[EntryPoint] | None = None,
) -> dict[str, Synthesizer]:
    """The engines of this machine by name, each loaded or broken; never raises.

    ``names`` limits them, and is the only way to get one that is for tests; a name that no
    package offers becomes a broken engine too.  ``voices`` is the folder of installed voices.
    """
    entries = {entry.name: entry for entry in found or entry_points(group=GROUP)}
    wanted = entries.keys() if names is None else dict.fromkeys(names)
    engines = {
        name: _load(entries[name]) if name in entries else _unknown(name, entries)
        for name in wanted
    }
    for engine in engines.values():
        if voices is not None and isinstance(engine, HasInstalledVoices):
            engine.look_in(voices)
    return {
        name: engine
        for name, engine in engines.items()
        if names is not None or not engine.test_only
    }


def engine_statuses(
    engines: Iterable[Synthesizer] | None = None, *, voices: Path | None = None
) -> list[EngineStatus]:
    """A row for each engine (of this machine, if none are given), usable or not.

    ``voices`` is the folder of installed voices.
    """
    if engines is not None:
        return [engine.status() for engine in engines]
    loaded = load_engines(voices=voices).values()
    try:
        return [engine.status() for engine in loaded]
    finally:
        for engine in loaded:
            engine.close()


def _load(entry: EntryPoint) -> Synthesizer:
    try:
        engine: Synthesizer = entry.load()()
    except Exception as error:  # noqa: BLE001 - a foreign package may fail in any way
        _log.warning("speech engine %s (%s): %r", entry.name, entry.value, error)
        return BrokenSynthesizer(
            entry.name,
            _("the speech engine {engine} cannot be loaded: {reason}").format(
                engine=entry.name, reason=error
            ),
            hint=_("install it again, or leave it out of “voices” in station.yaml"),
        )
    return engine


def _unknown(name: str, known: Iterable[str]) -> Synthesizer:
    return BrokenSynthesizer(
        name,
        _("there is no speech engine “{engine}”").format(engine=name),
        hint=nearest(name, known),
    )
