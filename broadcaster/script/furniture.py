"""What portals print around an article: which lines of a page are not to be read, and why.

The phrases are rows of ``data/furniture.tsv``; here is only where on a page they count.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.bylines import drop_byline, drop_same_names
from broadcaster.script.page_contents import drop_contents
from broadcaster.script.page_ends import drop_foot, drop_head, drop_tail, opening
from broadcaster.script.page_feet import drop_leftovers
from broadcaster.script.page_lines import ITEM, LONGEST_TITLE, SHORTEST_TITLE, Line, ends
from broadcaster.script.page_phrases import LONGEST_FURNITURE, is_all, is_phrase
from broadcaster.script.regex import regex

__all__ = ["find_furniture"]

_IMAGE = regex(
    r"\s*(?:[\w() -]{1,80}\.(?:png|jpe?g|gif|webp|bmp)"
    r"|(?:vlcsnap|img|dsc|dji|mvi|pxl|screenshot)[_-]?\d[\w-]*|[a-z]*-?\d{4}-\d\d-\d\d-[\w-]+"
    r"|[a-z0-9 -]{15,150} (?:hinh|anh)(?: anh)? ?\d{1,2}"
    r"|anh[ -]tin[ -]bai|!\[.{0,150}\]\(\S*\)(?: \|)?)\s*",
    re.IGNORECASE,
)
_BARE_NUMBER = regex(r"\s*(?:[\d.,:/\s]{1,20}|\d{1,3}%)\s*")
_CREDIT = regex(
    r".{10,}[-–—.(/|]\s?\(?(?:Ảnh|Hình)(?: minh họa| tư liệu| nguồn)?\s?: ?"
    rf"(?:(?=[{UPPER}])[^!?:;,\d]{{1,40}}|(?:https?://)?[\w-]+(?:\.[\w/-]+)+[).]*)"
    rf"|.{{10,}}\sẢNH\s?: ?[{UPPER} .]{{3,40}}"
)
_PICTURED = regex(r"Ảnh|Hình|ẢNH")
_RECIPIENTS = regex(r"\s*[Nn]ơi nhận\s*:|\s*NƠI NHẬN\s*:")
_FILED = regex(r"(?i)(?:^|[-–+•;]\s*)(?:như (?:trên|điều|kính)|lưu(?!\w))")
_SHORTEST_REPEAT = 3
# A sentence stuck to another: what ends with a credit may begin with body text.
_STUCK = regex(rf"[{LOWER}][.!?][{UPPER}]")


def find_furniture(lines: list[Line]) -> list[str]:
    """A reason for each line that is not to be read, ``""`` for the others."""
    if len(lines) == 1 and is_all(lines[0].text, "stamp"):
        return [""]
    reasons = [_strong_reason(line.text) for line in lines]
    _keep_announced(lines, reasons)
    _drop_counters(lines, reasons)
    _spread(lines, reasons)
    drop_head(lines, reasons)
    _spread(lines, reasons)
    drop_foot(lines, reasons)
    drop_tail(lines, reasons)
    _spread(lines, reasons)
    drop_leftovers(lines, reasons)
    drop_contents(lines, reasons)
    _drop_sections(lines, reasons)
    _drop_repeats(lines, reasons)
    _drop_captions(lines, reasons)
    _drop_recipients(lines, reasons)
    drop_byline(lines, reasons)
    drop_same_names(lines, reasons)
    return reasons


def _strong_reason(text: str) -> str:
    if len(text) > LONGEST_FURNITURE:
        return ""
    if _IMAGE.fullmatch(text):
        return "image"
    if (
        _PICTURED.search(text)
        and _CREDIT.fullmatch(text)
        and not ITEM.match(text)
        and not _STUCK.search(text)
    ):
        return "caption"
    return "furniture" if is_all(text, "strong") else ""


def _keep_announced(lines: list[Line], reasons: list[str]) -> None:
    """A day with its hour below ``Thời gian:`` is what a notice tells."""
    for index, (above, line) in enumerate(pairwise(lines), start=1):
        if reasons[index] and not reasons[index - 1] and ends(above.text, ":"):
            reasons[index] = "" if is_all(line.text, "stamp") else reasons[index]


def _drop_counters(lines: list[Line], reasons: list[str]) -> None:
    """``Hôm nay:`` and its number in the line below."""
    for index, (line, below) in enumerate(pairwise(lines)):
        told = ends(line.text, ":") and _BARE_NUMBER.fullmatch(below.text)
        if told and is_all(f"{line.text.strip()} {below.text.strip()}", "strong"):
            reasons[index] = reasons[index + 1] = "furniture"


def _spread(lines: list[Line], reasons: list[str]) -> None:
    """Weak phrases and bare numbers are furniture beside furniture."""
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for index in order:
            text = lines[index].text
            if reasons[index] or reasons[index + step] != "furniture":
                continue
            if is_all(text, "any") or _BARE_NUMBER.fullmatch(text):
                reasons[index] = "furniture"


def _drop_sections(lines: list[Line], reasons: list[str]) -> None:
    """The name of a portal's section right above a title, and the marks of advertisements."""
    paged = "furniture" in reasons
    for index, (line, below) in enumerate(pairwise(lines)):
        words = line.text.strip()
        if paged and not reasons[index] and is_phrase(words, "break"):
            reasons[index] = "furniture"
        if reasons[index] or len(words) >= 60 or not is_phrase(words, "above"):
            continue
        last = index + 2 >= len(lines)
        title = not last and not below.after_gap and _is_title(below) and lines[index + 2].after_gap
        dated = index == 0 and reasons[1] == "furniture"
        if title or dated:
            reasons[index] = "section"


