"""Idents, jingles, music and recordings: found by name, checked, made ready once.

A sound of the station's own folder wins over the built-in one of the same name.  It stands apart
from `recording` because it knows names and the cache; `recording` knows one file.
"""

from __future__ import annotations

import logging
import os
import unicodedata
from contextlib import suppress
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem, SoundError, Where, nearest
from broadcaster.model import Clip
from broadcaster.programme.compose import BUILT_IN, REVISION, compose
from broadcaster.programme.doubts import doubts_of
from broadcaster.programme.recording import Survey, load_survey, make_clip, save_survey, survey
from broadcaster.sound.container import sound_files
from broadcaster.sound.fingerprint import fingerprint
from broadcaster.sound.header import read_header
from broadcaster.sound.pcm import ms, write_wav
from broadcaster.sound.wav import sample_count

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from broadcaster.sound.seal import Seal

__all__ = ["Assets"]

_TREATMENT = "2"  # enters the name of a cached clip: change it when what is done to files changes
_QUICK_MS = 300_000
"""A look listens to sounds up to this length; some four hundred times as fast as they are."""

_log = logging.getLogger(__name__)


class Assets:
    """The sounds of a station: those in ``folder``, and the built-in ones.

    What is found is trimmed, faded, levelled to −16 LUFS and kept in ``cache`` as a house WAV,
    named by the hash of its content, so the same file is never treated twice.  With a ``seal``
    what somebody exchanged there is made again.  ``alive`` is called again and again while
    that takes long.
    """

    def __init__(
        self,
        folder: Path,
        cache: Path,
        *,
        alive: Callable[[], None] = lambda: None,
        seal: Seal | None = None,
    ) -> None:
        self._folder = folder
        self._cache = cache
        self._alive = alive
        self._seal = seal

    def names(self) -> tuple[str, ...]:
        """Every name that `find` knows, by alphabet."""
        return tuple(sorted({path.stem for path in sound_files(self._folder)} | set(BUILT_IN)))

    def find(self, name: str, *, where: Where = Where()) -> Clip:  # noqa: B008 - it is frozen
        """The clip for ``name``: a file's name with or without its ending, or a built-in one.

        ``where`` is the place that asks for it.  Raises `ContentError` with one problem, which
        says what is wrong and names the nearest name when there is none like it.
        """
        path = self.path(name)
        try:
            if path is not None:
                return self._recorded(path)
            if name in BUILT_IN:
                return self._composed(name)
        except SoundError as error:
            raise _unreadable(error, where) from error
        raise _missing(name, self.names(), where)

    def glance(self, name: str, *, where: Where = Where()) -> list[Problem]:  # noqa: B008
        """Every problem with ``name``, found quickly; nothing is written.

        The header tells what it can.  What only listening finds is told of a sound that was made
        ready before, or that lasts no longer than five minutes.
        """
        path = self.path(name)
        try:
            if path is None:
                return [] if name in BUILT_IN else [*_missing(name, self.names(), where).problems]
            header = read_header(path)
            found = load_survey(self._target(path))
            if found is None and header.duration_ms <= _QUICK_MS:
                found = survey(path)
        except SoundError as error:
            return [*_unreadable(error, where).problems]
        return [*doubts_of(path, header, found, where)]

    def length_ms(self, name: str) -> int | None:
        """How long ``name`` is: as it was made ready, else by its header; None where neither
        tells, as of a sound that is missing or built in."""
        path = self.path(name)
        try:
            found = load_survey(self._target(path)) if path else None
            if found:
                return ms(found.last - found.first)
            return read_header(path).duration_ms or None if path else None
        except SoundError:
            return None

    def fingerprint(self, name: str) -> str:
        """The SHA-256 of the station's own file for ``name``; raises `ContentError` where there is
        none, and `SoundError` where it cannot be read."""
        path = self.path(name)
        if path is None:
            raise _missing(name, self.names(), Where())
        return fingerprint(path)

    def path(self, name: str) -> Path | None:
        """The station's own file for ``name``; None where it has none."""
        files = sound_files(self._folder)
        exact = [path for path in files if _plain(path.name) == _plain(name)]
        alike = [path for path in files if _plain(path.stem) == _plain(name)]
        return next(iter(exact + alike), None)

    def _target(self, path: Path) -> Path:
        return self._cache / f"{fingerprint(path)}-{_TREATMENT}.wav"

    def _recorded(self, path: Path) -> Clip:
        """The cached clip, made now when it is not there or not whole."""
        target = self._target(path)
        if clip := self._kept(target):
            return clip
        found = make_clip(path, target, alive=self._alive)
        save_survey(target, found)
        self._tell(path, found)
        return self._made(target)

    def _composed(self, name: str) -> Clip:
        target = self._cache / f"{name}-{REVISION}-{_TREATMENT}.wav"
        if clip := self._kept(target):
            return clip
        write_wav(target, compose(name))
        return self._made(target)

    def _kept(self, target: Path) -> Clip | None:
        """The clip as it was made before; None where it is not there, not whole, or not ours."""
        try:
            clip = _used(target)
        except SoundError:
            return None
        return clip if self._seal is None or self._seal.holds(target) else None

    def _made(self, target: Path) -> Clip:
        if self._seal:
            self._seal.stamp(target)
        return _clip(target)

    def _tell(self, path: Path, found: Survey) -> None:
        for problem in doubts_of(path, read_header(path), found, Where(path)):
            _log.warning("%s — %s", problem.message, problem.hint)


def _used(path: Path) -> Clip:
    """The clip at ``path``, marked as used now, so that it is not pruned."""
    clip = _clip(path)
    for file in (path, path.with_suffix(".json")):
        with suppress(OSError):  # another user's cache may be read, and a tune has no survey
            os.utime(file)
    return clip


def _clip(path: Path) -> Clip:
    return Clip(path=path, duration_ms=ms(sample_count(path)))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _missing(name: str, known: tuple[str, ...], where: Where) -> ContentError:
    message = _("there is no sound named “{name}”").format(name=name)
    hint = nearest(name, known)
    return ContentError([Problem(where, "missing-asset", message, hint)])


def _unreadable(error: SoundError, where: Where) -> ContentError:
    return ContentError([Problem(where, "asset-unreadable", error.message, error.hint)])
