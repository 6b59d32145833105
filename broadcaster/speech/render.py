"""Sentences → speech: the chain of voices, the cache before it, and one voice for the whole.

It stands apart from the engines, which know one text at a time, and from the station, which
knows bulletins.
"""

from __future__ import annotations

import logging
import textwrap
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING, Self

from broadcaster.errors import SoundError, SpeechError
from broadcaster.model import Clip, Speech
from broadcaster.speech.chain import ForbiddenError, VoiceChain
from broadcaster.speech.handoff import hand_over
from broadcaster.speech.synthesizer import UnreachableError, has_words
from broadcaster.voicename import VoiceName

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import numpy as np
    from numpy.typing import NDArray

    from broadcaster.model import Sentence
    from broadcaster.speech.cache import SpeechCache
    from broadcaster.speech.synthesizer import Synthesizer

__all__ = ["Speaker"]

_log = logging.getLogger(__name__)


class Speaker:
    """Speaks with the first voice of ``chain`` that can; a context manager that ends its engines.

    ``engines`` are those of this machine unless others are given; ``voices`` is the folder in
    which voices are installed.
    """

    def __init__(
        self,
        cache: SpeechCache,
        chain: Sequence[VoiceName | str],
        *,
        engines: Mapping[str, Synthesizer] | None = None,
        voices: Path | None = None,
    ) -> None:
        self.cache = cache
        self._chain = VoiceChain(chain, engines=engines, voices=voices)
        self._silent: set[str] = set()
        self.awaits_network = False
        """Whether a voice did not speak that may do so later, when its service answers again."""
        self.hurried = False
        """Whether there is no time for a network: what it has spoken already is used, and it is
        asked for more only where nobody else can speak."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the engines' processes; the speaker may be used again."""
        self._chain.close()

    def speak(
        self,
        sentences: Sequence[Sentence],
        *,
        voice: str = "",
        online: bool = True,
        force: bool = False,
        only: Collection[str] = (),
    ) -> Speech:
        """All ``sentences`` in ONE voice: the next one speaks everything when a sentence fails.

        ``voice`` is tried before the chain.  A voice that sends text to a network speaks only when
        ``online`` and when the chain has its engine.  ``force`` makes every clip anew.  Where
        ``only`` names voices, no other one speaks.
        Sentences without a word are left out.  Raises `SpeechError` when no voice could speak,
        `SoundError` when the cache cannot be written.
        """
        order = _Order(tuple(s for s in sentences if has_words(s.spoken)), online, force)
        if not order.sentences:
            raise SpeechError(
                _("there is nothing to say: the text holds no word"),
                hint=_("write at least one sentence"),
            )
        names = self._chain.order(voice, only=only)
        if self.hurried:
            with suppress(SpeechError):
                return self._by_the_first(names, replace(order, hurried=True))
        return self._by_the_first(names, order)

    def _by_the_first(self, names: Sequence[str], order: _Order) -> Speech:
        refused: list[str] = []
        for name in names:
            try:
                return self._spoken_by(VoiceName.parse(name), order, tuple(refused))
            except SpeechError as error:
                self._note(name, error)
                self.awaits_network |= isinstance(error, UnreachableError)
                refused.append(f"{name}: {error.message}")
        raise SpeechError(
            _("no voice could speak: {reasons}").format(reasons="; ".join(refused) or "-"),
            hint=_("`broadcaster voices` says which voices work and how to mend the others"),
        )

    def _note(self, name: str, error: SpeechError) -> None:
        """Tell the log once that a voice is silent, not again for each text until it speaks."""
        expected = isinstance(error, ForbiddenError) or name in self._silent
        self._silent.add(name)
        text = _("the voice {name} does not speak: {reason}").format(name=name, reason=error)
        _log.log(logging.DEBUG if expected else logging.WARNING, "%s", text)

    def _spoken_by(self, voice: VoiceName, order: _Order, refused: tuple[str, ...]) -> Speech:
        engine = self._chain.engine_of(voice, online=order.online)
        revision = engine.revision_of(voice.name)
        vietnamese = engine.is_vietnamese(voice.name)
        sent = [hand_over(voice.engine, s.spoken, vietnamese=vietnamese) for s in order.sentences]
        paths = [self.cache.path_for(voice, text, revision=revision) for text in sent]
        texts = dict(zip(paths, sent, strict=True))
        lengths = {path: None if order.force else self.cache.get(path) for path in texts}
        missing = {path: texts[path] for path, length in lengths.items() if length is None}
        if missing and order.hurried and engine.needs_network:
            raise UnreachableError(_("there is no time left to ask it"))
        made = self._make(engine, voice, missing)
        known = {path: length for path, length in lengths.items() if length} | made
        clips = tuple(
            Clip(path, known[path], s.pause_after_ms, s.spoken)
            for path, s in zip(paths, order.sentences, strict=True)
        )
        level = logging.INFO if made else logging.DEBUG
        _log.log(level, "%s spoke %d sentences, %d of them now", voice, len(clips), len(made))
        self._silent.discard(str(voice))
        return Speech(str(voice), clips, calls=len(made), fallbacks=refused)

    def _make(
        self, engine: Synthesizer, voice: VoiceName, texts: Mapping[Path, str]
    ) -> dict[Path, int]:
        """Speak ``texts`` into the cache, as many at once as the engine takes; their lengths."""
        if engine.at_once == 1 or len(texts) < 2:
            return {path: self._make_one(engine, voice, path, text) for path, text in texts.items()}
        with ThreadPoolExecutor(engine.at_once, thread_name_prefix="speech") as pool:
            jobs = {
                path: pool.submit(self._make_one, engine, voice, path, text)
                for path, text in texts.items()
            }
            try:
                return {path: job.result() for path, job in jobs.items()}
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _make_one(self, engine: Synthesizer, voice: VoiceName, path: Path, text: str) -> int:
        """A bad clip is asked for once more, then the voice has failed."""
        from broadcaster.speech.finish import finish  # noqa: PLC0415 - numpy, late
        from broadcaster.speech.gate import fault_of  # noqa: PLC0415

        fault = ""
        foreign = not engine.is_vietnamese(voice.name)
        for _attempt in range(2):
            samples, rate = _asked(engine, voice, text)
            fault = fault_of(samples, rate, text, pace=voice.rate / 100, foreign=foreign)
            if not fault:
                return self.cache.put(path, finish(samples, rate))
            words = _("{voice}: the sound of “{text}” is bad: {fault}")
            _log.warning("%s", words.format(voice=voice, text=text, fault=fault))
        raise SpeechError(
            _("the sound of “{text}” is bad, twice: {fault}").format(
                text=textwrap.shorten(text, 60, placeholder=" …"), fault=fault
            ),
            hint=_("listen to this voice with `broadcaster voices`, or choose another one"),
        )


