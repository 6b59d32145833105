"""What the page on the week shows can be typed as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from broadcaster.schedule import parse_week
from broadcaster.schedule.load import WEEK_KEYS
from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.load import CONFIG_KEYS, load_config

PAGE = Path(__file__).parents[2] / "docs" / "lich-tuan.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
SOMETHING = "programmes: {tin: {segments: [{ident: nhac-hieu}]}}\n"


def _keys(example: str) -> set[str]:
    return set(re.findall(r"^([a-z_]+):", example, re.MULTILINE))


def _problems(week: str) -> list[str]:
    plan, problems = parse_week(week, path=PAGE)
    assert plan is not None
    return [str(problem) for problem in problems]


WEEKS = [example for example in EXAMPLES if _keys(example) & set(WEEK_KEYS)]
LINES = [example for example in EXAMPLES if example.startswith("- ")]
SLOT_KEYS = [
    line for example in EXAMPLES if example.startswith(" ") for line in example.splitlines()
]
SETTINGS = [example for example in EXAMPLES if _keys(example) & set(CONFIG_KEYS)]


def test_every_example_is_looked_at() -> None:
    """Each example is a week, a line of a programme, keys of a slot, or settings of a station."""
    known = [*WEEKS, *LINES, *SETTINGS]
    assert [e for e in EXAMPLES if e not in known and e.splitlines()[0] not in SLOT_KEYS] == []


@pytest.mark.parametrize("example", WEEKS)
def test_a_week_of_the_page_has_no_slip(example: str) -> None:
    """A week, or a part of one, can be copied from the page."""
    more = "" if "programmes" in _keys(example) else SOMETHING
    assert _problems(example + more) == []


@pytest.mark.parametrize("example", LINES)
def test_a_line_of_the_page_has_no_slip(example: str) -> None:
    """A line of a programme can be copied from the page."""
    body = "".join(f"      {line}\n" for line in example.splitlines())
    assert _problems(f"programmes:\n  tin:\n    segments:\n{body}") == []


@pytest.mark.parametrize("key", SLOT_KEYS)
def test_a_key_of_a_slot_has_no_slip(key: str) -> None:
    """A key of a slot can be copied from the page."""
    slot = f"slots:\n  - id: s\n    days: T2\n    at: 05:30\n    programme: tin\n{key}\n"
    assert _problems(SOMETHING + slot) == []


@pytest.mark.parametrize("example", SETTINGS)
def test_settings_of_the_page_have_no_slip(example: str, tmp_path: Path) -> None:
    """Settings can be copied from the page into station.yaml."""
    folder = StationFolder(tmp_path)
    folder.config.write_text(f"name: Đài\n{example}", encoding="utf-8")
    assert load_config(folder)[1] == []


def _ways_to_write(heading: str) -> list[str]:
    """What stands in the first column of the table below ``heading``."""
    part = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = part.partition("| --- |")[2]
    cells = re.findall(r"^\| ([^|]+) \|", rows, re.MULTILINE)
    return [word for cell in cells for word in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize("days", _ways_to_write("Ngày phát"))
def test_days_of_the_page_are_understood(days: str) -> None:
    """Each way to write days that the table names is one."""
    slot = f"slots:\n  - {{id: s, days: '{days}', at: 05:30, programme: tin}}\n"
    assert _problems(SOMETHING + slot) == []


@pytest.mark.parametrize("of", _ways_to_write("Phát lại"))
def test_replays_of_the_page_are_understood(of: str) -> None:
    """Each word for what is repeated that the table names is one."""
    slot = f"slots:\n  - {{id: s, days: T2, at: 05:30, replay: {{slot: chieu, of: {of}}}}}\n"
    assert _problems(SOMETHING + slot) == []
