"""Whether a word is a possible Vietnamese syllable.

Capitals in a heading (``BAN HÀNH``) are words and those of ``UBND`` are not; the structure of the
syllable tells them apart without a word list.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["is_syllable"]

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"(?:iêu|yêu|uôi|ươi|ươu|oai|oay|oeo|uây|uyê|uya|oao|uêu|uyu"
    r"|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|yê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|ya"
    r"|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """``ĐẶC`` and ``hành`` are, ``UBND``, ``PAPI`` and ``online`` are not."""
    plain = unicodedata.normalize("NFD", word.lower()).translate(_TONES)
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)) is not None
