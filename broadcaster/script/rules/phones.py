"""Telephone numbers, hotlines, ids, accounts and plates: said digit by digit, in groups."""

from __future__ import annotations

import re

from broadcaster.script.alphabet import LETTER, UPPER, spell_letters
from broadcaster.script.numerals import say_digits
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import END, Match, Rule, Scene

__all__ = ["RULES"]

_CALL = (
    r"gọi|gọi số|hotline|tổng đài|đường dây nóng|điện thoại|sđt|sdt|đt|số máy|đầu số|liên hệ"
    r"|bấm số|bấm"
)
_NO_SERIES = frozenset({"ĐT", "DĐ", "TK", "HĐ", "QĐ", "CV", "TB", "GM", "GP"})
"""``số ĐT``, ``số TK``: what is numbered, no letters of the number."""
_MESSAGE = regex(r"(?:[Ss]oạn|[Nn]hắn tin|[Cc]ú pháp)[^.;]{1,40}gửi (?:đến |tới )?(?:số )?$")
_KEYED = regex(rf"(?<!{LETTER})(?i:{_CALL}|hoặc|ấn|nhấn)\s?$")
_CALL_LIST = regex(
    rf"(?<!{LETTER})(?i:{_CALL})[\s:(]*(?:(?:ngay|đến|tới|số)\s+)*(?:\d{{3,5}}\s?(?:,|;|hoặc|và|hay|-|–|/)?\s?(?:hoặc|và|hay)?\s?){{0,6}}$"
)

_ACCOUNT = regex(r"\d{4}\.\d\.\d{5,12}")
"""``3713.0.1059999``: what a State Treasury calls an account."""
_RESCUE = frozenset({"111", "112", "113", "114", "115"})
_THOUSANDS = regex(r"\d{1,3}(?:\.\d{3})+")


