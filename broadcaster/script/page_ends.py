"""The head and the foot of a page, where furniture stands in crowds.

Above the first paragraph a portal prints its name, its menu and the day; below the last one it
prints other titles, comments and its address.  There the company of certain furniture makes a
line furniture that would be read anywhere else.
"""

from __future__ import annotations

from broadcaster.script.bylines import is_byline, is_scholar, is_shouted
from broadcaster.script.page_lines import LONGEST_TITLE, SHORTEST_TITLE, Line, ends
from broadcaster.script.page_menus import menus
from broadcaster.script.page_phrases import is_phrase, phrases
from broadcaster.script.regex import regex

__all__ = ["drop_foot", "drop_head", "drop_tail", "opening"]

_LONGEST_HEAD = 60
_SHORTEST_OPENING = 60
_SHORTEST_PARAGRAPH = 120
_LONGEST_MENU_LINE = 80
_BETWEEN_SECTIONS = regex(r"\s{2,}|\s[|/»>]\s")
# Lines of furniture that make a text a page.
_PAGE = 2


def drop_head(lines: list[Line], reasons: list[str]) -> None:
    """Above the first paragraph, when furniture stands there and a title is left."""
    head = range(opening(lines, reasons))
    _drop_authors(lines, reasons, head)
    if not _shows_furniture(lines, reasons, head):
        return
    found = _head_furniture(lines, reasons, head)
    if reasons.count("furniture") >= _PAGE:
        found |= dict.fromkeys(menus(lines, reasons, head), "furniture")
    titles = [i for i in head if not (reasons[i] or found.get(i)) and _is_title(lines[i].text)]
    if not titles:
        return
    for index, reason in found.items():
        reasons[index] = reason
    _drop_owner(lines, reasons, titles)
    for index in head[titles[0] + 1 :]:
        under_title = index == titles[-1] + 1
        if not reasons[index] and _is_signed(lines, reasons, index, under_title=under_title):
            reasons[index] = "byline"


def _drop_authors(lines: list[Line], reasons: list[str], head: range) -> None:
    """Under the title: authors with their degrees and where they work, or with the hour."""
    if len(head) > 1 and _is_title(lines[0].text) and is_phrase(lines[1].text, "published"):
        reasons[1] = "furniture"
    for index in head[1:]:
        above, text = lines[index - 1].text, lines[index].text
        works = reasons[index - 1] == "byline" and is_phrase(text, "workplace")
        signed = is_scholar(text) or (phrases("stamp").search(text) and is_byline(text))
        if works or (signed and (reasons[index - 1] or _is_title(above))):
            reasons[index] = "byline"


def _shows_furniture(lines: list[Line], reasons: list[str], head: range) -> bool:
    if reasons.count("furniture") >= _PAGE or "furniture" in [reasons[i] for i in head]:
        return True
    return len(head) > 1 and is_phrase(lines[1].text, "address")


def _head_furniture(lines: list[Line], reasons: list[str], head: range) -> dict[int, str]:
    """Menus above the path of the page, and what only heads of pages have."""
    path = max((i for i in head if is_phrase(lines[i].text, "path")), default=0)
    found: dict[int, str] = {}
    for index in head:
        text = lines[index].text
        if reasons[index]:
            continue
        framed = index and (found.get(index - 1) or reasons[index - 1])
        if _is_section(text) or (framed and reasons[index + 1] and is_phrase(text, "desk")):
            found[index] = "section"
        elif is_phrase(text, "head") or (index < path and _is_menu_line(text)):
            found[index] = "furniture"
    return found


def _is_section(text: str) -> bool:
    """The name of a section, or several in a row."""
    return all(is_phrase(part, "section") for part in _BETWEEN_SECTIONS.split(text.strip()))


def _is_menu_line(text: str) -> bool:
    return len(text) <= _LONGEST_MENU_LINE and not ends(text)


def _is_signed(lines: list[Line], reasons: list[str], index: int, *, under_title: bool) -> bool:
    """A name under the title, above or between furniture or in one line with the hour."""
    text = lines[index].text
    above = under_title or reasons[index - 1] == "furniture"
    worded = (i for i in range(index + 1, len(lines)) if any(map(str.isalnum, lines[i].text)))
    framed = above and reasons[next(worded, index)] == "furniture"
    stamped = phrases("strong").search(text)
    return bool(framed or stamped) and (is_byline(text) or bool(framed and is_shouted(text)))


