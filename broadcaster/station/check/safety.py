"""Would the log survive this machine, and would anybody hear of trouble: findings with cures."""

from __future__ import annotations

import stat
from datetime import timedelta
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.asrun import backups
from broadcaster.clock import SystemClock
from broadcaster.station.alarms.ways import ways_of
from broadcaster.station.check.finding import Finding
from broadcaster.station.settings.load import load_config
from broadcaster.station.watch.status import read_status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.alarm import AlarmSettings

__all__ = ["alarm_findings", "backup_findings"]

_OLD = timedelta(days=3)


def backup_findings(folder: StationFolder) -> Iterator[Finding]:
    """The age of the newest backup, once there is something to lose."""
    if not folder.database.exists():
        return
    saved = backups(folder.backups)
    cure = _("broadcaster backup; and copy it to another disk now and then")
    if not saved:
        message = _("the log has no backup yet; the running station makes one a day")
        yield Finding("backup", None, message, cure)
        return
    day = saved[-1][0]
    is_old = SystemClock().now().date() - day > _OLD
    message = _("the newest of {n} backups is of {day}").format(n=len(saved), day=f"{day:%d/%m/%Y}")
    yield Finding("backup", None if is_old else True, message, cure if is_old else "")


def alarm_findings(folder: StationFolder) -> Iterator[Finding]:
    """Who is told, what is wrong by now, and whether files of passwords are for all to read."""
    config, _problems = load_config(folder)
    ways = [way.name for way in ways_of(config.alarm, folder.root)] if config else []
    for name in _secret_files(config.alarm) if config else ():
        yield from _secret(folder, name)
    if ways:
        message = _("alarms are told by: {ways}").format(ways=", ".join(ways))
        yield Finding("alarm", ok=True, message=message, cure=_("try it: broadcaster alarm test"))
    else:
        message = _("nobody is told when the station is silent")
        yield Finding("alarm", None, message, _("write “alarm” into station.yaml"))
    status = read_status(folder.status, now=SystemClock().now())
    for alarm in status.alarms if status.in_contact else ():
        yield Finding("alarm", ok=False, message=f"{alarm.get('text')} [{alarm.get('code')}]")


def _secret_files(alarm: AlarmSettings) -> list[str]:
    webhook, email = alarm.webhook, alarm.email
    names = [webhook.url_file, webhook.password_file] if webhook else []
    names += [email.password_file] if email else []
    return [name for name in names if name]


def _secret(folder: StationFolder, name: str) -> Iterator[Finding]:
    """A file with a password that is not there, or that others may read."""
    try:
        mode = (folder.root / name).stat().st_mode
    except OSError as error:
        message = _("the password file {path} cannot be read: {detail}")
        detail = _(error.strerror or str(error))
        yield Finding("alarm", ok=False, message=message.format(path=name, detail=detail))
        return
    if stat.S_IMODE(mode) & (stat.S_IRWXG | stat.S_IRWXO):
        message = _("others on this machine may read the password in {path}")
        yield Finding("alarm", None, message.format(path=name), f"chmod 600 {name}")
