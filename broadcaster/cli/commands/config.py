"""``broadcaster config``: the settings in force, those that nobody wrote too."""

from __future__ import annotations

from dataclasses import fields
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.station.config import StationConfig

__all__ = ["command"]


def _settings(config: StationConfig) -> dict[str, object]:
    """The settings by name, without the places where they were written."""
    return {f.name: getattr(config, f.name) for f in fields(config) if f.name != "places"}


def _show(config: StationConfig) -> None:
    from broadcaster.cli.encode import as_json

    rows = [(name, " ".join(as_json(value).split())) for name, value in _settings(config).items()]
    show_table(rows, (_("setting"), _("value")))


@command_(
    "config",
    help=N_("Show the settings in force: those of station.yaml, and the defaults of the others."),
)
@listing(_show, json_value=_settings)
@click.pass_obj
def command(session: Session) -> StationConfig:
    """The settings of the station folder."""
    return session.config()
