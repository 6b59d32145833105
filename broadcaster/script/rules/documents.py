"""Document numbers: ``44/KH-UBND``, ``49/2024/NĐ-CP``, ``57-NQ/TW``, ``26/2023/QH15``.

Signs follow Nghị định 30/2020/NĐ-CP (annex III) and the Party's Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadcaster.script.alphabet import UPPER, letter_name, spell_letters
from broadcaster.script.lexicon import read_table
from broadcaster.script.numerals import say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import END, Match, Rule, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RULES", "say_symbol"]

_PART = rf"[{UPPER}][{UPPER}a-zđ0-9]{{0,14}}"
_SYMBOL = rf"{_PART}(?:\s?[-–/&]\s?{_PART}){{0,4}}"
_PIECE = regex(rf"[{UPPER}][{UPPER}a-zđ]*\d*|\d+|[-–/&]")
_REGULATION = regex(r"(?i:quy định)\s(?:số\s|số:\s)?$")
"""The Party writes ``QĐ`` for decisions and for regulations too."""
_WHOLE = regex(r"\s?([-–/])\s?")
_CONGRESS = regex(r"(QH|UBTVQH)(\d{1,2})")


_LEVELS = {
    "TW": "trung ương",
    "TƯ": "trung ương",
    "TU": "tỉnh ủy",
    "HU": "huyện ủy",
    "ĐU": "đảng ủy",
}


@cache
def _types() -> dict[str, str]:
    return {written: spoken for written, spoken, *_rest in read_table("document_types")}


@cache
def _issuers() -> dict[str, str]:
    return {written: spoken for written, spoken, *_rest in read_table("issuers")}


@cache
def _fields() -> dict[str, str]:
    return {written: spoken for written, spoken, *_rest in read_table("fields")}


def say_symbol(symbol: str, pieces: Mapping[str, str] = MappingProxyType({})) -> str:
    """``KH-UBND`` → ``kế hoạch gạch ngang ủy ban nhân dân``; unknown parts are spelled.

    ``pieces`` are other abbreviations, such as those of the unit that drafted the document.
    """
    said: list[str] = []
    for number, piece in enumerate(_pieces(symbol)):
        if piece in "-–":
            said.append("gạch ngang")
        elif piece == "/":
            said.append("gạch chéo")
        elif piece == "&":
            said.append("và")
        else:
            known = pieces.get(piece, "") if number and len(piece) > 2 else ""
            said.append(_say_piece(piece, known, is_first=number == 0))
    return " ".join(said)


def _pieces(symbol: str) -> list[str]:
    """``NN&MT`` stays together where the whole names a body: ``PNN&MT``."""
    pieces: list[str] = []
    for part in _WHOLE.split(symbol):
        whole = "&" in part and (part in _issuers() or _compose_issuer(part))
        pieces += [part] if whole else _PIECE.findall(part)
    return pieces


def _say_piece(piece: str, fallback: str, *, is_first: bool) -> str:
    if found := _CONGRESS.fullmatch(piece):
        body = "quốc hội" if found[1] == "QH" else "ủy ban thường vụ quốc hội"
        return f"{body} khóa {say_written(found[2])}"
    known = (_types() if is_first else _issuers()).get(piece)
    known = known or _issuers().get(piece) or _types().get(piece) or _compose_issuer(piece)
    return known or fallback or _spell(piece)


def _compose_issuer(piece: str) -> str:
    """``BNV``, ``SNV``: a body of one field of government; ``UBKTĐU``: one of a committee."""
    body = {"B": "bộ", "S": "sở", "P": "phòng", "V": "vụ", "C": "cục"}.get(piece[0])
    field = _fields().get(piece[1:])
    if body and field:
        return f"{body} {field}"
    committee, level = _issuers().get(piece[:-2], ""), _LEVELS.get(piece[-2:], "")
    return f"{committee} {level}" if committee and level else ""


def _spell(piece: str) -> str:
    letters, digits = (
        piece.rstrip("0123456789"),
        piece.lstrip("".join(set(piece) - set("0123456789"))),
    )
    return " ".join(filter(None, [spell_letters(letters), digits and say_written(digits)]))


def _is_symbol(symbol: str) -> bool:
    first = re.split(r"\s?[-–/&]\s?", symbol)[0]
    known = first in _types() or first in _issuers() or _compose_issuer(first)
    return bool(known or _CONGRESS.fullmatch(symbol))


def _say_number(digits: str) -> str:
    zeros = len(digits) - len(digits.lstrip("0")) if digits.strip("0") else 0
    return "không " * zeros + say_written(digits)


def _numbered(match: Match, scene: Scene) -> str | None:
    form = match["letter"] and scene.follows("form", match.start())
    if not (form or _is_symbol(match["symbol"])):
        return None
    symbol = match["symbol"]
    if symbol.startswith("QĐ") and _REGULATION.search(scene.before(match.start())):
        symbol = f"QyĐ{symbol[2:]}"
    said = [_say_number(match["number"])]
    if match["letter"]:
        said.append(letter_name(match["letter"]))
    if match["year"]:
        said += [_JOINTS[match["apart"]], say_written(match["year"])]
    said.append(_JOINTS[match["joint"]])
    whole = " ".join([*said, say_symbol(symbol, scene.lexicon.pieces)])
    of_city = symbol.endswith("TU") and _CITY_PARTY.search(scene.after(match.end()))
    return whole.replace("tỉnh ủy", "thành ủy") if of_city else whole


def _symbol_alone(match: Match, scene: Scene) -> str | None:
    known = scene.lexicon.find(scene.text, match.start())
    if known and known[1] == match.end():
        return None
    first, *rest = re.split(r"[-/]", match[0])
    if first in _types() and all(part in _issuers() or _compose_issuer(part) for part in rest):
        return say_symbol(match[0]).replace("gạch ngang ", "").replace("gạch chéo ", "")
    return None


_JOINTS = {"/": "gạch chéo", "-": "gạch ngang"}
_CITY_PARTY = regex(r"[^;.]{0,45}(?<!\w)[Tt]hành ủy")
_STANDARDS = {"TCVN": "tiêu chuẩn Việt Nam", "QCVN": "quy chuẩn Việt Nam", "ISO": "i xô"}


def _standard(match: Match, scene: Scene) -> str:
    """``TCVN 5945:2005``, ``QCVN 01-1:2018/BYT``."""
    name, number, part, year, issuer = match.groups()
    said = [_STANDARDS[name], _say_number(number)]
    if scene.before(match.start()).lower().rstrip().endswith(said[0][:10]):
        said[0] = "Việt Nam"
    said += ["gạch ngang", say_written(part)] if part else []
    said += ["năm", say_written(year)] if year else []
    said += [say_symbol(issuer)] if issuer else []
    return " ".join(said)


def _clause(match: Match, _scene: Scene) -> str:
    """``điểm a khoản 2``: the letter of a point is named."""
    return f"{match[1]} {letter_name(match[2])}"


def _short_clause(match: Match, _scene: Scene) -> str:
    """``Đ1 K2 NĐ 168``, ``k2, đ5``: an article and its paragraph."""
    names = {"đ": "điều", "k": "khoản"}
    parts = re.findall(r"([đk])\.?\s?(\d+)", match[0].lower())
    return " ".join(f"{names[letter]} {say_written(number)}" for letter, number in parts)


RULES = (
    Rule("documents.numero", r"N[oO]\.?\s?(?=\d)", lambda _m, _s: "số ", first="a"),
    Rule(
        "documents.term",
        rf"K\.\s?(?=[IVX]{{1,5}}{END})",
        lambda _m, _s: "khóa",
        first="a",
    ),
    Rule(
        "documents.short-clause",
        rf"(?:Đ\.?\d{{1,3}}[\s,]{{1,2}}K\.?\d{{1,2}}|K\.?\d{{1,2}}[\s,]{{1,2}}Đ\.?\d{{1,3}}){END}",
        _short_clause,
        first="a",
    ),
    Rule(
        "documents.number",
        rf"(?P<number>\d{{1,6}})(?P<letter>[a-zA-ZĐ])?(?:\s?(?P<apart>[/-])\s?(?P<year>(?:19|20)\d\d))?"
        rf"\s?(?P<joint>[/-])\s?(?P<symbol>{_SYMBOL}){END}",
        _numbered,
    ),
    Rule(
        "documents.symbol",
        rf"[{UPPER}][{UPPER}a-z]{{1,6}}(?:[-/][{UPPER}]{{2,8}})+{END}",
        _symbol_alone,
        first="a",
    ),
    Rule(
        "documents.standard",
        rf"(TCVN|QCVN|ISO)\s?(\d{{1,6}})(?:-(\d{{1,2}}))?(?:[-:](\d{{4}}))?(?:/(B[{UPPER}]{{1,8}}))?{END}",
        _standard,
        first="a",
    ),
    Rule(
        "documents.point",
        rf"([Đđ]iểm)\s([a-eghiklmnopqđA-E])(?=\s?,?\s(?:khoản|Khoản|Điều|điều|mục|và)){END}",
        _clause,
        first="a",
    ),
)
