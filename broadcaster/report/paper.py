"""A document before any format: its letterhead, and blocks of words and tables.

It stands apart so that Word, web page and PDF are three ways to draw the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from broadcaster.report.tables import Table

__all__ = ["Block", "BlockKind", "Letterhead", "Paper"]


class BlockKind(StrEnum):
    """What a block is to a reader."""

    TITLE = "title"
    SUBJECT = "subject"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the document, or a table."""

    kind: BlockKind
    text: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who issues the document, to whom, and who signs (Nghị định 30/2020/NĐ-CP).

    ``authority`` is the body above the ``issuer``; ``number`` the sign behind “Số:”, with room
    for the number; ``recipients`` stand under “Nơi nhận”.
    """

    issuer: str
    authority: str = ""
    number: str = ""
    place: str = ""
    recipients: tuple[str, ...] = ()
    signer_title: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """``notices`` are framed on the first page, ``seal`` stands at the end of the last."""

    head: Letterhead
    made_on: date
    blocks: tuple[Block, ...]
    notices: tuple[str, ...] = ()
    seal: tuple[str, ...] = ()
    is_landscape: bool = False
    tables: dict[str, Table] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """For the properties of a file."""
        kinds = (BlockKind.TITLE, BlockKind.SUBJECT)
        return " ".join(block.text for block in self.blocks if block.kind in kinds)
