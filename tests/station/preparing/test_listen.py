"""A bulletin is made to be listened to, with the moment of each sentence."""

from __future__ import annotations

import pytest
from small_station import bulletin, small_station, worker

from broadcaster.station.content.content import load_content
from broadcaster.station.preparing.listen import heard_of, make_to_listen
from broadcaster.station.settings.load import load_config

TEXT = "---\ntitle: Họp\ndraft: true\n---\nMời bà con họp. Họp lúc bảy giờ.\n"


@pytest.fixture
def folder(tmp_path):
    folder = small_station(tmp_path / "dai")
    bulletin(folder, "02-hai", TEXT)
    return folder


def _made(folder):
    preparer = worker(folder)
    return make_to_listen(preparer, preparer.assembler.content.bulletins["02-hai"])


def _kept(folder):
    config, _problems = load_config(folder)
    return heard_of(folder, load_content(folder, config).bulletins["02-hai"])


def test_a_draft_is_heard_sentence_by_sentence(folder):
    """Each sentence has its beginning and its end in the sound, one after another."""
    heard = _made(folder)
    assert [mark.spoken for mark in heard.marks] == ["Mời bà con họp.", "Họp lúc bảy giờ."]
    first, second = heard.marks
    assert 0 <= first.start_ms < first.end_ms <= second.start_ms < second.end_ms
    assert second.end_ms <= heard.duration_ms
    assert _kept(folder).marks == heard.marks


def test_only_what_is_new_is_spoken_again(folder):
    """After one sentence was changed, one is spoken; what was heard is of the old text."""
    assert _made(folder).new_sentences == 2
    bulletin(folder, "02-hai", TEXT.replace("bảy", "tám"))
    assert _kept(folder) is None
    assert _made(folder).new_sentences == 1
