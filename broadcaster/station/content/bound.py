"""Recordings bound to bulletins by their names: ``05-hop-thon.raglai.m4a`` is 05-hop-thon, spoken.

It stands apart from the reading of files because the rules are pure: names and bulletins in,
bulletins and problems out.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, SoundError, Where, nearest
from broadcaster.sound.fingerprint import fingerprint
from broadcaster.spelling import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from broadcaster.model import Bulletin

__all__ = ["bind_recordings"]

_LANGUAGE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_KNOWN = re.compile(
    r"bahnar|bana|brau|bru|cham|churu|coho|cotu|ede|en|giarai|gietrieng|giay|"
    r"hmong|hre|hoa|jarai|jorai|jrai|katu|khmer|khome|khomu|koho|lao|lolo|mnong|"
    r"mong|muong|nung|pathen|phula|raglai|roglai|romam|sanchay|sandiu|stieng|taoi|"
    r"tay|thai|vi|xedang|xodang|xtieng"
)
"""Languages by which a name without its bulletin is known for a slip; any other word may be one."""


def bind_recordings(
    bulletins: Mapping[str, Bulletin], sounds: Iterable[Path]
) -> tuple[dict[str, Bulletin], list[Problem]]:
    """``bulletins`` with those of ``sounds`` bound that are called ``ID.LANGUAGE``.

    In a bulletin's own language the recording is heard instead of a voice.  In another one it
    makes a bulletin of its own, ``ID.LANGUAGE``, which shares everything but language and sound
    with the one that it translates.  A sound that a bulletin asks for by name is left alone.
    """
    bound = dict(bulletins)
    problems: list[Problem] = []
    ids = {_plain(id_): id_ for id_ in bulletins}
    named = {_plain(bulletin.recording) for bulletin in bulletins.values()}
    for path in sounds:
        id_, language = _id_and_language(path)
        if not language or named & {_plain(path.name), _plain(path.stem)}:
            continue
        own = ids.get(_plain(f"{id_}.{language}")) or ids.get(_plain(id_))
        if own is None:
            problems += _strayed(path, id_, language, bulletins)
            continue
        spoken = _spoken(bulletins[own], path, language)
        if spoken.id in bound and bound[spoken.id].recording:
            problems.append(_unused(path, bound[spoken.id]))
        else:
            bound[spoken.id] = spoken
    return bound, problems


def _id_and_language(path: Path) -> tuple[str, str]:
    """Both empty for a name that has no such parts."""
    id_, _dot, language = unicodedata.normalize("NFC", path.stem).rpartition(".")
    return (id_, language.casefold()) if id_ and _LANGUAGE.fullmatch(language) else ("", "")


def _spoken(text: Bulletin, path: Path, language: str) -> Bulletin:
    """``text`` with its recording, or what the recording makes of it in another language."""
    both = _together(text, path)
    if without_marks(language) == without_marks(text.language) or _plain(text.id) == _plain(
        path.stem
    ):
        return replace(text, recording=path.name, sha256=both)
    return replace(
        text,
        id=f"{text.id}.{language}",
        language=language,
        recording=path.name,
        sha256=both,
    )


def _together(text: Bulletin, path: Path) -> str:
    """A hash of text and sound: another one when either changes.

    A sound that cannot be read is told when it is needed; its name stands for it.
    """
    try:
        sound = fingerprint(path)
    except SoundError:
        sound = path.name
    return hashlib.sha256(f"{text.sha256}\0{sound}".encode(errors="surrogateescape")).hexdigest()


def _strayed(path: Path, id_: str, language: str, bulletins: Iterable[str]) -> Iterable[Problem]:
    """A name with a dot may be anything; one that ends in a language was meant for a bulletin."""
    if _KNOWN.fullmatch(without_marks(language).replace("-", "")):
        message = _("this is “{id}” in “{language}” by its name, but there is no bulletin “{id}”")
        message = message.format(id=id_, language=language)
        hint = nearest(id_, bulletins)
        yield Problem(Where(path), "recording-without-bulletin", message, hint, Severity.WARNING)


def _unused(path: Path, bulletin: Bulletin) -> Problem:
    message = _("this recording is not used: “{id}” is heard from {other}")
    message = message.format(id=bulletin.id, other=bulletin.recording)
    hint = _("delete the one that is out of date")
    return Problem(Where(path), "recording-unused", message, hint, Severity.WARNING)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
