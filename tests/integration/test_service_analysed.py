"""The units as systemd itself judges them, offline."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from needs import needs

from broadcaster.station.service import (
    PAGE_UNIT_NAME,
    UNIT_NAME,
    UnitSettings,
    page_unit_text,
    unit_text,
)

pytestmark = pytest.mark.integration

STATED = 1.6
"""The exposure that docs/trien-khai.md states: 0 is shut in, 10 is open."""


def unit(folder: Path, name: str, *, root: Path, python: str = sys.executable) -> Path:
    """The unit file ``name`` of a station in ``root``, for a user that this machine has."""
    settings = UnitSettings(
        station="Đài 100% xã",
        root=root,
        user="daemon",
        python=Path(python),
        package=Path("/opt/broadcaster"),
        environment={"BROADCASTER_VOICES": "espeak"},
    )
    texts = {UNIT_NAME: unit_text(settings), PAGE_UNIT_NAME: page_unit_text(settings, lan=True)}
    path = folder / name
    path.write_text(texts[name], encoding="utf-8")
    return path


def analyse(*arguments: str) -> subprocess.CompletedProcess[str]:
    program = needs("systemd-analyze", "systemd")
    return subprocess.run(
        [program, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"SYSTEMD_COLORS": "0", "SYSTEMD_PAGER": "", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin"},
    )


@pytest.mark.parametrize("name", [UNIT_NAME, PAGE_UNIT_NAME])
@pytest.mark.parametrize("root", ["/srv/dai-xa", '/srv/đài "xa" $1 50%'])
def test_systemd_understands_the_unit(tmp_path: Path, root: str, name: str) -> None:
    """Every line is understood, whatever the folder is called."""
    done = analyse("verify", "--man=no", str(unit(tmp_path, name, root=Path(root))))
    about_us = [line for line in done.stderr.splitlines() if name in line]
    assert (done.returncode, about_us) == (0, []), done.stderr


@pytest.mark.parametrize("name", [UNIT_NAME, PAGE_UNIT_NAME])
def test_the_exposure_is_as_stated(tmp_path: Path, name: str) -> None:
    """Each service may reach the sound card, the network and its folder, and little else."""
    python = "/opt/broadcaster/.venv/bin/python"
    path = unit(tmp_path, name, root=Path("/srv/dai-xa"), python=python)
    done = analyse("security", "--offline=true", "--no-pager", str(path))
    found = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
    assert found, done.stderr
    assert float(found[1]) <= STATED
