"""Which old encoding a stretch of text is in: the one that makes Vietnamese syllables of it.

Apart from the tables, because it guesses.  Words weigh: a word with marks that is a possible
syllable speaks for a reading of the text, one that is none speaks against it.  Text that is
Vietnamese as it stands is never touched.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from broadcaster.script.repair.charsets import Charset, charsets
from broadcaster.script.repair.syllable_repairs import lost_letters
from broadcaster.script.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Guess", "best_charset", "guess", "stretches"]

# What Windows-1252 cannot show, so that a word with it was typed in Unicode.
_MODERN = "[^\t -~\x80-\xffŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™\ufeff]"
_CHUNK = r"[^ \t]+"
_WORD = r"(?!Ø\s?\d)[^\s!-@\[-`{-~‘’“”–—…•]+"
# The sign of a diameter (``Ø60``) is no letter.
# VIQR: marks after vowels inside words, some of which only Vietnamese has.
_VIQR_WORD = r"(?i)(?<![\w.@/])[a-z]*[aeiouy][\^(+]?['`?~^(+][a-z+'`?~.]*"
_VIQR_SHAPE = r"(?i)[aeo]\^|[aou]\([a-z]|[ou]\+"
_TOLERANCE = 7
"""Words that may speak for an encoding to one that speaks against it: names are foreign."""
_LONGEST_SAMPLE = 200_000


class Weight(NamedTuple):
    """How many words with marks can be Vietnamese, and how many cannot."""

    good: int
    bad: int


class Guess(NamedTuple):
    """``sure``: the stretch proves its encoding by itself."""

    charset: Charset
    sure: bool


def stretches(line: str) -> Iterator[tuple[int, int]]:
    """The spans of a line that may be in an old encoding: words without modern letters.

    Beside a word with modern letters, where two people's typing meets, a span goes no farther
    than its last word that is not Vietnamese as it stands.
    """
    words: list[re.Match[str]] = []
    after_modern = False
    for word in re.finditer(_CHUNK, line):
        if not re.search(_MODERN, word[0]):
            words.append(word)
            continue
        yield from _stretch(words, after_modern=after_modern, before_modern=True)
        words, after_modern = [], True
    yield from _stretch(words, after_modern=after_modern, before_modern=False)


def _stretch(
    words: list[re.Match[str]], *, after_modern: bool, before_modern: bool
) -> Iterator[tuple[int, int]]:
    if not after_modern and not before_modern and words:
        yield words[0].start(), words[-1].end()
        return
    strange = [word for word in words if _weigh(word[0]).bad]
    if strange:
        first = strange[0] if after_modern else words[0]
        last = strange[-1] if before_modern else words[-1]
        yield first.start(), last.end()


def guess(text: str, known: frozenset[str] = frozenset()) -> Guess | None:
    """The encoding of a stretch; ``known`` are rules of encodings that its document proves."""
    utf8 = charsets()[0]
    if utf8.rule in known and not text.strip("Â\xa0 "):  # what a no-break space alone becomes
        return Guess(utf8, sure=False)
    as_is = _weigh(text)
    if not as_is.bad and not _looks_like_viqr(text):
        return None
    charset, weight = _best(text)
    known_here = charset.rule in known
    tolerance = 2 if known_here or charset.rule == "repair.utf8" else _TOLERANCE
    if weight.bad * tolerance > weight.good or weight.good <= as_is.good:
        return None
    if charset.rule == "repair.viqr" and weight.good < 4:
        return None
    sure = weight.good >= 3 or (weight.good == 2 and not as_is.good)
    return Guess(charset, sure) if sure or known_here or _is_whole(text, charset) else None


def _looks_like_viqr(text: str) -> bool:
    return re.search(_VIQR_SHAPE, text) is not None and len(re.findall(_VIQR_WORD, text)) > 3


def best_charset(text: str) -> Charset | None:
    """The encoding of a whole file that was read as Windows-1252; None where none fits."""
    charset, weight = _best(text[:_LONGEST_SAMPLE])
    return charset if weight.good and weight.bad * _TOLERANCE <= weight.good else None


def _best(text: str) -> tuple[Charset, Weight]:
    weighed = [(charset, _weigh(charset.decode(text))) for charset in charsets()]
    return max(weighed, key=lambda pair: pair[1].good - 3 * pair[1].bad)


def _is_whole(text: str, charset: Charset) -> bool:
    """Two words or more, and every one of them a syllable: ``Uû ban``."""
    words = re.findall(_WORD, charset.decode(text))
    return len(words) > 1 and all(map(_is_plausible, words))


def _weigh(text: str) -> Weight:
    marked = [word for word in re.findall(_WORD, text) if not word.isascii()]
    spoken = [word for word in marked if any(map(str.isalpha, word))]
    good = sum(map(_is_plausible, spoken))
    return Weight(good, len(spoken) - good)


@lru_cache(maxsize=16384)
def _is_plausible(word: str) -> bool:
    """A syllable in one case, one that only lost its ``ư``, or has a soft hyphen for it."""
    word = word.replace("\xad", "ư")
    if len(word) > 8 or not (word.islower() or word.isupper() or word.istitle()):
        return False
    return is_syllable(word) or len(lost_letters(word)) == 1
