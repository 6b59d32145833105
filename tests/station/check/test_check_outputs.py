"""What the check and the doctor say of outputs, mixers and the amplifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_station import SETTINGS, WEEK, small_station

from broadcaster.errors import Severity
from broadcaster.station.check.check import check_station
from broadcaster.station.check.doctor import examine
from broadcaster.station.check.outputs import check_outputs
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.errors import Problem
    from broadcaster.station.folder import StationFolder


def station(root: Path, outputs: str, week: str = WEEK) -> StationFolder:
    return small_station(
        root / "dai", settings=SETTINGS.replace('output: "null"', outputs), week=week
    )


def problems(folder: StationFolder, **values) -> list[Problem]:
    config, told = load_config(folder)
    assert config is not None
    return [*told, *check_outputs(folder, config, (), **values)]


def test_several_good_outputs(tmp_path: Path) -> None:
    """Nothing is wrong with outputs that are written as they should be."""
    folder = station(tmp_path, 'outputs: {a: {to: pacat, volume: 80}, b: "file:b.wav"}')
    assert problems(folder) == []


@pytest.mark.parametrize(
    "outputs, code",
    [
        ("output: pulse", "unknown-output"),
        ("outputs: {a: auto, b: pulseaudio}", "unknown-output"),
        ("outputs: {a: 'icecast:127.0.0.1'}", "unusable-output"),
        ("outputs: {a: 'icecast:http://127.0.0.1:8000'}", "unusable-output"),
        ("outputs: {a: 'icecast:http://127.0.0.1:tám/a'}", "unusable-output"),
        ("outputs: {a: 'auto:x'}", "unusable-output"),
        ("outputs: {a: 'file:'}", "unusable-output"),
        ("outputs: {a: {to: 'file:a.wav', volume: 50}}", "no-mixer"),
        ("outputs: {a: {to: auto, password_file: mk}}", "missing-password-file"),
        ("output: aplay:hw:1", "numbered-card"),
        ("output: aplay:plughw:0,0", "numbered-card"),
        ("output: pacat:0", "numbered-card"),
        ("outputs: {a: pacat, b: {to: pacat, delay: 1s}}", "same-output"),
        ("outputs: {a: 'aplay:plughw:CARD=2,DEV=0'}", "numbered-card"),
    ],
)
def test_a_slip_in_an_output_is_told(tmp_path: Path, outputs: str, code: str) -> None:
    """Each mistake has a place in station.yaml and a code."""
    (found,) = problems(station(tmp_path, outputs))
    assert found.code == code
    assert found.where.line > 1


def test_a_card_by_number_gets_its_name(tmp_path: Path) -> None:
    """A card by its number is a warning that names the card as it will always be called."""
    (tmp_path / "asound/card1").mkdir(parents=True)
    (tmp_path / "asound/card1/id").write_text("USB\n")
    folder = station(tmp_path, "output: aplay:plughw:1,0")
    (found,) = problems(folder, cards=tmp_path / "asound")
    assert found.severity is Severity.WARNING
    assert found.hint == "write its name: aplay:plughw:CARD=USB"


def test_a_password_that_everybody_can_read(tmp_path: Path) -> None:
    """A password file that others can read is a warning with the command that mends it."""
    folder = station(tmp_path, "outputs: {a: {to: auto, password_file: mk}}")
    secret = folder.root / "mk"
    secret.write_text("bí mật")
    secret.chmod(0o644)
    (found,) = problems(folder)
    assert (found.code, found.hint) == ("open-password-file", "chmod 600 mk")
    assert "bí mật" not in str(found)
    secret.chmod(0o600)
    assert problems(folder) == []


def test_a_slot_that_names_a_stranger(tmp_path: Path) -> None:
    """A slot that names an output which the station does not have is told at its place."""
    week = WEEK.replace("programme: tin}", "programme: tin, outputs: [sna]}")
    folder = station(tmp_path, "outputs: {san: 'null'}", week)
    found = [p for p in check_station(folder) if p.code == "unknown-slot-output"]
    assert [(p.where.path.name, p.hint) for p in found] == [("tuan.yaml", "did you mean “san”?")]


def test_the_doctor_names_each_output(tmp_path: Path) -> None:
    """Each output has a line with its name; the broken one is red with its reason."""
    folder = station(tmp_path, "outputs: {a: 'null', b: 'icecast:x'}")
    told = [(f.ok, f.message) for f in examine(folder) if f.area == "output"]
    assert told == [
        (True, "a: sound goes out by null"),
        (False, "b: this is no address of an Icecast mount"),
    ]


def test_the_doctor_looks_for_the_amplifier(tmp_path: Path) -> None:
    """A program that is not there is red with its cure."""
    folder = station(tmp_path, 'output: "null"\namplifier: {on: sh -c x, off: khong-co-lenh}')
    told = [(f.ok, f.message) for f in examine(folder) if f.area == "amplifier"]
    assert told == [
        (True, "the amplifier is switched by sh"),
        (False, "khong-co-lenh is missing"),
    ]
