"""``broadcaster config``: the settings in force, those that nobody wrote too."""

from __future__ import annotations

from dataclasses import asdict, fields
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.station.settings.config import StationConfig

__all__ = ["command"]


def _settings(config: StationConfig) -> dict[str, object]:
    """The settings by name, without the places where they were written."""
    settings = {f.name: getattr(config, f.name) for f in fields(config) if f.name != "places"}
    outputs = [asdict(output) for output in config.outputs]
    settings["outputs"] = [{k: v for k, v in o.items() if k != "where"} for o in outputs]
    relays = [asdict(relay) for relay in config.relays]
    settings["relays"] = [{k: v for k, v in r.items() if k != "where"} for r in relays]
    return settings


def _written(config: StationConfig) -> dict[str, str]:
    """The settings as station.yaml has them, so that a line can be copied into it."""
    from broadcaster.spelling import duration_text
    from broadcaster.station.settings.alarm import alarm_text
    from broadcaster.station.settings.approval import approval_text
    from broadcaster.station.settings.archive import archive_text
    from broadcaster.station.settings.calendar import calendar_text
    from broadcaster.station.settings.load import CONFIG_KEYS
    from broadcaster.station.settings.mic import mic_text
    from broadcaster.station.settings.outputs import amplifier_text, outputs_text
    from broadcaster.station.settings.rails import rails_text
    from broadcaster.station.settings.relays import relays_text
    from broadcaster.station.settings.report import report_text

    reading = (f"{f.name}: {getattr(config.reading, f.name)}" for f in fields(config.reading))
    topics = (f"{topic}: {voice}" for topic, voice in config.voice_by_topic.items())
    skips = config.late.action == "skip"
    quiet = f'{{from: "{config.quiet_from:%H:%M}", until: "{config.quiet_until:%H:%M}"}}'
    special = {
        "voices": f"[{', '.join(config.voices)}]",
        "voice_by_topic": f"{{{', '.join(topics)}}}",
        "online": str(config.online).lower(),
        "approval": approval_text(config.approval),
        "quiet_hours": quiet,
        "late": "skip" if skips else duration_text(config.late.within_ms),
        "prepare_ahead": duration_text(config.prepare_ahead_ms),
        "loudness": f"{config.loudness:g}",
        "reading": f"{{{', '.join(reading)}}}",
        "mic": mic_text(config.mic),
        "outputs": outputs_text(config.outputs),
        "amplifier": amplifier_text(config.amplifier),
        "relays": relays_text(config.relays),
        "alarm": alarm_text(config.alarm),
        "archive": archive_text(config.archive),
        "report": report_text(config.report),
        "rails": rails_text(config.rails),
        "calendar": calendar_text(config.calendar),
    }
    return {
        key: special[key] if key in special else str(getattr(config, key)) for key in CONFIG_KEYS
    }


def _show(config: StationConfig) -> None:
    show_table(_written(config).items(), (_("setting"), _("value")))


@command_(
    "config",
    help=N_("Show the settings in force: those of station.yaml, and the defaults of the others."),
)
@listing(_show, json_value=_settings)
@click.pass_obj
def command(session: Session) -> StationConfig:
    """The settings of the station folder; what could not be read of them goes to standard error."""
    from broadcaster.cli.findings import show_problems
    from broadcaster.station.settings.load import load_config

    config = session.config()
    show_problems(load_config(session.folder())[1])
    return config
