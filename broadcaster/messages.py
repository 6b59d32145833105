"""Which language the messages speak: one catalogue for this package and for click.

click asks gettext's global domain for its own messages, so binding that domain to our catalogue
makes both speak Vietnamese.  Code writes English sentences in ``_()``; ``locale/vi/*.po`` holds
the Vietnamese, one file a room, merged into one ``messages.mo`` when the package is built.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

__all__ = ["LANGUAGES", "follow_parent", "language", "use_language"]

LANGUAGES = ("vi", "en")
_DOMAIN = "messages"
_LOCALE = Path(__file__).parent / "locale"


def use_language(language: str) -> None:
    """Let every later message speak ``language`` (``vi`` or ``en``), in children too."""
    gettext.bindtextdomain(_DOMAIN, _LOCALE)
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language


def language() -> str:
    """The language that the messages of this process speak."""
    chosen = os.environ.get("LANGUAGE", "")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def follow_parent() -> None:
    """Speak the language of the process that started this one, if it chose any."""
    if language := os.environ.get("LANGUAGE"):
        use_language(language)
