"""Files that hold a sound: where they are, and of what kind each is by its first bytes.

It stands apart because the decoder and a look at the header both begin here, and because all
that can be wrong with a file before its sound is heard is said here.
"""

from __future__ import annotations

import os
import shutil
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import SoundError

if TYPE_CHECKING:
    from pathlib import Path

    import soundfile

__all__ = [
    "SUFFIXES",
    "damaged",
    "ffmpeg_source",
    "first_bytes",
    "kind_of_sound",
    "opened",
    "program",
    "sound_files",
]

SUFFIXES = (
    *(".wav", ".flac", ".aif", ".aiff", ".ogg", ".oga", ".mp3", ".m4a", ".opus", ".aac", ".amr"),
    *(".3gp", ".wma", ".mp4", ".mov", ".webm", ".mkv", ".avi"),
)
"""File names that may hold a sound; of two with the same stem the earlier kind wins."""

_DEMUXERS = (
    (4, b"ftyp", "mov"),
    (0, b"#!AMR", "amr"),
    (0, b"\x30\x26\xb2\x75", "asf"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
    (0, b"fLaC", "flac"),
)
"""(offset, first bytes, demuxer): ffmpeg is never left to guess, it takes a pure tone for video,
and a playlist that is named like a sound for an order to open other files."""


_ENDINGS = {"mov": ".m4a", "asf": ".wma", "matroska": ".webm"}


def kind_of_sound(start: bytes) -> str:
    """The ending that fits a sound which begins with ``start`` (16 bytes); "" for anything else."""
    for offset, magic, demuxer in _DEMUXERS:
        if start[offset:].startswith(magic):
            return _ENDINGS.get(demuxer, f".{demuxer}")
    return ""


def sound_files(folder: Path) -> list[Path]:
    """What is named like a sound in ``folder``, the better kind first.

    Folders and pipes too: whoever opens one gets a sentence about it.
    """
    if not folder.is_dir():
        return []
    sounds = (path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    return sorted(
        (path for path in sounds if not path.name.startswith(".")),
        key=lambda path: (SUFFIXES.index(path.suffix.lower()), path.name),
    )


def first_bytes(path: Path) -> bytes:
    """The beginning of the file; raises `SoundError` for what is no file, or empty.

    A pipe is refused before it is opened, since that would wait for its writer for ever.
    """
    if path.exists() and not path.is_file():
        raise SoundError(
            _("{path} is no ordinary file").format(path=path),
            hint=_("put the sound itself there, not a folder or a pipe"),
        )
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise SoundError(
            _("{path} cannot be read: {reason}").format(path=path, reason=_(str(error.strerror))),
            hint=_("check that the file is there and may be read"),
        ) from error
    if not start:
        raise SoundError(
            _("{path} is empty").format(path=path),
            hint=_("copy the file again, and wait until the copy has ended"),
        )
    return start


def opened(path: Path) -> soundfile.SoundFile | None:
    """The file as libsndfile reads it; None when that does not know its kind.

    It is handed over without its name: libsndfile would believe an ending like .mp3 and mumble
    on standard error about the picture that it finds, and takes no name that is not UTF-8.
    """
    import soundfile  # noqa: PLC0415 - the command line must not pay for it

    first_bytes(path)
    try:
        return soundfile.SoundFile(os.open(path, os.O_RDONLY))  # it closes it in any case
    except soundfile.LibsndfileError:
        return None


def ffmpeg_source(path: Path) -> list[str]:
    """The arguments that let ffmpeg or ffprobe open ``path`` and nothing else.

    Raises `SoundError` for a file that is no sound.
    """
    start = first_bytes(path)
    for offset, magic, demuxer in _DEMUXERS:
        if start[offset:].startswith(magic):
            return ["-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", f"file:{path}"]
    raise SoundError(
        _("{path} is not a sound file, whatever its name says").format(path=path),
        hint=_("save the sound as WAV, MP3, OGG, FLAC or M4A"),
    )


def program(name: str, path: Path) -> str:
    """Where ffmpeg or ffprobe is, which ``path`` needs; raises `SoundError` without it."""
    found = shutil.which(name)
    if found is None:
        raise SoundError(
            _("{path} needs ffmpeg to be read").format(path=path),
            hint=_("install it (apt-get install ffmpeg), or save the sound as WAV or MP3"),
        )
    return found


def damaged(path: Path, output: bytes) -> SoundError:
    """What to say about a file that ffmpeg opened in vain; ``output`` are its last words."""
    lines = output.decode(errors="replace").strip().splitlines()
    reason = _(lines[-1].rpartition(": ")[2]) if lines else _("no sound came out of it")
    return SoundError(
        _("{path} is damaged: {reason}").format(path=path, reason=reason),
        hint=_("copy it again from where it came, or save it as WAV"),
    )
