"""One line of the self-check.

It stands apart from the checks because several modules make findings, and none knows the others.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``ok`` None means "works, but look at it"; ``area`` is an English word for a machine."""

    area: str
    ok: bool | None
    message: str
    cure: str = ""
