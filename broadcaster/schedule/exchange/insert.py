"""New lines into a week file that a person wrote: under a key, and everything else untouched.

It stands apart because a YAML library would write the file anew, without its comments.
"""

from __future__ import annotations

import re

__all__ = ["insert_under"]


def insert_under(text: str, key: str, lines: list[str]) -> str:
    """``text`` with ``lines`` first under its top-level ``key``, which is added where missing.

    ``lines`` have no indentation of their own; they get that of what stands there already.
    """
    rows = text.splitlines()
    place = next((n for n, row in enumerate(rows) if re.match(rf"{key}\s*:", row)), None)
    if place is None:
        return "\n".join([*rows, "", f"{key}:", *_indented(lines, 2)]) + "\n"
    if re.match(rf"{key}\s*:\s*(?:\[\s*\]|\{{\s*\}}|null|~)\s*(?:#.*)?$", rows[place]):
        rows[place] = f"{key}:"
    below = (row for row in rows[place + 1 :] if row.strip() and not row.lstrip().startswith("#"))
    first = next(below, "")
    is_child = first.startswith((" ", "-"))
    indent = len(first) - len(first.lstrip()) if is_child else 2
    return "\n".join([*rows[: place + 1], *_indented(lines, indent), *rows[place + 1 :]]) + "\n"


def _indented(lines: list[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}".rstrip() for line in lines]
