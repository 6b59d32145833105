"""Why something sounded otherwise than planned, where the station itself knows it.

Each under its code, like those of :mod:`broadcaster.playout.reasons`: in the log a reason is a
sentence that ends in ``[code]``, and ``docs/problems.md`` explains the code.
"""

from __future__ import annotations

from gettext import gettext as _

from broadcaster.playout import Reason

__all__ = [
    "begun_again",
    "broken_off",
    "clock_doubted",
    "clock_stepped",
    "daemon_stopped",
    "fallback_aired",
    "gone_on",
    "mic_off",
    "not_heard",
    "not_running",
    "nothing_ready",
    "ordered",
    "over_already",
    "own_not_ready",
    "skipped",
    "stopped",
    "went_on",
]


def nothing_ready() -> Reason:
    """Neither its own programme nor the fallback lay ready."""
    return Reason("nothing-ready", _("nothing was ready to be broadcast"))


def fallback_aired() -> Reason:
    """The fallback programme stood in."""
    text = _("not ready: the fallback programme went on air")
    return Reason("fallback-aired", text)


def own_not_ready(output: str) -> Reason:
    """An output airs the common sound, because its own was not made in time."""
    text = _("the programme of “{output}” was not ready: it broadcast the common one")
    return Reason("own-not-ready", text.format(output=output))


def over_already() -> Reason:
    """It joins its time line, or goes on, when nothing of it is left."""
    return Reason("over-already", _("it would have been over before it could start"))


def went_on() -> Reason:
    """A start after a crash, in the middle of the programme."""
    return Reason("went-on", _("went on after a break"))


def gone_on() -> Reason:
    """A start after an interrupt, where a sentence begins."""
    return Reason("gone-on", _("went on after the interruption"))


def begun_again() -> Reason:
    """A start after an interrupt, from the beginning."""
    return Reason("begun-again", _("began again after the interruption"))


def ordered(why: str) -> str:
    """Why a person wanted it on air, for the log; "" where nobody said."""
    return str(Reason("ordered", why)) if why else ""


def not_heard() -> Reason:
    """A start that was written, and the crash came before the sound."""
    return Reason("not-heard", _("the station broke down before the sound"))


def broken_off() -> Reason:
    """The crash came while it sounded, and it cannot go on."""
    return Reason("broken-off", _("the station broke down while it was on air"))


def not_running() -> Reason:
    """Its time passed while the station was off."""
    return Reason("not-running", _("the station was not running at its time"))


def clock_stepped() -> Reason:
    """Its time was passed over when the clock was set."""
    return Reason("clock-stepped", _("the clock was set past its time"))


def clock_doubted() -> Reason:
    """Nobody knew what time it was."""
    return Reason("clock-doubted", _("the clock could not be trusted at its time"))


def daemon_stopped() -> Reason:
    """The daemon ended while it sounded."""
    return Reason("daemon-stopped", _("the daemon was stopped"))


def stopped() -> Reason:
    """An operator wanted silence."""
    return Reason("stopped", _("stopped by the operator"))


def mic_off() -> Reason:
    """Whoever spoke has finished."""
    return Reason("mic-off", _("the microphone was switched off"))


def skipped() -> Reason:
    """An operator left it out."""
    return Reason("skipped", _("skipped by the operator"))
