"""Bulletins that others make out of date: ``replaces:`` in the front matter of the newer one.

Pure.  It stands apart from the reading of files because it looks at all bulletins together.  A
replaced one never airs again from ``valid_from`` of the newer one on, even when that expires or
waits for its approval: an old directive on air does more harm than silence about it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadcaster.model import Bulletin

__all__ = ["superseded"]


def superseded(bulletins: Mapping[str, Bulletin]) -> tuple[dict[str, Bulletin], list[Problem]]:
    """``bulletins``, those told that others replace; and what is wrong with who replaces whom.

    An entry is an id, translations of that bulletin included, or a document's number
    (``44/KH-UBND``), which means every bulletin whose ``source`` names it.  Of bulletins that
    replace each other in a circle none does.
    """
    problems: list[Problem] = []
    wanted = {
        newer.id: list(dict.fromkeys(_targets(newer, bulletins, problems)))
        for newer in bulletins.values()
        if newer.replaces
    }
    marked = dict(bulletins)
    for newer_id, older_ids in wanted.items():
        newer = bulletins[newer_id]
        if _comes_back(newer_id, wanted):
            problems.append(_circle(newer))
            continue
        for older_id in older_ids:
            marked[older_id] = _replaced(marked[older_id], newer)
    return marked, problems


def _replaced(older: Bulletin, newer: Bulletin) -> Bulletin:
    """Of several that replace it, the first to hold counts."""
    since = newer.valid_from or date.min
    if older.replaced_by and (older.replaced_from or date.min) <= since:
        return older
    return replace(older, replaced_by=newer.id, replaced_from=newer.valid_from)


def _targets(
    newer: Bulletin, bulletins: Mapping[str, Bulletin], problems: list[Problem]
) -> Iterator[str]:
    for name in newer.replaces:
        found = [b.id for b in bulletins.values() if _is_meant(name, b, newer)]
        if not found:
            problems.append(_unknown(name, newer, bulletins))
        yield from found


def _is_meant(name: str, bulletin: Bulletin, newer: Bulletin) -> bool:
    """The newer document may name the number of the older one, which is no circle."""
    if "/" in name:
        if bulletin.replaces == newer.replaces:
            return False
        number = rf"(?<![\w/]){re.escape(name)}(?![\w/-])"
        return re.search(number, bulletin.source, re.IGNORECASE) is not None
    return bulletin.id in {name, f"{name}.{bulletin.language}"}


def _comes_back(start: str, wanted: Mapping[str, list[str]]) -> bool:
    """Whether ``start`` replaces itself, perhaps through others."""
    seen: set[str] = set()
    ahead = list(wanted[start])
    while ahead:
        name = ahead.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            ahead += wanted.get(name, [])
    return False


def _circle(newer: Bulletin) -> Problem:
    message = _("“{id}” replaces itself, perhaps through others, so that it replaces nothing")
    hint = _("take “replaces” out of the older one")
    return Problem(newer.replaces_where, "replaces-circle", message.format(id=newer.id), hint)


def _unknown(name: str, newer: Bulletin, bulletins: Mapping[str, Bulletin]) -> Problem:
    message = _("“replaces” names “{name}”, but there is no such bulletin").format(name=name)
    hint = _("nothing to do if its file is deleted; else: {nearest}")
    others = [id_ for id_ in bulletins if id_ != newer.id]
    return Problem(
        newer.replaces_where,
        "unknown-replaced",
        message,
        hint.format(nearest=nearest(name, others)),
        Severity.WARNING,
    )
