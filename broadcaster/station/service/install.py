"""Puts the units in their place and takes them away again; only root may.

``system`` is how programs of the system are run, so that a test needs neither root nor systemd.
"""

from __future__ import annotations

import os
import pwd
import re
import shlex
import subprocess
import sys
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from broadcaster.errors import BroadcasterError
from broadcaster.sound.wholefile import whole_file
from broadcaster.station.service.unit import PAGE_UNIT_NAME, UNIT_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadcaster.station.service.unit import UnitSettings

__all__ = ["UNITS", "Machine", "ServiceError", "System", "install", "uninstall"]

UNITS = Path("/etc/systemd/system")
_USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
_PATIENCE_S = 60.0
_EMPTIED = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - where a station must not be
_OWN = ("station.yaml", "scripts_vi", "schedules", "audio_out", ".broadcaster")


class ServiceError(BroadcasterError):
    """The service cannot be installed or removed (exit code 3)."""

    exit_code = 3


class System(Protocol):
    """This machine."""

    def is_root(self) -> bool: ...

    def has_user(self, name: str) -> bool: ...

    def run(self, *command: str) -> None:
        """Raises ServiceError where it fails."""


class Machine:
    """The real one."""

    def is_root(self) -> bool:
        return os.geteuid() == 0

    def has_user(self, name: str) -> bool:
        try:
            pwd.getpwnam(name)
        except KeyError:
            return False
        return True

    def run(self, *command: str) -> None:
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_PATIENCE_S,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise ServiceError(f"{command[0]}: {error}") from error
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
            raise ServiceError(f"{shlex.join(command)}: {last}")


def install(
    settings: UnitSettings,
    texts: Mapping[str, str],
    *,
    system: System,
    units: Path = UNITS,
    arguments: Sequence[str],
) -> list[str]:
    """Make the user where there is none, write the units (``texts`` by name), enable and start
    them; returns what was done, in sentences.

    Raises ServiceError without root, naming ``arguments`` as the command to type, and where the
    service could change its own program, or would lose its station.
    """
    _ask_for_root(system, arguments)
    _refuse_user(settings.user)
    _refuse_place(settings)
    done = _user_made(settings, system)
    done.append(_folder_given(settings, system))
    for name, text in texts.items():
        with whole_file(units / name) as file:
            file.write(text.encode())
        (units / name).chmod(0o644)
        done.append(_("{path} is written").format(path=units / name))
    system.run("systemctl", "daemon-reload")
    for name in texts:
        system.run("systemctl", "enable", name)
        system.run("systemctl", "restart", name)
    done.append(_("the station starts with the machine, and is on duty now"))
    return done


def _refuse_user(user: str) -> None:
    if not _USER.fullmatch(user) or user == "root":
        message = _("“{name}” cannot be the user of the service")
        hint = _("choose another one: --user NAME, with small letters, digits, “-” and “_”")
        raise ServiceError(message.format(name=user), hint=hint)


def _folder_given(settings: UnitSettings, system: System) -> str:
    owner = f"{settings.user}:"
    own = [path for name in _OWN if (path := settings.root / name).exists()]
    system.run("chown", owner, str(settings.root))
    system.run("chown", "--recursive", "--no-dereference", owner, *map(str, own))
    return _("the station folder belongs to {user} now").format(user=settings.user)


def _refuse_place(settings: UnitSettings) -> None:
    for path in _EMPTIED:
        if settings.root.is_relative_to(path):
            message = _("{path} is emptied at each start of the machine: no station may live there")
            raise ServiceError(message.format(path=path))
    for place in (settings.package, settings.python):
        if place.is_relative_to(settings.root):
            message = _("the program lies in the station folder, where the service may write")
            hint = _("make a station elsewhere, like: broadcaster init /srv/dai-xa")
            raise ServiceError(message, hint=hint)


def _user_made(settings: UnitSettings, system: System) -> list[str]:
    if system.has_user(settings.user):
        system.run("usermod", "--append", "--groups", "audio", settings.user)
        return [_("the user {user} may use the sound cards").format(user=settings.user)]
    system.run(
        *("useradd", "--system", "--user-group", "--groups", "audio"),
        *("--home-dir", str(settings.root), "--no-create-home"),
        *("--shell", "/usr/sbin/nologin", settings.user),
    )
    return [_("the user {user} is made, and may use the sound cards").format(user=settings.user)]


def uninstall(*, system: System, units: Path = UNITS, arguments: Sequence[str]) -> list[str]:
    """Stop and remove the service and the page's; the station folder and the user stay.

    Raises ServiceError without root, and where there is no service.
    """
    _ask_for_root(system, arguments)
    names = [name for name in (PAGE_UNIT_NAME, UNIT_NAME) if (units / name).exists()]
    if not names:
        raise ServiceError(_("there is no service here: {path}").format(path=units / UNIT_NAME))
    for name in names:
        system.run("systemctl", "disable", "--now", name)
        (units / name).unlink()
    system.run("systemctl", "daemon-reload")
    return [_("the service is stopped and removed; the station folder stays as it is")]


def _ask_for_root(system: System, arguments: Sequence[str]) -> None:
    if not system.is_root():
        command = shlex.join(["sudo", sys.executable, "-m", "broadcaster", *arguments])
        message = _("only the administrator of the machine may do this")
        hint = _("type: {command}").format(command=command)
        raise ServiceError(message, hint=hint)
