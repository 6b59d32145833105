"""Signs left over: some have a name, some are a pause, the rest is silent."""

from __future__ import annotations

import re
from functools import cache

from broadcaster.script.alphabet import LETTER
from broadcaster.script.lexicon import read_table
from broadcaster.script.regex import regex
from broadcaster.script.rules.numbers import NUMBER, say_amount
from broadcaster.script.rules.rule import Match, Rule, Scene

__all__ = ["RULES"]

_BRACKETS = dict.fromkeys("()[]{}—|", ",")
_CHANGE = regex(r"(?i:tăng|giảm|tăng trưởng)[\s(:]*$")
_PRICE = regex(r"\d\s?(?:đồng|đ|USD)(?:/\w{1,6})?\s?\($")
_COMPARED = regex(r"(?:cùng kỳ|so với|tăng|giảm|biến động)(?!\w)")
_ONE_OF = regex(
    r"(?i)(?:quý|tổ|khu phố|thôn|ấp|bản|xóm|ngày|lớp|khối|tháng|thứ|kỳ|đợt|khóm|tập|mục|câu|bài"
    r"|điều|khoản)\s[\dIVX]{1,3}(?:\s?[+&,]\s?[\dIVX]{1,3}){0,4}$",
)
_SUM_BEFORE = regex(r"\d\s[+=]\s[\d.,]{1,12}\s?(?:\w{1,6}\s?)?$")
_SUM_AFTER = regex(r"[\d.,]{1,12}(?:\s[-+]\s[\d.,]{1,12}){0,3}\s=\s\d")
_BETWEEN = regex(r"\d\s*$")


@cache
def _names() -> dict[str, str]:
    return {sign: name for sign, name, *_rest in read_table("signs")}


def _range(match: Match, scene: Scene) -> str | None:
    """A dash after a quantity and before another one."""
    gap = scene.text[scene.quantity_end : match.start()]
    return "đến" if scene.quantity_end >= 0 and not gap.strip() else None


def _and(match: Match, scene: Scene) -> str | None:
    """``quý I+II``, ``thứ 3&5``, ``khu phố 1+2``: several of a kind, no sum."""
    return "và" if _ONE_OF.search(scene.before(match.start())) else None


def _joint(match: Match, scene: Scene) -> str:
    """``mục II.3`` is numbered, ``PM2.5`` and ``A.12`` are names."""
    return " chấm " if scene.quantity_end == match.start() else " "


def _minus(match: Match, scene: Scene) -> str | None:
    """``85 + 10 - 5``, ``90 - 5 = 85``: a sum has another sign of sums beside it."""
    summed = _SUM_BEFORE.search(scene.before(match.start()))
    return " trừ" if summed or _SUM_AFTER.match(scene.after(match.end())) else None


def _division(match: Match, scene: Scene) -> str | None:
    """``20÷25°C`` is a range of engineers, ``8 ÷ 2 = 4`` a sum."""
    if " " in match[0] or "=" in scene.after(match.end())[:12]:
        return "chia"
    return _range(match, scene)


def _is_compared(match: Match, scene: Scene) -> bool:
    around = scene.before(match.start()) + scene.after(match.end())[:30]
    return _COMPARED.search(around) is not None


def _signed(match: Match, scene: Scene) -> str | None:
    """``-5°C`` and ``(+6,39%)``: below zero, or a change."""
    before = scene.before(match.start())
    if before and before[-1] not in ' (:,;“"':
        return None
    if _CHANGE.search(before):
        return ""
    if _PRICE.search(before):
        return "tăng" if match[0].startswith("+") else "giảm"
    share = re.match(
        r"[+–−-]\s?[\d.,]+\s?(?:%|điểm|đồng|đ|bậc)(?!\w)",
        scene.text[match.start() : match.start() + 20],
    )
    if match[0].startswith("+"):
        alone = not re.search(LETTER, scene.text)
        return "tăng" if share and not alone else "cộng" if alone or before.strip() else ""
    compared = share and (before.endswith("(") or _is_compared(match, scene))
    return "giảm" if compared else "âm"


def _compare(match: Match, scene: Scene) -> str:
    names = {"<": "dưới", ">": "trên", "≤": "không quá", "≥": "từ", "<=": "không quá", ">=": "từ"}
    return names[match[1]] if scene else ""


def _times(match: Match, scene: Scene) -> str | None:
    """``3 x 4``, ``50m x 50m``, ``2 viên/lần x 3 lần``."""
    spaced = match[0].startswith(" ") and match[0].strip() != "X"
    return "nhân" if spaced or _BETWEEN.search(scene.before(match.start())) else None


