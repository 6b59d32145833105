"""Something that is wrong with the air, as the operator is told of it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cause"]


@dataclass(frozen=True, slots=True)
class Cause:
    """``key`` tells it from others (the same code on two outputs); ``code`` is explained in
    ``docs/problems.md``; ``text`` is a sentence with its cure.

    ``is_event`` says that it happened, and is never over (a slot was missed).
    """

    key: str
    code: str
    text: str
    is_event: bool = False
