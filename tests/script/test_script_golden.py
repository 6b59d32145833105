"""Golden lines: what an announcer says for what an editor writes, one file a family."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.script import read_text

GOLDEN = Path(__file__).parent / "golden"


def _lines() -> list[tuple[str, str]]:
    rows = [
        line.split("\t")
        for file in sorted(GOLDEN.glob("*.tsv"))
        if file.stem != "articles"  # lines of pages that stay or go, in a form of their own
        for line in file.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [(written, spoken) for written, spoken in rows]


@pytest.mark.parametrize(("written", "spoken"), _lines())
def test_golden(written: str, spoken: str) -> None:
    """Each golden line is read exactly as an announcer wrote it down."""
    reading = read_text(written.replace("\\n", "\n").replace("\\t", "\t"))
    assert (reading.spoken.replace("\n", " | ") or "∅") == spoken


def test_there_are_many_golden_lines() -> None:
    """At least eight hundred lines guard the reading, more than two hundred of them in pairs."""
    assert len(_lines()) >= 800
    pairs = (GOLDEN / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    assert len([line for line in pairs if not line.startswith("#")]) >= 250