def _named(match: Match, scene: Scene) -> str | None:
    name = _names().get(match[0])
    if match[0] in "+=*" and not (
        scene.before(match.start()).strip() and scene.after(match.end()).strip()
    ):
        return ""
    return name


def _ellipsis(match: Match, scene: Scene) -> str:
    """A sentence ends only where a capital follows."""
    following = scene.after(match.end()).lstrip(' ”"’)')[:1]
    return "," if following.islower() or following in {",", ";"} else "."


def _diameter(match: Match, scene: Scene) -> str:
    """``thép Ø6-Ø8 15.200đ/kg``: a breath parts the size from the price."""
    pause = "," if re.match(r"\s\d", scene.after(match.end())) else ""
    return f"phi {say_amount(match, scene, 1)}{pause}"


def _bracket(match: Match, _scene: Scene) -> str:
    return _BRACKETS[match[0]]


RULES = (
    Rule("signs.minus", r"(?<=\w)\s[-–]\s(?=\d)", _minus, first=" "),
    Rule(
        "signs.range",
        r"\s?(?:[-–—→~]|->|=>)\s?(?=\+?\d|Ø\s?\d|c\d|[IVX]+(?![\w])|[TQ]\d|CN|[Kk]m\s?\d|[<≤]\s?\d"
        r"|(?:[Tt]hứ|[Nn]gày|[Tt]háng|[Qq]uý|[Nn]ăm|[Tt]uần|[Cc]hủ)\s(?:[\dIVX]|[Nn]hật|[Bb]ảy|[Ss]áu))",
        _range,
        first=". ",
    ),
    Rule(
        "signs.feast-range",
        r"(?:(?<=[Cc]hạp)|(?<=[Gg]iêng))\s?[-–]\s?(?=\d|[Mm][ùồ]ng\s\d)",
        lambda _m, _s: "đến",
        first=". ",
    ),
    Rule("signs.over", r"(?<=\d)\s?/\s?(?=\+\d)", lambda _m, _s: "trên", first=". "),
    Rule("signs.and", r"\s?[+&]\s?(?=[\dIVX])", _and, first=". "),
    Rule("signs.division", r"\s?÷\s?(?=\d|[Kk]m\s?\d)", _division, first=". "),
    Rule("signs.signed", r"[+–-](?=\d)|\+\s(?=\d)", _signed, first="."),
    Rule(
        "signs.diameter",
        rf"Ø\s?({NUMBER})(?![\d.,]*\s?[cm]?m(?!\w))",
        _diameter,
        first=".",
        quantity=True,
    ),
    Rule("signs.compare", r"(<=|>=|[<>≤≥])\s?(?=\d)", _compare, first="."),
    Rule(
        "signs.times",
        r"\s?[xX×*]\s?(?=\d|\(\d)|\s[x×]\s(?=(?:dài|rộng|cao|sâu|dày|ngang)(?!\w))",
        _times,
        first=".a ",
    ),
    Rule("signs.hash", r"#(?=\d)", lambda _m, _s: "số ", first="."),
    Rule("signs.root", r"√\s?(?=\d)", lambda _m, _s: "căn bậc hai của", first="."),
    Rule("signs.power", r"\^(?=-?\d)", lambda _m, _s: "mũ", first="."),
    Rule("signs.arrow", rf"[-=]>(?=\s?{LETTER})", lambda _m, _s: "đến ", first="."),
    Rule("signs.joint", r"(?<=[A-ZĐ])\.(?=\d)", _joint, first="."),
    Rule("signs.pause", r"[()\[\]{}—|]", _bracket, first="."),
    Rule("signs.and-or", r"\s?/\s?", lambda _m, _s: " ", first=". "),
    Rule("signs.named", r"[%‰&+=@$€£¥₫°±×÷≥≤≠≈~→½¼¾²³§Ø]", _named, first="."),
    Rule("signs.ellipsis", r"\.{2,3}|…+", _ellipsis, first="."),
    Rule(
        "signs.title",
        r"\s[-–]\s(?=(?:Chủ|Phó|Bí|Giám|Trưởng|Hiệu|[UỦ][yỷ]|Đại|Tổng|Thư|Thành)\s)",
        lambda _m, _s: ",",
        first=" ",
    ),
    Rule("signs.dash", r"\s[-–](?=\s\d)|(?<=[\d”\")])\s[-–]\s", lambda _m, _s: ",", first=" "),
    Rule("signs.silent", r"[-–_*\"“”‘’'«»<>\\^#•/§©√]+", lambda _m, _s: " ", first="."),
)
