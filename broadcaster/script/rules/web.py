"""Addresses of the network: links, e-mail, file names, hashtags."""

from __future__ import annotations

import re
from functools import cache

from broadcaster.script.alphabet import spell_letters
from broadcaster.script.lexicon import read_table
from broadcaster.script.numerals import say_digits, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import Match, Rule, Scene
from broadcaster.script.syllables import is_syllable

__all__ = ["RULES"]

_ENDINGS = "vn|com|net|org|gov|edu|info|io|asia|biz|ly|gl|app|me|tv|aspx?|html?|chn"
_HOST = rf"(?:[A-Za-z0-9-]{{1,40}}\.){{1,5}}(?:{_ENDINGS})(?![A-Za-z0-9])"
_FILES = "png|jpe?g|gif|pdf|docx?|xlsx?|pptx?|mp3|mp4|wav|zip|rar|txt"
_WORD = regex(r"[A-Za-z]+|\d+|[._@/-]")
_SIGNS = {".": "chấm", "@": "a còng", "/": "gạch chéo", "-": "gạch ngang", "_": "gạch dưới"}
_LEAST_KNOWN, _LEAST_NAME = 4, 3
"""How many letters must be known for the rest to be a name, and how many that has."""
_NO_VOWEL = regex(r"[^aeiouy]+")


@cache
def _names() -> dict[str, str]:
    return {written: spoken for written, spoken, *_rest in read_table("web")}


def _say_word(word: str) -> str:
    if word in _SIGNS:
        return _SIGNS[word]
    if word.isdigit():
        return say_digits(word)
    known = _names().get(word.lower())
    if known is None and len(word) > 3:
        known = _split_known(word.lower())
    if known:
        return known
    unsayable = _NO_VOWEL.fullmatch(word.lower()) or (len(word) < 4 and not is_syllable(word))
    return spell_letters(word) if unsayable else word.lower()


def _split_known(word: str) -> str:
    """``baoyenbai`` in known pieces, the longest first; ``""`` if only short ones are known.

    What stands after them is a name that has its marks elsewhere: ``ubndxaphuoc``.
    """
    said: list[str] = []
    start = 0
    while start < len(word):
        ends = range(len(word), start + 1, -1)
        end = next((end for end in ends if word[start:end] in _names()), 0)
        if not end:
            rest = word[start:]
            is_name = start >= _LEAST_KNOWN and len(rest) >= _LEAST_NAME
            return " ".join([*said, _say_word(rest)]) if is_name else ""
        said.append(_names()[word[start:end]])
        start = end
    return " ".join(said)


def _say_address(text: str) -> str:
    return " ".join(_say_word(word) for word in _WORD.findall(text))


def _link(match: Match, _scene: Scene) -> str:
    """The host, and a short path; nobody writes down a long one."""
    path = match["path"] or ""
    short = path if re.fullmatch(r"(?=.{1,20}$)(?:/@?[A-Za-z0-9]+){1,2}", path.rstrip("/.")) else ""
    return _say_address(match["host"].removeprefix("www.") + short.rstrip("."))


def _mail(match: Match, _scene: Scene) -> str:
    return _say_address(match[0])


def _hashtag(match: Match, scene: Scene) -> str:
    """Read where a sentence names it, or goes on with it; elsewhere it is furniture of a page."""
    if is_syllable(match[0][1:]) and scene.next_word(match.end()).islower():
        return match[0][1:]
    if not scene.follows("hashtag", match.start()):
        return ""
    words = re.findall(r"[^\W\d_]+|\d+", match[0])
    return " ".join(scene.lexicon.pieces.get(word) or _say_word(word) for word in words)


def _number(match: Match, _scene: Scene) -> str | None:
    """``192.168.1.1``; groups of three digits are thousands."""
    parts = match[0].split(".")
    if all(len(part) == 3 for part in parts[1:]):
        return None
    return " chấm ".join(map(say_written, parts))


RULES = (
    Rule("web.number", r"\d{1,3}(?:\.\d{1,3}){3}(?![.,]?\d)", _number),
    Rule("web.mail", rf"[\w.+-]{{1,40}}@{_HOST}", _mail, first="0a"),
    Rule(
        "web.link",
        rf"(?:https?:/{{1,2}}|ftp://)?(?P<host>{_HOST})(?P<path>/[^\s,;()“”\"]{{0,300}}(?<![.!?:]))?",
        _link,
        first="0a",
    ),
    Rule(
        "web.long-link",
        r"(?:https?|ftp):/{1,2}(?P<host>[A-Za-z0-9.-]{1,80})(?::\d+)?(?P<path>/[^\s,;()“”\"]{0,300}(?<![.!?:]))?",
        _link,
        first="a",
    ),
    Rule(
        "web.file",
        rf"[\w-]{{1,60}}\.(?:{_FILES})(?!\w)",
        lambda m, _s: _say_address(m[0]),
        first="0a",
    ),
    Rule("web.hashtag", r"#(?!\d{1,4}(?!\w))\w{1,60}", _hashtag, first="."),
    Rule(
        "web.handle",
        r"@([A-Za-z]\w{1,40})",
        lambda m, _s: "a còng " + _say_address(m[1]),
        first=".",
    ),
)
