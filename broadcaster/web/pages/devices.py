"""Thiết bị: sound, clock, disk, voices and all that would keep the station from being heard."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, OutputError
from broadcaster.playout import mixer_of
from broadcaster.station.check.audible import sound_findings
from broadcaster.station.check.doctor import examine
from broadcaster.station.check.finding import area_names, verdict

if TYPE_CHECKING:
    from starlette.responses import Response

    from broadcaster.playout import Mixer
    from broadcaster.station.settings.outputs import OutputSettings
    from broadcaster.web.visit import Visit

__all__ = ["show", "test_tone", "volume"]

_PLACES = {False: 0, None: 1, True: 2}
_ICONS = {True: "xong", None: "chu-y", False: "lo"}
_STATES = {True: "da-phat", None: "thieu", False: "lo"}


def show(visit: Visit) -> Response:
    """The findings, what is to be mended first, and below them the outputs."""
    findings = sorted(examine(visit.site.folder), key=lambda finding: _PLACES[finding.ok])
    words = {True: _("Well"), None: _("Look at it"), False: _("To be mended")}
    return visit.page(
        "devices.html",
        findings=[(f, _ICONS[f.ok], _STATES[f.ok], words[f.ok]) for f in findings],
        areas=area_names(),
        verdict=verdict(findings),
        outputs=[_output(settings) for settings in _outputs(visit)],
    )


def _outputs(visit: Visit) -> tuple[OutputSettings, ...]:
    return visit.site.on_disk().config.all_outputs


def _output(settings: OutputSettings) -> tuple[str, int | None]:
    """(its name, its volume in percent where it has a mixer)."""
    mixer = mixer_of(settings.to)
    return settings.name or settings.to, _level(mixer) if mixer else None


def _level(mixer: Mixer) -> int | None:
    try:
        level = mixer.look()
    except OutputError:
        return None
    return 0 if level.muted else level.volume


def _named(visit: Visit) -> OutputSettings | None:
    name = visit.form.get("loa", "")
    return next((o for o in _outputs(visit) if name == (o.name or o.to)), None)


def test_tone(visit: Visit) -> Response:
    """Five seconds of a tone on one output, for everybody near the loudspeaker."""
    site = visit.site
    name = visit.form.get("loa", "")
    try:
        found = sound_findings(site.folder, site.on_disk().config, name, clock=site.clock)
    except BroadcasterError as error:
        return visit.go("/thiet-bi", str(error), went_well=False)
    text = " ".join(f"{finding.message}. {finding.cure}" for finding in found)
    return visit.go("/thiet-bi", text, went_well=all(finding.ok for finding in found))


def volume(visit: Visit) -> Response:
    """Set the card of an output."""
    settings, percent = _named(visit), visit.form.get("am-luong", "")
    mixer = mixer_of(settings.to) if settings else None
    if settings is None or mixer is None or not percent.isdecimal() or int(percent) > 100:
        text = _("The volume is a number from 0 to 100, of an output that has one.")
        return visit.go("/thiet-bi", text, went_well=False)
    try:
        mixer.set(int(percent))
    except OutputError as error:
        return visit.go("/thiet-bi", str(error), went_well=False)
    text = _("The volume is {volume} percent now.").format(volume=percent)
    if settings.volume is not None:
        more = _("station.yaml says {volume} percent: the next programme sets that again.")
        text += " " + more.format(volume=settings.volume)
    return visit.go("/thiet-bi", text)
