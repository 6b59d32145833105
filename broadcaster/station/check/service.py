"""Is the station a service, does it run, and can it reach the sound: findings with their cures."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.station.check.finding import Finding
from broadcaster.station.service import inspect_service, unit_settings, unit_text
from broadcaster.station.settings.config import load_config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.station.folder import StationFolder
    from broadcaster.station.service import ServiceState
    from broadcaster.station.settings.config import StationConfig

__all__ = ["service_findings"]

_MANY_RESTARTS = 3
_OF_A_USER = ("auto", "pacat")


def service_findings(
    folder: StationFolder, *, is_expected: bool = False, state: ServiceState | None = None
) -> Iterator[Finding]:
    """``is_expected`` says that somebody asked for the service by name."""
    state = state or inspect_service()
    if not state.is_installed:
        message = _("the station does not start with the machine")
        cure = _("broadcaster service install, or start it by hand: broadcaster run")
        yield Finding("service", False if is_expected else None, message, cure)
        return
    if state.root != str(folder.root.resolve()):
        message = _("the service of this machine is that of another station: {path}")
        yield Finding("service", ok=None, message=message.format(path=state.root))
        return
    yield _activity(state)
    config, _problems = load_config(folder)
    if not state.in_audio:
        message = _("the user {user} of the service may not use the sound cards")
        cure = _("sudo usermod --append --groups audio {user}, then restart the service")
        yield Finding(
            "service",
            ok=False,
            message=message.format(user=state.user),
            cure=cure.format(user=state.user),
        )
    if config:
        yield from _sound(config)
        yield from _unit(folder, config, state)


def _activity(state: ServiceState) -> Finding:
    ok: bool | None = None
    if not state.active:
        message = _("systemd does not say whether the service runs")
        cure = "systemctl status broadcaster"
    elif state.active != "active":
        ok, message = False, _("the service does not run ({state})").format(state=state.active)
        cure = "sudo systemctl start broadcaster"
    elif state.enabled != "enabled":
        message = _("the service runs, and will not start with the machine")
        cure = "sudo systemctl enable broadcaster"
    elif state.restarts >= _MANY_RESTARTS:
        message = _("the service runs, and was started anew {n} times after an error")
        message, cure = message.format(n=state.restarts), "journalctl -u broadcaster -p warning"
    else:
        ok, message, cure = True, _("the service runs and starts with the machine"), ""
    return Finding("service", ok, message, cure)


def _sound(config: StationConfig) -> Iterator[Finding]:
    """A system service has no way to a user's sound server."""
    for output in config.all_outputs:
        if output.to.partition(":")[0] in _OF_A_USER:
            message = _(
                "“{output}” asks for the sound server of a user, which a service cannot reach"
            ).format(output=output.name or output.to)
            cure = _("write the card by its name: aplay:plughw:CARD=… (aplay -L | grep plughw)")
            yield Finding("service", ok=None, message=message, cure=cure)


def _unit(folder: StationFolder, config: StationConfig, state: ServiceState) -> Iterator[Finding]:
    try:
        settings = unit_settings(folder.root, config, user=state.user, environment={})
    except BroadcasterError:
        return
    if _directives(unit_text(settings)) != _directives(state.unit):
        message = _("the unit of the service is not the one that this version would write")
        cure = _("broadcaster service install --user {user}").format(user=state.user)
        yield Finding("service", ok=None, message=message, cure=cure)


def _directives(unit: str) -> list[str]:
    """Comments, the environment and the way to the program may differ."""
    left_out = ("#", "Environment=", "ExecStart=", "Description=")
    return [line for line in unit.splitlines() if line and not line.startswith(left_out)]
