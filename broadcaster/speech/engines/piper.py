"""Piper: neural voices that speak without a network; each is a file that a station installs.

The library (the extra ``piper``) is imported when the first sentence is spoken.  As a program of
its own (``-m broadcaster.speech.engines.piper FOLDER``) this module proves a voice before it is
installed: a model that crashes its process, or eats its memory, then costs only that.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from gettext import gettext as _
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadcaster.errors import SpeechError
from broadcaster.speech.shelf.installed import (
    MODEL,
    SETTINGS,
    card_of,
    fault_of,
    installed_names,
)
from broadcaster.speech.synthesizer import EngineStatus, has_words
from broadcaster.voicename import DEFAULT_NAME, USUAL_RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["PiperSynthesizer", "check_installed", "lengths_ms"]

_MOST_LOADED = 2
"""Two voices in turn; each takes some 250 MB."""

_PROOF_S = 180.0
_NO_FOLDER = Path("/nonexistent")


class PiperSynthesizer:
    """Speaks with the voices of a station's folder; safe for threads, one sentence at a time."""

    engine = "piper"
    needs_network = False
    test_only = False
    at_once = 1  # one sentence takes all cores
    shapes = frozenset({"rate"})

    def __init__(self) -> None:
        self._folder = _NO_FOLDER
        self._loaded: dict[str, Any] = {}
        self._lock = threading.Lock()

    def look_in(self, folder: Path) -> None:
        self._folder = folder

    def pace_of(self, name: str) -> float:
        try:
            return card_of(self._folder, self._own_name(name)).pace
        except SpeechError:
            return 100.0

    def revision_of(self, name: str) -> str:
        try:
            return f"{_version()}, {card_of(self._folder, self._own_name(name)).sha256}"
        except SpeechError:
            return "missing"

    def is_vietnamese(self, name: str) -> bool:
        try:
            return card_of(self._folder, self._own_name(name)).language.startswith("vi")
        except SpeechError:
            return True

    def voices(self) -> tuple[str, ...]:
        return tuple(installed_names(self._folder))

    def speak(self, text: str, name: str, **manner: int) -> tuple[NDArray[np.float32], int]:
        if not has_words(text):
            raise SpeechError(_("there is nothing to say in “{text}”").format(text=text[:60]))
        check_installed()
        name = self._own_name(name)
        with self._lock:
            voice = self._voice(name)
            return _spoken(voice, text, rate=manner.get("rate", USUAL_RATE))

    def status(self) -> EngineStatus:
        names = self.voices()
        faults = {name: fault for name in names if (fault := fault_of(self._folder, name))}
        usable = tuple(name for name in names if name not in faults)
        reason, hint = "", ""
        try:
            check_installed()
            if not usable:
                self._own_name(DEFAULT_NAME)
        except SpeechError as error:
            reason, hint = error.message, error.hint
        return EngineStatus(
            engine=self.engine,
            available=bool(usable) and not reason,
            reason=reason,
            hint=hint,
            voices=usable,
            broken={name: str(fault) for name, fault in faults.items()},
        )

    def close(self) -> None:
        self._loaded.clear()

    def _own_name(self, name: str) -> str:
        """The voice that ``name`` stands for: “vi” is the first Vietnamese one."""
        if name != DEFAULT_NAME:
            return name
        names = self.voices()
        if names and card_of(self._folder, names[0]).language.startswith(DEFAULT_NAME):
            return names[0]
        raise SpeechError(
            _("no Vietnamese voice of Piper is installed here"),
            hint=_("install one: broadcaster voices install FILE"),
        )

    def _voice(self, name: str) -> Any:
        if name not in self._loaded:
            card_of(self._folder, name)
            while len(self._loaded) >= _MOST_LOADED:
                self._loaded.pop(next(iter(self._loaded)))
            self._loaded[name] = _load(self._folder / name)
        return self._loaded[name]


def lengths_ms(folder: Path, texts: Sequence[str], *, timeout_s: float = _PROOF_S) -> list[int]:
    """How long the voice in ``folder`` takes for each of ``texts``, in a process of its own.

    Raises `SpeechError` when it cannot be loaded, crashes, hangs or speaks nothing.
    """
    check_installed()
    command = [sys.executable, "-P", "-m", "broadcaster.speech.engines.piper", str(folder)]
    try:
        run = subprocess.run(
            command,
            input=json.dumps(list(texts)).encode(),
            capture_output=True,
            check=False,
            timeout=timeout_s,
        )
        answer = json.loads(run.stdout)
    except subprocess.TimeoutExpired as error:
        raise _unusable(_("it does not answer")) from error
    except ValueError as error:
        reason = _("its process ended with {code}").format(code=run.returncode)
        raise _unusable(reason) from error
    if isinstance(answer, str):
        raise _unusable(answer)
    return [int(length) for length in answer]


def _unusable(reason: str) -> SpeechError:
    return SpeechError(
        _("this voice cannot be used: {reason}").format(reason=reason),
        hint=_("download it again, or take another voice"),
    )


def _version() -> str:
    try:
        return version("piper-tts")
    except PackageNotFoundError:
        return ""


def check_installed() -> None:
    """Raises `SpeechError` where the extra is missing."""
    if not _version():
        raise SpeechError(
            _("the Python package piper-tts is not installed"),
            hint=_("install it: pip install piper-tts"),
        )


def _load(folder: Path) -> Any:
    """The library's voice; raises `SpeechError` whatever the library raises."""
    try:
        from piper import PiperVoice  # noqa: PLC0415 - an extra, and 300 MB

        return PiperVoice.load(folder / MODEL, folder / SETTINGS)
    except Exception as error:
        raise _unusable(_one_line(error)) from error


def _spoken(voice: Any, text: str, *, rate: int) -> tuple[NDArray[np.float32], int]:
    import numpy as np  # noqa: PLC0415 - listing the engines must not pay for it
    from piper import SynthesisConfig  # noqa: PLC0415

    slower = voice.config.length_scale * USUAL_RATE / rate
    manner = SynthesisConfig(length_scale=slower, normalize_audio=False)
    # Two square brackets would be taken for phonemes.
    parts = list(voice.synthesize(text.replace("[", " "), manner))
    if not parts:
        raise _unusable(_("it says nothing"))
    return np.concatenate([part.audio_float_array for part in parts]), parts[0].sample_rate


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def main(folder: Path) -> str:
    """The proof: what is to be printed for the sentences on standard input."""
    from broadcaster.sound.pcm import HOUSE_RATE, to_house  # noqa: PLC0415 - only as a program
    from broadcaster.speech.finish import trim  # noqa: PLC0415

    try:
        voice = _load(folder)
        spoken = [_spoken(voice, text, rate=USUAL_RATE) for text in json.load(sys.stdin)]
        clips = [trim(to_house(samples, rate)) for samples, rate in spoken]
    except Exception as error:  # noqa: BLE001 - whatever it is, the caller has to know
        return json.dumps(_one_line(error))
    return json.dumps([len(clip) * 1000 // HOUSE_RATE for clip in clips])


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))  # noqa: T201 - that is how its caller hears of it
