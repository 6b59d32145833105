"""Every sentence of this room has its Vietnamese."""

from __future__ import annotations

from gettext import gettext
from pathlib import Path
from string import Formatter

from babel.messages.extract import extract_from_dir

from broadcaster import speech


def _placeholders(sentence: str) -> set[str]:
    return {field for _text, field, _spec, _conversion in Formatter().parse(sentence) if field}


def test_no_sentence_about_voices_stays_english(vietnamese: None):
    """An operator never meets an English sentence about voices, nor a lost placeholder."""
    room = Path(speech.__file__).parent
    sentences = {found[2] for found in extract_from_dir(room, keywords={"_": None})}
    assert len(sentences) > 30
    for sentence in sentences:
        assert gettext(sentence) != sentence
        assert _placeholders(gettext(sentence)) == _placeholders(sentence)
