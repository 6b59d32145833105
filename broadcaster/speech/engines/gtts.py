"""gTTS: Google Translate's voice.  It sends every text to Google, so a station or a bulletin may
forbid it (``online: false``).

The library asks without a time limit and never twice, so patience is added here: limits, a gap
between requests, retries with back-off, and a breaker for a service that is down or has had enough.
"""

from __future__ import annotations

import io
import logging
import random
import re
import threading
import time
from dataclasses import dataclass
from gettext import gettext as _
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

from broadcaster.errors import SpeechError, nearest
from broadcaster.speech.breaker import CircuitBreaker
from broadcaster.speech.phrases import Phrase, split_phrases
from broadcaster.speech.synthesizer import EngineStatus, UnreachableError, speaks_vietnamese
from broadcaster.voicename import DEFAULT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["GttsSynthesizer", "Patience"]

_TLD = re.compile(r"com|[a-z]{2}|com?\.[a-z]{2}")
"""Only countries' own addresses of Google: the name of a voice must not choose another host."""

_FASTEST_S_PER_WORD = 0.08
"""No announcer says a syllable in less: a shorter sound has lost its end on the way."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long, how often and how fast the service is asked."""

    connect_s: float = 5.0
    read_s: float = 20.0
    attempts: int = 3
    gap_s: float = 0.3
    first_backoff_s: float = 1.0


class _RequestError(UnreachableError):
    """One request failed; ``transient`` when the same request may succeed later."""

    def __init__(self, message: str, *, hint: str = "", transient: bool) -> None:
        super().__init__(message, hint=hint)
        self.transient = transient


