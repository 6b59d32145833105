"""A sound that is used again is the one that this station made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadcaster.sound.seal import Seal

if TYPE_CHECKING:
    from pathlib import Path

SEAL = Seal(b"khoa cua dai")


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "a.wav"
    path.write_bytes(b"tieng cua dai")
    SEAL.stamp(path)
    return path


def test_what_was_sealed_is_known_again(clip: Path) -> None:
    """Untouched, it is used."""
    assert SEAL.holds(clip)


def test_an_exchanged_sound_is_not_ours(clip: Path) -> None:
    """Another sound of the same size under the same name is not used."""
    clip.write_bytes(b"tieng nguoi l")
    assert not SEAL.holds(clip)


def test_a_seal_of_another_sound_does_not_fit(clip: Path, tmp_path: Path) -> None:
    """A sound and its seal, moved together under the name of another, are not used."""
    moved = tmp_path / "b.wav"
    moved.write_bytes(clip.read_bytes())
    moved.with_suffix(".seal").write_bytes(clip.with_suffix(".seal").read_bytes())
    assert not SEAL.holds(moved)


def test_only_the_station_can_seal(clip: Path) -> None:
    """A sound that somebody sealed without the key of the station is not used."""
    Seal(b"khoa khac").stamp(clip)
    assert not SEAL.holds(clip)


@pytest.mark.parametrize("missing", [".wav", ".seal"])
def test_half_of_it_is_nothing(clip: Path, missing: str) -> None:
    """A sound without its seal, and a seal without its sound, are not used."""
    clip.with_suffix(missing).unlink()
    assert not SEAL.holds(clip)
