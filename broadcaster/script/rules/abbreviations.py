"""Abbreviations: those of the lexicon, compounds of them, place prefixes, and unknown ones."""

from __future__ import annotations

import re
from gettext import gettext as _

from broadcaster.script.alphabet import LETTER, LETTER_NAMES, LOWER, UPPER, spell_letters
from broadcaster.script.numerals import say_digits, say_integer, say_written
from broadcaster.script.rules.rule import END, Match, Rule, Said, Scene
from broadcaster.script.syllables import is_syllable

__all__ = ["RULES"]

_COMPOUND = rf"[{UPPER}][{UPPER}a-zđ]*(?:\s?[-–&/]\s?[{UPPER}][{UPPER}]*)+"
_JOINT = re.compile(r"\s?([-–&/])\s?")
_PREFIXES = {
    "TP": "thành phố", "Tp": "thành phố", "TX": "thị xã", "Tx": "thị xã", "TT": "thị trấn",
    "Tt": "thị trấn", "H": "huyện", "P": "phường", "Q": "quận", "X": "xã", "T": "tỉnh", "KP": "khu phố",
    "Kp": "khu phố", "KDC": "khu dân cư", "Đ": "đường",
}  # fmt: skip
_OFFICES = {
    "Nội",
    "Tài",
    "Giáo",
    "Tư",
    "Kinh",
    "Văn",
    "Lao",
    "Y",
    "Nông",
    "Khoa",
    "Thanh",
    "Dân",
    "Kế",
    "Quản",
}
_ROADS = {
    "QL": "quốc lộ",
    "TL": "tỉnh lộ",
    "ĐT": "đường tỉnh",
    "ĐH": "đường huyện",
    "HL": "hương lộ",
    "ĐX": "đường xã",
    "CT": "cao tốc",
}


def _said_before(spoken: str, match_start: int, scene: Scene) -> bool:
    """Whether ``(CCHC)`` stands in brackets just after what it stands for."""
    if not scene.before(match_start).endswith("("):
        return False
    said = " ".join(scene.said[-40:]).lower().rstrip(" ,(")
    return _plain(said).endswith(_plain(spoken.lower()))


def _plain(text: str) -> str:
    return " ".join(word for word in re.findall(rf"{LETTER}+", text) if word not in {"và", "của"})


def _known(match: Match, scene: Scene) -> Said | None:
    found = scene.lexicon.find(scene.text, match.start())
    return Said(found[0].spoken, found[1]) if found else None


def _definition(match: Match, scene: Scene) -> str | None:
    """``cải cách hành chính (CCHC)``: said once."""
    inside = match[1]
    found = scene.lexicon.find(inside, 0)
    spoken = found[0].spoken if found and found[1] == len(inside) else ""
    spoken = spoken or scene.facts.defined.get(inside, "")
    if spoken and _said_before(spoken, match.start() + 1, scene):
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
    prefix = match[1] or match[2] or match[3]
    word = re.match(rf"{LETTER}*", scene.text[match.end() : match.end() + 12])
    if prefix == "P" and word and word[0] in _OFFICES:
        return "phòng"
    if match[2] and re.search(rf"[{UPPER}][{LOWER}]+ $", scene.before(match.start())):
        return None
    if match[2] and prefix in "TX" and not scene.follows(r"xã|huyện|tại|ở", match.start()):
        return None
    return _PREFIXES[prefix]


def _road(match: Match, scene: Scene) -> str:
    letter = f" {LETTER_NAMES[match[3].lower()]}" if match[3] else ""
    return f"{_ROADS[match[1]]} {say_written(match[2])}{letter}" if scene else ""


def _weekday(match: Match, scene: Scene) -> str | None:
    """``T2``, ``T7``: a weekday beside another one or after a word of time, else a month."""
    number = int(match[1])
    following = scene.after(match.end())
    month = match[2] or scene.follows(r"hết|cuối|đầu|trong", match.start())
    if month and 1 <= number <= 12:
        year = f" năm {say_written(match[2])}" if match[2] else ""
        return f"tháng {'tư' if number == 4 else say_integer(number)}{year}"
    if 2 <= number <= 7 and (
        re.match(r"\s?(?:[-–,;:&)]|đến|và|hằng|hàng|$)", following)
        or scene.follows(r"sáng|chiều|tối|trưa|đến|từ|ngày|và|-|–|,|&|hằng|thứ", match.start())
    ):
        return "thứ tư" if number == 4 else f"thứ {say_integer(number)}"
    return None


def _shouted(match: Match, scene: Scene) -> str | None:
    """A word of a heading in capitals, or a syllable that is no abbreviation."""
    word = match[0]
    if not is_syllable(word):
        return None
    return word.lower() if scene.shouted or not word.isascii() or len(word) > 2 else None


def _initial(match: Match, scene: Scene) -> str | None:
    """A single capital: ``Nguyễn Văn A``, ``vitamin C``, ``nhóm B``."""
    if match[0] in "YÝÀÁÔÊƯỞỒỐẠẤẦẢỚỢỜỦÙÚƠĂÂ" and (match[0] not in "AĂÂ"):
        return match[0].lower()
    if (
        scene.text[match.end() : match.end() + 1] == "."
        and scene.after(match.end() + 1).strip()[:1].isupper()
    ):
        return (
            LETTER_NAMES[match[0].lower()] if match[0].lower() in LETTER_NAMES else match[0].lower()
        )
    return LETTER_NAMES.get(match[0].lower(), match[0].lower())


