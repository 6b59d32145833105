"""Cutting a sentence into phrases for a service with a limit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.speech.phrases import MOST_CHARACTERS, split_phrases
from broadcaster.speech.synthesizer import has_words

_words = st.text(alphabet="aăâbcđeêghiklmnoôơpqrstuưvxyáàảãạ,.;:!?–…", min_size=1, max_size=12)
_texts = st.lists(_words, max_size=80).map(" ".join)


@given(st.text(max_size=400), st.integers(min_value=1, max_value=120))
def test_no_phrase_is_longer_than_the_limit(text: str, most: int):
    """Whatever the text, the service never has to cut by itself."""
    assert all(len(phrase.text) <= most for phrase in split_phrases(text, most=most))


@given(_texts)
def test_every_word_is_spoken_once_and_in_order(text: str):
    """The phrases together are the text; only stretches without a word are missing."""
    spoken = " ".join(phrase.text for phrase in split_phrases(text)).split()
    assert [w for w in spoken if has_words(w)] == [w for w in text.split() if has_words(w)]


@given(_texts)
def test_every_phrase_has_something_to_say(text: str):
    """No request is made for punctuation alone."""
    assert all(has_words(phrase.text) for phrase in split_phrases(text))


@given(_texts)
def test_no_phrase_could_have_taken_the_next_one_too(text: str):
    """No more requests than needed: two neighbours never fit into one, but at a breath."""
    phrases = split_phrases(text)
    for left, right in pairwise(phrases):
        whole = f"{left.text} {right.text}"
        assert len(whole) > MOST_CHARACTERS or left.text[-1] in ",.;:!?–…"


def test_a_short_sentence_stays_whole():
    """A sentence within the limit is one phrase, commas and all."""
    (phrase,) = split_phrases("Kính thưa bà con, mời bà con đón nghe.")
    assert phrase.text == "Kính thưa bà con, mời bà con đón nghe."


def test_the_cut_is_at_the_last_comma_in_reach():
    """A longer sentence is cut where an announcer breathes."""
    text = "Sáng mai trạm y tế tiêm phòng, bà con đưa trẻ đến đúng giờ, nhớ mang sổ tiêm chủng"
    first, second = split_phrases(text, most=70)
    assert first.text == "Sáng mai trạm y tế tiêm phòng, bà con đưa trẻ đến đúng giờ,"
    assert second.text == "nhớ mang sổ tiêm chủng"


@pytest.mark.parametrize(("end", "pause_ms"), [(".", 350), (";", 220), (",", 150), ("", 30)])
def test_the_pause_follows_the_punctuation(end: str, pause_ms: int):
    """A full stop is a longer breath than a comma; between words there is hardly any."""
    first, _second = split_phrases(f"một hai{end} ba bốn năm", most=10)
    assert first.pause_after_ms == pause_ms


@pytest.mark.parametrize("text", ["", "   ", "…", "- – —", "?!." * 90])
def test_punctuation_alone_gives_no_phrase(text: str):
    """Nothing is sent for a text without a word."""
    assert split_phrases(text) == ()


def test_a_word_longer_than_the_limit_is_cut():
    """A word without end is still spoken, in parts."""
    assert [p.text for p in split_phrases("a" * 250)] == ["a" * 99, "a" * 99, "a" * 52]
