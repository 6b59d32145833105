"""Installed voices: what gets in, what stays out, and that nothing half is ever there."""

from __future__ import annotations

import io
import json
import os
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcaster.errors import SpeechError
from broadcaster.speech.engines.piper import PiperSynthesizer
from broadcaster.speech.shelf.install import install
from broadcaster.speech.shelf.installed import (
    NAME,
    card_of,
    fault_of,
    installed_names,
    remove,
    sha256_of,
    sweep,
)
from broadcaster.speech.shelf.settings import name_of, read_settings
from broadcaster.speech.shelf.unpack import LARGEST_MODEL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TITLE = "vi_VN-mau-medium"
GOOD = {
    "audio": {"sample_rate": 22050},
    "espeak": {"voice": "vi"},
    "language": {"code": "vi_VN"},
    "num_speakers": 1,
    "num_symbols": 256,
    "phoneme_id_map": {"a": [1]},
    "phoneme_type": "espeak",
}
MODEL = b"not a model, but the proof is a fake here"


def published(folder: Path, *, title: str = TITLE, settings: object = GOOD) -> Path:
    """A model and its settings as one finds them; the model's path."""
    folder.mkdir(exist_ok=True)
    (folder / f"{title}.onnx").write_bytes(MODEL)
    if settings is not None:
        text = settings if isinstance(settings, str) else json.dumps(settings)
        (folder / f"{title}.onnx.json").write_text(text)
    return folder / f"{title}.onnx"


def speaks(_folder: Path) -> float:
    return 104.25


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "voices"


def test_a_voice_is_installed_from_two_files(tmp_path: Path, shelf: Path):
    """The model with its settings beside it: it is listed, with its card."""
    card = install(str(published(tmp_path / "usb")), shelf, prove=speaks)
    assert (card.name, card.title, card.language) == ("mau", TITLE, "vi_VN")
    assert (card.sample_rate, card.pace, card.size) == (22050, 104.2, len(MODEL))
    assert installed_names(shelf) == ["mau"]
    assert card_of(shelf, "mau") == card
    assert fault_of(shelf, "mau") is None
    assert sorted(path.name for path in shelf.iterdir()) == ["mau"]


def test_the_model_is_proven_before_anybody_can_see_it(tmp_path: Path, shelf: Path):
    """A voice that does not speak is not there, and leaves nothing behind."""

    def silent(folder: Path) -> float:
        assert installed_names(shelf) == []
        assert (folder / "voice.onnx").read_bytes() == MODEL
        raise SpeechError("it says nothing")

    with pytest.raises(SpeechError, match="says nothing"):
        install(str(published(tmp_path / "usb")), shelf, prove=silent)
    assert list(shelf.iterdir()) == []


def _zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def _tarred(path: Path, members: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


BOTH = {
    f"piper/{TITLE}.onnx": MODEL,
    f"piper/{TITLE}.onnx.json": json.dumps(GOOD).encode(),
    "piper/MODEL_CARD": b"about it",
}


@pytest.mark.parametrize("pack", [_zipped, _tarred, lambda *a: _tarred(*a, mode="w")])
def test_a_voice_is_installed_from_an_archive(tmp_path: Path, shelf: Path, pack: Callable):
    """A ZIP or a TAR with both files, in whatever folder of it."""
    card = install(str(pack(tmp_path / "voice.bin", BOTH)), shelf, prove=speaks)
    assert (card.name, card.title) == ("mau", TITLE)
    assert fault_of(shelf, "mau") is None


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"README": b"nothing here"}, "holds 0 voices"),
        ({"a.onnx": b"1", "b.onnx": b"2"}, "holds 2 voices"),
        ({"a.onnx": b"1"}, "a.onnx.json is missing"),
        ({"a.onnx": b"1", "b.onnx.json": b"{}"}, "a.onnx.json is missing"),
        ({"a.onnx": b"1", "a.onnx.json": b" " * 1_000_001}, "larger than 1 MB"),
    ],
)
@pytest.mark.parametrize("pack", [_zipped, _tarred])
def test_an_archive_without_one_whole_voice_is_refused(
    tmp_path: Path, shelf: Path, members: dict[str, bytes], said: str, pack: Callable
):
    """No voice, two voices, or half a voice in an archive is said."""
    with pytest.raises(SpeechError, match=said):
        install(str(pack(tmp_path / "x.bin", members)), shelf, prove=speaks)
    assert list(shelf.iterdir()) == []


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, shelf: Path):
    """A small archive that says it holds more than any voice has: nothing is written."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.onnx.json", json.dumps(GOOD))
        with archive.open("a.onnx", "w", force_zip64=True) as model:
            for _block in range(LARGEST_MODEL // 1_000_000 + 1):
                model.write(bytes(1_000_000))
    assert path.stat().st_size < 2_000_000
    with pytest.raises(SpeechError, match="larger than 500 MB"):
        install(str(path), shelf, prove=speaks)
    assert list(shelf.iterdir()) == []


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path, shelf: Path):
    """What is written is counted, whatever the archive says: no more than it said comes out."""
    path = _zipped(tmp_path / "bomb.zip", {**BOTH, f"piper/{TITLE}.onnx": bytes(5_000_000)})
    data = path.read_bytes()
    path.write_bytes(data.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(SpeechError, match="cannot be unpacked"):
        install(str(path), shelf, prove=speaks)
    assert list(shelf.iterdir()) == []


def test_names_in_an_archive_lead_nowhere(tmp_path: Path, shelf: Path):
    """“../” and links in an archive put nothing outside the voice's own folder."""
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as archive:
        for name, data in {
            f"../../{TITLE}.onnx": MODEL,
            f"/etc/{TITLE}.onnx.json": json.dumps(GOOD).encode(),
        }.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("b.onnx")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    before = set(tmp_path.parent.iterdir())
    assert install(str(path), shelf, prove=speaks).name == "mau"
    assert set(tmp_path.parent.iterdir()) == before
    assert sorted(p.name for p in (shelf / "mau").iterdir()) == [
        "card.json",
        "voice.onnx",
        "voice.onnx.json",
    ]


