"""Preparation in a niced process of its own, and the eye that the daemon keeps on it.

Speech engines and decoders are foreign code: when one crashes or hangs, it takes this process
with it and not the air.  The bulletin that was at hand is set aside, and the work goes on.
"""

from __future__ import annotations

import logging
import math
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from broadcaster.errors import BroadcasterError, ConfigError
from broadcaster.messages import follow_parent
from broadcaster.station.preparing.quarantine import Quarantine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcaster.clock import Clock
    from broadcaster.station.folder import StationFolder

__all__ = ["PreparerProcess", "main"]

_log = logging.getLogger(__name__)
_NICE = 10
_COME_BACK = 75
"""EX_TEMPFAIL of sysexits.h: all is ready, but a voice was missed that may speak later."""

_COMMAND = (sys.executable, "-m", "broadcaster.station.preparing.process")


@dataclass(slots=True)
class PreparerProcess:
    """Starts the child when asked, watches it, and sets aside what brought it down.

    A child that takes nothing new up for ``stalled_after_s`` seconds is killed; after a failure
    for which no bulletin is to blame the next one waits for ``rest_s``.  After a pass that missed
    a voice for want of its service, another follows in ``again_s``, then in twice that time and so
    on up to ``longest_again_s``.  ``command`` is followed by the station folder and the present
    instant.
    """

    folder: StationFolder
    clock: Clock
    command: Sequence[str] = _COMMAND
    stalled_after_s: float = 180.0
    rest_s: float = 60.0
    again_s: float = 60.0
    longest_again_s: float = 600.0
    _child: subprocess.Popen[bytes] | None = None
    _wanted: bool = True
    _started_s: float = 0.0
    _not_before_s: float = 0.0
    _again_at_s: float = math.inf
    _missed_passes: int = 0
    _quarantine: Quarantine = field(init=False)

    def __post_init__(self) -> None:
        self._quarantine = Quarantine(self.folder.state)

    @property
    def pid(self) -> int | None:
        """The child's, while one runs."""
        return self._child.pid if self._child else None

    def want(self) -> None:
        """Ask for a pass as soon as the running one is over."""
        self._wanted = True

    def tick(self) -> None:
        """Start, watch or bury the child; never waits."""
        if self._child is None:
            now_s = time.monotonic()
            if (self._wanted or now_s >= self._again_at_s) and now_s >= self._not_before_s:
                self._start()
            return
        if (code := self._child.poll()) is None and self._is_stalled():
            self._child.kill()
            code = self._child.wait()
        if code is not None:
            self._bury(code)

    def stop(self) -> None:
        """End the child, if one runs."""
        if self._child is not None:
            self._child.kill()
            self._bury(self._child.wait(), blame=False)

    def _start(self) -> None:
        self._quarantine.take_up("")
        self._started_s = time.monotonic()
        command = [*self.command, str(self.folder.root), self.clock.now().isoformat()]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE)
        self._wanted = False

    def _is_stalled(self) -> bool:
        quiet_s = time.time() - self._quarantine.taken_up_at()
        return min(quiet_s, time.monotonic() - self._started_s) > self.stalled_after_s

    def _bury(self, code: int, *, blame: bool = True) -> None:
        if self._child and self._child.stdin:
            self._child.stdin.close()
        self._child = None
        if code in {0, _COME_BACK, ConfigError.exit_code}:  # settings are mended by a person
            self._come_back(missed=code == _COME_BACK)
        elif blame:
            self._wanted = True
            self._judge(code)

    def _come_back(self, *, missed: bool) -> None:
        self._missed_passes = self._missed_passes + 1 if missed else 0
        pause_s = min(self.again_s * 2.0 ** (self._missed_passes - 1), self.longest_again_s)
        self._again_at_s = time.monotonic() + pause_s if missed else math.inf

    def _judge(self, code: int) -> None:
        """Set aside what was at hand, or rest, lest the same crash come again at once."""
        sha256 = self._quarantine.at_hand()
        try:
            if sha256:
                reason = _("the preparation of its sound broke down (exit {code})")
                self._quarantine.set_aside(sha256, reason.format(code=code))
                _log.error("preparer died with %s: text %s is set aside", code, sha256[:12])
                return
        except BroadcasterError as error:
            _log.error("the text %s cannot be set aside: %s", sha256[:12], error)
        self._not_before_s = time.monotonic() + self.rest_s
        _log.error("preparer died with %s: it rests for %.0f seconds", code, self.rest_s)


def main(root: Path, now: datetime) -> int:
    """One pass over what airs in the hours after ``now``; ends with the daemon, too."""
    from broadcaster.station.folder import StationFolder  # noqa: PLC0415
    from broadcaster.station.preparing.coming import prepare_coming  # noqa: PLC0415 - not for the daemon
    from broadcaster.station.preparing.mixing import die_with_parent  # noqa: PLC0415

    os.setpriority(os.PRIO_PROCESS, 0, _NICE)
    follow_parent()
    threading.Thread(target=die_with_parent, daemon=True).start()
    try:
        return _COME_BACK if prepare_coming(StationFolder(root), now=now) else 0
    except BroadcasterError as error:
        _log.error("%s", error)
        return error.exit_code


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    sys.exit(main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])))
