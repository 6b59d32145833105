"""Names for what has only a title: ``tiep-song-vov``, ``tiep-song-vov-0500``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadcaster.spelling import without_marks

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["Names", "clock_text", "slug"]

_LONGEST = 40
_NO_NAMES = {"", "null"}
"""In YAML “null” is nothing."""


def slug(text: str, *, longest: int = _LONGEST) -> str:
    """``text`` as a file name: small letters of the English alphabet, digits and dashes."""
    bare = re.sub(r"[^a-z0-9]+", "-", without_marks(text)).strip("-")
    if len(bare) > longest:
        head, _dash, _rest = bare[: longest + 1].rpartition("-")
        bare = head or bare[:longest]
    return "chuong-trinh" if bare in _NO_NAMES else bare


@dataclass(slots=True)
class Names:
    """Names that are given once: the same key gets the same name, another gets another."""

    given: dict[Hashable, str] = field(default_factory=dict)

    def of(self, key: Hashable, wish: str) -> str:
        """``wish``, or ``wish-2`` where it is taken."""
        if key not in self.given:
            taken, number, name = set(self.given.values()), 1, wish
            while name in taken:
                number += 1
                name = f"{wish}-{number}"
            self.given[key] = name
        return self.given[key]


def clock_text(minutes: int) -> str:
    """Minutes from 0:00 as an hour: ``05:30``; those of the next day too."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
