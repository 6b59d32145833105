"""Where everything of a station lies.

``audio_out`` holds what can be made again, and the archive of what aired; ``.broadcaster`` what
cannot.  Neither enters git.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from fnmatch import fnmatch
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import ConfigError, Problem, Where
from broadcaster.script.documents import SUFFIXES
from broadcaster.station.content.inbox import JUNK

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["StationFolder"]

_TEXTS = {".txt", ".md"} | SUFFIXES
_YAML = {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class StationFolder:
    """The paths of the station in ``root``."""

    root: Path

    @classmethod
    def find(cls, path: Path) -> StationFolder:
        """The station in the folder ``path``; raises ConfigError where there is no station.yaml."""
        folder = cls(path)
        if not folder.config.is_file():
            message = _("there is no station.yaml here, so this is no station folder")
            hint = _("go into the station folder, use -C DIR, or make one: broadcaster init DIR")
            raise ConfigError([Problem(Where(path), "no-station", message, hint)])
        return folder

    # -- what people write ----------------------------------------------------------------

    @property
    def config(self) -> Path:
        return self.root / "station.yaml"

    @property
    def scripts(self) -> Path:
        return self.root / "scripts_vi"

    @property
    def sounds(self) -> Path:
        return self.scripts / "am-thanh"

    @property
    def lexicon(self) -> Path:
        return self.scripts / "tu-dien.tsv"

    @property
    def schedules(self) -> Path:
        return self.root / "schedules"

    @property
    def from_above(self) -> Path:
        """Where messages of an authority above are dropped, and where the answer to them lies."""
        return self.root / "tu-cap-tren"

    @property
    def templates(self) -> Path:
        """The station's own wording of reports."""
        return self.root / "mau-bao-cao"

    def bulletin_files(self) -> list[Path]:
        """The texts of ``scripts_vi`` and its folders, but for sounds, junk and READMEs."""
        return sorted(
            path
            for path in self.script_files()
            if path.suffix.lower() in _TEXTS and path.stem.upper() != "README"
        )

    def script_files(self) -> list[Path]:
        """Every file of ``scripts_vi`` and its folders that is neither a sound nor junk."""
        return sorted(
            path
            for path in self.scripts.rglob("*")
            if not _is_hidden(path.relative_to(self.scripts))
            and not path.is_relative_to(self.sounds)
            and path.is_file()
        )

    def sound_files(self) -> list[Path]:
        """Idents, jingles, music and recordings."""
        if not self.sounds.is_dir():
            return []
        return sorted(p for p in self.sounds.iterdir() if not _is_junk(p.name) and p.is_file())

    def week_files(self) -> list[Path]:
        """The weeks of ``schedules``, by name; its sub-folders hold other things."""
        return _yaml_files(self.schedules)

    def plan_files(self) -> list[Path]:
        """The plan and its targets, by name."""
        return _yaml_files(self.schedules / "ke-hoach")

    # -- what can be made again -----------------------------------------------------------

    @property
    def audio_out(self) -> Path:
        return self.root / "audio_out"

    @property
    def cache(self) -> Path:
        return self.audio_out / "cache"

    @property
    def sound_cache(self) -> Path:
        """Idents, music and recordings as they were made ready."""
        return self.cache / "assets"

    @property
    def programmes(self) -> Path:
        return self.audio_out / "programmes"

    @property
    def emergencies(self) -> Path:
        """The sounds of emergencies, ready at all times."""
        return self.audio_out / "khan-cap"

    @property
    def archive(self) -> Path:
        """What has aired, which cannot be made again."""
        return self.audio_out / "archive"

    def bulletin_audio(self, bulletin_id: str) -> Path:
        """The rendering of one bulletin, to be listened to before it airs."""
        return self.audio_out / "bulletins" / f"{bulletin_id}.wav"

    # -- what cannot ----------------------------------------------------------------------

    @property
    def state(self) -> Path:
        return self.root / ".broadcaster"

    @property
    def database(self) -> Path:
        return self.state / "station.db"

    @property
    def backups(self) -> Path:
        """Copies of the database, one a day."""
        return self.state / "backups"

    @property
    def status(self) -> Path:
        """What a monitor needs to know of the running daemon."""
        return self.state / "status.json"

    @property
    def alarms(self) -> Path:
        """Alarms that are open, and those that wait to be sent."""
        return self.state / "alarms"

    @property
    def simulated_database(self) -> Path:
        return self.state / "simulated.db"

    def forget_simulation(self) -> None:
        """Remove what simulations and rehearsals have left."""
        for old in self.state.glob("simulated*"):
            old.unlink()

    @property
    def voices(self) -> Path:
        """Voices that were installed, a folder for each."""
        return self.state / "voices"

    @property
    def hotline(self) -> Path:
        """The pipe for orders when the disk takes no row."""
        return self.state / "hotline"

    @property
    def pulse(self) -> Path:
        """The heartbeat of the playout."""
        return self.state / "pulse"

    @property
    def clock_doubt(self) -> Path:
        """Why the clock is not believed; it is there only while that lasts."""
        return self.state / "clock-doubt.json"

    @property
    def lock(self) -> Path:
        return self.state / "lock"

    def ensure(self) -> None:
        """Make the folders that are missing; raises ConfigError where one cannot be written to."""
        problems = []
        for folder in (self.scripts, self.sounds, self.schedules):
            problems += _made(folder)
        for folder in (self.cache, self.programmes, self.archive, self.state):
            problems += _made(folder) or _writable(folder)
        if problems:
            raise ConfigError(problems)


def _yaml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in _YAML and not _is_junk(path.name) and path.is_file()
    )


def _is_hidden(path: Path) -> bool:
    return any(_is_junk(part) for part in path.parts)


def _is_junk(name: str) -> bool:
    return any(fnmatch(name.lower(), pattern) for pattern in JUNK)


def _made(folder: Path) -> list[Problem]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return [_unwritable(folder, error)]
    return []


def _writable(folder: Path) -> list[Problem]:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return []
    except OSError as error:
        return [_unwritable(folder, error)]


def _unwritable(folder: Path, error: OSError) -> Problem:
    reason = error.strerror or str(error)
    message = _("nothing can be written here: {reason}").format(reason=_(reason))
    hint = _("give this user the right to write to the folder, and see that the disk is not full")
    return Problem(Where(folder), "unwritable-folder", message, hint)
