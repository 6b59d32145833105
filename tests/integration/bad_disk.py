"""A disk that forgets what was not synced, and fails on demand, under a real process."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from needs import needs

HERE = Path(__file__).parent


def compiled(name: str, folder: Path) -> Path:
    """A library to preload, made of ``NAME.c`` beside this file."""
    library = folder / f"{name}.so"
    command = [needs("cc", "gcc"), "-shared", "-fPIC", "-O1", "-o", library, HERE / f"{name}.c"]
    subprocess.run([*command, "-ldl"], check=True)
    return library


@dataclass
class BadDisk:
    """For the files of one station; ``folder`` is for the library and the copies."""

    station: Path
    folder: Path

    def __post_init__(self) -> None:
        self._faults = self.folder / "faults"
        self._durable = self.folder / "durable"
        self._durable.mkdir(parents=True)
        self._library = compiled("disk", self.folder)

    def environment(self, before: dict[str, str] | None = None) -> dict[str, str]:
        """For the process under test."""
        return {
            **(before or os.environ),
            "LD_PRELOAD": str(self._library),
            "DISK_ROOT": str(self.station / ".broadcaster"),
            "DISK_DURABLE": str(self._durable),
            "DISK_FAULTS": str(self._faults),
        }

    def fail(self, *rules: str) -> None:
        """From now on: ``w PART``, ``r PART`` or ``f PART`` each."""
        part = self._faults.with_suffix(".part")
        part.write_text("".join(f"{rule}\n" for rule in rules), encoding="utf-8")
        part.replace(self._faults)

    def heal(self) -> None:
        self._faults.unlink(missing_ok=True)

    def cut_power(self) -> None:
        """What no process had synced is gone; the processes must be dead by now."""
        state = self.station / ".broadcaster"
        for name in ("station.db", "station.db-wal"):
            (state / name).unlink(missing_ok=True)
            if (self._durable / name).exists():
                shutil.copyfile(self._durable / name, state / name)
        for name in ("station.db-shm", "pulse"):
            (state / name).unlink(missing_ok=True)
