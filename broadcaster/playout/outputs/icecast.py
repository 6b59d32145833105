"""Sound for speakers on the network: a source client of an Icecast server.

The station plays a WAV on time; here it becomes MP3 while it plays.  The mount exists while a
programme sounds; what listeners hear in between is the server's ``fallback-mount``.
"""

from __future__ import annotations

import os
import time
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import OutputError
from broadcaster.playout.housewav import HouseWav
from broadcaster.playout.outputs.fed import FedPlayback
from broadcaster.playout.outputs.mount import Mount, MountInUseError, connect
from broadcaster.playout.outputs.source import Relay, SourceFeeder, Stream

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from broadcaster.clock import Clock

__all__ = ["PASSWORD_VARIABLE", "IcecastOutput"]

PASSWORD_VARIABLE = "BROADCASTER_ICECAST_PASSWORD"  # noqa: S105 - the name of the variable
_KBPS = 96


class IcecastOutput:
    """``icecast:http://USER@HOST:PORT/MOUNT``; the password is in a file or in the environment."""

    def __init__(
        self, target: str, *, clock: Clock, station: str = "", password_file: Path | None = None
    ) -> None:
        self._mount = Mount.parse(target)
        self.name = f"icecast:{target}"
        self._clock = clock
        self._password_file = password_file
        self._headers = {
            "Content-Type": "audio/mpeg",
            "Ice-Name": station or "broadcaster",
            "Ice-Description": _("public-address broadcasts"),
            "Ice-Public": "0",
            "Ice-Audio-Info": f"bitrate={_KBPS};channels=1;samplerate=48000",
        }
        self._relay = Relay(self._open)

    def play(
        self, audio: Path | None, *, at: datetime, from_ms: int = 0, duration_ms: int
    ) -> FedPlayback:
        if audio is None:
            raise OutputError(_("there is no audio to play"))
        self._password()
        ahead_s = (at - self._clock.now()).total_seconds()
        with HouseWav(audio):
            feeder = SourceFeeder(
                self._relay,
                audio,
                deadline=time.monotonic() + ahead_s,
                from_ms=from_ms,
                until_ms=duration_ms,
            )
        return FedPlayback(feeder, from_ms=from_ms, duration_ms=duration_ms)

    def check(self) -> str:
        """Knock at the mount as a source does, and leave; a programme on air is no trouble."""
        try:
            password = self._password()
            connect(self._mount, password=password, headers=self._headers).close()
        except MountInUseError:  # the server looks at the password first, so all is well
            return ""
        except OutputError as error:
            return str(error)
        except OSError as error:
            return f"{self._mount.server}: {error.strerror or error}"
        return ""

    def _open(self) -> Stream:
        link = connect(self._mount, password=self._password(), headers=self._headers)
        return Stream(link, kbps=_KBPS)

    def _password(self) -> str:
        """Read each time, so that a new one needs no restart; raises OutputError."""
        if self._password_file is None:
            if password := os.environ.get(PASSWORD_VARIABLE, ""):
                return password
            message = _("no password is known for {server}").format(server=self._mount.server)
            raise OutputError(message, hint=_("write it into a file: password_file"))
        try:
            password = self._password_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            message = _("the password file {path} cannot be read: {detail}")
            detail = _(error.strerror or str(error)) if isinstance(error, OSError) else str(error)
            raise OutputError(message.format(path=self._password_file, detail=detail)) from error
        if not password:
            message = _("the password file {path} is empty")
            raise OutputError(message.format(path=self._password_file))
        return password
