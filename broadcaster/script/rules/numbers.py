"""Numbers: cardinals, decimals, ordinals; dot and comma decided by unit, size and document."""

from __future__ import annotations

import re
from itertools import pairwise

from broadcaster.script.alphabet import letter_name
from broadcaster.script.numerals import say_decimal, say_digits, say_written
from broadcaster.script.rules.rule import END, Match, Rule, Scene

__all__ = ["NUMBER", "RULES", "say_amount", "say_number"]

NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+\.\d{1,9}(?!\d)|\d{1,3}(?:\.\d{3})+(?:,\d{1,9})?(?!\d)|\d{1,3}(?:,\d{3}){2,}(?:\.\d{1,9})?(?!\d)"
    r"|\d+[.,]\d{1,12}(?!\d)|\d+)"
)


def say_amount(match: Match, scene: Scene, group: str | int = 0) -> str:
    """The number in a group of a match, decided by what follows the match."""
    return say_number(match[group], scene, (match.start(group), match.end()))


def say_number(written: str, scene: Scene, span: tuple[int, int], *, measured: bool = False) -> str:
    """A number in Vietnamese spelling (``1.500,5``); other spellings by their context.

    ``span`` is its start and where the text after it begins; ``measured`` says that a physical
    unit follows.
    """
    whole, mark, rest = _split(written)
    if not mark:
        return _say_whole(written, scene, span[0])
    both = "." in written and "," in written
    if both or len(rest) != 3 or whole.strip("0") == "" or len(whole) > 3:
        return say_decimal(whole, rest)
    return _three_digits(written, scene, span, measured=measured)


def _split(written: str) -> tuple[str, str, str]:
    """Whole part, decimal mark and fraction; several marks of one kind are thousands."""
    dots, commas = written.count("."), written.count(",")
    if dots and commas:
        mark = "," if written.rfind(",") > written.rfind(".") else "."
        whole, _mark, rest = written.rpartition(mark)
        return re.sub(r"\D", "", whole), mark, rest
    if dots + commas != 1:
        return re.sub(r"\D", "", written), "", ""
    mark = "." if dots else ","
    whole, _mark, rest = written.partition(mark)
    return whole, mark, rest


def _say_whole(written: str, scene: Scene, start: int) -> str:
    digits = re.sub(r"\D", "", written)
    if len(digits) > 1 and digits[0] == "0" and scene.follows("named-number", start):
        return say_digits(digits) if len(digits) <= 3 else say_written(digits)
    if len(digits) > 2 and digits[0] == "0":
        return say_digits(digits)
    return say_written(digits)


def _three_digits(written: str, scene: Scene, span: tuple[int, int], *, measured: bool) -> str:
    """Thousands or a decimal: ``42.269``, ``3,086``."""
    whole, mark, rest = _split(written)
    points = _counts_points(scene, span[1])
    counted = scene.precedes("counted", span[1]) or rest == "000"
    if mark == ".":
        decimal = points and (scene.facts.dot_decimals or 10 <= int(whole) <= 100)
        sure = not points
    else:
        decimal = not counted and not scene.facts.comma_thousands
        sure = points or scene.facts.comma_thousands or not (counted or measured)
    said = say_decimal(whole, rest) if decimal else say_written(whole + rest)
    if not sure:
        scene.doubt("ambiguous-number", span[0], written, spoken=said)
    return said


def _counts_points(scene: Scene, end: int) -> bool:
    """Points of an index or per cent, which are rarely thousands; ``điểm cầu`` are places."""
    return scene.precedes("points", end) and not scene.precedes("points-of-a-place", end)


def _number(match: Match, scene: Scene) -> str:
    return say_amount(match, scene)


def _pair(match: Match, scene: Scene) -> str | None:
    """``mức độ 1,2``: one and two, not one point two."""
    numbers = match[0].replace(" ", "").split(",")
    rising = all(int(a) + 1 == int(b) for a, b in pairwise(numbers))
    if all(int(a) < int(b) for a, b in pairwise(numbers)) and (
        scene.follows("ordinal", match.start()) or (len(numbers) > 2 and not rising)
    ):
        rising = scene.follows("listed", match.start())
    certain = len(numbers) > 2 and all(len(number) == 1 for number in numbers)
    if rising and (certain or scene.follows("listed", match.start())):
        return ", ".join(say_written(number) for number in numbers)
    return None


def _section(match: Match, scene: Scene) -> str | None:
    if match[0].count(".") == 1 and not scene.follows("section", match.start()):
        return None
    return " chấm ".join(say_written(part) for part in match[0].split("."))


def _version(match: Match, _scene: Scene) -> str:
    """``Windows 8.0``: nobody writes a decimal so."""
    return f"{say_written(match[1])} chấm không"


def _ordinal(match: Match, scene: Scene) -> str | None:
    if not scene.follows("ordinal", match.start()):
        return None
    return {1: "nhất", 4: "tư"}.get(int(match[0]))


