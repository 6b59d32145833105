"""Preparation in a niced process of its own, and the eye that the daemon keeps on it.

Speech engines and decoders are foreign code: when one crashes or hangs, it takes this process
with it and not the air.  The bulletin that was at hand is set aside, and the work goes on.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.clock import SystemClock
from broadcaster.station.quarantine import Quarantine

if TYPE_CHECKING:
    from broadcaster.station.folder import StationFolder

__all__ = ["PreparerProcess", "main"]

_log = logging.getLogger(__name__)
_NICE = 10
_STALLED_AFTER_S = 180.0
_REST_AFTER_FAILURE_S = 60.0


@dataclass(slots=True)
class PreparerProcess:
    """Starts the child when asked, watches it, and sets aside what brought it down."""

    folder: StationFolder
    _child: subprocess.Popen[bytes] | None = None
    _wanted: bool = True
    _started_s: float = 0.0
    _not_before_s: float = 0.0
    _quarantine: Quarantine = field(init=False)

    def __post_init__(self) -> None:
        self._quarantine = Quarantine(self.folder.state)

    def want(self) -> None:
        """Ask for a pass as soon as the running one is over."""
        self._wanted = True

    def tick(self) -> None:
        """Start, watch or bury the child; never waits."""
        if self._child is None:
            if self._wanted and time.monotonic() >= self._not_before_s:
                self._start()
            return
        code = self._child.poll()
        if code is None and self._is_stalled():
            self._child.kill()
            code = self._child.wait()
        if code is not None:
            self._child = None
            self._judge(code)

    def stop(self) -> None:
        """End the child, if one runs."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None

    def _start(self) -> None:
        self._wanted = False
        self._quarantine.take_up("")
        self._started_s = time.monotonic()
        command = [
            sys.executable,
            "-m",
            "broadcaster.station.preparer_process",
            str(self.folder.root),
        ]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE)

    def _is_stalled(self) -> bool:
        """Whether nothing new was taken up for a long time."""
        try:
            touched = time.time() - (self.folder.state / "at-hand").stat().st_mtime
        except OSError:
            touched = 0.0
        return min(touched, time.monotonic() - self._started_s) > _STALLED_AFTER_S

    def _judge(self, code: int) -> None:
        if code == 0:
            return
        self._wanted = True
        if sha256 := self._quarantine.at_hand():
            reason = _("the preparation of its sound broke down (exit {code})").format(code=code)
            self._quarantine.set_aside(sha256, reason)
            _log.error("preparer died with %s: text %s is set aside", code, sha256[:12])
        else:
            self._not_before_s = time.monotonic() + _REST_AFTER_FAILURE_S
            _log.error("preparer died with %s and nothing at hand: it rests a minute", code)


def main(root: Path) -> int:
    """One pass over the coming hours: the fallback of each day first, then each occurrence."""
    from broadcaster.station.coming import prepare_coming  # noqa: PLC0415
    from broadcaster.station.folder import StationFolder  # noqa: PLC0415

    os.nice(_NICE)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    prepare_coming(StationFolder(root), now=SystemClock().now())
    return 0


def _die_with_parent() -> None:
    """The daemon holds our standard input open; its end is the daemon's."""
    os.read(sys.stdin.fileno(), 1)  # unbuffered: a buffer's lock would spoil a normal exit
    os._exit(1)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    sys.exit(main(Path(sys.argv[1])))
