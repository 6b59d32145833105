"""② Sentences → sound.

The names are looked up when they are first used: an engine's helper process and the command
line's help pass through here, and must not pay for numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadcaster.speech.cache import SpeechCache
    from broadcaster.speech.render import Speaker
    from broadcaster.speech.synthesizer import (
        EngineStatus,
        Synthesizer,
        engine_statuses,
        load_engines,
    )

__all__ = [
    "EngineStatus",
    "Speaker",
    "SpeechCache",
    "Synthesizer",
    "engine_statuses",
    "load_engines",
]

_HOMES = {"Speaker": "render", "SpeechCache": "cache"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'synthesizer')}"), name)
