"""① What the editor wrote → sentences ready to speak."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from broadcaster.script.estimate import estimate_ms
    from broadcaster.script.lexicon import Lexicon, load_lexicon
    from broadcaster.script.load import load_bulletin, parse_bulletin, parse_bytes
    from broadcaster.script.read import read_text
    from broadcaster.script.reading import Change, Reading
    from broadcaster.script.style import ReadingStyle

__all__ = [
    "Change",
    "Lexicon",
    "Reading",
    "ReadingStyle",
    "estimate_ms",
    "load_bulletin",
    "load_lexicon",
    "parse_bulletin",
    "parse_bytes",
    "parse_lexicon",
    "read_text",
]

_HOMES = {
    "Change": "reading",
    "Lexicon": "lexicon",
    "Reading": "reading",
    "ReadingStyle": "style",
    "estimate_ms": "estimate",
    "load_bulletin": "load",
    "load_lexicon": "lexicon",
    "parse_bulletin": "load",
    "parse_bytes": "load",
    "parse_lexicon": "lexicon",
    "read_text": "read",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: commands that read nothing stay fast."""
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(name)
