"""What a command knows of where it was called: the folder, the clock, and where words go.

Commands ask here, late, for the station that they work on; nothing is imported before.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, TextIO

from broadcaster.errors import ConfigError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from broadcaster.clock import Clock
    from broadcaster.errors import Problem
    from broadcaster.script import Lexicon, ReadingStyle
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Session", "log_to_stderr"]


class Session:
    """One call of the command line; ``clock`` is the system's unless a test brings its own."""

    def __init__(self, directory: Path, clock: Clock | None = None) -> None:
        self.directory = directory
        self._clock = clock

    @property
    def clock(self) -> Clock:
        from broadcaster.clock import SystemClock

        return self._clock or SystemClock()

    def today(self) -> date:
        return self.clock.now().date()

    def folder(self) -> StationFolder:
        """The station folder; raises ConfigError where there is none."""
        from broadcaster.station.folder import StationFolder

        return StationFolder.find(self.directory)

    def config(self) -> StationConfig:
        """The settings; raises ConfigError with every problem where they cannot be loaded."""
        from broadcaster.station.settings.load import load_config

        config, problems = load_config(self.folder())
        if config is None:
            raise ConfigError(problems)
        return config

    def lexicon(self) -> tuple[Lexicon, list[Problem]]:
        """The word list of the station, or the built-in one alone where there is no station."""
        from broadcaster.script import load_lexicon

        try:
            path = self.folder().lexicon
        except ConfigError:
            path = None
        return load_lexicon(path)

    def reading_style(self) -> ReadingStyle:
        """How the station words what texts abbreviate; the usual way where there is none."""
        from broadcaster.script import ReadingStyle

        try:
            return self.config().reading
        except ConfigError:
            return ReadingStyle()

    def content(self) -> Content:
        """Bulletins, weeks and lexicon; raises ConfigError where the settings cannot be loaded."""
        from broadcaster.station.content.content import load_content

        return load_content(self.folder(), self.config())


class _StderrNow(logging.StreamHandler[TextIO]):
    """A handler that asks for standard error each time, because tests exchange it."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, value: TextIO) -> None:
        """``logging`` sets it once; what counts is the standard error of the moment."""


def log_to_stderr(level: int) -> None:
    """Send the package's log from ``level`` on to standard error."""
    logger = logging.getLogger("broadcaster")
    logger.setLevel(level)
    if not any(isinstance(handler, _StderrNow) for handler in logger.handlers):
        handler = _StderrNow()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
