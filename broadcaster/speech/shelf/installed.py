"""The installed voices of a station: a folder for each, with a card that says what it is.

``NAME/voice.onnx`` is the model, ``voice.onnx.json`` its settings, both as their maker published
them, and ``card.json`` what was known when they were installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import SpeechError, nearest

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "CARD",
    "MODEL",
    "SETTINGS",
    "InstalledVoice",
    "card_of",
    "fault_of",
    "installed_names",
    "remove",
    "sha256_of",
    "sweep",
    "write_card",
]

MODEL, SETTINGS, CARD = "voice.onnx", "voice.onnx.json", "card.json"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
_PASSING = re.compile(r"\.(?:new|old)-(\d+)-.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledVoice:
    """The card of one voice.

    ``language`` is as its maker wrote it (vi_VN, en-us), ``sha256`` that of the model, ``source``
    where it came from.  ``pace`` is how fast it was heard to speak, in % of espeak's pace.
    """

    name: str
    title: str
    language: str
    sample_rate: int
    sha256: str
    size: int
    source: str
    pace: float = 100.0


def installed_names(folder: Path) -> list[str]:
    """Of the voices in ``folder``, Vietnamese ones first, broken ones too."""
    if not folder.is_dir():
        return []
    names = [path.name for path in folder.iterdir() if path.is_dir() and NAME.fullmatch(path.name)]
    return sorted(names, key=lambda name: (not _is_vietnamese(folder, name), name))


def card_of(folder: Path, name: str) -> InstalledVoice:
    """What is known of the voice ``name``; raises `SpeechError` where there is no such voice."""
    try:
        value = json.loads((folder / name / CARD).read_text(encoding="utf-8"))
        return _checked(InstalledVoice(**value))
    except FileNotFoundError as error:
        raise SpeechError(
            _("no voice “{name}” is installed here").format(name=name),
            hint=nearest(name, installed_names(folder))
            or _("install one: broadcaster voices install FILE"),
        ) from error
    except (OSError, ValueError, TypeError) as error:
        raise SpeechError(
            _("the voice “{name}” is damaged: {reason}").format(name=name, reason=error),
            hint=_("remove it and install it again: broadcaster voices remove {name}").format(
                name=name
            ),
        ) from error


def _checked(card: InstalledVoice) -> InstalledVoice:
    """Raises TypeError for a card that somebody has changed by hand."""
    if not isinstance(card.language, str) or not isinstance(card.pace, int | float):
        raise TypeError(card.name)
    return card


def write_card(folder: Path, card: InstalledVoice) -> None:
    """Put ``card`` into the voice's ``folder``; raises `SoundError` when the disk is full."""
    from broadcaster.sound.wholefile import whole_file  # noqa: PLC0415 - only for installing

    with whole_file(folder / CARD) as file:
        file.write(json.dumps(asdict(card), ensure_ascii=False, indent=1).encode())


def fault_of(folder: Path, name: str) -> SpeechError | None:
    """Why the voice ``name`` cannot be used, after a look at every byte of it; None when it can."""
    try:
        card = card_of(folder, name)
        if (folder / name / SETTINGS).is_file() and sha256_of(folder / name / MODEL) == card.sha256:
            return None
        reason = _("its file is not the one that was installed")
    except SpeechError as error:
        return error
    except OSError as error:
        reason = _(str(error.strerror))
    return SpeechError(
        _("the voice “{name}” is damaged: {reason}").format(name=name, reason=reason),
        hint=_("remove it and install it again: broadcaster voices remove {name}").format(
            name=name
        ),
    )


def remove(folder: Path, name: str) -> None:
    """Take the voice ``name`` away; raises `SpeechError` where there is none."""
    if name not in installed_names(folder):
        card_of(folder, name)  # says so, with the nearest name
    going = folder / f".old-{os.getpid()}-{name}"
    try:
        (folder / name).rename(going)
    except OSError as error:
        raise SpeechError(
            _("the voice “{name}” cannot be removed: {reason}").format(
                name=name, reason=_(str(error.strerror))
            )
        ) from error
    shutil.rmtree(going, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what an installation or a removal that was killed has left behind."""
    for path in folder.glob(".*") if folder.is_dir() else ():
        found = _PASSING.fullmatch(path.name)
        if found and not _is_running(int(found[1])):
            shutil.rmtree(path, ignore_errors=True)


def sha256_of(path: Path) -> str:
    """Of a file's bytes, in hex; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return pid != os.getpid()


def _is_vietnamese(folder: Path, name: str) -> bool:
    with suppress(SpeechError):
        return card_of(folder, name).language.startswith("vi")
    return False
