"""Names of authors: below the last sentence, behind it, or under the title.

Apart from other furniture, because a name is body text everywhere else.
"""

from __future__ import annotations

import re

from broadcaster.script.alphabet import LOWER, UPPER
from broadcaster.script.page_lines import Dropped, Line, ends
from broadcaster.script.page_phrases import is_phrase, phrases
from broadcaster.script.regex import regex

__all__ = ["cut_byline", "drop_byline", "drop_same_names", "is_byline", "is_scholar", "is_shouted"]

_NAMES = rf"(?:[{UPPER}][{LOWER}]+(?:\s|\.\s?|\s?[-–,]\s?|(?=\()|$)){{2,6}}"
_DEGREE = r"(?:(?:GS|PGS|TS|ThS|Ths|TSKH|CN|BS|LS|NCS)\b\.?,?\s*)"
_BYLINE = regex(rf"\s*{_DEGREE}*{_NAMES}(?:\([^()]{{3,60}}\))?\s*")
_SCHOLAR = regex(
    rf"\s*{_DEGREE}+(?:{_NAMES}|(?:[{UPPER}]{{2,}}\s?){{2,5}})(?:\s?\([^()]{{3,60}}\))?\s*"
)
_INITIALS = regex(r"\s*\(?(?:[A-ZĐ]{2,5}|(?:[A-ZĐ]\.){1,4}[A-ZĐ]?)\)?\s*")
_SHOUTED = regex(rf"(?!XIN|TRÂN|CẢM|HẾT|KÍNH|CHÀO)(?:[{UPPER}]{{2,}}(?:\s?[-–,]\s|\s|$)){{2,6}}")
_GLUED_BYLINE = regex(rf"(?<=[.!?”\"])\s?{_NAMES}$")
# A stop after a whole word or a year, and no space: no writer does this, and no ``TP.Vinh`` either.
_STUCK_BYLINE = regex(rf"(?:(?<=[{LOWER}]{{2}}[.!?])|(?<=\d{{4}}[.!?])){_NAMES}$")
_LONGEST = 80
# A name in capitals has no more words.
_FEW = 3


def is_byline(text: str) -> bool:
    """Whether the line could name authors; only its place tells that it does."""
    if len(text) > 2 * _LONGEST or ends(text, ".!?;"):
        return False
    text = " ".join(phrases("any").sub(" ", text).split()).rstrip(" -–|,")
    named = _BYLINE.fullmatch(text) or phrases("author").fullmatch(text)
    return bool(named) and len(text) <= _LONGEST and not ends(text)


def drop_byline(lines: list[Line], reasons: list[str]) -> None:
    """The author's name at the end, with or without a portal's words glued to it."""
    left = [i for i, line in enumerate(lines) if not reasons[i] and re.search(r"\w", line.text)]
    for authors in (1, 2):
        names, body = left[-authors:], left[:-authors]
        if len(body) < 2 or not all(_is_name(lines, reasons, index) for index in names):
            return
        if _is_finished(lines[body[-1]].text):
            for index in names:
                reasons[index] = "byline"
            return


def drop_same_names(lines: list[Line], reasons: list[str]) -> None:
    """The author's name once more, in capitals under the title or below a picture."""
    names = {
        line.text.strip(" ()").casefold()
        for line, reason in zip(lines, reasons, strict=True)
        if reason == "byline"
    }
    for index, line in enumerate(lines):
        if not reasons[index] and line.text.strip(" ()").casefold() in names:
            reasons[index] = "byline"


def _is_finished(text: str) -> bool:
    return ends(text, ".!?/") or _STUCK_BYLINE.search(text) is not None


def is_scholar(text: str) -> bool:
    """A name with its degree: ``ThS. Lê Văn Cường``; alone in a line it can only be an author's."""
    return _SCHOLAR.fullmatch(text) is not None


def is_shouted(text: str) -> bool:
    """Whether the line could be a name in capitals; above furniture it is, elsewhere a call."""
    return _SHOUTED.fullmatch(text.strip()) is not None


def _is_name(lines: list[Line], reasons: list[str], index: int) -> bool:
    text = lines[index].text
    below = any(reasons[index + 1 :])
    apart = lines[index].after_gap and "furniture" in reasons and len(text.split()) <= _FEW
    if is_shouted(text):
        return below or apart
    if "furniture" in reasons and is_phrase(text, "newsroom"):
        return True
    return is_byline(text) or (below and _INITIALS.fullmatch(text) is not None)


def cut_byline(kept: list[Line]) -> Dropped | None:
    """The author's name that stands behind the last sentence, in the same line."""
    if len(kept) < 2:
        return None
    line = kept[-1]
    text = line.text.rstrip()
    glued = _GLUED_BYLINE if len(text) > _LONGEST else _STUCK_BYLINE
    found = glued.search(text, max(0, len(text) - _LONGEST // 2))
    if not found:
        return None
    cut = line.folded.source(found.start())
    kept[-1] = line._replace(folded=line.folded._replace(text=text[: found.start()]))
    return Dropped(cut, line.end, "page.byline", line.number)
