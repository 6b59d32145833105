"""The page on how a text is read tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from broadcaster.cli.explained import family_name
from broadcaster.script import load_lexicon, read_text
from broadcaster.script.rules import all_rules
from broadcaster.script.sentences import PAUSES_MS

PAGE = (Path(__file__).parents[2] / "docs" / "doc-the-nao.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| ([^|]+) \((\w+)\) \| `([^`]+)` \| (.+) \|$", PAGE, re.MULTILINE)
FAMILIES = {rule.name.partition(".")[0] for rule in all_rules()} | {"page", "repair"}
LEXICON = [line for line in PAGE.splitlines() if "\t" in line]


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize(("kind", "family", "written", "spoken"), EXAMPLES)
def test_each_example_is_read_so(kind: str, family: str, written: str, spoken: str) -> None:
    """Each example of the page is read as the page says, by a rule of the family it names."""
    reading = read_text(written)
    assert (reading.spoken or "∅") == spoken
    assert family in {change.rule.partition(".")[0] for change in reading.changes}
    assert kind == family_name(f"{family}.any")


def test_every_family_has_an_example() -> None:
    """Each family of rules of the program has an example in the page."""
    assert {family for _kind, family, _written, _spoken in EXAMPLES} == FAMILIES


def test_words_of_the_station_are_read_so(tmp_path: Path) -> None:
    """The lines for tu-dien.tsv in the page do what the page says."""
    table = tmp_path / "tu-dien.tsv"
    table.write_text("\n".join(LEXICON), encoding="utf-8")
    lexicon, problems = load_lexicon(table)
    assert problems == []
    for written, spoken in re.findall(r"`([^`]*\bNT\b[^`]*)` (?:được đọc )?là \"([^\"]+)\"", PAGE):
        assert read_text(written, lexicon=lexicon).spoken == spoken
    assert read_text("HTXQ", lexicon=lexicon).spoken == "hợp tác xã Quyết Thắng"


@pytest.mark.parametrize(
    ("written", "clear"),
    [("Đạt 42.269 điểm.", "Đạt 42,269 điểm."), ("Đạt 42.269 điểm.", "Đạt 42269 điểm.")],
)
def test_the_cure_cures(written: str, clear: str) -> None:
    """What the page says to write instead leaves no doubt."""
    assert read_text(written).problems
    assert read_text(clear).problems == ()


def test_pauses_are_as_told() -> None:
    """The pauses that the page tells are those that are made."""
    told = re.findall(r"^\| một (?:câu|mục|đoạn|đầu).*\| (0,\d+) giây \|$", PAGE, re.MULTILINE)
    assert [float(second.replace(",", ".")) * 1000 for second in told] == [*PAUSES_MS.values()]
