"""How long a reading will take, before anything is spoken: syllables, pauses and a voice's pace."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.voicename import DEFAULT_NAME, VoiceName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.model import Sentence

__all__ = ["PACES", "Pace", "estimate_ms"]


class Pace(NamedTuple):
    """Milliseconds for a syllable, for a mark inside a sentence, and for each sentence."""

    syllable_ms: float
    comma_ms: float
    sentence_ms: float


PACES = {
    "espeak:vi": Pace(248.6, 307.0, 131.0),
    "espeak:vi-vn-x-central": Pace(252.3, 317.8, 113.0),
    "espeak:vi-vn-x-south": Pace(260.0, 297.5, 123.0),
    "gtts:vi": Pace(225.0, 300.0, 150.0),
}
"""Fitted (least squares) to some 330 sentences of news, clips trimmed of silence; the gTTS row is
a guess.  On whole Vietnamese bulletins espeak's rows are within 6 % of the real length."""
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"[,;:](?=\s)|[.!?](?=\s)")


_USUAL = VoiceName("espeak")


def estimate_ms(
    sentences: Iterable[Sentence], *, voice: VoiceName = _USUAL, pace: float = 100.0
) -> int:
    """The length of ``sentences`` with the pauses after them, spoken by ``voice``.

    ``pace`` is how fast a voice without a row of its own speaks, in % of espeak's.
    """
    row = _row(voice)
    faster = voice.rate / 100 * pace / 100
    return round(sum(_sound_ms(s.spoken, row) / faster + s.pause_after_ms for s in sentences))


def _row(voice: VoiceName) -> Pace:
    names = (f"{voice.engine}:{voice.name}", f"{voice.engine}:{DEFAULT_NAME}", "espeak:vi")
    return next(PACES[name] for name in names if name in PACES)


def _sound_ms(spoken: str, row: Pace) -> float:
    words, marks = len(_WORD.findall(spoken)), len(_MARK.findall(spoken))
    return words * row.syllable_ms + marks * row.comma_ms + row.sentence_ms
