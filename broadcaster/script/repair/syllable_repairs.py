"""From an impossible syllable to the possible ones that it may have been.

Each repair undoes one known accident: TCVN3 writes ``ư`` as a soft hyphen, which copying deletes
(``trởng``); a horn is typed once where two belong (``đuợc``); CP1258 is shown as Windows-1252
(``ngýời``); a tone stands on a stop that cannot bear it (``quyểt``).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from broadcaster.script.syllables import TONES, is_syllable, split_tone

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LONGEST", "lost_letters", "repairs", "suggestions"]

LONGEST = 8
"""Letters in the longest word looked at; the longest syllable has seven."""
_HORNS = (("uơ", "ươ"), ("ưo", "ươ"))
_SHOWN_AS = {"ý": "ýư", "õ": "õơ", "ã": "ãă"}
_NO_TONES = dict.fromkeys(map(ord, TONES))


@lru_cache(maxsize=8192)
def lost_letters(word: str) -> tuple[str, ...]:
    """The syllables that ``word`` becomes with one small ``ư`` more."""
    if not 1 < len(word) < LONGEST or word[1:] != word[1:].lower():
        return ()
    grown = (f"{word[:place]}ư{word[place:]}" for place in range(1, len(word) + 1))
    return _syllables_of(grown)


@lru_cache(maxsize=8192)
def repairs(word: str) -> tuple[str, ...]:
    """All syllables that one accident may have made ``word`` of."""
    if not 1 < len(word) < LONGEST:
        return ()
    return tuple(dict.fromkeys((*lost_letters(word), *_horns(word), *_cp1258(word))))


def suggestions(word: str) -> tuple[str, ...]:
    """What an editor may have meant: the repairs, and the same letters with another tone."""
    plain, _tone = split_tone(word)
    if plain == word and word.endswith("ơng"):
        return (*repairs(word), word.replace("ơng", "ông"))
    if not plain.endswith(("c", "ch", "p", "t")):
        return repairs(word)
    vowel = next((place for place, char in enumerate(word) if split_tone(char)[1]), None)
    if vowel is None:
        return repairs(word)
    base = split_tone(word[vowel])[0]
    toned = (unicodedata.normalize("NFC", base + tone) for tone in "\u0301\u0323")
    return (
        *repairs(word),
        *_syllables_of(word[:vowel] + char + word[vowel + 1 :] for char in toned),
    )


def _syllables_of(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if is_syllable(word)))


def _horns(word: str) -> tuple[str, ...]:
    """``đuợc`` and ``đưọc`` → ``được``."""
    parts = unicodedata.normalize("NFD", word)
    tones = [char for char in parts if char in TONES]
    if len(tones) > 1:
        return ()
    plain = unicodedata.normalize("NFC", parts.translate(_NO_TONES))
    tone = "".join(tones)
    mended = (plain.replace(wrong, right, 1) for wrong, right in _HORNS if wrong in plain)
    toned = (word.replace("ơ", f"ơ{tone}", 1) for word in mended)
    return _syllables_of(unicodedata.normalize("NFC", word) for word in toned)


def _cp1258(word: str) -> tuple[str, ...]:
    """``ngýời`` → ``người``, ``phýõng`` → ``phương``."""
    if not set(_SHOWN_AS) & set(word):
        return ()
    choices = product(*(_SHOWN_AS.get(char, char) for char in word))
    return _syllables_of("".join(chars) for chars in choices)
