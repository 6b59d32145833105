"""``broadcaster languages``: what is to be recorded in the languages that no voice speaks."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.table import show_table
from broadcaster.cli.translated import N_, option
from broadcaster.cli.translated import command as command_
from broadcaster.shown import shown_length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.cli.session import Session
    from broadcaster.station.planning.to_record import Order

__all__ = ["command"]


def _show(found: Sequence[Order]) -> None:
    if not found:
        click.echo(_("Every bulletin is there in the languages that the plan names."))
        return
    headings = (_("bulletin"), _("zones"), _("length"), _("file"), _("what is missing"))
    show_table([_cells(order) for order in found], headings)


def _cells(order: Order) -> tuple[str, ...]:
    need = order.missing.need
    if order.missing.outdated:
        missing = _("the text has changed since it was recorded in {language}")
    else:
        missing = _("not there yet in {language}")
    return (
        order.missing.bulletin.id,
        ", ".join(need.zones),
        shown_length(order.length_ms),
        order.file,
        missing.format(language=need.title),
    )


def _json(found: Sequence[Order]) -> list[dict[str, Any]]:
    return [
        {
            "bulletin_id": order.missing.bulletin.id,
            "title": order.missing.bulletin.title,
            "language": order.missing.need.language,
            "zones": order.missing.need.zones,
            "state": "outdated" if order.missing.outdated else "missing",
            "file": order.file,
            "length_ms": order.length_ms,
        }
        for order in found
    ]


@command_(
    "languages",
    help=N_(
        "List the bulletins that are not there yet in the languages that the plan names, or whose "
        "recording is older than their text.\n\nWith -o it writes the sheet for the reader: what "
        "is to be said, and how the file is to be called."
    ),
)
@option(
    "-o",
    "--output",
    "target",
    metavar=N_("SHEET.html"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("Write a sheet to print, one page for each recording."),
)
@listing(_show, json_value=_json)
@click.pass_obj
def command(session: Session, target: Path | None) -> list[Order]:
    """The recordings to make, language by language."""
    from broadcaster.sound.wholefile import whole_file
    from broadcaster.station.planning.order_sheet import as_sheet
    from broadcaster.station.planning.to_record import orders_of, to_record

    config, content, today = session.config(), session.content(), session.today()
    missing = to_record(session.folder(), content, day=today)
    orders = orders_of(missing, config, content)
    if target:
        with whole_file(target) as file:
            file.write(as_sheet(orders, station=config.name, day=today))
        click.echo(_("Written: {file}").format(file=target), err=True)
    return orders
