"""The respelling table against espeak-ng itself."""

from __future__ import annotations

import subprocess

import pytest
from needs import needs

from broadcaster.speech.handoff import respellings

WORDS = ("Zalo", "Facebook", "website", "online", "wifi", "Google", "YouTube", "TikTok", "app")


def _phonemes(text: str) -> str:
    program = ["espeak-ng", "-v", "vi", "-q", "-x", "--", text]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


@pytest.mark.integration
def test_no_respelling_leaves_vietnamese() -> None:
    """espeak-ng says every row of its table in Vietnamese, never by its English voice."""
    needs("espeak-ng", "espeak-ng")
    lines = list(respellings("espeak").values())
    english = [line for line, said in zip(lines, _each(lines), strict=True) if "(en)" in said]
    assert english == []


@pytest.mark.integration
def test_the_table_is_needed() -> None:
    """Without the table, espeak-ng says these words in English or letter by letter."""
    needs("espeak-ng", "espeak-ng")
    for word in WORDS:
        said = _phonemes(word)
        assert "(en)" in said or said.count("_") > 4, said


def _each(lines: list[str]) -> list[str]:
    """The phonemes of each line: a full stop ends a clause, and a clause is a line."""
    return _phonemes(".\n".join(lines) + ".").strip().splitlines()
