"""Abbreviations: those of the lexicon, compounds of them, place prefixes, and unknown ones."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from broadcaster.script.alphabet import (
    LETTER,
    LETTER_NAMES,
    LOWER,
    UPPER,
    letter_name,
    say_word,
    spell_letters,
)
from broadcaster.script.lexicon import read_table
from broadcaster.script.numerals import say_digits, say_integer, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import END, Match, Rule, Said, Scene
from broadcaster.script.syllables import is_syllable

if TYPE_CHECKING:
    from broadcaster.script.lexicon import Entry

__all__ = ["RULES"]

_COMPOUND = rf"[{UPPER}][{UPPER}a-zđ]{{0,11}}(?:\s?[-–&/]\s?[{UPPER}]{{1,12}}){{1,4}}"
_SAYABLE = regex(r"(?:[BCDGHKLMNPRSTVXY]?[AEIOUY]){2,6}[NMTCP]?")
_OPEN_SYLLABLE = regex(r"[B-DF-HJ-NP-TV-Z]?[AEIOUY](?:[NMTCP](?![AEIOUY]))?")
_SOFTENED = {letter: f"{letter}ờ" for letter in "bdđhlmnrstv"} | {"k": "cờ", "p": "pờ", "g": "gờ"}
_NAME_BEFORE = regex(rf"(?:[{UPPER}][{LOWER}]+ ){{2}}$")
_NAME_OF_STORM = regex(r"(?i:bão)[^.;:]{0,30}(?:\(|tên |bão )$")
_WEEKDAY_AFTER = regex(
    r"\s?(?:(?:[-–,&+/]|đến|và)\s?(?:T[2-7]|[2-7]|CN|thứ|chủ)(?!\d)|hằng|hàng"
    r"|,?\s?\(?(?:ngày )?\d{1,2}[/-]\d)"
)
_WEEKDAY_BEFORE = regex(
    r"\d\s?(?:h|g|giờ)\s?\d{0,2}[’']?\s?[,(]?\s?$|(?:T[2-7]|[Tt]hứ\s\w{1,3})\s?(?:[-–,;&+/]|và|đến|hoặc)\s?$"
)
_ADDRESSED = {"A.": "anh", "C.": "chị"}
_ROSTER = regex(r"[Ll]ịch|[Tt]rực|(?:T[2-7]|CN)\s?:")
_JOINT = regex(r"\s?([-–&/])\s?")


@cache
def _prefixes(kind: str) -> dict[str, str]:
    return {written: name for written, name, its_kind in read_table("prefixes") if its_kind == kind}


def _said_before(spoken: str, scene: Scene) -> bool:
    """Whether what a short form stands for was the last thing said."""
    said = " ".join(scene.said[-40:]).lower()
    return _plain(said).endswith(_plain(spoken.lower()))


def _plain(text: str) -> str:
    return " ".join(word for word in re.findall(rf"{LETTER}+", text) if word not in {"và", "của"})


def _known(match: Match, scene: Scene) -> Said | None:
    found = scene.lexicon.find(scene.text, match.start())
    if not found or _is_word_of_heading(found[0], scene):
        return None
    return Said(found[0].spoken, found[1])


def _is_word_of_heading(entry: Entry, scene: Scene) -> bool:
    """``ĐÊM HỘI DÂN CA``: in a line of capitals a syllable is a word, unless a context says no."""
    return scene.shouted and not entry.conditions and is_syllable(entry.written)


def _definition(match: Match, scene: Scene) -> str | None:
    """``cải cách hành chính (CCHC)``, ``(sau đây gọi tắt là UBND)``: said once."""
    short = match["short"]
    found = scene.lexicon.find(short, 0)
    spoken = found[0].spoken if found and found[1] == len(short) else ""
    for meaning in (spoken, scene.facts.defined.get(short, "")):
        if meaning and _said_before(meaning, scene):
            return ""
    return None


def _defined(match: Match, scene: Scene) -> str | None:
    return scene.facts.defined.get(match[0])


def _compound(match: Match, scene: Scene) -> str | None:
    """``LĐ-TB&XH`` in one row of the lexicon, or part by part when every part is known."""
    found = scene.lexicon.find(scene.text, match.start())
    if found and found[1] == match.end():
        return found[0].spoken
    parts = _JOINT.split(match[0])
    if _is_name(parts):
        return None
    said: list[str] = []
    for number, part in enumerate(parts):
        if number % 2:
            said += ["và"] if part == "&" else []
        elif meaning := scene.lexicon.pieces.get(part) or scene.facts.defined.get(part):
            said.append(meaning)
        elif is_syllable(part) and len(part) > 1 and not part.isascii():
            said.append(part.lower())
        else:
            return None
    return " ".join(said)


def _is_name(parts: list[str]) -> bool:
    return any(part[1:].islower() for part in parts[::2] if len(part) > 2)


def _place(match: Match, scene: Scene) -> str | None:
    """``TP.HCM``, ``H.Cẩm Mỹ``, ``P. Đức Xuân``, ``Q.1``; ``P. Nội vụ`` is an office."""
    prefix = next(filter(None, match.groups())).upper()
    if prefix == "P" and re.match(r"\d{3}", scene.after(match.end())):
        return "phòng"
    if office := _office(prefix, scene.after(match.end())):
        return office
    if match[2] and _NAME_BEFORE.search(scene.before(match.start())):
        return None
    glued = match[3] and match[0] == match[3]
    before = scene.before(match.start()).rstrip()
    listed = before.endswith((",", ";")) or scene.follows("address", match.start())
    if (glued or prefix in {"T", "X"}) and not listed:
        return None
    return _prefixes("place")[prefix]


def _office_of(match: Match, scene: Scene) -> str | None:
    """``P.KD``, ``P.TCHC``: an office; ``P.GĐ`` is a deputy; ``B.QLDA``, ``K.KCB``."""
    if scene.shouted or _NAME_BEFORE.search(scene.before(match.start())):
        return None
    if match[1] != "P" and (match[0][-1] != "." or scene.starts_line(match.start())):
        return None
    name = re.match(rf"[{UPPER}]{{2,12}}", scene.after(match.end()))
    return _prefixes("office").get(f"{match[1]} {name and name[0]}") or _prefixes("unit")[match[1]]


def _joined(match: Match, scene: Scene) -> Said | None:
    """``BV.ĐK``, ``TT.DVNN``: a dot between abbreviations ends no sentence."""
    found = scene.lexicon.find(scene.text, match.start())
    if found and found[1] != match.end(1):
        return None
    said = found[0].spoken if found else scene.facts.defined.get(match[1])
    return Said(said, match.end()) if said else None


def _office(prefix: str, following: str) -> str:
    """``P. Nội vụ``, ``P. Chủ tịch``; a second capital makes it a place: ``P. Kinh Dinh``."""
    words = re.match(rf"({LETTER}+)(?:\s({LETTER}+))?", following)
    offices = _prefixes("office")
    if not words:
        return ""
    first, second = words[1], words[2] or ""
    if office := offices.get(f"{prefix} {first} {second.lower()}"):
        return office
    placed = second[:1].isupper() and (len(second) == 1 or not second.isupper())
    return "" if placed else offices.get(f"{prefix} {first}", "")


def _road(match: Match, scene: Scene) -> str | None:
    known = scene.lexicon.find(scene.text, match.start())
    if known and known[1] == match.end():
        return None
    if match[1] == "CT":
        named = "" if scene.before(match.start()).lower().endswith("cao tốc ") else "cao tốc "
        return f"{named}xê tê {say_digits(match[2])}"
    letter = f" {letter_name(match[3])}" if match[3] else ""
    road = _prefixes("road")[match[1]]
    if scene.before(match.start()).lower().endswith("đường "):
        road = road.removeprefix("đường ")
    return f"{road} {say_written(match[2])}{letter}"


def _glued(match: Match, _scene: Scene) -> str:
    """``NQ57``, ``QĐ1719``, ``TT56/2017/TT-BYT``: the kind of document before its number."""
    return _prefixes("document")[match[0]]


def _glued_pattern() -> str:
    return rf"(?:{'|'.join(_prefixes('document'))})(?=\d{{1,4}}(?![A-Z]))"


def _weekday(match: Match, scene: Scene) -> str | None:
    """``T2``, ``T7``: a weekday beside another one or after a word of time, else a month."""
    number = int(match[1])
    following = scene.after(match.end())
    month = match[2] or scene.follows("month-end", match.start())
    if month and 1 <= number <= 12:
        year = f" năm {say_written(match[2])}" if match[2] else ""
        return f"tháng {'tư' if number == 4 else say_integer(number)}{year}"
    if 2 <= number <= 7 and (
        _WEEKDAY_AFTER.match(following)
        or _WEEKDAY_BEFORE.search(scene.before(match.start()))
        or scene.follows("weekday", match.start())
        or (following.lstrip().startswith(":") and _ROSTER.search(scene.before(match.start())))
        or scene.text.strip(" .") == match[0]
    ):
        return "thứ tư" if number == 4 else f"thứ {say_integer(number)}"
    return None


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
        "abbreviations.definition",
        r"\s?\((?:sau đây )?(?:(?:được )?(?:gọi|viết)(?: tắt| chung)? là:? ?)?\s?"
        r"[“\"]?(?P<short>[^\s()“”\"][^()“”\"]{0,30})[”\"]?\s?\)",
        _definition,
        first=". ",
    ),
    Rule("abbreviations.compound", _COMPOUND + END, _compound, first="a"),
    Rule("abbreviations.defined", rf"[{UPPER}]{{2,12}}{END}", _defined, first="a"),
    Rule(
        "abbreviations.place",
        rf"(TP|Tp|TX|Tx|TT|Tt|KP|Kp|KDC)\.\s?(?=[{UPPER}][{LOWER}]|[{UPPER}]\s[{UPPER}]|\d)"
        rf"|([HPQXTĐhpqx])\.\s?(?=[{UPPER}][{LOWER}]|\d)|([PQ])(?:\s(?=\d)|(?=\d{{1,2}}{END}))"
        rf"|(tp|tx|tt|kp)\.?\s?(?=[{UPPER}])",
        _place,
        first="a",
    ),
    Rule(
        "abbreviations.office",
        rf"([PBKTSĐVC])\.\s?(?=[{UPPER}]{{2}}(?!\.[{UPPER}]))",
        _office_of,
        first="a",
    ),
    Rule(
        "abbreviations.joined",
        rf"([{UPPER}]{{2,8}})\.(?=[{UPPER}]{{2,8}}{END})",
        _joined,
        first="a",
    ),
    Rule(
        "abbreviations.road",
        rf"(QL|TL|ĐT|ĐH|HL|ĐX|CT(?=\.\d\d(?!\d)))[.\s-]?(\d{{1,3}})([A-ZĐ])?(?![./]\d){END}",
        _road,
        first="a",
    ),
    Rule("abbreviations.lexicon", rf"(?:{LETTER}|\d)", _known, first="0a"),
    Rule("abbreviations.glued", _glued_pattern, _glued, first="a"),
    Rule(
        "abbreviations.weekday",
        rf"T\.?\s?(\d{{1,2}})(?:/((?:19|20)\d\d))?{END}",
        _weekday,
        first="a",
        quantity=True,
    ),
    Rule(
        "abbreviations.initials",
        rf"(?:[{UPPER}]g?\.){{1,4}}(?:(?=\s?[{UPPER}][{LOWER}])|[{UPPER}](?![{LOWER}]){END}"
        rf"(?:\.(?=\s?[,;:(]))?)",
        _initial_stop,
        first="a",
    ),
    Rule(
        "abbreviations.apostrophe",
        rf"([{UPPER}{LOWER}])['’](?=[{LOWER}{UPPER}])",
        _softened,
        first="a",
    ),
    Rule(
        "abbreviations.code",
        rf"[{UPPER}]{{1,6}}-?\d+(?:[{UPPER}]{{1,3}}\d*)?{END}",
        _letters_digits,
        first="a",
    ),
    Rule("abbreviations.capitals", rf"[{UPPER}]{{2,8}}{END}", _shouted, first="a"),
    Rule("abbreviations.unknown", rf"[{UPPER}]{{2,40}}(?![{LOWER}]){END}", _unknown, first="a"),
    Rule(
        "abbreviations.initial",
        rf"([{UPPER}])(?:\.(?=\s?[(,;:]|\s[{LOWER}]))?{END}",
        _initial,
        first="a",
    ),
    Rule(
        "abbreviations.mixed",
        rf"(?=[{LOWER}]{{0,20}}[{UPPER}][{LOWER}]{{0,20}}[{UPPER}]|[{LOWER}]{{1,20}}[{UPPER}]){LETTER}{{2,40}}",
        _mixed,
        first="a",
    ),
    Rule(
        "abbreviations.consonants",
        rf"(?!x\s?\d)[bcdđghklmnpqrstvxfjwz]{{1,8}}(?![{LOWER}])",
        _consonants,
        first="a",
    ),
)