class GttsSynthesizer:
    """gTTS with limits; one request at a time, whatever the number of threads."""

    engine = "gtts"
    needs_network = True
    test_only = False
    at_once = 1
    shapes: frozenset[str] = frozenset()  # it has a slow voice, but no other rate

    def __init__(
        self,
        *,
        patience: Patience = Patience(),
        breaker: CircuitBreaker | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._patience = patience
        self._breaker = breaker or CircuitBreaker(monotonic=monotonic)
        self._monotonic = monotonic
        self._wait = wait or threading.Event().wait
        self._last_request = float("-inf")
        self._one_at_a_time = threading.Lock()

    def revision_of(self, name: str) -> str:  # noqa: ARG002
        return "1"

    def is_vietnamese(self, name: str) -> bool:
        return speaks_vietnamese(name)

    def voices(self) -> tuple[str, ...]:
        """Languages; each may be followed by ``@`` and a country's ending, as in vi@com.vn."""
        from gtts.lang import tts_langs  # noqa: PLC0415 - it brings requests along

        return (DEFAULT_NAME, *sorted(set(tts_langs()) - {DEFAULT_NAME}))

    def speak(
        self,
        text: str,
        name: str,
        **manner: int,  # noqa: ARG002
    ) -> tuple[NDArray[np.float32], int]:
        """Mono samples and their rate; raises `SpeechError`."""
        phrases = split_phrases(text)
        if not phrases:
            raise SpeechError(_("there is nothing to say in “{text}”").format(text=text[:60]))
        language, tld = self._voice(name)
        with self._one_at_a_time:
            self._check_breaker()
            try:
                parts = [self._patiently(phrase.text, language, tld) for phrase in phrases]
            except _RequestError:
                self._breaker.failed()
                raise
            self._breaker.succeeded()
        return _joined(parts, phrases)

    def status(self) -> EngineStatus:
        reason = ""
        hint = _("its texts are sent to Google; “online: false” in station.yaml forbids it")
        try:
            self._check_installed()
            self._check_breaker()
        except SpeechError as error:
            reason, hint = error.message, error.hint
        return EngineStatus(
            engine=self.engine,
            available=not reason,
            reason=reason,
            hint=hint,
            needs_network=True,
            voices=(DEFAULT_NAME,),
        )

    def close(self) -> None:
        """Every request closes its own connection."""

    def _voice(self, name: str) -> tuple[str, str]:
        language, _at, tld = name.partition("@")
        languages = {code.casefold(): code for code in self.voices()}
        if language.casefold() not in languages:
            raise SpeechError(
                _("gTTS has no language “{language}”").format(language=language),
                hint=nearest(language, languages),
            )
        if not _TLD.fullmatch(tld or "com"):
            raise SpeechError(
                _("“{tld}” is not an address of Google").format(tld=tld),
                hint=_("write gtts:vi, or gtts:vi@com.vn"),
            )
        return languages[language.casefold()], tld or "com"

    @staticmethod
    def _check_installed() -> None:
        if find_spec("gtts") is None:
            raise SpeechError(
                _("the Python package gtts is not installed"),
                hint=_("install it: pip install gtts"),
            )

    def _check_breaker(self) -> None:
        if seconds := self._breaker.seconds_left():
            raise UnreachableError(
                _("Google's voice failed several times and is left alone for {n} s more").format(
                    n=round(seconds)
                ),
                hint=_("look whether this machine has internet"),
            )

    def _patiently(self, text: str, language: str, tld: str) -> tuple[NDArray[np.float32], int]:
        """One phrase; what may pass is tried again after a growing, uneven wait."""
        for attempt in range(1, self._patience.attempts + 1):
            self._keep_gap()
            try:
                return _decoded(self._request(text, language, tld), text)
            except _RequestError as error:
                _log.info("gtts, attempt %d: %s", attempt, error)
                if not error.transient or attempt == self._patience.attempts:
                    raise
            backoff_s = self._patience.first_backoff_s * 2.0 ** (attempt - 1)
            self._wait(backoff_s * random.uniform(1.0, 1.5))  # noqa: S311 - not a secret
        raise AssertionError("attempts is at least 1")

    def _keep_gap(self) -> None:
        left_s = self._last_request + self._patience.gap_s - self._monotonic()
        if left_s > 0:
            self._wait(left_s)
        self._last_request = self._monotonic()

    def _request(self, text: str, language: str, tld: str) -> bytes:
        from gtts import gTTS, gTTSError  # noqa: PLC0415 - it brings requests along

        limits = (self._patience.connect_s, self._patience.read_s)
        request = gTTS(
            text,
            lang=language,
            tld=tld,
            lang_check=False,
            pre_processor_funcs=[],
            timeout=limits,
        )
        sound = io.BytesIO()
        try:
            request.write_to_fp(sound)
        except gTTSError as error:
            raise _explained(error) from error
        except (AssertionError, ValueError, TypeError, OSError) as error:
            raise _RequestError(
                _("Google's answer makes no sense: {reason}").format(reason=error), transient=True
            ) from error
        return sound.getvalue()


def _explained(error: Exception) -> _RequestError:
    """GTTS's error in our words, and whether it may pass by itself."""
    import requests  # noqa: PLC0415 - gTTS has imported it by now

    response = getattr(error, "rsp", None)
    if response is None:
        cause = error.__context__
        lost = (requests.Timeout, requests.exceptions.ChunkedEncodingError, ConnectionResetError)
        return _RequestError(
            _("Google cannot be reached: {reason}").format(reason=type(cause).__name__),
            hint=_("look whether this machine has internet"),
            transient=any(isinstance(link, lost) for link in _chain(cause)),
        )
    if response.status_code == 200:
        return _RequestError(
            _("Google answered without sound"),
            hint=_("look for a newer version of the Python package gtts"),
            transient=False,
        )
    return _RequestError(
        _("Google refused: {status}").format(status=response.status_code),
        hint=_("wait an hour; too many requests, or none allowed from here"),
        transient=response.status_code == 429 or response.status_code >= 500,
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """``error``, what it was raised in place of, and so on."""
    while error is not None:
        yield error
        error = error.__context__


def _decoded(mp3: bytes, text: str) -> tuple[NDArray[np.float32], int]:
    import soundfile  # noqa: PLC0415 - listing the engines must not pay for it

    try:
        samples, rate = soundfile.read(io.BytesIO(mp3), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise _cut_short() from error
    if len(samples) < _FASTEST_S_PER_WORD * len(text.split()) * rate:
        raise _cut_short()
    return samples[:, 0], rate


def _cut_short() -> _RequestError:
    return _RequestError(_("Google's sound arrived damaged or cut short"), transient=True)


def _joined(
    parts: list[tuple[NDArray[np.float32], int]], phrases: tuple[Phrase, ...]
) -> tuple[NDArray[np.float32], int]:
    """The parts, without their own silence at the joints, with our pauses between them.

    The last one keeps its end, which tells whether it arrived whole.
    """
    import numpy as np  # noqa: PLC0415 - listing the engines must not pay for it

    rate = parts[0][1]
    if any(a[1] != b[1] for a, b in pairwise(parts)):
        raise SpeechError(_("Google's sound changed its rate in mid-sentence"))
    pieces = []
    for (samples, _rate), phrase in zip(parts, phrases, strict=True):
        pieces += [_bare(samples), np.zeros(phrase.pause_after_ms * rate // 1000, np.float32)]
    final = parts[-1][0]
    ending = final[_audible(final)[1] :]
    return np.concatenate([*pieces[:-1], ending]), rate


def _bare(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    first, last = _audible(samples)
    return samples[first:last]


def _audible(samples: NDArray[np.float32]) -> tuple[int, int]:
    """Where the sound begins, and the sample after its end."""
    import numpy as np  # noqa: PLC0415

    audible = np.flatnonzero(np.abs(samples) > 0.005 * np.abs(samples).max())
    return (int(audible[0]), int(audible[-1]) + 1) if len(audible) else (0, 0)
