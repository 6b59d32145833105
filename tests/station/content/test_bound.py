"""Recordings that belong to a bulletin by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcaster.errors import Where
from broadcaster.model import Bulletin, Priority
from broadcaster.station.content.bound import bind_recordings

TEXT = Bulletin(
    id="05-hop-thon",
    title="Họp thôn",
    text="Tối nay họp thôn.",
    where=Where(Path("05-hop-thon.txt"), 4, 1),
    sha256="ab" * 32,
    kind="thông báo",
    topic="cchc",
    approved_by="Chủ tịch",
    priority=Priority.PRIORITY,
)


def bound(tmp_path: Path, *names: str, bulletins: tuple[Bulletin, ...] = (TEXT,)):
    """The bulletins, and the codes of problems, with files of these names."""
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.write_bytes(path.name.encode())
    found, problems = bind_recordings({b.id: b for b in bulletins}, paths)
    return found, [problem.code for problem in problems]


def test_a_recording_in_another_language_is_a_bulletin_of_its_own(tmp_path):
    """05-hop-thon.raglai.m4a airs wherever Raglai is wanted, under the same rules as its text."""
    found, problems = bound(tmp_path, "05-hop-thon.raglai.m4a")
    assert problems == []
    assert found["05-hop-thon"] == TEXT
    spoken = found["05-hop-thon.raglai"]
    assert (spoken.language, spoken.recording) == ("raglai", "05-hop-thon.raglai.m4a")
    for name in ("title", "topic", "kind", "priority", "approved_by", "valid_until", "where"):
        assert getattr(spoken, name) == getattr(TEXT, name)


def test_a_recording_in_vietnamese_is_heard_instead_of_a_voice(tmp_path):
    """05-hop-thon.vi.wav is bulletin 05-hop-thon, read by a person."""
    found, _problems = bound(tmp_path, "05-hop-thon.vi.wav")
    assert [*found] == ["05-hop-thon"]
    assert found["05-hop-thon"].recording == "05-hop-thon.vi.wav"


def test_several_languages_stand_side_by_side(tmp_path):
    """One notice may be recorded in as many languages as the commune speaks."""
    names = [f"05-hop-thon.{language}.ogg" for language in ("vi", "cham", "xê-đăng", "Jrai")]
    found, problems = bound(tmp_path, *names)
    languages = {bulletin.language for bulletin in found.values()}
    assert (languages, problems) == ({"vi", "cham", "xê-đăng", "jrai"}, [])


@pytest.mark.parametrize("changed", ["text", "sound"])
def test_a_changed_text_or_sound_is_another_version(tmp_path, changed):
    """The log can tell which text and which sound were aired together."""
    before = bound(tmp_path, "05-hop-thon.cham.mp3")[0]["05-hop-thon.cham"]
    if changed == "text":
        other = Bulletin(id=TEXT.id, title="", text="", where=Where(), sha256="cd" * 32)
        after = bound(tmp_path, "05-hop-thon.cham.mp3", bulletins=(other,))[0]
    else:
        path = tmp_path / "05-hop-thon.cham.mp3"
        path.write_bytes(b"another sound")
        after, _problems = bind_recordings({TEXT.id: TEXT}, [path])
    assert after["05-hop-thon.cham"].sha256 != before.sha256


def test_a_text_in_that_language_gets_the_sound(tmp_path):
    """05-hop-thon.cham.txt, the words in Chăm, and 05-hop-thon.cham.mp3 are one bulletin."""
    words = Bulletin(
        id="05-hop-thon.cham", title="", text="…", where=Where(), sha256="", language="cham"
    )
    found, problems = bound(tmp_path, "05-hop-thon.cham.mp3", bulletins=(TEXT, words))
    assert len(found) == 2
    assert found["05-hop-thon.cham"].recording == "05-hop-thon.cham.mp3"
    assert found["05-hop-thon.cham"].text == "…"
    assert problems == []


def test_a_recording_without_its_bulletin_is_told(tmp_path):
    """A slip of the pen in the name is told with the nearest bulletin, and where it stands."""
    paths = [tmp_path / "05-hop-thom.raglai.m4a"]
    found, (problem,) = bind_recordings({TEXT.id: TEXT}, paths)
    assert [*found] == [TEXT.id]
    assert problem.code == "recording-without-bulletin"
    assert "05-hop-thon" in problem.hint
    assert problem.where.path == paths[0]


@pytest.mark.parametrize(
    "name", ["nhac.mp3", "nhac.2.mp3", "nhac.moi.mp3", ".raglai.mp3", "tin.v2.wav", "a.b c.wav"]
)
def test_other_names_with_dots_are_no_recordings_of_bulletins(tmp_path, name):
    """Music and jingles may have dots in their names; nobody is told anything about them."""
    assert bound(tmp_path, name) == ({TEXT.id: TEXT}, [])


def test_of_two_recordings_one_is_used_and_the_other_is_told(tmp_path):
    """Whoever records a notice again under another ending learns which one is heard."""
    found, problems = bound(tmp_path, "05-hop-thon.ede.wav", "05-hop-thon.ede.m4a")
    assert found["05-hop-thon.ede"].recording == "05-hop-thon.ede.wav"
    assert problems == ["recording-unused"]


def test_what_a_bulletin_asks_for_by_name_is_its_own(tmp_path):
    """`recording:` in a bulletin goes before the name of the file."""
    own = Bulletin(
        id="06", title="", text="", where=Where(), sha256="", recording="05-hop-thon.cham.mp3"
    )
    found, problems = bound(tmp_path, "05-hop-thon.cham.mp3", bulletins=(TEXT, own))
    assert ([*found], problems) == (["05-hop-thon", "06"], [])


def test_a_recording_that_cannot_be_read_is_bound_all_the_same(tmp_path):
    """An empty file has its place, so that the check names it where it is looked for."""
    path = tmp_path / "05-hop-thon.cham.mp3"
    path.touch()
    found, problems = bind_recordings({TEXT.id: TEXT}, [path])
    assert found["05-hop-thon.cham"].recording == path.name
    assert problems == []
