"""Messages from above → bulletins in ``scripts_vi/cap-tren``, each a file like any other.

It stands apart because what was sent must neither be lost nor overwrite what the commune made of
it: the register remembers what came, and as what it was written.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.errors import Problem, Severity
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.above.message import read_message
from broadcaster.station.above.register import Entry, load_register, save_register

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from broadcaster.station.above.message import Message, Sent
    from broadcaster.station.folder import StationFolder

__all__ = [
    "Received",
    "Taken",
    "TakenAs",
    "dropped",
    "receive",
    "take_in",
    "waiting_problems",
]

_DONE = "da-nhan"


class TakenAs(StrEnum):
    """What became of a bulletin that came; KEPT was edited here, and stays as it is here."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Taken:
    """One bulletin of a message, and its file."""

    id: str
    title: str
    taken: TakenAs
    file: Path


@dataclass(slots=True)
class Received:
    """What came, what is wrong with it, and the messages that were read to their end."""

    bulletins: list[Taken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: list[Path] = field(default_factory=list)


def receive(folder: StationFolder, files: Iterable[Path], *, now: datetime) -> Received:
    """Write the bulletins of the messages ``files``; raises SoundError on a full disk.

    A bulletin that came before is written again only where nobody has edited it here.
    """
    received = Received()
    register = load_register(folder)
    for path in files:
        message, problems = read_message(path)
        for sent in message.bulletins if message else ():
            assert message
            problems += _take(folder, message, sent, register, received, now)
        received.problems += problems
        if message and not any(p.severity is Severity.ERROR for p in problems):
            received.whole.append(path)
    save_register(folder, register)
    return received


def take_in(folder: StationFolder, *, now: datetime) -> Received:
    """As :func:`receive` for what was dropped into the station; what was read to its end is put
    aside, and what was not stays until it is mended."""
    received = receive(folder, dropped(folder), now=now)
    for path in received.whole:
        aside = path.parent / _DONE / f"{now.astimezone(LOCAL):%Y%m%dT%H%M%S}-{path.name}"
        aside.parent.mkdir(exist_ok=True)
        path.replace(aside)
    return received


def dropped(folder: StationFolder) -> list[Path]:
    """The messages that wait in the station."""
    return sorted(folder.from_above.glob("*.json")) if folder.from_above.is_dir() else []


def waiting_problems(folder: StationFolder) -> list[Problem]:
    """What is wrong with the messages that wait."""
    return [problem for path in dropped(folder) for problem in read_message(path)[1]]


def _take(
    folder: StationFolder,
    message: Message,
    sent: Sent,
    register: dict[str, Entry],
    received: Received,
    now: datetime,
) -> list[Problem]:
    path = folder.scripts / "cap-tren" / f"{sent.id}.txt"
    text = _as_file(message, sent).encode()
    known = register.get(sent.id)
    here = path.read_bytes() if path.is_file() else None
    taken, problems = TakenAs.NEW, []
    if here == text:
        taken = TakenAs.KNOWN
    elif here is not None and (known is None or known.sha256 != _hash(here)):
        taken, problems = TakenAs.KEPT, [_kept(sent, path)]
    elif here is not None:
        taken = TakenAs.CHANGED
    if taken in {TakenAs.NEW, TakenAs.CHANGED}:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(text)
    if taken is not TakenAs.KEPT:
        register[sent.id] = Entry(
            level=message.level,
            office=message.office,
            received_at=known.received_at if known else now,
            must_air_by=sent.must_air_by,
            sha256=_hash(text),
        )
    received.bulletins.append(Taken(sent.id, sent.values["title"], taken, path))
    return problems


def _kept(sent: Sent, path: Path) -> Problem:
    message = _("“{id}” was sent again, but {file} was edited here: it stays as it is here")
    message = message.format(id=sent.id, file=path.name)
    hint = _("compare both; to take the new one, delete the file and receive the message again")
    return Problem(sent.where, "edited-here", message, hint, Severity.WARNING)


def _as_file(message: Message, sent: Sent) -> str:
    """The bulletin as an editor would have written it."""
    matter = {**sent.values, "level": message.level}
    matter["source"] = "; ".join(filter(None, (message.office, sent.values.get("source", ""))))
    lines = [f"{key}: {_scalar(value)}" for key, value in matter.items() if key != "text"]
    return "\n".join(["---", *lines, "---", sent.values["text"].strip(), ""])


def _scalar(value: object) -> str:
    """A value that YAML reads back as it was, whatever is in it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_scalar, value))}]"
    name = getattr(value, "name", None)  # of a priority
    text = name.lower() if name else " ".join(str(value).split())
    return json.dumps(text, ensure_ascii=False)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
