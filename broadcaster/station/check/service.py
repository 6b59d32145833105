"""Is the station a service, do it and its page run, can it reach the sound: findings with their
cures."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError
from broadcaster.station.check.finding import Finding
from broadcaster.station.service import (
    PAGE_UNIT_NAME,
    inspect_service,
    page_unit_text,
    unit_settings,
    unit_text,
)
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadcaster.station.folder import StationFolder
    from broadcaster.station.service import ServiceState
    from broadcaster.station.settings.config import StationConfig

__all__ = ["service_findings"]

_MANY_RESTARTS = 3
_OF_A_USER = ("auto", "pacat")


def service_findings(
    folder: StationFolder,
    *,
    is_expected: bool = False,
    states: Sequence[ServiceState] | None = None,
) -> Iterator[Finding]:
    """``is_expected`` says that somebody asked for the service by name; ``states`` are those of
    the station and of its page, this machine's unless given."""
    state, page = states or (inspect_service(), inspect_service(name=PAGE_UNIT_NAME))
    if not state.is_installed:
        message = _("the station does not start with the machine")
        cure = _("broadcaster service install, or start it by hand: broadcaster run")
        yield Finding("service", False if is_expected else None, message, cure)
        return
    if state.root != str(folder.root.resolve()):
        message = _("the service of this machine is that of another station: {path}")
        yield Finding("service", ok=None, message=message.format(path=state.root))
        return
    yield Finding("service", *_activity(state))
    running = [state]
    if page.root == state.root:
        yield Finding("page", *_activity(page))
        running.append(page)
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
        yield from _units(folder, config, running)


def _activity(state: ServiceState) -> tuple[bool | None, str, str]:
    """Whether it is well, the sentence, and the cure."""
    ok: bool | None = None
    unit = state.name.removesuffix(".service")
    if not state.active:
        message = _("systemd does not say whether the service runs")
        cure = f"systemctl status {unit}"
    elif state.active != "active":
        ok, message = False, _("the service does not run ({state})").format(state=state.active)
        cure = f"sudo systemctl start {unit}"
    elif state.enabled != "enabled":
        message = _("the service runs, and will not start with the machine")
        cure = f"sudo systemctl enable {unit}"
    elif state.restarts >= _MANY_RESTARTS:
        message = _("the service runs, and was started anew {n} times after an error")
        message, cure = message.format(n=state.restarts), f"journalctl -u {unit} -p warning"
    else:
        ok, message, cure = True, _("the service runs and starts with the machine"), ""
    return ok, message, cure


def _sound(config: StationConfig) -> Iterator[Finding]:
    """A system service has no way to a user's sound server."""
    for output in config.all_outputs:
        if output.to.partition(":")[0] in _OF_A_USER:
            message = _(
                "“{output}” asks for the sound server of a user, which a service cannot reach"
            ).format(output=output.name or output.to)
            cure = _("write the card by its name: aplay:plughw:CARD=… (aplay -L | grep plughw)")
            yield Finding("service", ok=None, message=message, cure=cure)


def _units(
    folder: StationFolder, config: StationConfig, states: Sequence[ServiceState]
) -> Iterator[Finding]:
    user = states[0].user
    try:
        settings = unit_settings(folder.root, config, user=user, environment={})
    except BroadcasterError:
        return
    would_be = (unit_text(settings), page_unit_text(settings, lan=False))
    found = zip(states, would_be, strict=False)
    if any(_directives(state.unit) != _directives(text) for state, text in found):
        message = _("the unit of the service is not the one that this version would write")
        cure = _("broadcaster service install --user {user}").format(user=user)
        cure += " --lan" if any(state.opens_to_lan for state in states) else ""
        yield Finding("service", ok=None, message=message, cure=cure)


def _directives(unit: str) -> list[str]:
    """Comments, the environment and the way to the program may differ."""
    left_out = ("#", "Environment=", "ExecStart=", "Description=")
    return [line for line in unit.splitlines() if line and not line.startswith(left_out)]
