"""What portals print around an article: which lines of a page are not to be read, and why.

The phrases are rows of ``data/furniture.tsv``; here is only where on a page they count.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.lexicon import read_table
from broadcaster.script.page_lines import ITEM, LONGEST_TITLE, Dropped, Line, ends
from broadcaster.script.regex import regex

__all__ = ["cut_byline", "find_furniture"]

_IMAGE = regex(r"\s*[\w() -]{1,80}\.(?:png|jpe?g|gif|webp|bmp)\s*", re.IGNORECASE)
_BARE_NUMBER = regex(r"\s*[\d.,:/\s]{1,20}")
_NAMES = rf"(?:[{UPPER}][{LOWER}]+(?:\s|\.\s?|\s?[-–,]\s?|(?=\()|$)){{2,6}}"
_BYLINE = regex(rf"\s*{_NAMES}(?:\([^()]{{3,60}}\))?\s*")
_GLUED_BYLINE = regex(rf"(?<=[.!?”\"])\s?{_NAMES}$")
_WORD = regex(rf"[{LOWER}{UPPER}]{{2}}")
_KINDS = {"any": {"strong", "stamp", "weak"}, "strong": {"strong", "stamp"}}
_SHORTEST_TITLE = 20
_LONGEST_FURNITURE = 200
_LONGEST_BYLINE = 80


@cache
def _phrases(strength: str) -> re.Pattern[str]:
    """All phrases of the table as one pattern; ``strong`` ones are furniture by themselves."""
    kinds = _KINDS.get(strength, {strength})
    known = [pattern for kind, pattern in read_table("furniture") if kind in kinds]
    return re.compile("(?:" + "|".join(known) + ")", re.IGNORECASE)


def find_furniture(lines: list[Line]) -> list[str]:
    """A reason for each line that is not to be read, ``""`` for the others."""
    if len(lines) == 1 and _is_all(lines[0].text, "stamp"):
        return [""]
    reasons = [_strong_reason(line.text) for line in lines]
    _spread(lines, reasons)
    _drop_tail(lines, reasons)
    _drop_sections(lines, reasons)
    _drop_repeats(lines, reasons)
    _drop_captions(lines, reasons)
    _drop_recipients(lines, reasons)
    _drop_byline(lines, reasons)
    return reasons


def _strong_reason(text: str) -> str:
    if len(text) > _LONGEST_FURNITURE:
        return ""
    if _IMAGE.fullmatch(text):
        return "image"
    return "furniture" if _is_all(text, "strong") else ""


def _is_all(text: str, strength: str) -> bool:
    """Whether nothing but furniture, numbers and marks stands in the line."""
    if not _may_begin(text) or not _phrases(strength).search(text):
        return False
    return not _WORD.search(_phrases("any").sub(" ", text))


def _may_begin(text: str) -> bool:
    """Whether a phrase covers one of the first two letters; asked first, because that is fast."""
    word = _WORD.search(text)
    end = word.end() if word else len(text)
    return any(_phrases("any").match(text, place) for place in range(end))


def _spread(lines: list[Line], reasons: list[str]) -> None:
    """Weak phrases and bare numbers are furniture beside furniture."""
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for index in order:
            text = lines[index].text
            if (
                reasons[index]
                or reasons[index + step] != "furniture"
                or len(text) > _LONGEST_FURNITURE
            ):
                continue
            if _is_all(text, "any") or _BARE_NUMBER.fullmatch(text):
                reasons[index] = "furniture"


def _drop_tail(lines: list[Line], reasons: list[str]) -> None:
    """Below ``Tin liên quan`` stand titles and addresses, until something ends as a sentence."""
    inside = False
    for index, line in enumerate(lines):
        if _phrases("tail").fullmatch(line.text.strip(" •:»>")) and index:
            inside, reasons[index] = True, "furniture"
        elif inside and not reasons[index]:
            inside = not ends(line.text, ".!?;:") and len(line.text) <= LONGEST_TITLE
            reasons[index] = "furniture" if inside else ""


def _drop_sections(lines: list[Line], reasons: list[str]) -> None:
    """The name of a portal's section right above a title: lines that end in no stop."""
    for index, (line, below) in enumerate(pairwise(lines)):
        words = line.text.strip()
        if reasons[index] or len(words) >= 60 or not _phrases("section").fullmatch(words):
            continue
        last = index + 2 >= len(lines)
        title = not last and not below.after_gap and _is_title(below) and lines[index + 2].after_gap
        dated = index == 0 and reasons[1] == "furniture"
        if title or dated:
            reasons[index] = "section"


def _is_title(line: Line) -> bool:
    return not ends(line.text) and len(line.text) > _SHORTEST_TITLE


def _drop_repeats(lines: list[Line], reasons: list[str]) -> None:
    """A title that stands twice is read once; a lone number between two lines is a counter."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        text = " ".join(line.text.split())
        if reasons[index]:
            continue
        if (
            text in seen
            and len(text) <= LONGEST_TITLE
            and len(text.split()) > 3
            and not ITEM.match(text)
        ):
            reasons[index] = "repeated"
        elif len(lines) > 1 and text.isdigit():
            reasons[index] = "counter"
        seen.add(text)


def _drop_captions(lines: list[Line], reasons: list[str]) -> None:
    """The line below a picture is its caption unless it ends as a sentence does."""
    for index in range(1, len(lines)):
        after_image = reasons[index - 1] == "image" and not reasons[index]
        if after_image and not ends(lines[index].text) and not ITEM.match(lines[index].text):
            following = lines[index + 1 : index + 2]
            if not following or following[0].after_gap or _is_paragraph(following[0]):
                reasons[index] = "caption"


def _is_paragraph(line: Line) -> bool:
    text = line.text.strip()
    return text[:1].isupper() and ends(text, ".!?:;")


def _drop_recipients(lines: list[Line], reasons: list[str]) -> None:
    """``Nơi nhận:`` and its list at the foot of an official letter."""
    inside = False
    for index, line in enumerate(lines):
        text = line.text.strip().casefold()
        inside = text.startswith("nơi nhận:") or (inside and bool(ITEM.match(line.text)))
        if inside and not reasons[index]:
            reasons[index] = "recipients"


def _drop_byline(lines: list[Line], reasons: list[str]) -> None:
    """The author's name at the end, with or without a portal's words glued to it."""
    left = [index for index, reason in enumerate(reasons) if not reason]
    for authors in (1, 2):
        names, body = left[-authors:], left[:-authors]
        if len(body) < 2 or not all(_is_byline(lines[index].text) for index in names):
            return
        if ends(lines[body[-1]].text, ".!?/"):
            for index in names:
                reasons[index] = "byline"
            return


def _is_byline(text: str) -> bool:
    if len(text) > _LONGEST_FURNITURE or ends(text.rstrip(), ".!?;"):
        return False
    text = _phrases("any").sub(" ", text).strip()
    named = _BYLINE.fullmatch(text) or _phrases("author").fullmatch(text)
    return bool(named) and len(text) <= _LONGEST_BYLINE and not ends(text)


def cut_byline(kept: list[Line]) -> Dropped | None:
    """The author's name that stands behind the last sentence, in the same line."""
    if len(kept) < 2 or len(kept[-1].text) <= _LONGEST_BYLINE:
        return None
    line = kept[-1]
    text = line.text.rstrip()
    found = _GLUED_BYLINE.search(text, len(text) - _LONGEST_BYLINE // 2)
    if not found:
        return None
    cut = line.folded.source(found.start())
    kept[-1] = replace(line, folded=replace(line.folded, text=text[: found.start()]))
    return Dropped(cut, line.end, "page.byline", line.number)
