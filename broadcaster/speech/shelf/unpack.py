"""An archive with a voice in it → the model and its settings, and nothing else of it.

It stands apart because an archive may be a bomb: a few kilobytes that unpack to a full disk.
Names inside are only read, never used; what is written is counted.
"""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from functools import partial
from gettext import gettext as _
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

from broadcaster.errors import SpeechError
from broadcaster.speech.shelf.fetch import too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from broadcaster.sound.wholefile import PartFile

__all__ = ["LARGEST_MODEL", "LARGEST_SETTINGS", "Packed", "copy", "is_archive", "packed_voice"]

LARGEST_MODEL = 500_000_000
LARGEST_SETTINGS = 1_000_000
_MOST_MEMBERS = 1_000
_BLOCK = 1 << 20
_ZIP = b"PK\x03\x04"
_TARS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, RuntimeError),
)


class Packed(NamedTuple):
    """A voice in an archive: its title, and how to write its two files."""

    title: str
    write_model: Callable[[PartFile], None]
    write_settings: Callable[[PartFile], None]


def is_archive(path: Path) -> bool:
    """Whether the file's first bytes are those of a ZIP or a (compressed) TAR; raises OSError."""
    with path.open("rb") as file:
        start = file.read(512)
    return start.startswith((_ZIP, *_TARS)) or start[257:262] == b"ustar"


@contextmanager
def packed_voice(path: Path, *, shown_as: str) -> Iterator[Packed]:
    """The one voice in the archive ``path``; raises `SpeechError`."""
    try:
        with path.open("rb") as file:
            archive = _zip(file) if file.read(4) == _ZIP else _tar(file)
            with archive as members:
                yield _one_voice(members, shown_as)
    except _BROKEN as error:
        raise SpeechError(
            _("{file} cannot be unpacked: {reason}").format(file=shown_as, reason=error),
            hint=_("download it again; a file cut short is the usual reason"),
        ) from error


def copy(source: IO[bytes], into: PartFile, *, largest: int, shown_as: str) -> None:
    """All bytes of ``source``; raises `SpeechError` when there are more than ``largest``."""
    done = 0
    while block := source.read(_BLOCK):
        done += len(block)
        if done > largest:
            raise too_large(shown_as, largest)
        into.write(block)


_Members = dict[str, "tuple[int, Callable[[], IO[bytes]]]"]
"""By name without folders: the size that is said, and how to read it."""


@contextmanager
def _zip(file: IO[bytes]) -> Iterator[_Members]:
    with zipfile.ZipFile(file) as archive:
        infos = [info for info in archive.infolist()[:_MOST_MEMBERS] if not info.is_dir()]
        yield {
            PurePosixPath(info.filename).name: (info.file_size, partial(archive.open, info))
            for info in infos
        }


@contextmanager
def _tar(file: IO[bytes]) -> Iterator[_Members]:
    file.seek(0)
    with tarfile.open(fileobj=file) as archive:
        members: _Members = {}
        unpacked = 0
        for number, member in enumerate(archive):
            unpacked += member.size  # what comes after it is found by unpacking it
            if number >= _MOST_MEMBERS or unpacked > 2 * LARGEST_MODEL:
                break
            if member.isreg():
                name = PurePosixPath(member.name).name
                members[name] = (member.size, partial(_file_in, archive, member))
        yield members


def _file_in(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(member)
    if file is None:
        raise tarfile.ReadError(member.name)
    return file


def _one_voice(members: _Members, shown_as: str) -> Packed:
    models = [name for name in members if name.endswith(".onnx")]
    if len(models) != 1:
        raise SpeechError(
            _("{file} holds {count} voices (.onnx files) instead of one").format(
                file=shown_as, count=len(models)
            ),
            hint=_("unpack it, and install the .onnx file that you want"),
        )
    (model,) = models
    settings = f"{model}.json"
    if settings not in members:
        raise without_settings(settings)
    for name, largest in ((model, LARGEST_MODEL), (settings, LARGEST_SETTINGS)):
        if members[name][0] > largest:
            raise too_large(name, largest)

    def write(name: str, largest: int) -> Callable[[PartFile], None]:
        def to(into: PartFile) -> None:
            with members[name][1]() as source:
                copy(source, into, largest=largest, shown_as=name)

        return to

    return Packed(
        model.removesuffix(".onnx"), write(model, LARGEST_MODEL), write(settings, LARGEST_SETTINGS)
    )


def without_settings(name: str) -> SpeechError:
    """What to say of a model that came alone."""
    return SpeechError(
        _("{file} is missing: without it nobody knows how to use the model").format(file=name),
        hint=_("put it beside the .onnx file, as it was published"),
    )
