"""A station's word list: one word's reading put in or changed, every other line kept.  Pure."""

from __future__ import annotations

from gettext import gettext as _

from broadcaster.errors import ContentError, Problem, Where

__all__ = ["reading_of", "with_word"]


def with_word(text: str, written: str, spoken: str) -> str:
    """``text`` in which ``written`` is read as ``spoken``.

    A line with conditions is another reading, and stays.  Raises ContentError for a word that a
    word list cannot hold.
    """
    written, spoken = (" ".join(part.split()) for part in (written, spoken))
    if not spoken or not written or not written[0].isalnum():
        message = _("a word begins with a letter or a digit, and needs a reading")
        raise ContentError([Problem(Where(), "bad-lexicon-line", message)])
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if _is_plain_entry(line, written):
            head, _tab, rest = line.partition("\t")
            end = line[len(line.rstrip("\r\n")) :]
            tail = rest.rstrip("\r\n").partition("\t")[1:]
            lines[number] = f"{head}\t{spoken}{''.join(tail)}{end}"
            return "".join(lines)
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    return "".join([*lines, f"{written}\t{spoken}{newline}"])


def reading_of(text: str, written: str) -> str:
    """What the list has for ``written``, or nothing."""
    lines = (line for line in text.splitlines() if _is_plain_entry(line, written))
    return next((line.split("\t")[1].strip() for line in lines), "")


def _is_plain_entry(line: str, written: str) -> bool:
    if line.startswith("#"):
        return False
    cells = [cell.strip() for cell in line.rstrip("\r\n").split("\t")]
    return len(cells) > 1 and cells[0] == written and not any(cells[2:])
