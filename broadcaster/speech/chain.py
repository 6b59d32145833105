"""The chain of voices: whose turn it is, and who may not be asked.

It stands apart from the speaking, because an estimate needs to know who would speak, too.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import SpeechError, nearest
from broadcaster.speech.synthesizer import HasInstalledVoices, load_engines
from broadcaster.voicename import VoiceName, bare_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from broadcaster.speech.synthesizer import Synthesizer

__all__ = ["ForbiddenError", "VoiceChain"]


class ForbiddenError(SpeechError):
    """The station or the bulletin does not want this voice: no news for the log."""


class VoiceChain:
    """``names`` in the order in which they are tried.

    ``engines`` are those of this machine unless others are given; ``voices`` is the folder in
    which voices are installed.
    """

    def __init__(
        self,
        names: Sequence[VoiceName | str],
        *,
        engines: Mapping[str, Synthesizer] | None = None,
        voices: Path | None = None,
    ) -> None:
        self._names = tuple(names)
        self._engines = engines
        self._voices = voices
        self._likely: dict[tuple[object, ...], VoiceName | None] = {}

    @property
    def engines(self) -> Mapping[str, Synthesizer]:
        """By name; loaded when first asked for."""
        if self._engines is None:
            self._engines = load_engines(voices=self._voices)
        return self._engines

    def close(self) -> None:
        """End the processes of the engines that were loaded."""
        for engine in (self._engines or {}).values():
            engine.close()

    def order(self, voice: str = "", *, only: Collection[str] = ()) -> tuple[str, ...]:
        """The full names, ``voice`` before all; what is no voice stays, to be refused later.

        Of those whose bare names are in ``only``, unless that is empty.
        """
        names = dict.fromkeys(_full_name(v) for v in (voice, *self._names) if v)
        return tuple(name for name in names if not only or bare_name(name) in only)

    def engine_of(self, voice: VoiceName, *, online: bool) -> Synthesizer:
        """The engine of ``voice``; raises `SpeechError` where there is none, and
        `ForbiddenError` where it would send the text to a network that is forbidden."""
        engine = self.engines.get(voice.engine)
        if engine is None:
            raise SpeechError(
                _("there is no speech engine “{engine}”").format(engine=voice.engine),
                hint=nearest(voice.engine, self.engines),
            )
        if engine.needs_network and not (online and voice.engine in self._engine_names()):
            raise ForbiddenError(
                _("it would send the text to the internet, which is forbidden here")
            )
        return engine

    def likely(
        self, voice: str = "", *, online: bool = True, only: Collection[str] = ()
    ) -> VoiceName | None:
        """The voice that would be asked first; nobody is asked whether it can speak just now."""
        key = (voice, online, *sorted(only))
        if key not in self._likely:
            self._likely[key] = next(self._permitted(voice, online=online, only=only), None)
        return self._likely[key]

    def pace_of(self, voice: VoiceName) -> float:
        """How fast ``voice`` speaks, in % of espeak's pace, as far as it was measured."""
        engine = self.engines.get(voice.engine)
        return engine.pace_of(voice.name) if isinstance(engine, HasInstalledVoices) else 100.0

    def _permitted(self, voice: str, *, online: bool, only: Collection[str]) -> Iterator[VoiceName]:
        for name in self.order(voice, only=only):
            try:
                permitted = VoiceName.parse(name)
                self.engine_of(permitted, online=online)
            except SpeechError:
                continue
            yield permitted

    def _engine_names(self) -> set[str]:
        return {str(voice).partition(":")[0] for voice in self.order()}


def _full_name(voice: VoiceName | str) -> str:
    """So that ``espeak`` and ``espeak:vi`` are one."""
    try:
        return str(VoiceName.parse(str(voice)))
    except SpeechError:
        return str(voice)
