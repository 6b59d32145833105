"""What is wrong with the outputs of a station, as far as its files tell; no sound is made.

It stands apart from the check of the settings because slots name outputs too.
"""

from __future__ import annotations

import re
import stat
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.clock import SystemClock
from broadcaster.errors import OutputError, Problem, Severity, nearest
from broadcaster.playout import mixer_of, output_names
from broadcaster.station.air.zoning import open_configured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadcaster.model import Slot, WeekPlan
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig
    from broadcaster.station.settings.outputs import OutputSettings

__all__ = ["check_outputs"]

_BUILT_IN = {"auto", "pacat", "aplay", "file", "icecast", "null"}
_NUMBERED = re.compile(r"(?:CARD=|hw:|^pacat:)(\d+)\b")
_CARDS = Path("/proc/asound")


def check_outputs(
    folder: StationFolder, config: StationConfig, plans: Sequence[WeekPlan], *, cards: Path = _CARDS
) -> Iterator[Problem]:
    """Outputs that nobody knows or that stand there twice, cards by number, volumes and passwords
    that cannot work, and slots that name an output which the station does not have."""
    for settings in config.all_outputs:
        yield from _output(folder, config, settings, cards)
    yield from _twins(config)
    names = [settings.name for settings in config.all_outputs]
    for slot in (slot for plan in plans for slot in _slots(plan)):
        for output in slot.outputs:
            if output.name not in names:
                message = _("the station has no output named “{name}”").format(name=output.name)
                hint = nearest(output.name, filter(None, names))
                hint = hint or _("write it under “outputs” in station.yaml")
                yield Problem(output.where, "unknown-slot-output", message, hint)


def _twins(config: StationConfig) -> Iterator[Problem]:
    """Two outputs that are one: everything would be heard twice."""
    first: dict[str, str] = {}
    for settings in config.all_outputs:
        if (name := first.setdefault(settings.to, settings.name)) != settings.name:
            message = _("this is the same output as “{name}”: it would sound doubled")
            message = message.format(name=name)
            hint = _("take one of the two away")
            yield Problem(settings.where, "same-output", message, hint, Severity.WARNING)


def _slots(plan: WeekPlan) -> Iterator[Slot]:
    yield from plan.slots
    yield from (exception.slot for exception in plan.exceptions if exception.slot)


def _output(
    folder: StationFolder, config: StationConfig, settings: OutputSettings, cards: Path
) -> Iterator[Problem]:
    word = settings.to.partition(":")[0]
    known = _BUILT_IN | set(output_names())
    if word not in known:
        message = _("nothing here is called “{name}”").format(name=word)
        yield Problem(settings.where, "unknown-output", message, nearest(word, known))
        return
    try:
        open_configured(settings, config.name, folder.root, clock=SystemClock())
    except OutputError as error:
        yield Problem(settings.where, "unusable-output", error.message, error.hint)
    if found := _NUMBERED.search(settings.to):
        yield _numbered(settings, found[1], cards)
    if settings.volume is not None and mixer_of(settings.to) is None:
        message = _("this output has no volume that can be set")
        hint = _("set the volume at the loudspeakers, and take “volume” out")
        yield Problem(settings.where, "no-mixer", message, hint, Severity.WARNING)
    if settings.password_file:
        yield from _password_file(settings, folder.root / settings.password_file)


def _numbered(settings: OutputSettings, number: str, cards: Path) -> Problem:
    """The number of a card changes with the order in which they are found."""
    message = _("the sound card is named by its number, {number}, which may change at a restart")
    message = message.format(number=number)
    if settings.to.startswith("pacat"):
        hint = _("“pactl list short sinks” lists the names: write pacat:…")
        return Problem(settings.where, "numbered-card", message, hint, Severity.WARNING)
    try:
        name = (cards / f"card{number}" / "id").read_text(encoding="utf-8").strip()
        hint = _("write its name: aplay:plughw:CARD={name}").format(name=name)
    except OSError:
        hint = _("“aplay -L” lists the names: write aplay:plughw:CARD=…")
    return Problem(settings.where, "numbered-card", message, hint, Severity.WARNING)


def _password_file(settings: OutputSettings, path: Path) -> Iterator[Problem]:
    try:
        mode = path.stat().st_mode
    except OSError:
        message = _("there is no password file {path}").format(path=settings.password_file)
        hint = _("write the password of the server into it, in one line")
        yield Problem(settings.where, "missing-password-file", message, hint)
        return
    if mode & (stat.S_IROTH | stat.S_IWOTH):
        message = _("everybody can read the password file {path}")
        message = message.format(path=settings.password_file)
        hint = _("chmod 600 {path}").format(path=settings.password_file)
        yield Problem(settings.where, "open-password-file", message, hint, Severity.WARNING)
