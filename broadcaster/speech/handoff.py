"""A reading → what one engine is sent: foreign words in its own spelling, and nothing unread.

It stands apart from rendering because it is a border: what was read stays in the log and in the
clip, only the engine gets another spelling; and no digit, sign or abbreviation passes, even where
a sentence did not come from a reading.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from gettext import gettext as _
from pathlib import Path

__all__ = ["hand_over", "respelled", "respellings"]

_DATA = Path(__file__).parent / "data"
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_READS_LIKE = {"piper": "espeak"}
"""Piper's voices are told their phonemes by espeak-ng, with its slips over foreign words."""

_UNREAD = re.compile(
    r"\d|[^\w\s,.;:!?…'’\"“”()–-]|_|[²³¹¼-¾\u2070-\u209f\u2150-\u218f\u2460-\u24ff]"
)
_CAPITALS = re.compile(r"\b[^\W\d_]{2,}\b")
_SPACES = re.compile(r"\s+")
_log = logging.getLogger(__name__)


def hand_over(engine: str, spoken: str, *, vietnamese: bool = True) -> str:
    """``spoken`` as a voice is sent it: respelled for a Vietnamese one, and safe for any."""
    return _nothing_unread(respelled(engine, spoken) if vietnamese else spoken)


def respelled(engine: str, text: str) -> str:
    """``text`` with the words of the engine's table (``data/respell-ENGINE.tsv``) exchanged."""
    table = respellings(engine)
    pattern = _words_of(engine)
    return pattern.sub(lambda found: table[found[0].lower()], text) if pattern else text


@cache
def respellings(engine: str) -> dict[str, str]:
    """Words in small letters with what this engine is sent for them; none without a table."""
    path = _DATA / f"respell-{_READS_LIKE.get(engine, engine)}.tsv"
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


@cache
def _words_of(engine: str) -> re.Pattern[str] | None:
    words = sorted(respellings(engine), key=len, reverse=True)
    pattern = rf"(?i)\b(?:{'|'.join(map(re.escape, words))})\b"
    return re.compile(pattern) if words else None


def _nothing_unread(spoken: str) -> str:
    """Digits by name, capitals letter by letter, signs as silence: said badly, never sent raw."""
    safe = _CAPITALS.sub(_letter_by_letter, _UNREAD.sub(_said, spoken))
    if safe != spoken:
        safe = _SPACES.sub(" ", safe).strip()
        text = _("unread text reached the voices: “{text}”; it is sent as “{safe}”")
        _log.warning("%s", text.format(text=spoken, safe=safe))
    return safe


def _said(found: re.Match[str]) -> str:
    return f" {_DIGITS[int(found[0])]} " if found[0].isdecimal() else " "


def _letter_by_letter(found: re.Match[str]) -> str:
    word = found[0]
    return " ".join(word.lower()) if word.isupper() else word
