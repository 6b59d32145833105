"""The built-in sounds by their lengths only, so that a test need not compose them."""

from __future__ import annotations

from pathlib import Path

from broadcaster.errors import ContentError, Problem, Where
from broadcaster.model import Clip

LENGTHS_MS = {"nhac-hieu": 10_080, "nhac-chuyen-muc": 5_760, "nhac-nen": 24_000, "chuong": 4_340}


def known_sound(name: str, /) -> Clip:
    """The clip of a built-in sound; raises ContentError for any other name."""
    if name not in LENGTHS_MS:
        raise ContentError([Problem(Where(), "missing-asset", f"no sound {name}")])
    return Clip(Path(name), LENGTHS_MS[name])
