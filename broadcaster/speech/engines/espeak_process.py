"""One espeak helper process, watched: what hangs is killed, what died is started again.

It stands apart from the engine because life and death of a process are all that it knows.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from broadcaster.errors import SpeechError
from broadcaster.speech.engines.espeak_helper import (
    ERROR,
    READY,
    SPEAK,
    read_frame,
    write_frame,
)
from broadcaster.speech.engines.espeak_tune import USUAL, Tune

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Banner", "EspeakProcess", "EspeakUnavailableError", "helper_command"]

_ATTEMPTS = 2
_log = logging.getLogger(__name__)


class EspeakUnavailableError(SpeechError):
    """The helper says that it cannot use espeak-ng here; asking again will not help."""


@dataclass(frozen=True, slots=True)
class Banner:
    """What a helper says of itself when it is ready."""

    rate: int
    version: str
    voices: tuple[str, ...]


def helper_command() -> list[str]:
    """How to start a helper.

    By its path and with ``-P``: neither this package, nor a file in the current folder or beside
    the helper that has a library's name, is then imported.
    """
    script = Path(__file__).with_name("espeak_helper.py")
    return [sys.executable, "-P", str(script)]


class EspeakProcess:
    """Starts its helper when it is first needed; for one thread at a time."""

    def __init__(self, command: Sequence[str], *, timeout_s: float = 20.0) -> None:
        self._command = list(command)
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[bytes] | None = None
        self._banner = Banner(0, "", ())

    @property
    def pid(self) -> int | None:
        """Of the running helper."""
        return self._process.pid if self._process else None

    def banner(self) -> Banner:
        """What the helper says of itself; raises `SpeechError`."""
        self._started()
        return self._banner

    def speak(self, voice: str, text: str, tune: Tune = USUAL) -> bytes:
        """16-bit samples at the banner's rate; a helper that fails is replaced once.

        Raises `SpeechError`.
        """
        order = f"{voice} {tune.wpm} {tune.pitch}\n{text}"
        for _attempt in range(_ATTEMPTS):
            try:
                return self._ask(order.encode(errors="replace"))
            except (EOFError, OSError):
                _log.warning("the espeak helper ended in mid-work; it is started again")
        raise SpeechError(
            _("espeak-ng failed {count} times on the text “{text}”").format(
                count=_ATTEMPTS, text=text[:60]
            ),
            hint=_("change the words of this sentence, or choose another voice"),
        )

    def close(self) -> None:
        """End the helper at once."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            _close_quietly(cast("BinaryIO", pipe))

    def _ask(self, payload: bytes) -> bytes:
        process = self._started()
        try:
            with self._deadline(process, self._timeout_s + len(payload) / 1000):
                write_frame(cast("BinaryIO", process.stdin), SPEAK, payload)
                kind, answer = read_frame(cast("BinaryIO", process.stdout))
        except BaseException:
            self.close()  # an answer may still come, and must not be taken for the next one
            raise
        if kind == ERROR:
            raise SpeechError(
                _("espeak-ng could not speak: {reason}").format(reason=_decoded(answer)),
                hint=_("`broadcaster voices` lists the voices that it has"),
            )
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            try:
                self._greet(self._process)
            except (EOFError, OSError) as error:
                self.close()
                raise EspeakUnavailableError(
                    _("the espeak helper process did not start: {reason}").format(
                        reason=str(error) or _("it ended at once")
                    )
                ) from error
        return self._process

    def _greet(self, process: subprocess.Popen[bytes]) -> None:
        with self._deadline(process, self._timeout_s):
            kind, answer = read_frame(cast("BinaryIO", process.stdout))
        if kind != READY:
            self.close()
            raise EspeakUnavailableError(
                _("espeak-ng cannot be used: {reason}").format(reason=_decoded(answer))
            )
        rate, version, *voices = _decoded(answer).split("\n")
        self._banner = Banner(int(rate), version, tuple(voices))

    @contextmanager
    def _deadline(self, process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
        """Kill the helper after that long, which ends the read that waits for it."""
        timer = threading.Timer(seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _decoded(payload: bytes) -> str:
    return payload.decode(errors="replace")


def _close_quietly(pipe: BinaryIO) -> None:
    try:
        pipe.close()
    except OSError:
        _log.debug("the pipe of a dead helper could not be flushed")
