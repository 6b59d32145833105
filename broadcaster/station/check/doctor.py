"""The self-check: what an operator would look at first, each with its cure."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, Store
from broadcaster.clock import SystemClock, is_synchronised
from broadcaster.errors import BroadcasterError, OutputError, Severity
from broadcaster.playout import mixer_of
from broadcaster.speech import engine_statuses
from broadcaster.station.air.clockrecord import doubt_of
from broadcaster.station.air.zoning import open_configured
from broadcaster.station.check.check import check_station
from broadcaster.station.check.finding import Finding
from broadcaster.station.check.relays import relay_findings
from broadcaster.station.check.safety import alarm_findings, backup_findings
from broadcaster.station.check.service import service_findings
from broadcaster.station.check.warnings import warning_findings
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.settings.load import load_config
from broadcaster.station.upkeep.archive import archived_files, look_through

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from broadcaster.playout import Mixer
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.outputs import OutputSettings

__all__ = ["Finding", "examine"]

_DISK_RESERVE_BYTES = 1_000_000_000
_LOW_PERCENT = 20
_ARCHIVE_READ = timedelta(days=7)  # all of it may take minutes: that is for “log verify”
_VOICES_NAMED = 3  # the Vietnamese ones come first


def examine(folder: StationFolder) -> list[Finding]:
    """Look at content, folders, disk, clock, log, archive, voices, output, service, backups and
    alarms; never raises."""
    findings: list[Finding] = []
    for part in _PARTS:
        findings += _guarded(part, folder)
    return findings


def _guarded(
    part: Callable[[StationFolder], Iterator[Finding]], folder: StationFolder
) -> list[Finding]:
    """A part of the check that breaks is itself a finding."""
    try:
        return list(part(folder))
    except BroadcasterError as error:
        return [Finding(part.__name__.strip("_"), ok=False, message=error.message, cure=error.hint)]
    except (OSError, subprocess.SubprocessError) as error:
        return [Finding(part.__name__.strip("_"), ok=False, message=str(error))]


def _content(folder: StationFolder) -> Iterator[Finding]:
    problems = check_station(folder)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    message = _("{errors} errors and {warnings} warnings in the content").format(
        errors=errors, warnings=len(problems) - errors
    )
    ok = False if errors else None if problems else True
    yield Finding("content", ok, message, _("see: broadcaster check") if problems else "")


def _folders(folder: StationFolder) -> Iterator[Finding]:
    for path in (folder.cache, folder.programmes, folder.state):
        nearest = next(p for p in (path, *path.parents) if p.exists())
        writable = nearest.is_dir() and os.access(nearest, os.W_OK)
        message = _("{path} can be written") if writable else _("{path} cannot be written")
        cure = "" if writable else _("give this folder to the user that runs broadcaster (chown)")
        yield Finding("folders", writable, message.format(path=_short(folder, path)), cure)


def _short(folder: StationFolder, path: Path) -> str:
    return str(path.relative_to(folder.root))


def _disk(folder: StationFolder) -> Iterator[Finding]:
    free = shutil.disk_usage(folder.root).free
    enough = free > _DISK_RESERVE_BYTES
    message = _("{free:.1f} GB free on the disk").format(free=free / 1e9)
    yield Finding(
        "disk", enough, message, "" if enough else _("make “archive” in station.yaml smaller")
    )


def _clock(folder: StationFolder) -> Iterator[Finding]:
    clock = SystemClock()
    message = _("it is {time} here").format(time=f"{clock.now():%H:%M %d/%m/%Y}")
    if doubt := doubt_of(folder, clock=clock):
        text = _("nothing planned is broadcast: {why}").format(why=doubt.reason)
        cure = _("set the clock right, then: broadcaster clock confirm")
        yield Finding("clock", ok=False, message=f"{message}; {text}", cure=cure)
        return
    cure = _("compare with a watch; let the machine set its clock (NTP)")
    synchronised = is_synchronised()
    yield Finding("clock", synchronised or None, message, "" if synchronised else cure)


def _log(folder: StationFolder) -> Iterator[Finding]:
    if not folder.database.exists():
        yield Finding("log", ok=None, message=_("nothing has been broadcast yet"))
        return
    with Store.open(folder.database, clock=SystemClock()) as store:
        problems = AsRunLog(store).verify()
    message = problems[0].message if problems else _("the as-run log is whole")
    yield Finding("log", not problems, message, problems[0].hint if problems else "")


def _archive(folder: StationFolder) -> Iterator[Finding]:
    """Whether what aired is there, and unaltered in the last days."""
    files = archived_files(folder)
    if not folder.database.exists() or not files:
        return
    with Store.open(folder.database, clock=SystemClock()) as store:
        entries = AsRunLog(store).entries()
    recently = SystemClock().now() - _ARCHIVE_READ
    problems = list(look_through(folder, entries, hashed_since=recently))
    megabytes = sum(path.stat().st_size for path in files) / 1e6
    message = _("{count} sound files in the archive, {size:.0f} MB").format(
        count=len(files), size=megabytes
    )
    if problems:
        message = _("{count} files of the archive are missing or were changed").format(
            count=len(problems)
        )
    cure = _("see: broadcaster log verify") if problems else ""
    yield Finding("archive", None if problems else True, message, cure)


def _voices(folder: StationFolder) -> Iterator[Finding]:
    for status in engine_statuses(voices=folder.voices):
        names = ", ".join(status.voices[:_VOICES_NAMED])
        more = "…" if len(status.voices) > _VOICES_NAMED else ""
        message = f"{status.engine}: {status.reason or names + more}"
        yield Finding("voices", status.available or None, message, status.hint)
        for name, reason in status.broken.items():
            yield Finding("voices", ok=None, message=f"{status.engine}:{name}: {reason}")


def _outputs(folder: StationFolder) -> Iterator[Finding]:
    """Each output and its mixer; the amplifier's programs."""
    config, _problems = load_config(folder)
    config = config or StationConfig(name="")
    for settings in config.all_outputs:
        yield from _output(folder, config, settings)
    for command in (config.amplifier.on, config.amplifier.off) if config.amplifier else ():
        found = shutil.which(command[0]) is not None
        message = (
            _("the amplifier is switched by {program}") if found else _("{program} is missing")
        )
        cure = "" if found else _("correct “amplifier” in station.yaml, or install the program")
        yield Finding("amplifier", found, message.format(program=command[0]), cure)