def _initial_stop(match: Match, _scene: Scene) -> str:
    return " ".join(
        LETTER_NAMES.get(char.lower(), char.lower()) for char in match[0] if char.isalpha()
    )


def _letters_digits(match: Match, _scene: Scene) -> str:
    """``H5N1``, ``A4``, ``TTHC2``: letters by name, digits as numbers."""
    said = []
    for part in re.findall(rf"{LETTER}+|\d+", match[0]):
        if part.isdigit():
            said.append(say_digits(part) if part[0] == "0" and len(part) > 1 else say_written(part))
        else:
            said.append(_scene.lexicon.pieces.get(part) or spell_letters(part))
    return " ".join(said)


def _unknown(match: Match, scene: Scene) -> str:
    """Spelled with the names of the letters, and shown to the editor."""
    word = match[0]
    spoken = " ".join(
        spell_letters(part)
        if part.isupper() and not (scene.shouted and is_syllable(part))
        else part.lower()
        for part in re.findall(rf"[{UPPER}]+(?![{LOWER}])|[{UPPER}]?[{LOWER}]+|[{UPPER}]", word)
    )
    scene.doubt(
        match.span(),
        "unknown-acronym",
        _("the abbreviation “{text}” is not in the word list; it is spelled “{spoken}”").format(
            text=word, spoken=spoken
        ),
        _("write it out, or add a line to tu-dien.tsv"),
    )
    return spoken


def _mixed(match: Match, scene: Scene) -> str | None:
    """``iPhone``, ``eTax``, ``CSDLquốc``: capitals inside a word that no table knows."""
    word = match[0]
    if re.search(rf"[{UPPER}]{{2}}", word):
        return _unknown(match, scene)
    return " ".join(part.lower() for part in re.findall(rf"[{UPPER}]?[{LOWER}]+|[{UPPER}]", word))


def _consonants(match: Match, scene: Scene) -> str | None:
    """Small letters without a vowel (``tp``, ``kđt``) cannot be said as they stand."""
    found = scene.lexicon.find(scene.text.upper(), match.start()) if len(match[0]) > 1 else None
    if found and found[1] == match.end():
        return found[0].spoken
    return spell_letters(match[0])


RULES = (
    Rule("abbreviations.definition", r"\s?\(([^\s()][^()]{0,30})\)", _definition, first=". "),
    Rule("abbreviations.compound", _COMPOUND + END, _compound, first="a"),
    Rule("abbreviations.defined", rf"[{UPPER}]{{2,12}}{END}", _defined, first="a"),
    Rule(
        "abbreviations.place",
        rf"(TP|Tp|TX|Tx|TT|Tt|KP|Kp|KDC)\.\s?(?=[{UPPER}][{LOWER}]|[{UPPER}]\s[{UPPER}]|\d)"
        rf"|([HPQXTĐ])\.\s?(?=[{UPPER}][{LOWER}]|\d)|([PQ])\s(?=\d)",
        _place,
        first="a",
    ),
    Rule("abbreviations.lexicon", rf"(?:{LETTER}|\d)", _known, first="0a"),
    Rule(
        "abbreviations.road",
        rf"(QL|TL|ĐT|ĐH|HL|ĐX|CT)[.\s-]?(\d{{1,4}})([A-ZĐ])?{END}",
        _road,
        first="a",
    ),
    Rule(
        "abbreviations.weekday",
        rf"T\.?\s?(\d{{1,2}})(?:/((?:19|20)\d\d))?{END}",
        _weekday,
        first="a",
    ),
    Rule(
        "abbreviations.initials",
        rf"(?:[{UPPER}]\.){{1,4}}(?=\s?[{UPPER}][{LOWER}])",
        _initial_stop,
        first="a",
    ),
    Rule(
        "abbreviations.code",
        rf"[{UPPER}]{{1,6}}-?\d+(?:[{UPPER}]{{1,3}}\d*)?{END}",
        _letters_digits,
        first="a",
    ),
    Rule("abbreviations.capitals", rf"[{UPPER}]{{2,}}(?![{LOWER}\d]){END}", _shouted, first="a"),
    Rule("abbreviations.unknown", rf"[{UPPER}]{{2,40}}(?![{LOWER}]){END}", _unknown, first="a"),
    Rule("abbreviations.initial", rf"[{UPPER}](?![{LOWER}]){END}", _initial, first="a"),
    Rule(
        "abbreviations.mixed",
        rf"(?=[{LOWER}]*[{UPPER}][{LOWER}]*[{UPPER}]|[{LOWER}]+[{UPPER}]){LETTER}{{2,40}}",
        _mixed,
        first="a",
    ),
    Rule(
        "abbreviations.consonants", rf"[bcdđghklmnpqrstvxfjwz]{{1,6}}{END}", _consonants, first="a"
    ),
)