@pytest.mark.parametrize("kept", [0, 1, 100, 300])
def test_an_archive_cut_short_is_refused(tmp_path: Path, shelf: Path, kept: int):
    """Half an archive is told, whatever half."""
    path = _tarred(tmp_path / "voice.tgz", {**BOTH, "noise": os.urandom(5000)})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(SpeechError):
        install(str(path), shelf, prove=speaks)
    assert list(shelf.iterdir()) == []


def test_a_file_is_compared_with_its_checksum(tmp_path: Path, shelf: Path):
    """The right checksum is accepted in any case; a wrong one is refused, with the real one."""
    path = published(tmp_path / "usb")
    found = sha256_of(path)
    with pytest.raises(SpeechError, match=found):
        install(str(path), shelf, prove=speaks, sha256="0" * 64)
    assert installed_names(shelf) == []
    install(str(path), shelf, prove=speaks, sha256=f" {found.upper()} ")
    assert installed_names(shelf) == ["mau"]


def test_the_same_voice_again_stays_as_it_is(tmp_path: Path, shelf: Path):
    """Installing twice is no error, and the second time nothing is proven."""
    path = published(tmp_path / "usb")
    first = install(str(path), shelf, prove=speaks)

    def never(_folder: Path) -> float:
        raise AssertionError

    assert install(str(path), shelf, prove=never) == first


def test_another_voice_of_that_name_is_refused(tmp_path: Path, shelf: Path):
    """What the station speaks with is not exchanged by accident."""
    path = published(tmp_path / "usb")
    install(str(path), shelf, prove=speaks)
    path.write_bytes(MODEL + b"!")
    with pytest.raises(SpeechError, match="another voice “mau”") as caught:
        install(str(path), shelf, prove=speaks)
    assert "voices remove mau" in caught.value.hint
    assert (shelf / "mau/voice.onnx").read_bytes() == MODEL


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (None, "onnx.json is missing"),
        ("<html>", "no JSON"),
        ("[]", "no JSON object"),
        ({**GOOD, "audio": {}}, "sample rate"),
        ({**GOOD, "audio": {"sample_rate": 1}}, "sample rate"),
        ({**GOOD, "audio": [22050]}, "sample rate"),
        ({**GOOD, "phoneme_type": "pinyin"}, "phonemes are “pinyin”"),
        ({**GOOD, "phoneme_type": ["espeak"]}, "phonemes are"),
        ({**GOOD, "espeak": {}}, "no language"),
        ({**GOOD, "phoneme_id_map": {}}, "lists no phonemes"),
        ({**GOOD, "num_speakers": None}, "lists no phonemes"),
    ],
)
def test_settings_that_make_no_voice_are_told(
    tmp_path: Path, shelf: Path, settings: object, said: str
):
    """A model without its settings, or with those of something else, is refused with the reason."""
    with pytest.raises(SpeechError, match=said):
        install(str(published(tmp_path / "usb", settings=settings)), shelf, prove=speaks)
    assert list(shelf.iterdir()) == []


