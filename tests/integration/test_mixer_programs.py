"""Volume and mute through ``pactl`` at a real sound server, and through a made-up ``amixer``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from needs import needs
from sound_server import SINK, PrivateSoundServer

from broadcaster.clock import SystemClock
from broadcaster.errors import OutputError
from broadcaster.playout import Level, mixer_of, open_output
from broadcaster.playout.mixer import AlsaMixer, AnyMixer, PulseMixer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    needs("pactl", "pulseaudio-utils")
    with PrivateSoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.mark.parametrize("sink", [SINK, ""])
def test_a_sink_is_read_and_set(server: PrivateSoundServer, sink: str) -> None:
    """Volume and mute of a sink, and of the server's default one, are read and set."""
    mixer = PulseMixer(sink)
    server.control("set-sink-volume", SINK, "40%")
    server.control("set-sink-mute", SINK, "1")
    assert mixer.look() == Level(40, muted=True)
    mixer.set(75)
    assert mixer.look() == Level(75, muted=False)


def test_a_sink_that_is_not_there(server: PrivateSoundServer) -> None:
    """A sink that nobody has plugged in is a sentence."""
    with pytest.raises(OutputError, match="khong-co"):
        PulseMixer("khong-co").look()


def test_the_language_of_the_machine_does_not_matter(
    server: PrivateSoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that speaks another language is read all the same."""
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de")
    assert PulseMixer(SINK).look().muted is False


CARD = """\
Simple mixer control 'PCM',0
  Capabilities: pvolume
  Playback channels: Front Left - Front Right
  Limits: Playback 0 - 255
  Front Left: Playback 255 [100%] [0.00dB]
  Front Right: Playback 255 [100%] [0.00dB]
Simple mixer control 'Speaker',0
  Capabilities: pvolume pswitch pswitch-joined
  Playback channels: Front Left - Front Right
  Limits: Playback 0 - 37
  Front Left: Playback 15 [VOLUME%] [-21.00dB] [SWITCH]
  Front Right: Playback 15 [VOLUME%] [-21.00dB] [SWITCH]
Simple mixer control 'Mic',0
  Capabilities: cvolume cvolume-joined cswitch
  Capture channels: Mono
  Limits: Capture 0 - 35
  Mono: Capture 30 [86%] [20.00dB] [on]
"""
AMIXER = """\
#!/bin/sh
cd "{folder}"
echo "$@" >> asked
sed "s/VOLUME/$(cat volume)/; s/SWITCH/$(cat switch)/" card > now
case "$*" in
  *"sset Speaker,0 unmute") echo on > switch;;
  *"sset Speaker,0 "*) echo "$*" | sed 's/.* \\([0-9]*\\)%/\\1/' > volume;;
  *scontents) cat now; exit 0;;
  *) echo "amixer: Mixer attach $* error: No such device" >&2; exit 1;;
esac
sed "s/VOLUME/$(cat volume)/; s/SWITCH/$(cat switch)/" card
"""


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a made-up amixer that remembers volume and switch of one card."""
    folder = tmp_path / "card"
    folder.mkdir()
    for name, text in {"card": CARD, "volume": "41\n", "switch": "off\n"}.items():
        (folder / name).write_text(text)
    program(folder, AMIXER.format(folder=folder))
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def program(folder: Path, script: str) -> None:
    (folder / "amixer").write_text(script)
    (folder / "amixer").chmod(0o755)


def test_a_card_is_read_and_set_by_its_name(card: Path) -> None:
    """The control that people know as the volume is read, set and turned on, on the named card."""
    mixer = AlsaMixer("plughw:CARD=USB,DEV=0")
    assert mixer.look() == Level(41, muted=True)
    mixer.set(80)
    assert mixer.look() == Level(80, muted=False)
    asked = (card / "asked").read_text().splitlines()
    assert all(line.startswith("-c USB ") for line in asked)
    assert "-c USB -M sset Speaker,0 80%" in asked


@pytest.mark.parametrize(
    "device, option",
    [
        ("", "-M"),
        ("hw:USB,0", "-c USB"),
        ("plughw:USB", "-c USB"),
        ("sysdefault:CARD=Loa", "-c Loa"),
        ("pulse", "-D pulse"),
    ],
)
def test_how_a_card_is_named(card: Path, device: str, option: str) -> None:
    """Whatever the device is called, its card is asked."""
    AlsaMixer(device).look()
    assert (card / "asked").read_text().startswith(option)


def test_a_muted_microphone_is_no_muted_loudspeaker(card: Path) -> None:
    """A control for both directions: only what goes out counts."""
    line = "  Front Left: Playback 31 [90%] [0.00dB] [on] Capture 0 [0%] [-15.00dB] [off]\n"
    (card / "card").write_text(f"Simple mixer control 'Master',0\n{line}")
    assert AlsaMixer("hw:USB").look() == Level(90, muted=False)


def test_a_card_without_a_volume(card: Path) -> None:
    """A card that has no volume of its own is a sentence with a cure."""
    (card / "card").write_text("Simple mixer control 'IEC958',0\n  Capabilities: pswitch\n")
    with pytest.raises(OutputError, match="no volume of its own"):
        AlsaMixer("hw:USB").look()


def test_an_amixer_that_fails_or_hangs_or_is_missing(
    card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What amixer complains of is told; one that hangs is left after two seconds; and none at all
    is a sentence too."""
    program(card, "#!/bin/sh\necho 'amixer: Invalid card number.' >&2\nexit 1\n")
    with pytest.raises(OutputError, match="Invalid card number"):
        AlsaMixer("hw:USB").look()
    program(card, "#!/bin/sh\nexec sleep 60\n")
    with pytest.raises(OutputError, match="does not answer"):
        AlsaMixer("hw:USB").look()
    program(card, "#!/bin/sh\nprintf '\\377\\376 Front: Playback [%%]'\n")
    with pytest.raises(OutputError, match="no volume of its own"):
        AlsaMixer("hw:USB").look()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(OutputError, match="amixer is missing"):
        AlsaMixer("hw:USB").look()


def test_auto_asks_the_card_where_no_server_answers(
    card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a sound server the card itself is asked, as the output “auto” plays there too."""
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere/native")
    mixer = mixer_of("auto")
    assert isinstance(mixer, AnyMixer)
    assert mixer.look() == Level(41, muted=True)
    mixer.set(70)
    assert mixer.look() == Level(70, muted=False)


LISTED = "List of PLAYBACK\ncard 0: PCH [HDA], device 0: A\ncard 1: USB [U], device 0: B\n"


@pytest.mark.parametrize(
    "listed, device, said",
    [
        (LISTED, "plughw:CARD=USB,DEV=0", ""),
        (LISTED, "hw:1", ""),
        (LISTED, "pulse", ""),
        (LISTED, "", ""),
        (
            LISTED,
            "plughw:CARD=Loa,DEV=0",
            "no sound card “Loa” → plug it in, or choose one of: PCH, USB",
        ),
        ("", "plughw:CARD=USB", "ALSA finds no sound card"),
        ("", "", "ALSA finds no sound card"),
    ],
)
def test_a_card_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: str, device: str, said: str
) -> None:
    """A card that was pulled out is named, with those that are there."""
    (tmp_path / "cards").write_text(listed)
    program = tmp_path / "aplay"
    program.write_text(f'#!/bin/sh\ncat "{tmp_path}/cards"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    trouble = open_output(f"aplay:{device}", clock=SystemClock()).check()
    assert said in trouble
    assert bool(said) == bool(trouble)
