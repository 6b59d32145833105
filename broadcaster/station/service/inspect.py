"""What systemd knows of the station's service and of the page's, and what their units say."""

from __future__ import annotations

import grp
import os
import pwd
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadcaster.station.service.install import UNITS
from broadcaster.station.service.unit import UNIT_NAME

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ServiceState", "inspect_service"]

_PATIENCE_S = 5.0
_PROPERTIES = ("ActiveState", "SubState", "UnitFileState", "NRestarts", "StatusText")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceState:
    """``active`` and ``enabled`` are systemd's own words, "" where it does not answer; ``unit`` is
    the text of the file ``name``, "" where there is none."""

    name: str = UNIT_NAME
    unit: str = ""
    user: str = ""
    in_audio: bool = False
    active: str = ""
    enabled: str = ""
    restarts: int = 0
    root: str = ""

    @property
    def is_installed(self) -> bool:
        return bool(self.unit)

    @property
    def opens_to_lan(self) -> bool:
        """Whether it is the page's, open to the phones of the office."""
        return " web --lan\n" in self.unit


def inspect_service(units: Path = UNITS, *, name: str = UNIT_NAME) -> ServiceState:
    """The service whose unit is the file ``name``; never raises."""
    try:
        unit = (units / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ServiceState(name=name)
    lines = dict(line.partition("=")[::2] for line in unit.splitlines() if "=" in line)
    told = _told(name)
    restarts = told.get("NRestarts", "")
    return ServiceState(
        name=name,
        unit=unit,
        user=lines.get("User", ""),
        in_audio=_is_in_audio(lines.get("User", "")),
        active=told.get("ActiveState", ""),
        enabled=told.get("UnitFileState", ""),
        restarts=int(restarts) if restarts.isdigit() else 0,
        root=lines.get("WorkingDirectory", "").replace("%%", "%"),
    )


def _told(name: str) -> dict[str, str]:
    command = ["systemctl", "show", name, *(f"--property={key}" for key in _PROPERTIES)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    if done.returncode:
        return {}
    return dict(line.partition("=")[::2] for line in done.stdout.splitlines() if "=" in line)


def _is_in_audio(user: str) -> bool:
    try:
        groups = os.getgrouplist(user, pwd.getpwnam(user).pw_gid)
        return grp.getgrnam("audio").gr_gid in groups
    except (KeyError, OSError):
        return False
