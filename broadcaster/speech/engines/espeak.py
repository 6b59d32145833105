"""espeak-ng: the voice that needs no network, and the default without one.

The library of the ``espeakng_loader`` wheel speaks in helper processes, one a core up to two;
where no wheel exists (or it cannot be loaded) the ``espeak-ng`` command does.
"""

from __future__ import annotations

import os
import queue
import shutil
from contextlib import contextmanager
from gettext import gettext as _
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from broadcaster.errors import SpeechError
from broadcaster.speech.engines.espeak_command import EspeakCommand
from broadcaster.speech.engines.espeak_process import (
    EspeakProcess,
    EspeakUnavailableError,
    helper_command,
)
from broadcaster.speech.engines.espeak_tune import USUAL, tune
from broadcaster.speech.synthesizer import EngineStatus, has_words, speaks_vietnamese
from broadcaster.voicename import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from broadcaster.speech.engines.espeak_tune import Tune

__all__ = ["VIETNAMESE", "EspeakSynthesizer"]

VIETNAMESE = tuple(REGIONS["espeak"].values())
_FULL_SCALE = 32_768.0


class EspeakSynthesizer:
    """espeak-ng in helper processes, safe for any number of threads.

    ``command`` starts a helper, ``timeout_s`` is how long it may take over a short text.
    """

    engine = "espeak"
    needs_network = False
    test_only = False
    shapes = frozenset({"rate", "pitch"})

    def __init__(
        self, *, command: Sequence[str] = (), helpers: int = 0, timeout_s: float = 20.0
    ) -> None:
        self.at_once = helpers or min(2, os.cpu_count() or 1)
        command = command or helper_command()
        self._all = [EspeakProcess(command, timeout_s=timeout_s) for _ in range(self.at_once)]
        self._idle: queue.LifoQueue[EspeakProcess] = queue.LifoQueue()
        for process in reversed(self._all):
            self._idle.put(process)
        self._fallback: EspeakCommand | None = None

    def revision_of(self, name: str) -> str:  # noqa: ARG002
        """Known without starting a helper, so that a cached week starts none."""
        try:
            library = version("espeakng_loader")
        except PackageNotFoundError:
            library = "command"
        return f"{library}, {USUAL.wpm}"

    def is_vietnamese(self, name: str) -> bool:
        return speaks_vietnamese(name)

    def voices(self) -> tuple[str, ...]:
        others = sorted(set(self._known_voices()) - set(VIETNAMESE))
        return (*VIETNAMESE, *others)

    def speak(self, text: str, name: str, **manner: int) -> tuple[NDArray[np.float32], int]:
        """Mono samples at espeak's own rate (22,050 Hz); raises `SpeechError`."""
        import numpy as np  # noqa: PLC0415 - listing the engines must not pay for it

        if not has_words(text):
            raise SpeechError(_("there is nothing to say in “{text}”").format(text=text[:60]))
        raw, rate = self._raw(text, name, tune(**manner))
        return np.frombuffer(raw, dtype="<i2").astype(np.float32) / np.float32(_FULL_SCALE), rate

    def status(self) -> EngineStatus:
        try:
            voices = self.voices()
        except SpeechError as error:
            return EngineStatus(
                engine=self.engine, available=False, reason=error.message, hint=error.hint
            )
        return EngineStatus(engine=self.engine, available=True, voices=voices)

    def close(self) -> None:
        for process in self._all:
            process.close()

    def helper_pids(self) -> tuple[int, ...]:
        """The helper processes that run now."""
        return tuple(process.pid for process in self._all if process.pid)

    def _raw(self, text: str, name: str, tune: Tune) -> tuple[bytes, int]:
        if self._fallback is None:
            try:
                with self._helper() as helper:
                    return helper.speak(name, text, tune), helper.banner().rate
            except EspeakUnavailableError as error:
                self._fallback = _command_instead_of(error)
        return self._fallback.speak(name, text, tune)

    def _known_voices(self) -> tuple[str, ...]:
        if self._fallback is None:
            try:
                with self._helper() as helper:
                    return helper.banner().voices
            except EspeakUnavailableError as error:
                self._fallback = _command_instead_of(error)
        return self._fallback.voices()

    @contextmanager
    def _helper(self) -> Iterator[EspeakProcess]:
        """A helper of our own; waits while others have them all."""
        helper = self._idle.get()
        try:
            yield helper
        finally:
            self._idle.put(helper)


def _command_instead_of(error: EspeakUnavailableError) -> EspeakCommand:
    program = shutil.which("espeak-ng")
    if program is None:
        raise SpeechError(
            error.message,
            hint=_("install it: pip install espeakng-loader, or apt-get install espeak-ng"),
        ) from error
    return EspeakCommand(program)
