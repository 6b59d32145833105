"""The box of contents of a long article: its lines come again as headings, and are read there.

Apart from other repeats, because of those the first is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadcaster.script.page_phrases import is_phrase

if TYPE_CHECKING:
    from broadcaster.script.page_lines import Line

__all__ = ["drop_contents"]


def drop_contents(lines: list[Line], reasons: list[str]) -> None:
    """Below ``Nội dung`` or ``Mục lục``: the lines that stand once more further down."""
    texts = [line.text.strip() for line in lines]
    for index, line in enumerate(lines):
        if not is_phrase(line.text, "contents"):
            continue
        end = index + 1
        while end < len(lines) and texts[end] in texts[end + 1 :]:
            end += 1
        if end > index + 1:
            reasons[index:end] = [reason or "repeated" for reason in reasons[index:end]]