def _weekdays(match: Match, scene: Scene) -> str | None:
    """``thứ 2-6``: both ends are weekdays."""
    if not scene.follows("ordinal", match.start()) or match[1] >= match[2]:
        return None
    first, last = ("tư" if day == "4" else say_written(day) for day in match.groups())
    return f"{first} đến thứ {last}"


def _days_of_week(match: Match, scene: Scene) -> str | None:
    """``thứ 3+5+7``: each of them is named."""
    if not scene.follows("ordinal", match.start()):
        return None
    first, *others = ("tư" if day == "4" else say_written(day) for day in match[0] if day.isdigit())
    *between, last = (f"thứ {day}" for day in others)
    return " và ".join([", ".join([first, *between]), last])


def _april(match: Match, scene: Scene) -> str | None:
    return "tư" if scene.follows("month", match.start()) else None


def _more(match: Match, scene: Scene) -> str | None:
    """``100+ hộ``, ``người 60+``: so many and more; ``thứ 3+ thứ 5`` are two days."""
    if scene.follows("ordinal", match.start()):
        return None
    said = say_amount(match, scene, 1)
    counted = scene.next_word(match.end()).islower()
    counted = counted and not scene.precedes("after-date", match.end())
    return f"hơn {said}" if counted else f"{said} trở lên"


def _formula(match: Match, scene: Scene) -> str:
    """``NPK 16-16-8``: parts of a mixture, or numbers in a row; a range has two ends."""
    pause = "," if re.match(r"\s\d", scene.after(match.end())) else ""
    return " ".join(say_written(part) for part in re.findall(r"\d+", match[0])) + pause


def _thousands(match: Match, scene: Scene) -> str | None:
    """``12 500 đồng``: only a counted noun tells it from two numbers."""
    if not (match[0].endswith("000") or scene.precedes("counted", match.end())):
        return None
    return say_written(match[0].replace(" ", ""))


def _spaced_decimal(match: Match, scene: Scene) -> str:
    """``12 345,6``: spaces between thousands, and a decimal comma."""
    return say_number(match[0].replace(" ", ""), scene, match.span())


def _lettered(match: Match, scene: Scene) -> str:
    if match[2] == "T" and not match[3]:
        for cue, noun in (("term", "tháng"), ("age", "tuổi"), ("load", "tấn")):
            if scene.recalls(cue, match.start()):
                return f"{say_written(match[1])} {noun}"
    name = letter_name(match[2])
    return f"{say_written(match[1])} {name}" + (f" {say_written(match[3])}" if match[3] else "")


RULES = (
    Rule("numbers.ordinal", rf"0?[14](?![.,/]?\d){END}", _ordinal),
    Rule("numbers.weekdays", rf"([2-7])\s?[-–]\s?([2-7])(?![.,/]?\d){END}", _weekdays),
    Rule(
        "numbers.days-of-week",
        rf"[2-7](?:\s?[+&]\s?[2-7]){{1,5}}(?![.,/]?\d){END}",
        _days_of_week,
    ),
    Rule("numbers.april", rf"0?4(?![.,/]\d){END}", _april),
    Rule(
        "numbers.pair", rf"\d{{1,2}}(?:,\s?\d{{1,2}}){{1,3}}(?![.,/]?\d){END}", _pair, quantity=True
    ),
    Rule(
        "numbers.tons",
        rf"(\d{{1,3}}[.,]\d{{1,2}})\s?T{END}",
        lambda m, s: f"{say_amount(m, s, 1)} tấn",
        quantity=True,
    ),
    Rule(
        "numbers.months",
        rf"(\d{{1,3}})\s?th{END}",
        lambda m, _s: f"{say_written(m[1])} tháng",
        quantity=True,
    ),
    Rule("numbers.more", rf"({NUMBER})\+(?=\s[^\W\d]|[),;:.]|\s*$)", _more),
    Rule("numbers.version", rf"(\d{{1,2}})\.0(?![.,]?\d)(?!\s?%){END}", _version),
    Rule("numbers.section", rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}(?![.,]?\d){END}", _section),
    Rule("numbers.lettered", rf"(\d{{1,4}})(?![xX][\d(])([A-Za-zĐđ])(\d{{0,3}}){END}", _lettered),
    Rule("numbers.formula", rf"\d{{1,3}}(?:[-–]\d{{1,3}}){{2,4}}(?![-–.,/]?\d){END}", _formula),
    Rule(
        "numbers.spaced-thousands",
        rf"[1-9]\d{{0,2}} \d{{3}}(?![.,]?\d){END}",
        _thousands,
        quantity=True,
    ),
    Rule(
        "numbers.spaced-decimal",
        rf"[1-9]\d{{0,2}}(?: \d{{3}})+,\d{{1,2}}(?![.,]?\d){END}",
        _spaced_decimal,
        quantity=True,
    ),
    Rule(
        "numbers.spaced",
        r"\d{1,3}(?: \d{3}){2,4}(?!\d)(?!,\d{3})",
        lambda m, _s: say_written(m[0].replace(" ", "")),
        quantity=True,
    ),
    Rule("numbers.number", NUMBER, _number, quantity=True),
)