def _is_title(line: Line) -> bool:
    return not ends(line.text) and len(line.text) > SHORTEST_TITLE


def _drop_repeats(lines: list[Line], reasons: list[str]) -> None:
    """A title that stands twice is read once; a lone number between two lines is a counter."""
    seen: set[str] = set()
    texts = [" ".join(line.text.split()).casefold() for line in lines]
    paged, first = "furniture" in reasons, opening(lines, reasons)
    for index, text in enumerate(texts):
        if reasons[index]:
            continue
        if text in seen and _is_repeatable(text):
            reasons[index] = "repeated"
            if paged and 0 <= first < index - 1 and texts[index - 1] == text:
                reasons[index - 1] = "caption"
        elif (
            is_phrase(text, "paper") and f"{text} {' '.join(texts[index + 1 : index + 2])}" in seen
        ):
            reasons[index] = reasons[index + 1] = "repeated"
        elif len(lines) > 1 and text.isdigit():
            reasons[index] = "counter"
        seen.add(text)


def _is_repeatable(text: str) -> bool:
    return (
        len(text) <= LONGEST_TITLE and len(text.split()) > _SHORTEST_REPEAT and not ITEM.match(text)
    )


def _drop_captions(lines: list[Line], reasons: list[str]) -> None:
    """The line below a picture is its caption unless it ends as a sentence does."""
    first, paged = opening(lines, reasons), "furniture" in reasons
    for index in range(1, len(lines)):
        inside = paged and 0 <= first < index and not reasons[index]
        if inside and is_phrase(lines[index].text, "pictured"):
            reasons[index] = "caption"
        after_image = reasons[index - 1] == "image" and not reasons[index]
        if after_image and not ends(lines[index].text) and not ITEM.match(lines[index].text):
            following = lines[index + 1 : index + 2]
            if not following or following[0].after_gap or _is_paragraph(following[0]):
                reasons[index] = "caption"


def _is_paragraph(line: Line) -> bool:
    text = line.text.strip()
    return text[:1].isupper() and ends(text, ".!?:;")


def _drop_recipients(lines: list[Line], reasons: list[str]) -> None:
    """``Nơi nhận:`` and its list at the foot of an official letter; in a notice it is where
    something is handed in."""
    for start, line in enumerate(lines):
        heading = _RECIPIENTS.match(line.text)
        if heading is None:
            continue
        listed = [*takewhile(lambda below: ITEM.match(below.text), lines[start + 1 :])]
        words = [line.text[heading.end() :], *(below.text for below in listed)]
        alone = not listed and len(lines) > 1 and not words[0].strip()
        if alone or any(map(_FILED.search, words)):
            for index in range(start, start + 1 + len(listed)):
                reasons[index] = reasons[index] or "recipients"
