"""Letters that no table knows: initials, codes, words in capitals, unknown abbreviations."""

from __future__ import annotations

import re

from broadcaster.script.alphabet import (
    LETTER,
    LETTER_NAMES,
    LOWER,
    UPPER,
    letter_name,
    say_word,
    spell_letters,
)
from broadcaster.script.numerals import say_digits, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import END, Match, Rule, Scene
from broadcaster.script.syllables import is_syllable

__all__ = ["RULES"]

_SAYABLE = regex(r"(?:[BCDGHKLMNPRSTVXY]?[AEIOUY]){2,6}[NMTCP]?")
_OPEN_SYLLABLE = regex(r"[B-DF-HJ-NP-TV-Z]?[AEIOUY](?:[NMTCP](?![AEIOUY]))?")
_SOFTENED = {letter: f"{letter}ờ" for letter in "bdđhlmnrstv"} | {"k": "cờ", "p": "pờ", "g": "gờ"}
_NAME_OF_STORM = regex(r"(?i:bão)[^.;:]{0,30}(?:\(|tên |bão )$")
_ADDRESSED = {"A.": "anh", "C.": "chị"}


def _shouted(match: Match, scene: Scene) -> str | None:
    """A word of a heading in capitals, or a syllable that is no abbreviation."""
    word = match[0]
    if not is_syllable(word):
        return None
    return word.lower() if scene.shouted or not word.isascii() or len(word) > 2 else None


def _initial(match: Match, _scene: Scene) -> str:
    """A single capital: ``Nguyễn Văn A``, ``vitamin C``, ``Nguyễn Thị H. (45 tuổi)``."""
    letter = match[1].lower()
    return LETTER_NAMES.get(letter, letter)


def _initial_stop(match: Match, scene: Scene) -> str:
    """``T.K. Nguyễn``; ``gặp A.Tuấn``, ``LH C.Hoa`` are anh and chị."""
    if match[0] in _ADDRESSED and scene.follows("met", match.start()):
        return _ADDRESSED[match[0]]
    return " ".join(letter_name(char) for char in match[0] if char.isalpha())


def _softened(match: Match, _scene: Scene) -> str | None:
    """``H'leo``, ``R'lấp``: a consonant of the Highlands' names before the syllable."""
    return _SOFTENED.get(match[1].lower())


def _letters_digits(match: Match, scene: Scene) -> str:
    """``H5N1``, ``A4``, ``NK7328``: letters by name, digits as numbers; ``TTHC2`` is a TTHC."""
    if re.fullmatch(r"M\d{2,3}", match[0]) and scene.recalls("concrete", match.start()):
        named = scene.before(match.start()).lower().endswith("mác ")
        return ("" if named else "mác ") + say_written(match[0][1:])
    said = []
    one_by_one = 2 if scene.recalls("variety", match.start()) else 4
    few = sum(map(str.isdigit, match[0])) < 3
    for part in re.findall(rf"{LETTER}+|\d+", match[0]):
        if part.isdigit():
            digits = len(part) > one_by_one or (part[0] == "0" and len(part) > 1)
            said.append(say_digits(part) if digits else say_written(part))
        else:
            known = few and (one_by_one == 4 or len(part) > 2)
            said.append((known and scene.lexicon.pieces.get(part)) or spell_letters(part))
    pause = "," if re.match(r"\s\d", scene.after(match.end())) else ""
    return " ".join(said) + pause


def _numbered(match: Match, _scene: Scene) -> str:
    """``A2.05``: a room, or whatever bears such a number."""
    parts = [spell_letters(match[1]), say_written(match[2]), "chấm"]
    zero = len(match[3]) > 1 and match[3][0] == "0"
    return " ".join([*parts, say_digits(match[3]) if zero else say_written(match[3])])


def _by_syllables(word: str) -> str:
    """``YAGI`` → ``ya gi``: a name in capitals that can be said, or ``""``."""
    if len(word) < 4 or not _SAYABLE.fullmatch(word):
        return ""
    return " ".join(part.lower() for part in _OPEN_SYLLABLE.findall(word))


def _unknown(match: Match, scene: Scene) -> str:
    """Spelled with the names of the letters, and shown to the editor."""
    word = match[0]
    sayable = _by_syllables(word)
    if not sayable and _NAME_OF_STORM.search(scene.before(match.start())):
        return word.lower()
    spoken = sayable or " ".join(
        spell_letters(part)
        if part.isupper() and not (scene.shouted and is_syllable(part))
        else say_word(part)
        for part in re.findall(rf"[{UPPER}]+(?![{LOWER}])|[{UPPER}]?[{LOWER}]+|[{UPPER}]", word)
    )
    scene.doubt("unknown-acronym", match.start(), word, spoken=spoken)
    return spoken


def _mixed(match: Match, scene: Scene) -> str | None:
    """``iPhone``, ``eTax``, ``CSDLquốc``: capitals inside a word that no table knows."""
    word = match[0]
    if re.search(rf"[{UPPER}]{{2}}", word):
        return _unknown(match, scene)
    return " ".join(map(say_word, re.findall(rf"[{UPPER}]?[{LOWER}]+|[{UPPER}]", word)))


def _consonants(match: Match, scene: Scene) -> str | None:
    """Small letters without a vowel (``tp``, ``kđt``) cannot be said as they stand."""
    found = scene.lexicon.find(scene.text.upper(), match.start()) if len(match[0]) > 1 else None
    if found and found[1] == match.end():
        return found[0].spoken
    return spell_letters(match[0])


RULES = (
    Rule(
        "letters.initials",
        rf"(?:[{UPPER}]g?\.){{1,4}}(?:(?=\s?[{UPPER}][{LOWER}])|[{UPPER}](?![{LOWER}]){END}"
        rf"(?:\.(?=\s?[,;:(]))?)",
        _initial_stop,
        first="a",
    ),
    Rule(
        "letters.apostrophe",
        rf"([{UPPER}{LOWER}])['’](?=[{LOWER}{UPPER}])",
        _softened,
        first="a",
    ),
    Rule(
        "letters.numbered",
        rf"([{UPPER}]{{1,2}})(\d{{1,2}})\.(\d{{1,3}})(?![.,/-]?\d){END}",
        _numbered,
        first="a",
    ),
    Rule(
        "letters.code",
        rf"[{UPPER}]{{1,6}}-?\d+(?:[{UPPER}]{{1,3}}\d*)?{END}",
        _letters_digits,
        first="a",
    ),
    Rule("letters.capitals", rf"[{UPPER}]{{2,8}}{END}", _shouted, first="a"),
    Rule("letters.unknown", rf"[{UPPER}]{{2,40}}(?![{LOWER}]){END}", _unknown, first="a"),
    Rule(
        "letters.initial",
        rf"([{UPPER}])(?:\.(?=\s?[(,;:]|\s[{LOWER}]))?{END}",
        _initial,
        first="a",
    ),
    Rule(
        "letters.mixed",
        rf"(?=[{LOWER}]{{0,20}}[{UPPER}][{LOWER}]{{0,20}}[{UPPER}]|[{LOWER}]{{1,20}}[{UPPER}]){LETTER}{{2,40}}",
        _mixed,
        first="a",
    ),
    Rule(
        "letters.consonants",
        rf"(?!x\s?\d)[bcdđghklmnpqrstvxfjwz]{{1,8}}(?![{LOWER}])",
        _consonants,
        first="a",
    ),
)
