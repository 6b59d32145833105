"""``broadcaster render`` with the voice that every installation has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from broadcaster.cli import main
from broadcaster.station.init import init_station

pytestmark = pytest.mark.integration
BULLETIN = "01-ban-tin-dau-tien"


def run(station: Path, *words: str) -> Result:
    """Call render with the voice that sends nothing anywhere."""
    runner = CliRunner(mix_stderr=False, env={"BROADCASTER_VOICES": "espeak"})
    return runner.invoke(main, ["-C", str(station), "render", *words])


@pytest.fixture
def station(tmp_path: Path) -> Path:
    init_station(tmp_path / "dai")
    return tmp_path / "dai"


def test_render_tells_how_a_bulletin_came_out(station: Path):
    """A bulletin is spoken by espeak, near its estimate; a second time no engine is asked."""
    first = run(station, BULLETIN, "--json")
    assert first.exit_code == 0, first.stderr
    (made,) = json.loads(first.stdout)["bulletins"]
    assert (made["id"], made["voice"]) == (BULLETIN, "espeak:vi")
    assert made["calls"] > 0
    assert abs(made["duration_ms"] / made["estimated_ms"] - 1) < 0.15
    assert Path(made["audio"]).stat().st_size > 100_000
    (again,) = json.loads(run(station, BULLETIN, "--json").stdout)["bulletins"]
    assert again["calls"] == 0
    assert run(station, BULLETIN, "--force", "--json").exit_code == 0


def test_render_of_something_unknown(station: Path):
    """A bulletin that does not exist is named with the nearest one, and exit code 1."""
    result = run(station, "01-ban-tin-dau-tin")
    assert result.exit_code == 1
    assert BULLETIN in result.stderr
    assert "[unknown-bulletin]" in result.stderr


def test_render_for_people(station: Path):
    """A person sees voice, length and file of the bulletin, without a bar outside a terminal."""
    result = run(station, BULLETIN)
    assert "espeak:vi" in result.stdout
    assert f"{BULLETIN}.wav" in result.stdout
    assert "%" not in result.stderr


def test_a_question_that_waits_keeps_nothing_else_from_being_made(station: Path):
    """It is told, with whom to ask by when, and is no failure: there is nothing to hear yet."""
    matter = "kind: hỏi-đáp\nquestion: Bao giờ có thẻ?\nanswered_by: Trạm Y tế xã\ndue: 2026-12-10"
    asked = station / "scripts_vi" / "30-hoi.txt"
    asked.write_text(f"---\ntitle: Hỏi đáp\n{matter}\n---\n", encoding="utf-8")
    result = run(station, "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert "30-hoi" not in [made["id"] for made in told["bulletins"]]
    (problem,) = [one for one in told["problems"] if one["code"] == "not-answered"]
    assert "10/12/2026" in problem["hint"]
