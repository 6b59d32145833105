"""The ``espeak-ng`` command, for machines without the wheel: one process a sentence.

It stands apart because it is slower and simpler than the helper, and is hardly ever used.
"""

from __future__ import annotations

import io
import subprocess
import wave
from gettext import gettext as _

from broadcaster.errors import SpeechError
from broadcaster.speech.engines.espeak_tune import USUAL, Tune

__all__ = ["EspeakCommand"]


class EspeakCommand:
    """Runs ``program`` for each text; safe for threads."""

    def __init__(self, program: str, *, timeout_s: float = 30.0) -> None:
        self._program = program
        self._timeout_s = timeout_s

    def voices(self) -> tuple[str, ...]:
        """The names that ``-v`` takes; raises `SpeechError`."""
        table = self._run(["--voices"], "").decode(errors="replace").splitlines()[1:]
        return tuple(row.split()[1] for row in table if len(row.split()) > 1)

    def speak(self, voice: str, text: str, tune: Tune = USUAL) -> tuple[bytes, int]:
        """16-bit mono samples and their rate; raises `SpeechError`."""
        manner = ["-v", voice, "-s", str(tune.wpm), "-p", str(tune.pitch)]
        sound = self._run([*manner, "-b", "1", "--stdin", "--stdout"], text)
        try:
            # espeak-ng cannot seek in a pipe: the lengths in its header are invented.
            with wave.open(io.BytesIO(sound)) as file:
                return sound[sound.index(b"data") + 8 :], file.getframerate()
        except (wave.Error, EOFError, ValueError) as error:
            raise self._failure(str(error)) from error

    def _run(self, options: list[str], text: str) -> bytes:
        try:
            run = subprocess.run(
                [self._program, *options],
                input=text.encode(errors="replace"),
                capture_output=True,
                check=False,
                timeout=self._timeout_s,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise self._failure(str(error)) from error
        if run.returncode or not run.stdout:
            raise self._failure(run.stderr.decode(errors="replace").strip())
        return run.stdout

    def _failure(self, reason: str) -> SpeechError:
        return SpeechError(
            _("{program} could not speak: {reason}").format(program=self._program, reason=reason),
            hint=_("try `{program} -v vi` in a terminal").format(program=self._program),
        )
