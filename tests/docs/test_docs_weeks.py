"""What the page on weeks shows can be copied into a week's file."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from broadcaster.schedule import PLACEHOLDERS, parse_week
from broadcaster.schedule.beds import BED_KEYS
from broadcaster.schedule.choices import CHOICE_KEYS, SHARE_KEYS
from broadcaster.schedule.programmes import PROGRAMME_KEYS
from broadcaster.schedule.segments import FEATURE_KEYS, SEGMENT_KEYS
from broadcaster.schedule.sources import FILL_KEYS, HEADLINE_KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "lich-tuan.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
LINES = re.findall(r"`((?:fill|bed|share|order|voices|signature): [^`]+)`", PAGE)
WEEK = "programmes:\n  p:\n    length: 15m\n    segments:\n{lines}"
AROUND = {
    "fill": "- {}",
    "bed": "- greeting: Chào\n  {}",
    "share": "- bulletins: {{{}}}",
    "order": "- bulletins: {{{}}}",
    "voices": "- bulletins: {{{}}}",
    "signature": "- feature:\n    {}\n    segments: [{{bulletin: a}}]",
}


def _problems(text: str) -> list[str]:
    _plan, problems = parse_week(text, path=Path("lich-tuan.md"))
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.startswith("programmes:")])
def test_a_whole_programme_of_the_page_is_right(block: str) -> None:
    """Each programme that the page shows is read without a problem."""
    assert _problems(block) == []


@pytest.mark.parametrize("line", [b for b in BLOCKS if b.startswith("- ")] + LINES)
def test_a_line_of_the_page_is_right(line: str) -> None:
    """Each line, and each key with a value, that the page shows is read without a problem."""
    key = line.partition(":")[0]
    lines = AROUND[key].format(line) if key in AROUND else line
    assert _problems(WEEK.format(lines=indent(lines, "      "))) == []


CONFIGURATION = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text("utf-8")
KEYS = {
    *(*PROGRAMME_KEYS, *SEGMENT_KEYS, *CHOICE_KEYS, *HEADLINE_KEYS),
    *(*FEATURE_KEYS, *FILL_KEYS, *BED_KEYS),
}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_of_a_programme_is_documented(key: str) -> None:
    """Each key that a programme, a line or a choice may have stands in a table of the page."""
    assert re.search(rf"^\| [^|]*`{key}`", CONFIGURATION, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(PLACEHOLDERS))
def test_every_name_in_braces_is_documented(name: str) -> None:
    """Each name that a greeting may have in braces is on the page of keys."""
    assert f"{{{name}}}" in CONFIGURATION


@pytest.mark.parametrize("key", SHARE_KEYS)
def test_every_key_of_a_share_is_documented(key: str) -> None:
    """What `share` may say stands beside it."""
    (row,) = re.findall(r"^\| `share` \|.*$", CONFIGURATION, re.MULTILINE)
    assert key in row
