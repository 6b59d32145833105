"""Mixing in a process of its own, so that programmes are mixed side by side, one on each core.

It stands apart from preparation because a process costs a third of a second: worth it where many
programmes are made, and where a crash must not take others along.  The programme whose child died
is the one that failed; no bulletin is blamed for it, for mixing only adds clips that are whole.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import SoundError
from broadcaster.messages import follow_parent
from broadcaster.programme import MixResult, Mp3Tags, mix
from broadcaster.sound.profile import FLAT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from broadcaster.model import CueSheet
    from broadcaster.sound.profile import Profile

__all__ = ["MixingChildren", "die_with_parent", "main"]

_COMMAND = (sys.executable, "-m", "broadcaster.station.preparing.mixing")


@dataclass(frozen=True, slots=True)
class MixingChildren:
    """Calls like :func:`broadcaster.programme.mix`, from as many threads as there are cores.

    ``alive`` is called every ``beat_s`` seconds while a child works.  One that takes longer than
    its programme lasts, and than ``least_s``, is killed.
    """

    alive: Callable[[], None] = lambda: None
    command: tuple[str, ...] = _COMMAND
    least_s: float = 120.0
    beat_s: float = 5.0

    def __call__(
        self,
        sheet: CueSheet,
        target: Path,
        *,
        mp3: Path | None = None,
        tags: Mp3Tags | None = None,
        profile: Profile = FLAT,
        target_lufs: float | None = None,
    ) -> MixResult:
        """See `mix`; raises SoundError, too, when the child broke down."""
        more = {"mp3": mp3, "tags": tags, "profile": profile, "target_lufs": target_lufs}
        job = pickle.dumps(((sheet, target), more))
        with subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
            answer = self._asked(child, job, max(self.least_s, sheet.duration_ms / 1000))
        if answer is None:
            raise _broken(sheet, child.returncode)
        if isinstance(answer, MixResult):
            return answer
        message, hint = answer
        raise SoundError(message, hint=hint)

    def _asked(
        self, child: subprocess.Popen[bytes], job: bytes, most_s: float
    ) -> MixResult | tuple[str, str] | None:
        """The child's answer; None when it ended without one or took too long.

        Its input stays open while it works: that is how it knows that we live.
        """
        answers: list[MixResult | tuple[str, str]] = []
        reader = threading.Thread(target=_converse, args=(child, job, answers), daemon=True)
        reader.start()
        waited_s = 0.0
        while reader.is_alive() and waited_s < most_s:
            reader.join(self.beat_s)
            waited_s += self.beat_s
            self.alive()
        if reader.is_alive():
            child.kill()
            reader.join()
        return answers[0] if answers else None


def _converse(
    child: subprocess.Popen[bytes], job: bytes, answers: list[MixResult | tuple[str, str]]
) -> None:
    assert child.stdin
    assert child.stdout
    try:
        child.stdin.write(job)
        child.stdin.flush()
        answers.append(pickle.load(child.stdout))  # noqa: S301 - from our own child
    except (OSError, EOFError, pickle.UnpicklingError):
        return


def _broken(sheet: CueSheet, code: int) -> SoundError:
    return SoundError(
        _("the mixing of “{title}” broke down (exit {code})").format(title=sheet.title, code=code),
        hint=_("it is tried again at the next pass; see: broadcaster doctor"),
    )


def main() -> None:
    """Mix what is asked for on standard input, and answer on standard output."""
    follow_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not spoil the answer
    (sheet, target), more = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent
    threading.Thread(target=die_with_parent, daemon=True).start()
    try:
        answer: MixResult | tuple[str, str] = mix(sheet, target, **more)
    except SoundError as error:
        answer = (error.message, error.hint)
    pickle.dump(answer, answers)
    answers.flush()


def die_with_parent() -> None:
    """Our parent holds our standard input open; its end is ours."""
    os.read(sys.stdin.fileno(), 1)  # unbuffered: a buffer's lock would spoil a normal exit
    os._exit(1)


if __name__ == "__main__":
    main()