def _grouped(digits: str) -> str:
    """Groups of three or four, a breath between them: 4-3-3 for ten digits."""
    sizes = {8: (4, 4), 9: (3, 3, 3), 10: (4, 3, 3), 11: (5, 3, 3), 12: (3, 3, 3, 3)}
    said, start = [], 0
    for size in sizes.get(len(digits), ()) or (3,) * (len(digits) // 3 + 1):
        if group := digits[start : start + size]:
            said.append(say_digits(group))
        start += size
    return ", ".join(said)


def _telephone(match: Match, scene: Scene) -> str | None:
    groups = re.findall(r"\d+", match[0])
    digits = "".join(groups)
    shortest = 8 if scene.follows("call", match.start()) else 9
    if not shortest <= len(digits) <= 11:
        return None
    well_grouped = len(groups) > 2 and all(len(group) <= 5 for group in groups)
    return ", ".join(map(say_digits, groups)) if well_grouped else _grouped(digits)


def _masked(match: Match, _scene: Scene) -> str:
    """``0259.3822.xxx``: the end of a number is kept to oneself."""
    known = ", ".join(map(say_digits, filter(None, match.groups()[:2])))
    return f"{known}, {' '.join(['ích'] * len(match[3]))}"


def _abroad(match: Match, _scene: Scene) -> str:
    plus = "cộng " if "+" in match[0] else ""
    return plus + "tám tư, " + _grouped("0" + re.sub(r"\D", "", match[0])[2:])[6:]


def _service(match: Match, _scene: Scene) -> str:
    return ", ".join(say_digits(group) for group in re.findall(r"\d+", match[1] + " " + match[2]))


def _extension(match: Match, scene: Scene) -> str | None:
    return say_digits(match[0]) if scene.follows("extension", match.start()) else None


def _short(match: Match, scene: Scene) -> str | None:
    if _MESSAGE.search(scene.before(match.start())) and not scene.next_word(match.end()):
        return say_digits(match[0])
    if _is_rescue(match, scene):
        return say_digits(match[0])
    if not _CALL_LIST.search(scene.before(match.start())):
        return None
    is_emergency = match[0][:2] in {"11", "15"} and not scene.precedes("counted", match.end())
    return say_digits(match[0]) if is_emergency or len(match[0]) > 3 else None


def _is_rescue(match: Match, scene: Scene) -> bool:
    """``CA 113``; ``công an 113 xã`` are so many."""
    counts = scene.next_word(match.end()).islower()
    return match[0] in _RESCUE and scene.follows("rescue", match.start()) and not counts


def _identity(match: Match, scene: Scene) -> str | None:
    if scene.follows("identity", match.start()) or _is_name(match, scene):
        return _grouped(re.sub(r"\D", "", match[0]))
    return None


def _is_name(match: Match, scene: Scene) -> bool:
    """Nine digits in a row that count nothing: nobody writes an amount so in a bulletin."""
    digits = match[0]
    if scene.facts.one_line and digits == scene.text.strip(" .+-–") and digits[0] != "0":
        return False
    if len(digits) < 9 or not (digits.isdigit() or digits[0] == "0"):
        return False
    amount = scene.precedes("counted", match.end()) or digits.endswith("000")
    return digits[0] == "0" or not amount


def _code(match: Match, scene: Scene) -> str | None:
    """``000.00.12.H10-240815-0001`` after "mã hồ sơ": group by group; an amount is none."""
    amount = _THOUSANDS.fullmatch(match[0]) and scene.next_word(match.end())
    named = scene.follows("identity", match.start()) or _ACCOUNT.fullmatch(match[0])
    if amount or not named:
        return None
    return ", ".join(_say_code(group) for group in re.split(r"[.-]", match[0]))


def _procedure(match: Match, _scene: Scene) -> str:
    """``1.004227``: a procedure in the national register."""
    branch = f", {_say_code(match[3])}" if match[3] else ""
    return f"{say_digits(match[1])} chấm {_grouped(match[2])}{branch}"


def _say_code(group: str) -> str:
    parts = re.findall(r"\d+|[A-Z]+", group)
    return " ".join(say_digits(part) if part.isdigit() else spell_letters(part) for part in parts)


def _dialled(match: Match, scene: Scene) -> str | None:
    """``*101#``, ``bấm *1022``: what is keyed in; elsewhere a star multiplies or marks a note."""
    if not match[2] and not _KEYED.search(scene.before(match.start())):
        return None
    return f"sao {say_digits(match[1])}" + (" thăng" if match[2] else "")


def _boat(match: Match, scene: Scene) -> str | None:
    """``QNa 90123 TS``, ``tàu BĐ 96789``: the number on a fishing boat."""
    if not match[3] and not scene.follows("boat", match.start()):
        return None
    tail = ", tê ét" if match[3] else ""
    return f"{spell_letters(match[1])}, {say_digits(match[2])}{tail}"


def _serial(match: Match, scene: Scene) -> str | None:
    """``số BK 123456``, ``vào sổ CS 01234``: letters and figures of a certificate."""
    if match[1] in _NO_SERIES or not scene.follows("serial", match.start()):
        return None
    return f"{spell_letters(match[1])}, {_grouped(match[2])}"


def _plate(match: Match, _scene: Scene) -> str:
    province, letters, series, *numbers = match.groups()
    named = f"{say_digits(province)} {spell_letters(letters)}"
    named += f" {say_digits(series)}" if series else ""
    return f"{named}, {', '.join(map(say_digits, filter(None, numbers)))}"


RULES = (
    Rule(
        "phones.masked",
        rf"(0\d{{1,4}})[ .-]?(\d{{2,6}})?[ .-]?([xX*]{{2,7}}){END}",
        _masked,
    ),
    Rule(
        "phones.telephone",
        rf"\(?0\d{{2,3}}\)?[ .-]{{1,2}}\d[ .-]\d{{3}}[ .-]?\d{{3,4}}(?![.]?\d){END}"
        rf"|\(?0\d{{1,4}}\)?(?:[ .-]{{0,2}}\d{{2,9}}){{1,4}}{END}",
        _telephone,
        first="0.",
    ),
    Rule(
        "phones.next",
        r"(?<=\d{3})\s?/\s?(?=0\d{2}|11[1-5](?!\d)|1[89]00)",
        lambda _m, _s: ",",
        first=". ",
    ),
    Rule(
        "phones.inner", r"(?<=\d{3})\s?/\s?(?=máy lẻ|nhánh|nội bộ)", lambda _m, _s: ",", first=". "
    ),
    Rule("phones.dialled", rf"\s?\*(\d{{2,5}})(#?){END}", _dialled, first=". "),
    Rule(
        "phones.abroad",
        r"(?:\(?\+\s?84\)?|\(84\)|84(?=[ .-]\d{2,3}[ .-]\d{3}))"
        rf"(?:[ .-]?\d{{1,4}}){{2,5}}{END}",
        _abroad,
        first="0.",
    ),
    Rule(
        "phones.service", rf"(1[89]00)[ .-]?(\d{{3}}[ .-]\d{{3}}|\d{{4}}(?:\d\d)?){END}", _service
    ),
    Rule("phones.extension", rf"\d{{2,5}}(?![.,/]?\d){END}", _extension),
    Rule("phones.short", rf"\d{{3,5}}(?![.,]\d){END}", _short),
    Rule(
        "phones.code",
        rf"(?:[\dA-Z]{{2,6}}(?:[.-][\dA-Z]{{2,14}}){{1,8}}|\d{{1,6}}(?:[.-]\d{{1,14}}){{2,8}}){END}",
        _code,
        first="0a",
    ),
    Rule("phones.procedure", rf"([1-3])\.(\d{{6}})(?:\.([A-Z]\d\d))?(?![.,]?\d){END}", _procedure),
    Rule("phones.identity", rf"\d[\d ]{{4,18}}\d{END}", _identity),
    Rule(
        "phones.boat",
        rf"([A-ZĐ][A-Za-zĐ]{{0,2}})[\s-]?(\d{{4,5}})(?:[\s-]?(TS))?{END}",
        _boat,
        first="a",
    ),
    Rule(
        "phones.serial",
        rf"([{UPPER}]{{1,3}})[\s.-]?\s?(\d{{6,8}}|0\d{{3,4}})(?![.,/\s-]?\d){END}",
        _serial,
        first="a",
    ),
    Rule(
        "phones.plate",
        rf"(\d\d)[- ]?([A-ZĐ]{{1,2}})(\d?)(?:\s?[-–.]\s?|\s)(\d{{2,3}})\.?(\d\d){END}",
        _plate,
    ),
)
