"""A Piper voice's own settings (``.onnx.json``): what it must say before its model is loaded.

It stands apart because the library would fail on a bad one with a KeyError, or only in
mid-sentence; here the operator reads what is wrong with the file.
"""

from __future__ import annotations

import json
import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from broadcaster.errors import SpeechError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["VoiceSettings", "name_of", "read_settings"]

_RATES = range(8_000, 48_001)
_PHONEME_TYPES = ("espeak", "text")
"""Those for which piper-tts needs nothing but itself; pinyin and others want more packages."""

_PUBLISHED = re.compile(r"([a-z]{2,3}_[A-Z]{2})-(\w+)-(x_low|low|medium|high)")


class VoiceSettings(NamedTuple):
    """What the station needs to know of a voice."""

    language: str
    sample_rate: int


def read_settings(path: Path, *, shown_as: str) -> VoiceSettings:
    """The settings in ``path``; raises `SpeechError` when no voice can be made of them."""
    try:
        value = json.loads(path.read_bytes())
    except ValueError as error:
        raise _bad(shown_as, _("it is no JSON")) from error
    if not isinstance(value, dict):
        raise _bad(shown_as, _("it is no JSON object"))
    rate = _part(value, "audio").get("sample_rate")
    if not isinstance(rate, int) or rate not in _RATES:
        raise _bad(shown_as, _("it names no usable sample rate (audio.sample_rate)"))
    kind = value.get("phoneme_type", "espeak")
    if kind not in _PHONEME_TYPES:
        reason = _("its phonemes are “{kind}”, which is not spoken here").format(kind=kind)
        raise _bad(shown_as, reason)
    if not isinstance(_part(value, "espeak").get("voice"), str):
        raise _bad(shown_as, _("it names no language (espeak.voice)"))
    if not _part(value, "phoneme_id_map") or not isinstance(value.get("num_speakers"), int):
        raise _bad(shown_as, _("it lists no phonemes (phoneme_id_map) or no speakers"))
    language = _part(value, "language").get("code") or value["espeak"]["voice"]
    return VoiceSettings(str(language), rate)


def _part(value: dict[str, Any], key: str) -> dict[str, Any]:
    part = value.get(key)
    return part if isinstance(part, dict) else {}


def name_of(title: str) -> str:
    """``vais1000`` for ``vi_VN-vais1000-medium``; another title in letters that a name may have."""
    published = _PUBLISHED.fullmatch(title)
    name = published[2] if published else title
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]


def _bad(shown_as: str, reason: str) -> SpeechError:
    return SpeechError(
        _("{file} does not belong to a Piper voice: {reason}").format(file=shown_as, reason=reason),
        hint=_("take the .onnx and the .onnx.json of the same voice, as they were published"),
    )
