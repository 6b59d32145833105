"""What the pages know of the station: its folder, its settings and texts as they are on the disk
now, and its store.

It stands apart because reading every bulletin takes longer than answering: what was read stays
until a file has changed.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from broadcaster.asrun import AsRunLog, Register, Store
from broadcaster.errors import ConfigError
from broadcaster.station.content.content import load_content
from broadcaster.station.preparing.consent import Decided
from broadcaster.station.settings.load import load_config
from broadcaster.station.watch.status import read_status
from broadcaster.web.doorkeeper import Doorkeeper
from broadcaster.web.live import Live
from broadcaster.web.throttle import Throttle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from broadcaster.clock import Clock
    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig
    from broadcaster.station.watch.status import Status

__all__ = ["OnDisk", "Site"]


@dataclass(frozen=True, slots=True)
class OnDisk:
    """The settings and the texts of one moment; ``mark`` changes whenever a file does."""

    mark: tuple[tuple[str, int, int], ...]
    config: StationConfig
    content: Content


class Site:
    """One station, seen from the page; threads may share it."""

    def __init__(self, folder: StationFolder, *, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self.throttle = Throttle(clock)
        self.setup_code = f"{secrets.randbelow(10**8):08d}"
        """What the first visitor must know who becomes the owner; the console shows it."""
        self._reading = threading.Lock()
        self._on_disk: OnDisk | None = None

    @cached_property
    def store(self) -> Store:
        """The station's database; raises StoreError."""
        return Store.open(self.folder.database, clock=self.clock)

    @cached_property
    def door(self) -> Doorkeeper:
        return Doorkeeper(self.store)

    @cached_property
    def decided(self) -> Decided:
        """What people have decided, read on at each look."""
        return Decided(Register(self.store))

    @cached_property
    def live(self) -> Live:
        """The live stream, one for all viewers."""
        return Live(self)

    @property
    def log(self) -> AsRunLog:
        return AsRunLog(self.store)

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return self.now().date()

    def status(self) -> Status:
        """What the daemon said last, and whether it is in contact."""
        return read_status(self.folder.status, now=self.now())

    def on_disk(self) -> OnDisk:
        """Settings and texts as they are now; raises ConfigError where the settings are broken."""
        with self._reading:
            mark = tuple(_marks(self.folder))
            if self._on_disk is None or self._on_disk.mark != mark:
                config, problems = load_config(self.folder)
                if config is None:
                    raise ConfigError(problems)
                self._on_disk = OnDisk(mark, config, load_content(self.folder, config))
            return self._on_disk

    def close(self) -> None:
        if "store" in self.__dict__:
            self.store.close()


def _marks(folder: StationFolder) -> Iterator[tuple[str, int, int]]:
    """Each file that people write, with its time and size."""
    for path in (
        folder.config,
        *folder.week_files(),
        *folder.plan_files(),
        *folder.script_files(),
        *folder.sound_files(),
    ):
        try:
            status = path.stat()
        except OSError:  # removed a moment ago
            continue
        yield str(path), status.st_mtime_ns, status.st_size
