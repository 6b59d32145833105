"""A question of the people and its answer (hỏi–đáp), and who asked, who stays unnamed.

It stands apart, and at the door, because what does not come in cannot go out: unless it is
allowed, the name of who asked is in no bulletin, so that nothing speaks it, prints it, logs it or
sends it away.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from broadcaster.errors import Problem, Severity, Where
from broadcaster.model import Question
from broadcaster.spelling import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadcaster.model import Bulletin

__all__ = ["QUESTION_KEYS", "asker_in", "is_question_kind", "with_question"]

QUESTION_KEYS = ("question", "answered_by", "due", "asker", "asker_allowed")
_STYLES = ("ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cụ", "thầy", "dì", "cậu")
_UNNAMED = "một người dân"
_UNNAMED_ID = "nguoi-dan"
_ASKED = re.compile(r"\s*(?:câu\s+)?hỏi\s*[:：]\s*(?P<question>\S[^\n]*)", re.IGNORECASE)
_ASKER_LINE = re.compile(r"^asker[ \t]*:[ \t]*(?P<asker>\S.*)$", re.MULTILINE)
_PHONE_DIGITS = 8
_NAMES = ("title", "author", "source", "audience")


def is_question_kind(kind: str) -> bool:
    """Whether ``kind`` is hỏi–đáp, with any dash."""
    return "".join(filter(str.isalnum, without_marks(kind))) == "hoidap"


def asker_in(matter: str) -> dict[str, str]:
    """Who asked, from front matter that is no YAML: the name is hidden all the same."""
    found = _ASKER_LINE.search(matter)
    return {"asker": found["asker"].strip("\"' ")} if found else {}


def with_question(bulletin: Bulletin, asked: dict[str, Any], problems: list[Problem]) -> Bulletin:
    """``bulletin`` with the question that its front matter ``asked`` (:data:`QUESTION_KEYS`), and
    without the name of who asked, unless that is allowed."""
    if not asked and not is_question_kind(bulletin.kind):
        return bulletin
    asker = asked.get("asker", "")
    question = Question(
        text=" ".join(asked.get("question", "").split()),
        office=asked.get("answered_by", ""),
        due=asked.get("due"),
        asker=asker,
    )
    bulletin = _put_together(bulletin, question)
    if is_question_kind(bulletin.kind):
        problems += _incomplete(bulletin)
    if asker and not asked.get("asker_allowed", False):
        return _unnamed(bulletin, asker, problems)
    return bulletin


def _put_together(bulletin: Bulletin, question: Question) -> Bulletin:
    """The question is heard before its answer, wherever it was written."""
    heard = _ASKED.match(bulletin.text)
    if heard and not question.text:
        question = replace(question, text=heard["question"])
    elif question.text and not heard and bulletin.text.strip():
        path, line, column = bulletin.where[:3]
        return replace(
            bulletin,
            question=question,
            text=f"Hỏi: {question.text}\n\nĐáp: {bulletin.text.lstrip()}",
            # the two lines that were put above it: a problem below still names its own line
            where=Where(path, line + _blank_lines(bulletin.text) - 2, column),
        )
    return replace(bulletin, question=question)


def _blank_lines(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _incomplete(bulletin: Bulletin) -> Iterator[Problem]:
    question = bulletin.question
    assert question
    missing = {"question": question.text, "answered_by": question.office, "due": question.due}
    if names := [name for name, value in missing.items() if not value]:
        message = _("this question does not say its “{names}”").format(names="”, “".join(names))
        hint = _("write the question, who answers it (answered_by) and by when (due)")
        yield Problem(bulletin.where, "question-incomplete", message, hint, Severity.WARNING)


# -- who asked ------------------------------------------------------------------------------


def _unnamed(bulletin: Bulletin, asker: str, problems: list[Problem]) -> Bulletin:
    """Without the name; and no voice of a network, in case it is told in words we do not know."""
    question = bulletin.question
    assert question
    text, found = _hidden(bulletin.text, asker)
    words = {name: _hidden(getattr(bulletin, name), asker)[0] for name in _NAMES}
    if found or any(words[name] != getattr(bulletin, name) for name in ("title", "author")):
        message = _("this names who asked, which is not allowed: “{unnamed}” is said instead")
        hint = _("take the name out, or write “asker_allowed: true” once they agree")
        problems.append(
            Problem(
                bulletin.where,
                "asker-hidden",
                message.format(unnamed=_UNNAMED),
                hint,
                Severity.WARNING,
            )
        )
    if bulletin.recording:
        message = _("who asked must not be named: listen whether {file} does it")
        message = message.format(file=bulletin.recording)
        hint = _("cut the name out; once they agree, write “asker_allowed: true”")
        problems.append(
            Problem(bulletin.where, "asker-in-recording", message, hint, Severity.WARNING)
        )
    hidden = replace(question, text=_hidden(question.text, asker)[0], asker="")
    return replace(
        bulletin,
        id=_unnamed_id(bulletin, asker, problems),
        text=text,
        question=hidden,
        online=False,
        **words,  # type: ignore[arg-type]
    )


def _unnamed_id(bulletin: Bulletin, asker: str, problems: list[Problem]) -> str:
    """Ids name files, and stand in the log."""
    words = [without_marks(word) for word in _bare_name(asker).split()]
    name = re.compile(r"[-_. ]*".join(map(re.escape, words))) if len(words) > 1 else None
    shadow = _shadow(bulletin.id)
    found = name and name.search(shadow)
    if not found:
        return bulletin.id
    mended = bulletin.id[: found.start()] + _UNNAMED_ID + bulletin.id[found.end() :]
    message = _("the name of this file tells who asked: it is called “{mended}” now")
    hint = _("give the file another name")
    problems.append(Problem(bulletin.where, "asker-in-id", message.format(mended=mended), hint))
    return mended


def _hidden(text: str, asker: str) -> tuple[str, bool]:
    """``text`` without the name and the telephone of ``asker``, and whether it had any."""
    text = unicodedata.normalize("NFC", text)
    spans = sorted({found.span() for found in _mentions(text, asker)})
    parts, end = [], 0
    for first, last in spans:
        if first >= end:
            parts += [text[end:first], _UNNAMED]
        end = max(end, last)
    return "".join([*parts, text[end:]]), bool(spans)


def _mentions(text: str, asker: str) -> Iterable[re.Match[str]]:
    """The whole name in any spelling, a form of address with the last of it, the telephone."""
    words = _bare_name(asker).split()
    plain = "|".join(without_marks(style) for style in _STYLES)
    if len(words) > 1:
        name = r"\W+".join(re.escape(without_marks(word)) for word in words)
        yield from re.finditer(rf"(?:\b(?:{plain})\W+)?\b{name}\b", _shadow(text))
    for short in (words[-1:], words[-2:]):
        name = r"\W+".join(map(re.escape, short))
        style = rf"\b(?i:{'|'.join(_STYLES)})\W+" if words[1:] else ""
        yield from re.finditer(rf"{style}\b(?:{name}|{name.upper()})\b", text) if short else ()
    for digits in _telephones(asker):
        yield from re.finditer(r"\W{0,2}".join(digits), text)


def _bare_name(asker: str) -> str:
    """“Bà Trần Thị X, thôn 5, 0912 …” → “Trần Thị X”."""
    name = re.split(r"[,;(\n–]|\s-\s|\d", unicodedata.normalize("NFC", asker), maxsplit=1)[
        0
    ].split()
    while len(name) > 1 and name[0].casefold() in _STYLES:
        name = name[1:]
    return " ".join(name)


def _telephones(asker: str) -> list[str]:
    found = re.findall(r"\d(?:[ .-]?\d)+", asker)
    numbers = ["".join(filter(str.isdigit, number)) for number in found]
    return [number for number in numbers if len(number) >= _PHONE_DIGITS]


def _shadow(text: str) -> str:
    """``text`` without marks, letter by letter, so that places in both are the same."""
    letters = (without_marks(letter) for letter in unicodedata.normalize("NFC", text))
    return "".join(letter if len(letter) == 1 else " " for letter in letters)