def _output(
    folder: StationFolder, config: StationConfig, settings: OutputSettings
) -> Iterator[Finding]:
    before = f"{settings.name}: " if settings.name else ""
    try:
        output = open_configured(settings, config.name, folder.root, clock=SystemClock())
    except OutputError as error:
        yield Finding("output", ok=False, message=before + error.message, cure=error.hint)
        return
    trouble = output.check()
    message = trouble or _("sound goes out by {name}").format(name=output.name)
    yield Finding("output", not trouble, before + message)
    mixer = mixer_of(settings.to)
    if mixer and not trouble:
        yield _mixer(before, mixer, settings.volume)


def _mixer(before: str, mixer: Mixer, volume: int | None) -> Finding:
    """What would keep a card that plays from being heard."""
    try:
        level = mixer.look()
    except OutputError as error:
        ok = None if volume is None else False
        return Finding("mixer", ok, before + error.message, mixer.cure)
    if level.muted:
        message = _("the card is muted")
        if volume is not None:
            message = _("the card is muted; the next programme will turn it on")
        return Finding("mixer", None if volume is not None else False, before + message, mixer.cure)
    message = _("the volume of the card is {volume} percent").format(volume=level.volume)
    is_low = volume is None and level.volume < _LOW_PERCENT
    return Finding(
        "mixer", None if is_low else True, before + message, mixer.cure if is_low else ""
    )


def _relays(folder: StationFolder) -> Iterator[Finding]:
    config, _problems = load_config(folder)
    yield from relay_findings(config.relays if config else ())


def _service(folder: StationFolder) -> Iterator[Finding]:
    yield from service_findings(folder)


def _backup(folder: StationFolder) -> Iterator[Finding]:
    yield from backup_findings(folder)


def _alarm(folder: StationFolder) -> Iterator[Finding]:
    yield from alarm_findings(folder)


def _emergency(folder: StationFolder) -> Iterator[Finding]:
    yield from warning_findings(folder)


_PARTS = (
    *(_content, _folders, _disk, _clock, _log, _archive, _voices, _outputs, _relays),
    *(_service, _backup, _alarm, _emergency),
)
