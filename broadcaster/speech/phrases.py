"""A sentence → phrases that a service with a limit takes whole, cut where one breathes.

It stands apart from the service because it is pure, and the next network voice will need it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.speech.synthesizer import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_CHARACTERS", "Phrase", "split_phrases"]

MOST_CHARACTERS = 99

_PAUSES_MS = {
    **dict.fromkeys(".!?…", 350),
    **dict.fromkeys(";:–—", 220),
    **dict.fromkeys(",)”»", 150),
}
_PAUSE_BETWEEN_WORDS_MS = 30


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is asked for at once, and the pause before the next phrase."""

    text: str
    pause_after_ms: int


def split_phrases(text: str, *, most: int = MOST_CHARACTERS) -> tuple[Phrase, ...]:
    """``text`` in phrases of at most ``most`` characters; no word is lost, added or moved.

    A phrase is as long as may be and ends at punctuation, where there is some in reach, else
    between words; a single word that is too long is cut.  Stretches without a word are dropped.
    """
    words = [part for word in text.split() for part in _cut(word, most)]
    phrases = []
    while words:
        count = _phrase_length(words, most)
        phrases.append(" ".join(words[:count]))
        words = words[count:]
    return tuple(
        Phrase(phrase, _PAUSES_MS.get(phrase[-1], _PAUSE_BETWEEN_WORDS_MS))
        for phrase in phrases
        if has_words(phrase)
    )


def _cut(word: str, most: int) -> Iterator[str]:
    for start in range(0, len(word), most):
        yield word[start : start + most]


def _phrase_length(words: list[str], most: int) -> int:
    """How many of ``words`` make the next phrase."""
    fitting, length = 0, -1
    for word in words:
        length += 1 + len(word)
        if length > most:
            break
        fitting += 1
    if fitting == len(words):
        return fitting
    borders = (n for n in range(fitting, 0, -1) if words[n - 1][-1] in _PAUSES_MS)
    return next(borders, fitting)