def _drop_owner(lines: list[Line], reasons: list[str], titles: list[int]) -> None:
    """Who publishes the page: the first line, right above what only a page says of itself."""
    if not any(index > 1 for index in titles) or reasons[0]:
        return
    owned = is_phrase(lines[0].text, "owner") and (
        reasons[1] in {"section", "furniture"} or is_phrase(lines[1].text, "address")
    )
    if owned or is_phrase(lines[1].text, "self"):
        reasons[0], reasons[1] = "furniture", reasons[1] or "furniture"


def opening(lines: list[Line], reasons: list[str]) -> int:
    """Where the first paragraph stands; -1 when the beginning has none."""
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        long = len(line.text) > _SHORTEST_OPENING
        if not reasons[index] and long and ends(line.text, ".!?:;…"):
            return index
    return -1


def _is_title(text: str) -> bool:
    return not ends(text) and len(text) > SHORTEST_TITLE


def drop_foot(lines: list[Line], reasons: list[str]) -> None:
    """All that follows a line of the foot, as long as no paragraph of an article does."""
    first = opening(lines, reasons)
    last = max((i for i, line in enumerate(lines) if _is_paragraph(line)), default=first)
    paged = reasons.count("furniture") >= _PAGE
    read: list[str] = []
    for index, line in enumerate(lines):
        inside = index > max(first, last) and first >= 0
        closed = paged and _is_closed(read)
        if inside and (closed or _begins_foot(line.text, reasons[index - 1], read)):
            reasons[index:] = [reason or "furniture" for reason in reasons[index:]]
            return
        if not reasons[index]:
            read.append(line.text)


def _is_paragraph(line: Line) -> bool:
    long = len(line.text) > _SHORTEST_PARAGRAPH
    return long and ends(line.text, ".!?…") and not is_phrase(line.text, "any")


def _begins_foot(text: str, reason_above: str, read: list[str]) -> bool:
    """A line that only feet have; or one that also stands in articles, when this one has ended."""
    if is_phrase(text, "foot"):
        return True
    if is_phrase(text, "imprint"):
        return bool(reason_above) or _has_ended(read)
    return any(is_phrase(text, kind) for kind in ("tail", "soft", "after")) and _has_ended(read)


def _has_ended(read: list[str]) -> bool:
    """Whether the closing sign of a document or an author's name was the last to be read."""
    if _is_closed(read):
        return True
    named = len(read) > 1 and (is_byline(read[-1]) or is_shouted(read[-1]))
    return named and ends(read[-2], ".!?/")


def _is_closed(read: list[str]) -> bool:
    """Whether the closing sign of a document stands last."""
    return bool(read) and read[-1].rstrip().endswith("./.")


def drop_tail(lines: list[Line], reasons: list[str]) -> None:
    """Below ``Tin liên quan`` stand titles and addresses, until something ends as a sentence.

    ``Tin khác`` is an editor's own heading, unless other furniture shows that this is a page.
    """
    kinds = ("tail", "soft") if reasons.count("furniture") >= _PAGE else ("tail",)
    if len(lines) > 1 and is_phrase(lines[-1].text, "soft"):
        reasons[-1] = "furniture"
    headlines = _headlines(lines, reasons)
    inside = False
    for index, line in enumerate(lines):
        if index and any(is_phrase(line.text, kind) for kind in kinds):
            inside, reasons[index] = True, "furniture"
        elif inside and not reasons[index]:
            inside = not ends(line.text, ".!?;:") and len(line.text) <= LONGEST_TITLE
            reasons[index] = "furniture" if inside else ""
    if headlines and all(reasons[index] for index in headlines):
        reasons[headlines[-1]] = ""


def _headlines(lines: list[Line], reasons: list[str]) -> list[int]:
    """What could be the title above the first paragraph; one of them always stays."""
    head = range(opening(lines, reasons))
    return [
        index
        for index in head
        if not reasons[index]
        and _is_title(lines[index].text)
        and not any(is_phrase(lines[index].text, kind) for kind in ("tail", "soft", "head"))
    ]
