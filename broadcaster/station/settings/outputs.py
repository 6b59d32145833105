"""The keys ``outputs`` and ``amplifier`` of station.yaml: where the sound goes, and what to
switch on for it.

They stand apart from the other settings because each is a small language of its own.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Where
from broadcaster.schedule import read_delay, read_volume
from broadcaster.sound.profile import PROFILES
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadcaster.yamlmark import Mark

__all__ = [
    "AmplifierSettings",
    "OutputSettings",
    "amplifier_text",
    "outputs_text",
    "read_amplifier",
    "read_output",
    "read_outputs",
]

OUTPUT_KEYS = ("to", "volume", "delay", "profile", "password_file")
AMPLIFIER_KEYS = ("on", "off", "before", "after")
_NAME = re.compile(r"\w[\w.-]{0,31}")
_PASSWORD_IN_URL = re.compile(r"//[^/@\s]*:[^/@\s]*@")
_LONGEST_MS = 600_000
_PROFILES = {name: name for name in PROFILES}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSettings:
    """One output: what it is (``to``), and how it differs.

    ``volume`` (percent) is set before each slot, None leaves the card alone; ``delay_ms`` is how
    much later than the slot it sounds; ``profile`` is "" where it is the station's;
    ``password_file`` is a path from the station folder.
    """

    name: str = ""
    to: str = "auto"
    volume: int | None = None
    delay_ms: int = 0
    profile: str = ""
    password_file: str = ""
    where: Where = field(default_factory=Where, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifierSettings:
    """Commands that switch the amplifier, each a program and its arguments, without a shell.

    It is switched on ``before_ms`` ahead of a slot and off ``after_ms`` after the last sound.
    """

    on: tuple[str, ...]
    off: tuple[str, ...]
    before_ms: int = 10_000
    after_ms: int = 5_000


def read_outputs(mark: Mark) -> tuple[OutputSettings, ...] | None:
    """The outputs by name; those that cannot be read are left out."""
    if not mark.is_mapping():
        hint = _("write a name and an output, like: loa: {to: auto}")
        mark.bad_value("bad-outputs", hint)
        return None
    found = (_read(key, name, value) for key, name, value in mark.pairs())
    return tuple(output for output in found if output) or None


def read_output(mark: Mark) -> str | None:
    """The one output of ``output``; None where a password stands in it."""
    text = mark.text()
    return None if text is None or _holds_password(mark, text) else text


def _read(key: Mark, name: str, mark: Mark) -> OutputSettings | None:
    if not _NAME.fullmatch(name):
        hint = _("use at most 32 letters, digits, “-”, “_” and “.”, without spaces")
        key.bad_value("bad-id", hint)
        return None
    values = {} if _is_text(mark) else mark.mapping(OUTPUT_KEYS, required=("to",))
    to = mark if _is_text(mark) else values.get("to")
    if to is None or not (text := to.text()) or _holds_password(to, text):
        return None
    return OutputSettings(
        name=name,
        to=text,
        volume=read_volume(values["volume"]) if "volume" in values else None,
        delay_ms=(read_delay(values["delay"]) or 0) if "delay" in values else 0,
        profile=(values["profile"].choice(_PROFILES) or "") if "profile" in values else "",
        password_file=(values["password_file"].text() or "") if "password_file" in values else "",
        where=to.where,
    )


def _is_text(mark: Mark) -> bool:
    return not (mark.is_mapping() or mark.is_sequence() or mark.is_empty())


def _holds_password(mark: Mark, text: str) -> bool:
    """A password in the settings would be copied with them; the sentence does not repeat it."""
    if not _PASSWORD_IN_URL.search(text):
        return False
    message = _("a password stands in the address of this output")
    hint = _("take it out, write it into a file of its own, and name that file in password_file")
    mark.complain("password-in-settings", message, hint)
    return True


def read_amplifier(mark: Mark) -> AmplifierSettings | None:
    """``{on, off, before, after}``; None where one of the commands is missing."""
    values = mark.mapping(AMPLIFIER_KEYS, required=("on", "off"))
    on = _command(values["on"]) if "on" in values else None
    off = _command(values["off"]) if "off" in values else None
    default = AmplifierSettings(on=(), off=())
    before_ms = values["before"].duration_ms(high=_LONGEST_MS) if "before" in values else None
    after_ms = values["after"].duration_ms(high=_LONGEST_MS) if "after" in values else None
    if on is None or off is None:
        return None
    return AmplifierSettings(
        on=on,
        off=off,
        before_ms=default.before_ms if before_ms is None else before_ms,
        after_ms=default.after_ms if after_ms is None else after_ms,
    )


def _command(mark: Mark) -> tuple[str, ...] | None:
    """A list, or one line that is split as a shell would, and handed to none."""
    if mark.is_sequence():
        words = mark.texts()
    else:
        try:
            words = tuple(shlex.split(mark.text() or ""))
        except ValueError:
            words = ()
    if words:
        return words
    mark.bad_value(
        "bad-command", _("write a program and its arguments, like: gpioset gpiochip0 17=1")
    )
    return None


def outputs_text(outputs: Iterable[OutputSettings]) -> str:
    """``outputs`` as they are written in station.yaml, in one line; "" for none."""
    written = ", ".join(f"{output.name}: {{{_output_text(output)}}}" for output in outputs)
    return f"{{{written}}}" if written else ""


def _output_text(output: OutputSettings) -> str:
    parts = {"to": json.dumps(output.to, ensure_ascii=False)}
    if output.volume is not None:
        parts["volume"] = str(output.volume)
    if output.delay_ms:
        parts["delay"] = duration_text(output.delay_ms)
    if output.profile:
        parts["profile"] = output.profile
    if output.password_file:
        parts["password_file"] = json.dumps(output.password_file, ensure_ascii=False)
    return ", ".join(f"{key}: {value}" for key, value in parts.items())


def amplifier_text(amplifier: AmplifierSettings | None) -> str:
    """``amplifier`` as it is written in station.yaml, in one line; "" for none."""
    if amplifier is None:
        return ""
    commands = {"on": amplifier.on, "off": amplifier.off}
    parts = [f"{key}: {json.dumps(words, ensure_ascii=False)}" for key, words in commands.items()]
    parts.append(f"before: {duration_text(amplifier.before_ms)}")
    parts.append(f"after: {duration_text(amplifier.after_ms)}")
    return f"{{{', '.join(parts)}}}"
