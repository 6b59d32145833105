"""The systemd units as text: who the station runs as, what it may touch, how it is watched.

They stand apart from the installing because they are pure functions, which a test hands to
``systemd-analyze``.  Each directive that may surprise has its reason beside it, in the unit
itself, for whoever reads it on the machine.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadcaster.station.settings.config import StationConfig

__all__ = [
    "PAGE_UNIT_NAME",
    "UNIT_NAME",
    "UnitSettings",
    "page_unit_text",
    "unit_settings",
    "unit_text",
]

UNIT_NAME = "broadcaster.service"
PAGE_UNIT_NAME = "broadcaster-web.service"
_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
_PASSED_ON = ("BROADCASTER_VOICES", "BROADCASTER_LANG", "http_proxy", "https_proxy", "no_proxy")
"""What is set where the service is installed and holds no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSettings:
    """What differs from one machine to the next; ``python`` is the interpreter of the venv."""

    station: str
    root: Path
    user: str
    python: Path
    package: Path
    environment: Mapping[str, str]


def unit_settings(
    root: Path, config: StationConfig, *, user: str, environment: Mapping[str, str]
) -> UnitSettings:
    """Those of this program and the station in ``root``; raises ContentError where its name
    cannot stand in a unit."""
    root = root.resolve()
    if any(not letter.isprintable() for letter in str(root)):
        raise ContentError([], message=_("the name of the station folder has unprintable letters"))
    return UnitSettings(
        station=" ".join(config.name.split()) or "broadcaster",
        root=root,
        user=user,
        # Not resolved: the venv is found by the place of its link.
        python=Path(sys.executable).absolute(),
        package=Path(__file__).resolve().parents[3],
        environment={key: environment[key] for key in _PASSED_ON if environment.get(key)},
    )


def unit_text(settings: UnitSettings) -> str:
    """The unit file of the station itself."""
    return _filled(_UNIT, settings, "run")


def page_unit_text(settings: UnitSettings, *, lan: bool) -> str:
    """The unit file of the page, a process of its own: on loopback, unless ``lan`` opens it."""
    return _filled(_PAGE_UNIT, settings, "web --lan" if lan else "web")


def _filled(unit: str, settings: UnitSettings, command: str) -> str:
    root, path = _quoted(str(settings.root)), _specifiers(str(settings.root))
    environment = "".join(
        f"Environment={_quoted(f'{key}={value}')}\n" for key, value in settings.environment.items()
    )
    return unit.format(
        description=_specifiers(settings.station),
        mounts=_unspaced(path),
        user=settings.user,
        directory=path,
        program=f"{_quoted(str(settings.python))} -m broadcaster -C {root} {command}",
        environment=environment,
        writable=_quoted(str(settings.root), doubled_dollar=False),
        home="read-only" if _is_in_home(settings) else "yes",
    )


def _is_in_home(settings: UnitSettings) -> bool:
    """Whether hiding /home would hide the station or the program."""
    places = (settings.root, settings.python, settings.python.resolve(), settings.package)
    return any(place.is_relative_to(home) for place in places for home in _HOMES)


def _specifiers(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(text: str, *, doubled_dollar: bool = True) -> str:
    """One word for systemd, whatever stands in it (systemd.syntax(7), systemd.service(5))."""
    text = _specifiers(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text.replace("$", "$$") if doubled_dollar else text}"'


def _unspaced(path: str) -> str:
    return f'"{path}"' if " " in path else path


_CONFINED = """\
# A user of its own, with the sound cards by way of the group "audio" (ALSA, by the card's name).
# The PulseAudio or PipeWire of a user who is logged in cannot be reached from here.
User={user}
SupplementaryGroups=audio
DevicePolicy=closed
DeviceAllow=char-alsa rw
# No PrivateDevices=yes: it hides /dev/snd.

NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ReadWritePaths={writable}
ProtectHome={home}
PrivateTmp=yes
PrivateMounts=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
ProtectProc=invisible
# No ProcSubset=pid: the station asks /proc/sys whether the machine was started anew, and ALSA
# lists the cards in /proc/asound.
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
# No MemoryDenyWriteExecute=yes: speech engines compile code while they run.
# No PrivateIPC=yes and no RemoveIPC=yes: programs that share a card through ALSA's dmix share
# its memory.
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
# No ~@resources: what prepares programmes makes itself nice, so as not to disturb the sound.
SystemCallErrorNumber=EPERM
UMask=0027

[Install]
WantedBy=multi-user.target
"""
"""The end of both units: the page speaks texts and plays a test tone, so it may do the same."""

_UNIT = (
    """\
# Written by "broadcaster service install"; changes of your own belong into a drop-in:
# systemctl edit broadcaster
[Unit]
Description={description}
Documentation=man:systemd.service(5)
After=sound.target time-sync.target network.target
RequiresMountsFor={mounts}
# It is started again for ever: a station that gave up in the night is silent in the morning.
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
ExecStart={program}
ExecReload=/bin/kill -HUP $MAINPID
WorkingDirectory={directory}
{environment}Restart=always
RestartSec=2
# Fed by the playout loop only: a loop that hangs is killed and begun anew.
WatchdogSec=30
TimeoutStartSec=120
TimeoutStopSec=20
KillMode=mixed
# The sound comes before whatever else the machine does; what prepares programmes is nice.
Nice=-5

"""
    + _CONFINED
)

_PAGE_UNIT = (
    """\
# Written by "broadcaster service install"; changes of your own belong into a drop-in:
# systemctl edit broadcaster-web
[Unit]
Description={description} (web)
Documentation=man:systemd.service(5)
Wants=network-online.target
After=network-online.target
RequiresMountsFor={mounts}
# It waits for ever for a port that is taken or a network that is not there yet.
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart={program}
WorkingDirectory={directory}
{environment}Restart=always
RestartSec=5
TimeoutStopSec=20
# The page gives way to the sound.
Nice=5

"""
    + _CONFINED
)