def _asked(engine: Synthesizer, voice: VoiceName, text: str) -> tuple[NDArray[np.float32], int]:
    """What the engine delivers; whatever it raises is a `SpeechError` here."""
    try:
        return _shaped(engine, voice, text)
    except SpeechError:
        raise
    except SoundError as error:
        raise SpeechError(error.message, hint=error.hint) from error
    except Exception as error:
        _log.exception("speech engine %s failed", engine.engine)
        raise SpeechError(
            _("the speech engine {engine} failed: {reason}").format(
                engine=engine.engine, reason=error
            )
        ) from error


def _shaped(engine: Synthesizer, voice: VoiceName, text: str) -> tuple[NDArray[np.float32], int]:
    """``text`` at the voice's rate and pitch: the engine does what it can, ffmpeg the rest."""
    own = {key: value for key, value in voice.manner().items() if key in engine.shapes}
    samples, rate = engine.speak(text, voice.name, **own)
    rest = {key: value for key, value in voice.manner().items() if key not in own}
    if rest:
        from broadcaster.sound.reshape import reshape  # noqa: PLC0415 - numpy, late

        samples = reshape(samples, rate, **rest)
    return samples, rate


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be spoken, and under which conditions."""

    sentences: tuple[Sentence, ...]
    online: bool
    force: bool
    hurried: bool = False
