"""``broadcaster status``: how the running station is, as it says itself, and how long ago."""

from __future__ import annotations

from datetime import datetime
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.exits import ExitCode
from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_
from broadcaster.cli.translated import command as command_
from broadcaster.clock import LOCAL
from broadcaster.shown import shown_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.cli.session import Session
    from broadcaster.station.watch.status import Status

__all__ = ["command"]


def _show(status: Status) -> None:
    click.echo(click.style(_contact(status), fg="green" if status.is_well else "red"))
    for label, text in _lines(status.values, in_contact=status.in_contact):
        click.echo(f"  {label}: {text}")
    for alarm in status.alarms:
        since = _moment(alarm.get("since"))
        line = _("since {time}: {text} [{code}]")
        text = line.format(time=since, text=alarm.get("text"), code=alarm.get("code"))
        click.echo(click.style(f"✗ {text}", fg="red"))


def _contact(status: Status) -> str:
    if status.in_contact:
        return _("the station is on duty")
    if status.values.get("stopped"):
        text = _("the station was stopped at {time}")
        return text.format(time=_moment(status.values.get("written_at")))
    if status.alive_at:
        text = _("no contact with the transmitter – these numbers are of {time}")
        return text.format(time=f"{status.alive_at:%H:%M:%S %d/%m/%Y}")
    return _("no contact with the transmitter: it has not run in this folder")


def _lines(values: dict[str, Any], *, in_contact: bool) -> Iterator[tuple[str, str]]:
    """What a person wants to know; nothing is on air when nobody knows."""
    if in_contact:
        playing = [_playing(item) for item in values.get("on_air", ())]
        yield _("on air"), "; ".join(dict.fromkeys(playing)) or _("nothing")
    if following := values.get("next"):
        yield _("next"), f"{_moment(following['at'])} {following['title']}"
    if last := values.get("last"):
        outcome = _outcomes().get(last["outcome"], last["outcome"])
        began = f"{_moment(last['started_at'])} " if last["started_at"] else ""
        reason = f" – {last['reason']}" if last["reason"] else ""
        yield _("last"), f"{began}{last['title']}: {outcome}{reason}"
    if in_contact:
        yield from _machine(values)


def _machine(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, output in values.get("outputs", {}).items():
        detail = f": {output['detail']}" if output["detail"] else ""
        yield name, _states().get(output["state"], output["state"]) + detail
    if "prepared_ahead_hours" in values:
        text = _("{hours:g} hours").format(hours=values["prepared_ahead_hours"])
        yield _("prepared ahead"), text
    if "disk_free_bytes" in values:
        yield _("free on the disk"), f"{values['disk_free_bytes'] / 1e9:.1f} GB"


def _playing(item: dict[str, Any]) -> str:
    position, length = shown_length(item["position_ms"]), shown_length(item["duration_ms"])
    return f"{item['title']} ({position}/{length})"


def _states() -> dict[str, str]:
    return {
        "idle": _("silent, nothing is planned"),
        "armed": _("about to sound"),
        "playing": _("sounds"),
        "silent": _("should sound and does not"),
    }


def _outcomes() -> dict[str, str]:
    return {
        "on-air": _("on air"),
        "aired": _("broadcast"),
        "cut": _("cut short"),
        "missed": _("missed"),
        "failed": _("failed"),
    }


def _moment(text: object) -> str:
    try:
        instant = datetime.fromisoformat(str(text)).astimezone(LOCAL)
    except ValueError:
        return "?"
    return f"{instant:%H:%M %d/%m}"


def _plain(status: Status) -> dict[str, Any]:
    return {"in_contact": status.in_contact, **status.values}


def _code(status: Status) -> int:
    return ExitCode.FINE if status.is_well else ExitCode.CONTENT


@command_(
    "status",
    help=N_(
        "Say how the running station is: what is on air, what comes next, and what is wrong."
        "\n\nIt ends with 1 when the station does not run or hangs, or when an alarm is open."
    ),
)
@listing(_show, status=_code, json_value=_plain)
@click.pass_obj
def command(session: Session) -> Status:
    """What the daemon left in its status file, and whether it is fresh."""
    from broadcaster.station.watch.status import read_status

    return read_status(session.folder().status, now=session.clock.now())
