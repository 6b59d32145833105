"""Several threads that speak at once, for the tests of the engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.speech import Synthesizer

__all__ = ["lengths_spoken_at_once"]


def lengths_spoken_at_once(engine: Synthesizer, texts: Sequence[str]) -> list[int]:
    """Speak ``texts`` by three threads; the number of samples of each."""
    with ThreadPoolExecutor(3) as pool:
        return list(pool.map(lambda text: len(engine.speak(text, "vi")[0]), texts))
