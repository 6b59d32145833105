"""Playlists (M3U, M3U8, PLS) → the music lines of a programme.

Only sounds of the station's own folder are taken: a playlist of another machine names files that
are not there, and addresses of the web are no sounds.
"""

from __future__ import annotations

import re
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from broadcaster.errors import Problem, Where
from broadcaster.schedule.exchange.cells import cleaned
from broadcaster.schedule.exchange.naming import slug
from broadcaster.schedule.exchange.weekfile import scalar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["is_playlist", "music_programme", "read_playlist"]

_PLS = re.compile(r"file\d+\s*=\s*(.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_MOST = 500


def is_playlist(text: str, *, suffix: str) -> bool:
    """Whether ``text`` is a playlist, by its first line or by its ending."""
    first = text.lstrip()[:40].casefold()
    return first.startswith(("#extm3u", "[playlist]")) or suffix.lower() in {
        ".m3u",
        ".m3u8",
        ".pls",
    }


def read_playlist(
    text: str, *, path: Path, sounds: Path, names: Collection[str]
) -> tuple[list[str], list[Problem]]:
    """The names of sounds in the order of the list; ``names`` are the files of ``sounds``."""
    found: list[str] = []
    problems: list[Problem] = []
    for number, entry in list(_entries(text))[:_MOST]:
        where = Where(path, number, 1)
        name = _name_of(entry, path.parent, sounds)
        if name is None:
            message = _("“{entry}” lies outside scripts_vi/am-thanh").format(entry=cleaned(entry))
        elif name not in names:
            message = _("there is no sound “{name}”").format(name=name)
        else:
            found.append(name)
            continue
        hint = _("put the file into scripts_vi/am-thanh, then import the list again")
        problems.append(Problem(where, "import-outside", message, hint))
    if not found:
        message = _("no sound of this list lies in scripts_vi/am-thanh")
        hint = _("put the files into scripts_vi/am-thanh, then import the list again")
        problems.append(Problem(Where(path), "import-nothing", message, hint))
    return found, problems


def _entries(text: str) -> Iterator[tuple[int, str]]:
    is_pls = text.lstrip()[:10].casefold() == "[playlist]"
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip().lstrip("\ufeff")
        if is_pls:
            if match := _PLS.fullmatch(bare):
                yield number, match[1].strip()
        elif bare and not bare.startswith("#"):
            yield number, bare


def _name_of(entry: str, folder: Path, sounds: Path) -> str | None:
    """The file's name where it lies in ``sounds`` itself; None where it lies elsewhere."""
    if entry.casefold().startswith("file://"):
        entry = unquote(entry[7:])
    if _ADDRESS.match(entry) or re.match(r"[a-z]:[\\/]|\\\\", entry, re.IGNORECASE):
        return None
    bare = entry.replace("\\", "/")
    if "\x00" in bare:
        return None
    if len(PurePosixPath(bare).parts) == 1:
        return bare
    path = Path(bare) if bare.startswith("/") else folder / bare
    resolved = path.resolve()
    return resolved.name if resolved.parent == sounds.resolve() else None


def music_programme(names: list[str], *, title: str) -> list[str]:
    """The lines of one programme that plays ``names`` one after the other."""
    lines = [f"{slug(title)}:", f"  title: {scalar(title)}", "  segments:"]
    return [*lines, *(f"    - music: {scalar(name)}" for name in names)]
