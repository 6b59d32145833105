"""``broadcaster show``: a picture of a prepared sound, or the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcaster.cli.listing import listing
from broadcaster.cli.translated import N_, argument, option
from broadcaster.cli.translated import command as command_

if TYPE_CHECKING:
    from broadcaster.cli.session import Session
    from broadcaster.station.picture.show import Shown

__all__ = ["command"]

_SECOND = 10  # steps of 100 ms


@dataclass(frozen=True, slots=True)
class Picture:
    """What was looked at, and where its picture is; None where only numbers were wanted."""

    shown: Shown
    path: Path | None


def _json(found: Picture) -> dict[str, Any]:
    """A value a second for each curve."""
    prepared, seen = found.shown.prepared, found.shown.survey
    programme = prepared.programme
    return {
        "name": prepared.name,
        "programme": programme.programme_id,
        "title": programme.title,
        "starts_at": prepared.starts_at,
        "audio": programme.audio,
        "picture": found.path,
        "duration_ms": programme.duration_ms,
        "length_ms": prepared.length_ms or None,
        "slot_ms": prepared.slot_ms or None,
        "lufs": programme.lufs,
        "target_lufs": found.shown.target_lufs,
        "peak_db": programme.peak_db,
        "voice": programme.voice,
        "segments": programme.segments,
        "flaws": found.shown.flaws,
        "left_out": programme.left_out,
        "peaks_db": _by_second(seen.peaks, "peak"),
        "rms_db": _by_second(seen.rms, "rms"),
        "short_term_lufs": _by_second(seen.short_term, "mean"),
    }


def _by_second(values: Any, kind: str) -> list[float]:
    """Amplitudes become decibels, −120 at the least."""
    import numpy as np

    parts = [values[at : at + _SECOND] for at in range(0, len(values), _SECOND)]
    if kind == "mean":
        return [round(float(part.mean()), 1) for part in parts]
    sums = [part.max() if kind == "peak" else np.sqrt((part**2).mean()) for part in parts]
    return [round(float(20 * np.log10(max(value, 1e-6))), 1) for value in sums]


def _show(found: Picture) -> None:
    shown = found.shown
    for flaw in shown.flaws:
        seconds = flaw.start_ms // 1000
        click.echo(f"{seconds // 60}:{seconds % 60:02} {flaw.text}" if flaw.end_ms else flaw.text)
    click.echo(_("The picture is in {path}").format(path=found.path))


@command_(
    "show",
    help=N_(
        "Draw the sound that was made of NAME, a programme, an occurrence or a bulletin: its parts,"
        " its wave, its loudness, and what is wrong."
    ),
)
@argument("name", metavar=N_("NAME"))
@option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=N_("FILE"),
    help=N_("Where to write the picture: a name that ends in .png or .svg."),
)
@listing(_show, json_value=_json)
@click.pass_context
def command(ctx: click.Context, name: str, path: Path | None) -> Picture:
    """Look through the sound, then draw it where a file was named."""
    from broadcaster.station.picture.picture import ENDINGS, draw
    from broadcaster.station.picture.show import look_at

    if path is None and not ctx.params.get("wants_json"):
        raise click.UsageError(_("name the picture: -o programme.png"))
    if path and path.suffix.lower() not in ENDINGS:
        message = _("“{name}” ends neither in .png nor in .svg").format(name=path.name)
        raise click.UsageError(message)
    session: Session = ctx.obj
    now = session.clock.now()
    shown = look_at(session.folder(), session.config(), session.content(), name, now)
    if path:
        from broadcaster.sound.wholefile import whole_file

        picture = draw(shown, path.suffix.lower())
        with whole_file(path) as file:
            file.write(picture)
    return Picture(shown, path)
