"""``m/n`` by its neighbours: a date, a part of a whole, a rate, a score, a house number."""

from __future__ import annotations

from gettext import gettext as _

from broadcaster.script.numerals import say_integer
from broadcaster.script.rules.dates import is_day, say_day
from broadcaster.script.rules.numbers import NUMBER, say_amount
from broadcaster.script.rules.rule import DASH, DATE_CUE, END, Match, Rule, Scene

__all__ = ["RULES"]

_WEAK_CUE = r"từ|đến|tới|hết|trước|sau|dịp|lễ|kể từ|tính đến|và|nay|vào|kỷ niệm|đầu|hoặc|\d\s?[-–]|,|tết|mừng"
_RANK_CUE = r"hạng|xếp|xếp thứ|vị thứ|thứ|đạt|được|có|đứng|đứng thứ|trong đó|mới|hoàn thành|gồm|là|chấm|cho|với|tổ chức"
_HOUSE_CUE = r"số nhà|hẻm|ngõ|ngách|kiệt|nhà số|địa chỉ|địa chỉ:|đường số|ngõ số"
_SCORE_CUE = r"tỷ số|tỉ số|thắng|thua|hòa|dẫn"
_SCALE_CUE = r"tỷ lệ|tỉ lệ|bản đồ"
_FUNCTION_WORDS = frozenset(
    ["và", "của", "đến", "tới", "tại", "ở", "trong", "là", "để", "với", "theo", "hằng", "hàng", "đã", "sẽ", "được", "hoặc", "thì", "cho", "vừa", "do", "về", "năm", "nhằm", "này", "nên", "cũng", "bằng", "vào", "từ", "sau", "trước", "có", "như", "phải", "cần", "lúc"]
)
_MEASURES = {"số", "diện", "dân", "tổng", "quãng", "thời", "chiều", "khối", "giá", "lượng", "công"}
_FEASTS = {(30, 4), (1, 5), (2, 9), (8, 3), (20, 11), (26, 3), (27, 7), (19, 8), (22, 12)} | {
    (3, 2),
    (19, 5),
    (1, 6),
    (20, 10),
    (10, 10),
    (6, 1),
    (21, 6),
    (27, 2),
    (28, 6),
    (18, 11),
    (1, 1),
}


def _read(match: Match, scene: Scene) -> str | None:
    part, whole = match["part"], match["whole"]
    if scene.follows(_HOUSE_CUE, match.start()):
        return f"{say_amount(match, scene, 'part')} xuyệt {say_amount(match, scene, 'whole')}"
    if scene.follows(_SCORE_CUE, match.start()):
        return f"{say_amount(match, scene, 'part')} {say_amount(match, scene, 'whole')}"
    if _is_date(match, scene, (part, whole)):
        named = "" if scene.follows(r"ngày|mùng|mồng|hôm|rằm", match.start()) else "ngày "
        return named + say_day(part, whole)
    return _say_part(match, scene)


def _say_part(match: Match, scene: Scene) -> str:
    part, whole = match["part"], match["whole"]
    plain = part.isdigit() and whole.isdigit()
    small = plain and int(part) < int(whole) <= 10 and not part.startswith("0")
    joint = "phần" if small and scene.next_word(match.end()) in _MEASURES else "trên"
    return f"{say_amount(match, scene, 'part')} {joint} {say_amount(match, scene, 'whole')}"


def _is_date(match: Match, scene: Scene, pair: tuple[str, str]) -> bool:
    if not (all(p.isdigit() and len(p) <= 2 for p in pair) and is_day(*pair)):
        return False
    if scene.follows(DATE_CUE, match.start()):
        return True
    if scene.follows(_SCALE_CUE, match.start()) or match[0] == "24/7":
        return False
    return _guess_date(match, scene, (int(pair[0]), int(pair[1])))


def _guess_date(match: Match, scene: Scene, pair: tuple[int, int]) -> bool:
    """Without ``ngày`` the neighbours decide; where they don't, the editor is told."""
    following = scene.next_word(match.end())
    cue = scene.follows(_WEAK_CUE, match.start())
    noun = following.islower() and following not in _FUNCTION_WORDS
    if noun:
        return cue and pair[0] > pair[1]
    if scene.facts.is_total(pair[1]) or scene.follows(_RANK_CUE, match.start()):
        return False
    if not (cue or pair in _FEASTS or pair[0] > pair[1]):
        scene.doubt(
            match.span(),
            "ambiguous-fraction",
            _("“{text}” may be a date or a part of a whole; it is read as a date").format(
                text=match[0]
            ),
            _("write “ngày {text}”, or name what is counted after it").format(text=match[0]),
        )
    return True


def _score(match: Match, scene: Scene) -> str | None:
    """``tỷ số 3-1``; also between two names: ``Việt Nam 3-1 Thái Lan``."""
    after = scene.next_word(match.end())
    named = scene.before(match.start()).rstrip().rpartition(" ")[2][:1].isupper()
    if scene.follows(_SCORE_CUE + r"|kết quả|chung cuộc|với", match.start()) or (
        named and after[:1].isupper()
    ):
        return f"{say_integer(int(match[1]))} {say_integer(int(match[2]))}"
    return None


RULES = (
    Rule(
        "fractions.slash",
        rf"(?P<part>{NUMBER})\s?/\s?(?P<whole>{NUMBER})(?!\s?[/\d]){END}",
        _read,
        quantity=True,
    ),
    Rule(
        "fractions.score", rf"(\d{{1,2}})\s?{DASH}\s?(\d{{1,2}})(?![.,/]?\d)(?!\s?%){END}", _score
    ),
)
