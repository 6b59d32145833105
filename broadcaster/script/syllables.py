"""Which words can be Vietnamese syllables: onsets × rimes × tones, with their real restrictions.

Capitals in a heading (``BAN HÀNH``) are words and those of ``UBND`` are not; ``trởng`` has lost a
letter and ``trưởng`` has not.  The structure of the syllable tells them apart without a word list.

The inventory is that of standard spelling (Quyết định 1989/QĐ-BGDĐT of 2018; Đoàn Thiện Thuật,
Ngữ âm tiếng Việt, 1977): ``k``, ``gh`` and ``ngh`` stand before front vowels only, and a syllable
that ends in a stop has the tone sắc or nặng.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

__all__ = ["TONES", "is_syllable", "split_tone"]

TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONES = dict.fromkeys(map(ord, TONES))
_STOP_TONES = frozenset(("\u0301", "\u0323"))
_STOPS = ("c", "ch", "p", "t")
# After a vowel or a diphthong, the codas and glides with which it is written; _ is none.
_RIMES = """
a _ c ch i m n ng nh o p t u y   ă c m n ng p t   â c m n ng p t u y
e _ c m n ng o p t   ê _ ch m n nh p t u   i _ ch m n nh p t u   ia _   iê c m n ng p t u
o _ c i m n ng p t   oo c ng   ô _ c i m n ng p t   ơ _ i m n p t
oa _ c ch i m n ng nh o p t y   oă c m n ng t   oe _ m n o t
u _ c i m n ng p t   ua _   uâ n ng t y   uê _ ch n nh   uô c i m n ng p t   uơ _
uy _ ch n nh t u p   uya _   uyê n t
ư _ c i m ng t u   ưa _   ươ c i m n ng p t u
"""
_AFTER_Q = """
ua _ c ch i m n ng nh o p t u y   uă c m n ng p t   uâ c n ng t y   ue _ n o t ng
uê _ ch n nh   ui _ t   uơ _ i n   uô c   uy _ ch n nh t u   uyê n t
"""
_ALONE = "y _   yê m n ng t u"
_AFTER_G = "iê c ng t p n   ê c ng t p n"
_Y_TOO = "h k l m s t v"
_ONSETS = "b ch d đ h l m n nh ph r s t th tr v x kh p"


def _rimes(table: str) -> frozenset[str]:
    rimes: set[str] = set()
    for part in table.replace("\n", "   ").split("   "):
        vowel, *codas = part.split() or [""]
        rimes.update(vowel + coda.strip("_") for coda in codas)
    return frozenset(rimes)


@cache
def _syllables() -> frozenset[str]:
    """Every possible spelling without its tone, some three thousand."""
    rimes = _rimes(_RIMES)
    front = frozenset(rime for rime in rimes if rime[0] in "eêi")
    back = rimes - front
    spellings = {"y", *rimes, *_rimes(_ALONE)}
    spellings.update(onset + rime for onset in _ONSETS.split() for rime in rimes)
    spellings.update(onset + "y" for onset in _Y_TOO.split())
    spellings.update(onset + rime for onset in ("k", "gh", "ngh") for rime in front)
    spellings.update(onset + rime for onset in ("c", "g", "ng") for rime in back)
    spellings.update("gi" + rime for rime in rimes if rime[0] not in "iy")
    spellings.update("g" + rime for rime in rimes if rime[0] == "i")
    spellings.update("gi" + rime for rime in ("êc", "êng", "êt", "êp", "ên"))
    spellings.update("q" + rime for rime in _rimes(_AFTER_Q))
    return frozenset(spellings)


@lru_cache(maxsize=16384)
def split_tone(word: str) -> tuple[str, str]:
    """A word in small letters without its tone mark, and the mark: ``Trưởng`` → ``trương``, hỏi.

    The second is empty for the level tone, and holds all marks where there are several.
    """
    if word.isascii():
        return word.lower(), ""
    parts = unicodedata.normalize("NFD", word.lower())
    tone = "".join(char for char in parts if char in TONES)
    return unicodedata.normalize("NFC", parts.translate(_TONES)), tone


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """``ĐẶC`` and ``hành`` are, ``UBND``, ``PAPI``, ``trởng`` and ``quyểt`` are not."""
    plain, tone = split_tone(word)
    if len(tone) > 1 or plain not in _syllables():
        return False
    return tone in _STOP_TONES or not plain.endswith(_STOPS)
