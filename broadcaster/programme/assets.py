"""Idents, jingles, music and recordings: found by name, checked, made ready once.

A sound of the station's own folder wins over the built-in one of the same name.  It stands apart
from `clip` because it knows files, names and the cache; `clip` knows only samples.
"""

from __future__ import annotations

import hashlib
import unicodedata
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError, Problem, Severity, SoundError, Where, nearest
from broadcaster.model import Clip
from broadcaster.programme.clip import polish
from broadcaster.programme.compose import BUILT_IN, REVISION, compose
from broadcaster.sound.decode import decode, no_sound, rate_of
from broadcaster.sound.loudness import level
from broadcaster.sound.pcm import ms, write_wav
from broadcaster.sound.wav import sample_count

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.sound.pcm import Pcm

__all__ = ["SUFFIXES", "Assets"]

SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".m4a", ".opus", ".aac", ".amr", ".3gp", ".wma")
"""File names that may hold a sound; of two with the same stem the earlier kind wins."""

_TREATMENT = "1"  # enters the name of a cached clip: change it when what is done to files changes
_LOW_RATE = 16_000


class Assets:
    """The sounds of a station: those in ``folder``, and the built-in ones.

    What is found is trimmed, faded, levelled to −16 LUFS and kept in ``cache`` as a house WAV,
    named by the hash of its content, so the same file is never treated twice.
    """

    def __init__(self, folder: Path, cache: Path) -> None:
        self._folder = folder
        self._cache = cache
        self._keys: dict[tuple[Path, int, int], str] = {}

    def names(self) -> tuple[str, ...]:
        """Every name that `find` knows, by alphabet."""
        return tuple(sorted({path.stem for path in self._files()} | set(BUILT_IN)))

    def find(self, name: str, *, where: Where = Where()) -> Clip:  # noqa: B008 - it is frozen
        """The clip for ``name``: a file's name with or without its ending, or a built-in one.

        ``where`` is the place that asks for it.  Raises `ContentError` with one problem, which
        says what is wrong and names the nearest name when there is none like it.
        """
        path = self._path(name)
        try:
            if path is not None:
                return self._ready(self._key(path), name, path)
            if name in BUILT_IN:
                return self._ready(f"{name}-{REVISION}", name)
        except SoundError as error:
            raise _unreadable(error, where) from error
        raise _missing(name, self.names(), where)

    def check(self, name: str, *, where: Where = Where()) -> list[Problem]:  # noqa: B008
        """Every problem with ``name``; the clip is made ready on the way."""
        try:
            self.find(name, where=where)
        except ContentError as error:
            return list(error.problems)
        path = self._path(name)
        return _warnings(path, where) if path else []

    def glance(self, name: str, *, where: Where = Where()) -> list[Problem]:  # noqa: B008
        """What :meth:`check` would say, from the file's header; nothing is written.

        Only a file whose header says nothing is decoded.
        """
        path = self._path(name)
        try:
            if path is None:
                return [] if name in BUILT_IN else [*_missing(name, self.names(), where).problems]
            if not rate_of(path):
                decode(path)
        except SoundError as error:
            return [*_unreadable(error, where).problems]
        return _warnings(path, where)

    def _files(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        sounds = (p for p in self._folder.iterdir() if p.suffix.lower() in SUFFIXES)
        return sorted(
            (path for path in sounds if not path.name.startswith(".") and path.is_file()),
            key=lambda path: (SUFFIXES.index(path.suffix.lower()), path.name),
        )

    def _path(self, name: str) -> Path | None:
        files = self._files()
        exact = [path for path in files if _plain(path.name) == _plain(name)]
        alike = [path for path in files if _plain(path.stem) == _plain(name)]
        return next(iter(exact + alike), None)

    def _key(self, path: Path) -> str:
        """The hash of the file's content, taken again only when the file has changed."""
        try:
            status = path.stat()
            version = (path, status.st_size, status.st_mtime_ns)
            if version not in self._keys:
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                self._keys[version] = f"{digest}-{_TREATMENT}"
        except OSError as error:
            raise SoundError(
                _("{path} cannot be read: {reason}").format(
                    path=path, reason=_(str(error.strerror))
                ),
                hint=_("check that the file is there and may be read"),
            ) from error
        return self._keys[version]

    def _ready(self, key: str, name: str, path: Path | None = None) -> Clip:
        """The cached clip, made now when it is not there or not whole."""
        target = self._cache / f"{key}.wav"
        try:
            count = sample_count(target)
        except SoundError:
            samples = _treated(path) if path else compose(name)
            write_wav(target, samples)
            count = len(samples)
        return Clip(path=target, duration_ms=ms(count))


def _treated(path: Path) -> Pcm:
    sound = polish(decode(path))
    if not len(sound):
        raise no_sound(path)
    return level(sound)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _missing(name: str, known: tuple[str, ...], where: Where) -> ContentError:
    message = _("there is no sound named “{name}”").format(name=name)
    hint = nearest(name, known)
    return ContentError([Problem(where, "missing-asset", message, hint)])


def _unreadable(error: SoundError, where: Where) -> ContentError:
    return ContentError([Problem(where, "asset-unreadable", error.message, error.hint)])


def _warnings(path: Path, where: Where) -> list[Problem]:
    rate = rate_of(path)
    if not 0 < rate < _LOW_RATE:
        return []
    return [
        Problem(
            where,
            "asset-low-rate",
            _("{path} has only {rate} Hz: it will sound like a telephone").format(
                path=path, rate=rate
            ),
            _("record it at 44100 or 48000 Hz when you can"),
            Severity.WARNING,
        )
    ]
