"""What a house may choose about its reading: *ngàn* or *nghìn*, short or long years.

Apart from the rules, which all speak the default wording, so that a rule never asks what the
house prefers; `wording` changes what they said.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CHOICES", "HOUSE_DEFAULT", "ReadingStyle"]

CHOICES = {
    "region": ("north", "south"),
    "thousand": ("nghìn", "ngàn"),
    "year": ("long", "short"),
    "slash": ("gạch chéo", "xuyệt", "trên", "pause"),
    "symbols": ("expanded", "spelled"),
    "letters": ("bê", "bờ"),
}
"""The values of each choice; the first is the default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingStyle:
    """The choices of a house.

    ``region`` south says *lẻ* for *linh*, and *ngàn* unless ``thousand`` says otherwise.  ``year``
    short says *hai không hai sáu* for 2026.  ``slash`` is how the one in a document's number is
    said, ``symbols`` spelled says *ca hát* for KH there.  ``letters`` are named *bê* or *bờ*.
    """

    region: str = "north"
    thousand: str = "nghìn"
    year: str = "long"
    slash: str = "gạch chéo"
    symbols: str = "expanded"
    letters: str = "bê"

    @classmethod
    def of(cls, **chosen: str) -> ReadingStyle:
        """The style of ``chosen`` values; the south says *ngàn* unless told otherwise."""
        if chosen.get("region") == "south":
            chosen = {"thousand": "ngàn", **chosen}
        return cls(**chosen)


HOUSE_DEFAULT = ReadingStyle()
