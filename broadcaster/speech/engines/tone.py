"""A tone instead of a voice, for tests: its length follows the text, its pitch the words.

It is never loaded unless it is named, so that no listener hears it by accident.
"""

from __future__ import annotations

import zlib
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import SpeechError
from broadcaster.speech.synthesizer import EngineStatus, has_words, speaks_vietnamese
from broadcaster.voicename import DEFAULT_NAME

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["MS_PER_WORD", "ToneSynthesizer"]

MS_PER_WORD = 250
_RATE = 24_000
_FADE = _RATE // 20  # speech dies away, too


class ToneSynthesizer:
    """A synthesizer without speech; ``spoken`` keeps what it was asked for."""

    engine = "tone"
    needs_network = False
    test_only = True
    at_once = 1
    shapes: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def revision_of(self, name: str) -> str:  # noqa: ARG002
        return "2"

    def is_vietnamese(self, name: str) -> bool:
        return speaks_vietnamese(name)

    def voices(self) -> tuple[str, ...]:
        return (DEFAULT_NAME,)

    def speak(
        self,
        text: str,
        name: str,  # noqa: ARG002
        **manner: int,  # noqa: ARG002
    ) -> tuple[NDArray[np.float32], int]:
        """A quarter of a second a word; raises `SpeechError` for a text without words."""
        import numpy as np  # noqa: PLC0415 - listing the engines must not pay for it

        self.spoken.append(text)
        if not has_words(text):
            raise SpeechError(_("there is nothing to say in “{text}”").format(text=text[:60]))
        count = len(text.split()) * MS_PER_WORD * _RATE // 1000
        frequency = 300 + zlib.crc32(text.encode()) % 500
        phase = np.arange(count, dtype=np.float32) * np.float32(2 * np.pi * frequency / _RATE)
        tone = np.float32(0.25) * np.sin(phase, dtype=np.float32)
        tone[-_FADE:] *= np.linspace(1, 0, _FADE, dtype=np.float32)
        return tone, _RATE

    def status(self) -> EngineStatus:
        return EngineStatus(engine=self.engine, available=True, voices=self.voices())

    def close(self) -> None:
        """Nothing was opened."""
