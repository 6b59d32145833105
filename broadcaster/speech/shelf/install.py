"""A voice from a file or the internet into the station: whole, proven to speak, or not at all.

Everything is made in a folder whose name no one lists, and appears under the voice's name by one
rename at the end.  What a kill leaves behind is swept away by the next call.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from broadcaster.errors import SpeechError
from broadcaster.sound.wholefile import whole_file
from broadcaster.speech.shelf.fetch import beside, fetch, is_url, too_large
from broadcaster.speech.shelf.installed import (
    MODEL,
    NAME,
    SETTINGS,
    InstalledVoice,
    card_of,
    installed_names,
    sha256_of,
    sweep,
    write_card,
)
from broadcaster.speech.shelf.settings import name_of, read_settings
from broadcaster.speech.shelf.unpack import (
    LARGEST_MODEL,
    LARGEST_SETTINGS,
    copy,
    is_archive,
    packed_voice,
    without_settings,
)
from broadcaster.voicename import DEFAULT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["install"]

_DOWNLOAD = "download"


def install(
    source: str,
    folder: Path,
    *,
    prove: Callable[[Path], float],
    sha256: str = "",
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> InstalledVoice:
    """Install the voice of ``source`` into ``folder``: an .onnx with its .onnx.json beside it, or
    an archive of both, from a file or an address.

    ``prove`` loads the model in a folder, lets it speak, and gives its pace.  ``sha256`` is that
    of the model or the archive, in hex.  A voice that is there already, to the byte, stays.
    Raises `SpeechError`, and `SoundError` when the disk does not take it.
    """
    sweep(folder)
    title = _title(source)
    with _workshop(folder) as work:
        made = work / "voice"
        made.mkdir()
        if is_url(source):
            with whole_file(work / _DOWNLOAD) as file:
                fetch(source, file, largest=LARGEST_MODEL, progress=progress)
            given = work / _DOWNLOAD
        else:
            given = _existing(Path(source))
        checksum = _checked(given, sha256, shown_as=source)
        if is_archive(given):
            title = _unpack(given, made, shown_as=source)
        elif is_url(source):
            given.rename(made / MODEL)
            with whole_file(made / SETTINGS) as file:
                fetch(beside(source, ".json"), file, largest=LARGEST_SETTINGS)
        else:
            _copy_both(given, made)
        card = _card(made, title, checksum_of_source=checksum, source=source)
        return _put_up(made, folder, card, prove)


def _title(source: str) -> str:
    """``vi_VN-vais1000-medium``, of a file or an address."""
    path = unquote(urlsplit(source).path) if is_url(source) else source
    return Path(path).name.removesuffix(".onnx")


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder on the same disk that nobody lists, and that is gone afterwards."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".new-{os.getpid()}-", dir=folder))
    except OSError as error:
        raise SpeechError(
            _("{path} cannot be written: {reason}").format(
                path=folder, reason=_(str(error.strerror))
            ),
            hint=_("check that the folder exists and may be written to"),
        ) from error
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _existing(path: Path) -> Path:
    try:
        size = path.stat().st_size if path.is_file() else -1
    except OSError:
        size = -1
    if size < 0:
        raise SpeechError(
            _("there is no file {path}").format(path=path),
            hint=_("give the .onnx file of a Piper voice, an archive with one, or an address"),
        )
    if size > LARGEST_MODEL:
        raise too_large(str(path), LARGEST_MODEL)
    return path


def _checked(path: Path, wanted: str, *, shown_as: str) -> str:
    """The checksum of the file; raises `SpeechError` when it is not the one that was wanted."""
    found = sha256_of(path)
    if wanted and found != wanted.strip().lower():
        raise SpeechError(
            _("{source} is not the file with that checksum: it has sha256 {found}").format(
                source=shown_as, found=found
            ),
            hint=_("download it again, and compare with the checksum that its maker gives"),
        )
    return found


def _unpack(archive: Path, made: Path, *, shown_as: str) -> str:
    with packed_voice(archive, shown_as=shown_as) as packed:
        with whole_file(made / SETTINGS) as file:
            packed.write_settings(file)
        with whole_file(made / MODEL) as file:
            packed.write_model(file)
        return packed.title


def _copy_both(model: Path, made: Path) -> None:
    settings = model.with_name(f"{model.name}.json")
    if not settings.is_file():
        raise without_settings(settings.name)
    for source, name, largest in (
        (settings, SETTINGS, LARGEST_SETTINGS),
        (model, MODEL, LARGEST_MODEL),
    ):
        with source.open("rb") as given, whole_file(made / name) as file:
            copy(given, file, largest=largest, shown_as=source.name)


def _card(made: Path, title: str, *, source: str, checksum_of_source: str) -> InstalledVoice:
    settings = read_settings(made / SETTINGS, shown_as=f"{title}.onnx.json")
    name = name_of(title)
    if not NAME.fullmatch(name) or name == DEFAULT_NAME:
        raise SpeechError(
            _("no name for a voice can be made of “{title}”").format(title=title),
            hint=_("name the file like the voice, in plain letters: vais1000.onnx"),
        )
    return InstalledVoice(
        name=name,
        title=title,
        language=settings.language,
        sample_rate=settings.sample_rate,
        sha256=sha256_of(made / MODEL),
        size=(made / MODEL).stat().st_size,
        source=f"{Path(urlsplit(source).path).name} sha256:{checksum_of_source}",
    )


def _put_up(
    made: Path, folder: Path, card: InstalledVoice, prove: Callable[[Path], float]
) -> InstalledVoice:
    if card.name in installed_names(folder):
        return _the_same(folder, card)
    card = replace(card, pace=round(prove(made), 1))
    write_card(made, card)
    try:
        made.rename(folder / card.name)
    except OSError:  # somebody else has installed it meanwhile
        return _the_same(folder, card)
    return card


def _the_same(folder: Path, card: InstalledVoice) -> InstalledVoice:
    there = card_of(folder, card.name)
    if there.sha256 != card.sha256:
        raise SpeechError(
            _("another voice “{name}” is installed already").format(name=card.name),
            hint=_("remove it first: broadcaster voices remove {name}").format(name=card.name),
        )
    return there
