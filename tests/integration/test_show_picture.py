"""``broadcaster show`` on a station that was really rendered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import defusedxml.ElementTree as Xml
import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.station.init import init_station

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.integration
BULLETIN = "01-ban-tin-dau-tien"


def run(station: Path, *words: str) -> Result:
    runner = CliRunner(mix_stderr=False, env={"BROADCASTER_VOICES": "espeak"})
    return runner.invoke(main, ["--lang", "vi", "-C", str(station), *words])


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("hinh") / "dai"
    init_station(root)
    assert run(root, "render").exit_code == 0
    return root


def test_a_programme_is_drawn_both_ways(station: Path, tmp_path: Path) -> None:
    """The PNG is a picture of some size; the SVG holds the names of the parts in Vietnamese."""
    png, svg = tmp_path / "a.png", tmp_path / "a.svg"
    for picture in (png, svg):
        result = run(station, "show", "ban-tin-xa", "-o", str(picture))
        assert result.exit_code == 0, result.stderr
        assert str(picture) in result.stdout
    assert png.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert png.stat().st_size > 50_000
    told = " ".join(node.text or "" for node in Xml.parse(svg).getroot().iter())
    for word in ("Các phần", "lời xướng", "bản tin", "đích -16.0", "Không thấy gì sai."):
        assert word in told


def test_a_bulletin_is_drawn(station: Path, tmp_path: Path) -> None:
    """An editor sees a single bulletin, too."""
    picture = tmp_path / "tin.SVG"
    assert run(station, "show", BULLETIN, "-o", str(picture)).exit_code == 0
    assert picture.stat().st_size > 10_000


def test_the_numbers_behind_it(station: Path) -> None:
    """--json has a value a second, the parts and the flaws, and needs no picture."""
    result = run(station, "show", "ban-tin-xa", "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    seconds = -(-told["duration_ms"] // 1000)
    for curve in ("peaks_db", "rms_db", "short_term_lufs"):
        assert abs(len(told[curve]) - seconds) <= 1
    assert max(told["peaks_db"]) == pytest.approx(told["peak_db"], abs=0.2)
    assert told["segments"][-1]["end_ms"] <= told["duration_ms"]
    assert (told["flaws"], told["picture"]) == ([], None)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ban-tin-xaa", "-o", "x.png"], 1, "ban-tin-xa"),
        (["du-phong", "-o", "x.png"], 1, "broadcaster render"),
        (["ban-tin-xa", "-o", "x.jpg"], 2, ".svg"),
        (["ban-tin-xa", "-o", "x"], 2, ".svg"),
        (["ban-tin-xa"], 2, "-o"),
        (["ban-tin-xa", "-o", "/proc/x.png"], 1, "/proc/x.png"),
        (["ban-tin-xa", "-o", "station.yaml/x.png"], 1, "x.png"),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence(
    station: Path, words: list[str], code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown, not made, an ending of something else, a place where nothing can be written."""
    monkeypatch.chdir(station)
    result = run(station, "show", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_without_the_library_it_says_how_to_install(station: Path, tmp_path: Path) -> None:
    """A machine at an amplifier has no matplotlib: a sentence, and --json works."""
    blocked = (
        "import sys; sys.modules['matplotlib'] = None; from broadcaster.cli import main; main()"
    )
    environment = {**os.environ, "BROADCASTER_VOICES": "espeak"}
    environment.pop("DISPLAY", None)

    def show(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", blocked, "-C", str(station), "show", "ban-tin-xa", *words]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    refused = show("-o", str(tmp_path / "x.png"))
    assert refused.returncode == 3
    assert "pip install" in refused.stderr
    assert "broadcaster[picture]" in refused.stderr
    assert not (tmp_path / "x.png").exists()
    assert show("--json").returncode == 0
