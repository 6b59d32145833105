"""Times of day: ``6h30``, ``17:30``, ``5g sáng``, ``8 giờ 05 phút``."""

from __future__ import annotations

from broadcaster.script.numerals import say_integer, say_written
from broadcaster.script.regex import regex
from broadcaster.script.rules.rule import END, Match, Rule, Scene

__all__ = ["RULES"]

_QUOTED = regex(r"(?<![\d\w])['’‘]")
_OPENED = regex(r"(?<!\d)[\"“”]")
_DAY_PARTS = {"sáng", "trưa", "chiều", "tối", "đêm", "ngày", "hằng", "hàng"}


def _say(hour: str, minute: str | None, second: str | None = None) -> str | None:
    if int(minute or 0) > 59 or int(second or 0) > 59:
        return None
    said = [say_integer(int(hour)), "giờ"]
    if int(minute or 0) or int(second or 0):
        said += [say_integer(int(minute or 0)), "phút"]
    if int(second or 0):
        said += [say_integer(int(second or 0)), "giây"]
    return " ".join(said)


def _letter(match: Match, scene: Scene) -> str | None:
    if match["sign"] == "g" and not _is_hour(match, scene):
        return None
    return _say(match["hour"], match["minute"], match["second"])


def _is_hour(match: Match, scene: Scene) -> bool:
    """``g`` is gram too: an hour has minutes, a word of time before it or a part of day after."""
    return int(match["hour"]) <= 24 and (
        match["minute"] is not None
        or scene.next_word(match.end()) in _DAY_PARTS
        or scene.follows("time", match.start())
    )


def _colon(match: Match, scene: Scene) -> str | None:
    if int(match["hour"]) > 24:
        return None
    if scene.follows("scale", match.start()) or scene.follows("score", match.start()):
        return None
    said = _say(match["hour"], match["minute"], match["second"])
    return said and said + _half(match["half"], int(match["hour"]))


def _half(mark: str | None, hour: int) -> str:
    """The half of the day of a twelve-hour clock."""
    if not mark:
        return ""
    if mark.upper() in {"AM", "SA"}:
        return " sáng"
    return " tối" if 6 <= hour < 12 else " chiều"


def _ratio(match: Match, scene: Scene) -> str | None:
    first, second = say_integer(int(match[1])), say_integer(int(match[2].replace(".", "")))
    if scene.follows("score", match.start()):
        return f"{first} {second}"
    divided = scene.after(match.end()).startswith((" =", "="))
    return f"{first} {'chia' if divided else 'trên'} {second}"


def _words(match: Match, _scene: Scene) -> str | None:
    if match["sign"] or not int(match["minute"]):
        return _say(match["hour"], match["minute"])
    if len(match["minute"]) < 2 or int(match["minute"]) > 59:
        return None
    return f"{say_integer(int(match['hour']))} giờ {say_integer(int(match['minute']))}"


def _minutes(match: Match, scene: Scene) -> str | None:
    """``sau 20'``; where a quotation is open, the mark closes it."""
    if _QUOTED.search(scene.before(match.start())):
        return None
    return f"{say_integer(int(match[1]))} phút"


def _short_minutes(match: Match, _scene: Scene) -> str:
    """``10p``, ``3p20s``: how minutes are jotted down."""
    said = f"{say_integer(int(match[1]))} phút"
    return f"{said} {_seconds(match[2], None)}" if int(match[2] or 0) else said


def _half_of_day(match: Match, scene: Scene) -> str | None:
    """``5 PM``, ``8am``; ``2 am thờ`` are shrines."""
    half = match["half"]
    if not 1 <= int(match["hour"]) <= 12 or (half == "am" and scene.next_word(match.end())):
        return None
    return f"{say_integer(int(match['hour']))} giờ{_half(half, int(match['hour']))}"


def _stop_watch(match: Match, _scene: Scene) -> str:
    return f"{say_integer(int(match[1]))} phút {_seconds(match[2], match[3])}"


def _sprint(match: Match, scene: Scene) -> str | None:
    """``chạy 100 m hết 12"5``: seconds and their parts; other marks close a quotation."""
    if _OPENED.search(scene.before(match.start())):
        return None
    return _seconds(match[1], match[2])


def _seconds(whole: str, parts: str | None) -> str:
    return f"{say_integer(int(whole))} giây" + (f" {say_written(parts)}" if parts else "")


RULES = (
    Rule(
        "times.letter",
        r"(?P<hour>\d{1,2})\s?(?P<sign>[hHg])(?:\s?(?P<minute>\d{1,2})"
        r"\s?(?:ph(?:út)?|p|m|’|')?(?:(?<=[\w’'])(?<!\d)\s?(?P<second>\d{1,2})\s?(?:s|giây|[\"”]))?)?"
        rf"{END}(?:\s?/\s?(?=\d{{1,2}}[/-]\d{{1,2}}))?",
        _letter,
        quantity=True,
    ),
    Rule(
        "times.colon",
        r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?::\d+)?\s?(?:h|(?P<half>[AaPp][Mm]|SA|CH))?(?!\.\d)"
        + END,
        _colon,
        quantity=True,
    ),
    Rule(
        "times.mixture",
        rf"\d{{1,3}}(?:\s?:\s?\d{{1,3}}){{2,3}}(?![:.,]?\d){END}",
        lambda m, _s: " trên ".join(say_integer(int(part)) for part in m[0].split(":")),
    ),
    Rule(
        "times.ratio",
        rf"(\d{{1,4}})(?: : ?|:)(\d{{1,6}}|\d{{1,3}}(?:[.]\d{{3}}){{1,2}})(?![.,]\d){END}",
        _ratio,
        quantity=True,
    ),
    Rule("times.minutes", r"(\d{1,3})[’'](?=\s?(?:[,.;:)/]|$)|\s[^\W\d])", _minutes, quantity=True),
    Rule(
        "times.stop-watch",
        r"(\d{1,3})[’']\s?([0-5]?\d)(?:[\"”]|[’']{2})(\d{1,2}(?!\d))?",
        _stop_watch,
    ),
    Rule(
        "times.short-minutes",
        rf"(\d{{1,3}})(?:p|m(?=[0-5]?\ds))(?:h(?=\s?\d))?(?:\s?([0-5]?\d)(?:s|giây)?)?{END}",
        _short_minutes,
        quantity=True,
    ),
    Rule(
        "times.half-of-day",
        rf"(?P<hour>\d{{1,2}})\s?(?P<half>[AP]M|[ap]m){END}",
        _half_of_day,
        quantity=True,
    ),
    Rule("times.sprint", rf"(\d{{1,2}})(?:[\"”]|[’']{{2}})(\d{{1,2}}){END}", _sprint),
    Rule(
        "times.words",
        r"(?P<hour>\d{1,2})\s+giờ\s+(?P<minute>\d{1,2})(?:\s*(?P<sign>phút|phut|ph|p)|(?=\s*[,;.:)–-]|$"
        rf"|\s(?:ngày|sáng|trưa|chiều|tối|hôm|đến|tại|hằng|hàng|thứ))){END}",
        _words,
        quantity=True,
    ),
)
