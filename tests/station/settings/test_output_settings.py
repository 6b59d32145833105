"""The outputs and the amplifier of station.yaml, as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.load import load_config
from broadcaster.station.settings.outputs import (
    AmplifierSettings,
    OutputSettings,
    amplifier_text,
    outputs_text,
)

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.settings.config import StationConfig


def read(root: Path, text: str) -> tuple[StationConfig, list[str]]:
    (root / "station.yaml").write_text(f"name: Đài\n{text}\n", encoding="utf-8")
    config, problems = load_config(StationFolder(root))
    assert config is not None
    assert all(problem.where.line > 1 for problem in problems)
    return config, [problem.code for problem in problems]


def test_one_output_has_no_name(tmp_path: Path) -> None:
    """A station with “output” has one output, and the log needs no name for it."""
    config, problems = read(tmp_path, "output: pacat:loa")
    assert problems == []
    assert config.all_outputs == (OutputSettings(to="pacat:loa"),)


def test_several_outputs_have_names(tmp_path: Path) -> None:
    """Each output has a name, and may have a volume, a delay, a profile and a password file."""
    config, problems = read(
        tmp_path,
        """
outputs:
  tru-so: {to: "aplay:plughw:CARD=USB", volume: 80%}
  san: pacat:san
  loa-ip:
    to: "icecast:http://source@127.0.0.1:8000/xa.mp3"
    password_file: .broadcaster/icecast.mk
    delay: 500ms
    profile: loa
""",
    )
    assert problems == []
    assert config.all_outputs == (
        OutputSettings(name="tru-so", to="aplay:plughw:CARD=USB", volume=80),
        OutputSettings(name="san", to="pacat:san"),
        OutputSettings(
            name="loa-ip",
            to="icecast:http://source@127.0.0.1:8000/xa.mp3",
            password_file=".broadcaster/icecast.mk",
            delay_ms=500,
            profile="loa",
        ),
    )


def test_the_profile_of_the_station_is_none_of_an_output(tmp_path: Path) -> None:
    """An output that names the station's own profile airs the common sound."""
    config, _problems = read(
        tmp_path,
        "profile: loa\noutputs: {a: {to: auto, profile: loa}, b: {to: auto, profile: flat}}",
    )
    assert [output.profile for output in config.all_outputs] == ["", "flat"]


def test_a_password_in_the_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    """A password in station.yaml is a problem, and no sentence shows it."""
    config, problems = read(
        tmp_path, "outputs: {loa: {to: 'icecast:http://source:hackme@127.0.0.1:8000/a'}, b: auto}"
    )
    assert problems == ["password-in-settings"]
    assert [output.name for output in config.all_outputs] == ["b"]
    _config, told = load_config(StationFolder(tmp_path))
    assert "hackme" not in str(told[0])
    assert "hackme" not in repr(config)


def test_a_password_in_the_one_output_is_refused_too(tmp_path: Path) -> None:
    """The short form is no way around it."""
    config, problems = read(tmp_path, "output: 'icecast:http://source:hackme@127.0.0.1:8000/a'")
    assert problems == ["password-in-settings"]
    assert config.output == "auto"


def test_output_and_outputs_together_are_told(tmp_path: Path) -> None:
    """With both keys the list of outputs counts, and somebody is told."""
    config, problems = read(tmp_path, "output: pacat\noutputs: {loa: auto}")
    assert problems == ["output-twice"]
    assert [output.name for output in config.all_outputs] == ["loa"]


@pytest.mark.parametrize(
    "text, code",
    [
        ("outputs: {loa: {volume: 20}}", "missing-key"),
        ("outputs: {loa: {to: auto, volume: 120}}", "bad-volume"),
        ("outputs: {loa: {to: auto, delay: -1s}}", "bad-delay"),
        ("outputs: {loa: {to: auto, tre: 1s}}", "unknown-key"),
        ("outputs: {loa: {to: auto, profile: to}}", "unknown-value"),
        ("outputs: {loa một: auto}", "bad-id"),
        ("outputs: [auto, pacat]", "bad-outputs"),
        ("outputs: auto", "bad-outputs"),
        ("outputs: {loa: [auto]}", "not-a-mapping"),
        ("amplifier: {on: bật}", "missing-key"),
        ("amplifier: {on: 'bật \"', off: tắt}", "bad-command"),
        ("amplifier: {on: [], off: tắt}", "bad-command"),
        ("amplifier: {on: a, off: b, before: 1h}", "bad-duration"),
        ("amplifier: bật", "not-a-mapping"),
    ],
)
def test_a_slip_is_told_and_costs_that_line_only(tmp_path: Path, text: str, code: str) -> None:
    """A mistake is told with its place, and the station still has an output."""
    config, problems = read(tmp_path, text)
    assert problems[0] == code
    assert config.all_outputs


def test_an_amplifier_is_a_program_with_arguments(tmp_path: Path) -> None:
    """A command is split into words and no shell sees it."""
    config, problems = read(
        tmp_path,
        "amplifier: {on: \"gpioset chip0 '17=1; rm x'\", off: [gpioset, chip0, 17=0], after: 1m}",
    )
    assert problems == []
    assert config.amplifier == AmplifierSettings(
        on=("gpioset", "chip0", "17=1; rm x"),
        off=("gpioset", "chip0", "17=0"),
        before_ms=10_000,
        after_ms=60_000,
    )


def test_what_is_shown_can_be_written(tmp_path: Path) -> None:
    """“broadcaster config” shows outputs and amplifier as lines that mean the same again."""
    outputs = (
        OutputSettings(name="a", to="aplay:plughw:CARD=USB", volume=0, delay_ms=1500),
        OutputSettings(name="b", to="pacat", profile="loa", password_file=".broadcaster/mật khẩu"),
    )
    amplifier = AmplifierSettings(on=("a", "b c"), off=("x",), before_ms=0, after_ms=90_000)
    text = f"outputs: {outputs_text(outputs)}\namplifier: {amplifier_text(amplifier)}"
    config, problems = read(tmp_path, text)
    assert problems == []
    assert (config.outputs, config.amplifier) == (outputs, amplifier)
    assert (
        read(tmp_path, f"outputs: {outputs_text(())}\namplifier: {amplifier_text(None)}")[1] == []
    )