@given(st.text(max_size=60))
def test_any_settings_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str):
    """Whatever stands in a settings file, it is a voice's settings or a sentence."""
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(SpeechError, match="does not belong to a Piper voice"):
        read_settings(path, shown_as="any.json")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("vi_VN-vais1000-medium", "vais1000"),
        ("vi_VN-25hours_single-low", "25hours-single"),
        ("en_US-joe-medium", "joe"),
        ("Giong xa Mau", "giong-xa-mau"),
        ("vi-VIVOS", "vi-vivos"),
    ],
)
def test_a_voice_is_named_after_its_file(title: str, name: str):
    """The name in the middle of a published voice's title, or the title in plain letters."""
    assert name_of(title) == name
    assert NAME.fullmatch(name)


@pytest.mark.parametrize("title", ["vi", "…", "---"])
def test_a_file_that_gives_no_name_is_refused(tmp_path: Path, shelf: Path, title: str):
    """A voice must not be called “vi”, which stands for the usual one, nor nothing at all."""
    with pytest.raises(SpeechError, match="no name for a voice"):
        install(str(published(tmp_path / "usb", title=title)), shelf, prove=speaks)


@pytest.mark.parametrize("source", ["nothing.onnx", "."])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, shelf: Path, source: str):
    """A slip in the path is a sentence."""
    with pytest.raises(SpeechError, match="there is no file"):
        install(str(tmp_path / source), shelf, prove=speaks)


def test_a_voice_is_removed(tmp_path: Path, shelf: Path):
    """It is gone, with its files; a second time there is nothing to remove."""
    install(str(published(tmp_path / "usb")), shelf, prove=speaks)
    with pytest.raises(SpeechError, match="no voice “may”") as caught:
        remove(shelf, "may")
    assert caught.value.hint == "did you mean “mau”?"
    remove(shelf, "mau")
    assert list(shelf.iterdir()) == []
    with pytest.raises(SpeechError, match="no voice “mau”"):
        remove(shelf, "mau")


def test_what_a_kill_left_behind_is_swept_away(tmp_path: Path, shelf: Path):
    """Half an installation is never listed, and goes with the next one; one that runs stays."""
    gone, running = shelf / ".new-99999999-abc", shelf / f".new-{os.getppid()}-abc"
    for folder in (gone, running):
        (folder / "voice").mkdir(parents=True)
    assert installed_names(shelf) == []
    sweep(shelf)
    assert not gone.exists()
    assert running.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "voice.onnx").write_bytes(MODEL[:-1] + b"?"),
        lambda folder: (folder / "voice.onnx").unlink(),
        lambda folder: (folder / "voice.onnx.json").unlink(),
        lambda folder: (folder / "card.json").write_text("{"),
        lambda folder: (folder / "card.json").write_text('{"name": 1}'),
        lambda folder: (folder / "card.json").write_text(
            (folder / "card.json").read_text().replace('"vi_VN"', "null")
        ),
    ],
)
def test_a_damaged_voice_is_a_row_with_its_reason(tmp_path: Path, shelf: Path, damage: Callable):
    """A changed or lost file is seen before the voice is asked; nothing crashes."""
    install(str(published(tmp_path / "usb")), shelf, prove=speaks)
    damage(shelf / "mau")
    engine = PiperSynthesizer()
    engine.look_in(shelf)
    status = engine.status()
    assert not status.available
    assert "damaged" in status.broken["mau"] or "no voice" in status.broken["mau"]
    assert "voices" in status.broken["mau"]
    assert engine.pace_of("mau") in {100.0, 104.2}
    engine.revision_of("mau")
    engine.is_vietnamese("mau")


def test_piper_alone_means_the_first_vietnamese_voice(tmp_path: Path, shelf: Path):
    """`piper` in station.yaml is the Vietnamese voice that is installed, not the foreign one."""
    foreign = {**GOOD, "language": {"code": "en_US"}}
    install(str(published(tmp_path / "usb", title="abc", settings=foreign)), shelf, prove=speaks)
    engine = PiperSynthesizer()
    engine.look_in(shelf)
    assert engine.pace_of("vi") == 100.0
    with pytest.raises(SpeechError, match=r"no Vietnamese voice of Piper|not installed"):
        engine.speak("Xin chào.", "vi")
    install(str(published(tmp_path / "usb")), shelf, prove=speaks)
    assert engine.voices() == ("mau", "abc")
    assert engine.pace_of("vi") == 104.2
    assert engine.revision_of("vi") == engine.revision_of("mau") != "missing"
    assert engine.is_vietnamese("vi")
    assert not engine.is_vietnamese("abc")


def test_without_a_station_piper_has_no_voice():
    """Outside of a station folder there is nothing installed, and that is no error."""
    engine = PiperSynthesizer()
    assert engine.voices() == ()
    assert not engine.status().available
