"""What is heard of a relay: a real Icecast, a real decoder, a private sound server."""

from __future__ import annotations

import contextlib
import http.server
import subprocess
import threading
import wave
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from needs import needs
from relay_source import (
    AFTER,
    BEFORE,
    INSTEAD,
    RELAYED,
    IcecastSource,
    runs,
    tone,
    tones,
    write_tones,
)
from sound_server import SINK, PrivateSoundServer

from broadcaster.clock import SystemClock
from broadcaster.model import PreparedProgramme, PreparedSegment, SegmentKind
from broadcaster.playout import Zone, Zones, open_output
from broadcaster.playout.relay.feed import RelayFeed
from broadcaster.playout.relay.leg import Leg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from icecast_server import IcecastServer

pytestmark = pytest.mark.integration
BEFORE_S, AFTER_S = 2, 2


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSoundServer]:
    with PrivateSoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


@dataclass
class Air:
    """A programme of two seconds, a relay, and two seconds, heard at the private sound server."""

    folder: Path
    pulse: PrivateSoundServer
    relay_s: float
    recording: Path | None = None
    """Where a second output writes what it plays, a second and a half later."""

    def play(self, *urls: str, events: dict[float, Callable[[], object]]) -> None:
        """Open the stream four seconds ahead; ``events`` happen so many seconds into the
        programme."""
        clock = SystemClock()
        start = clock.now() + timedelta(seconds=6)
        end_s = BEFORE_S + self.relay_s
        leg = Leg(name="vov1", urls=urls, first=BEFORE_S * 50, last=round(end_s * 50))
        self.feed = RelayFeed((leg,), clock, -16.0)
        self.feed.warm(start)
        output = open_output(f"pacat:{SINK}", clock=clock)
        all_zones = [Zone(output=output, programme=self.programme(), live=self.feed)]
        if self.recording:
            second = open_output(f"file:{self.recording}", clock=clock)
            all_zones.append(replace(all_zones[0], output=second, delay_ms=1_500))
        zones = Zones(all_zones, clock)
        zones.arm(at=start)
        due = sorted(events.items())
        while not zones.is_idle:
            zones.tick()
            if due and clock.now() >= start + timedelta(seconds=due[0][0]):
                due.pop(0)[1]()
            threading.Event().wait(0.02)
        threading.Event().wait(0.3)
        self.zones = zones
        self.starts_at = start.timestamp()
        heard = self.pulse.recording()
        until = start.timestamp() + end_s + AFTER_S
        self.heard = runs(tones(heard.between(start.timestamp(), until)))
        print(self.heard, self.feed.remark())

    def programme(self) -> PreparedProgramme:
        audio = self.folder / "chuong-trinh.wav"
        parts = (tone(BEFORE, BEFORE_S), tone(INSTEAD, self.relay_s), tone(AFTER, AFTER_S))
        write_tones(audio, *parts)
        end_s = BEFORE_S + self.relay_s
        relay = PreparedSegment(
            kind=SegmentKind.RELAY,
            title="VOV1",
            start_ms=BEFORE_S * 1000,
            end_ms=round(end_s * 1000),
            relay="vov1",
        )
        duration_ms = round((end_s + AFTER_S) * 1000)
        return PreparedProgramme(
            programme_id="c",
            title="c",
            duration_ms=duration_ms,
            audio=audio,
            segments=(relay,),
        )

    @property
    def order(self) -> list[int]:
        """The tones one after another."""
        return [hertz for hertz, _seconds in self.heard if hertz]

    def longest_silence(self) -> float:
        return max((seconds for hertz, seconds in self.heard if not hertz), default=0.0)

    def seconds(self, hertz: int) -> float:
        return sum(seconds for tone, seconds in self.heard if tone == hertz)

    def kinds(self) -> list[str]:
        return [str(part.kind) for part in self.zones.tracks[0].zone.aired.segments]


def address(icecast: IcecastServer, mount: str = "vov.mp3") -> str:
    return f"http://127.0.0.1:{icecast.port}/{mount}"


def test_a_server_that_dies_and_comes_back(
    tmp_path: Path, pulse: PrivateSoundServer, icecast: IcecastServer
) -> None:
    """The relay is heard between the prepared parts; when its server dies, music is heard without
    a gap, and the relay again when the server is back; it ends on time."""
    air = Air(tmp_path, pulse, relay_s=34)
    sources = [IcecastSource(icecast.port)]
    sources[0].__enter__()

    def back() -> None:
        icecast.start()
        sources.append(IcecastSource(icecast.port).__enter__())

    try:
        threading.Event().wait(1)
        air.play(address(icecast), events={6: icecast.kill, 15: back})
    finally:
        for source in sources:
            source.__exit__()
    order = air.order
    assert order[-5:] == [BEFORE, RELAYED, INSTEAD, RELAYED, AFTER] or order == [
        BEFORE,
        INSTEAD,
        RELAYED,
        INSTEAD,
        RELAYED,
        AFTER,
    ]
    assert air.longest_silence() < 1
    assert "relay-unreachable" in air.feed.remark()
    assert air.kinds()[-3:] == ["relay", "music", "relay"]
    span = onset(pulse, air, AFTER, after_s=34) - onset(pulse, air, BEFORE, after_s=-1)
    print(f"the part after the relay: {(span - 36) * 1000:+.0f} ms")
    assert abs(span - 36) < 0.05


def onset(pulse: PrivateSoundServer, air: Air, hertz: int, *, after_s: float) -> float:
    """When a tone is first heard, in seconds of the programme, to 10 ms."""
    first = air.starts_at + after_s
    steps = tones(pulse.recording().between(first, first + 5), step_s=0.01)
    return after_s + steps.index(hertz) * 0.01


def test_a_source_that_stalls(
    tmp_path: Path, pulse: PrivateSoundServer, icecast: IcecastServer
) -> None:
    """When no more sound comes over an open connection, music is heard without a gap, and the
    relay again when it comes."""
    air = Air(tmp_path, pulse, relay_s=30)
    with IcecastSource(icecast.port) as source:
        threading.Event().wait(1)
        air.play(address(icecast), events={4: source.stall, 11: source.go_on})
    order = air.order
    assert order[-5:] == [BEFORE, RELAYED, INSTEAD, RELAYED, AFTER] or order[-4:] == [
        RELAYED,
        INSTEAD,
        RELAYED,
        AFTER,
    ]
    assert air.longest_silence() < 1
    assert "[relay-" in air.feed.remark()


def test_a_source_that_falls_silent(
    tmp_path: Path, pulse: PrivateSoundServer, icecast: IcecastServer
) -> None:
    """A stream of silence is left before its silence is heard, and taken up again when it
    sounds."""
    air = Air(tmp_path, pulse, relay_s=30)
    with IcecastSource(icecast.port, silent=(12, 22)):
        threading.Event().wait(1)
        air.play(address(icecast), events={})
    order = air.order
    assert order[-4:] == [RELAYED, INSTEAD, RELAYED, AFTER]
    assert air.longest_silence() < 1
    assert "relay-silent" in air.feed.remark()


def test_hls_from_a_web_server(tmp_path: Path, pulse: PrivateSoundServer) -> None:
    """A stream in pieces (HLS) is relayed without a gap from its first sound to its end."""
    pieces = tmp_path / "hls"
    pieces.mkdir()
    with live_hls(pieces), web_server(pieces) as port:
        threading.Event().wait(8)
        air = Air(tmp_path, pulse, relay_s=16)
        air.play(f"http://127.0.0.1:{port}/live.m3u8", events={})
    assert air.seconds(RELAYED) > 12
    assert air.heard[-2:][0][0] == RELAYED
    assert air.longest_silence() < 1


def test_the_second_address(
    tmp_path: Path, pulse: PrivateSoundServer, icecast: IcecastServer
) -> None:
    """Where the first address answers 404, the second one is relayed."""
    air = Air(tmp_path, pulse, relay_s=12)
    with IcecastSource(icecast.port):
        threading.Event().wait(1)
        air.play(address(icecast, "khong-co.mp3"), address(icecast), events={})
    assert air.seconds(RELAYED) > 7
    assert air.heard[-1][0] == AFTER


def test_a_process_that_is_killed(
    tmp_path: Path, pulse: PrivateSoundServer, icecast: IcecastServer
) -> None:
    """When the relay's own process is killed, the prepared sound goes on, and a new process takes
    up the relay."""
    air = Air(tmp_path, pulse, relay_s=22)

    def kill() -> None:
        air.feed._run._child.kill()

    with IcecastSource(icecast.port):
        threading.Event().wait(1)
        air.play(address(icecast), events={6: kill})
    order = air.order
    assert order[-4:] == [RELAYED, INSTEAD, RELAYED, AFTER]
    assert air.longest_silence() < 1
    assert "relay-broke" in air.feed.remark() or "relay-late" in air.feed.remark()


def test_two_outputs_share_one_stream(
    tmp_path: Path, pulse: PrivateSoundServer, icecast: IcecastServer
) -> None:
    """A second output that sounds later relays the same sound; the server has one listener."""
    air = Air(tmp_path, pulse, relay_s=8, recording=tmp_path / "thu.wav")
    with IcecastSource(icecast.port):
        threading.Event().wait(1)
        air.play(address(icecast), events={})
    with wave.open(str(air.recording)) as file:
        recorded = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32_768
    second = runs(tones(recorded))
    assert [hertz for hertz, _seconds in second if hertz] == air.order
    assert air.seconds(RELAYED) > 6
    requests = (icecast.folder / "access.log").read_text().splitlines()
    decoders = [line for line in requests if "GET /vov.mp3" in line]
    assert len(decoders) <= 2  # the question before, and the decoder


@contextlib.contextmanager
def live_hls(folder: Path) -> Iterator[None]:
    """A live playlist that grows by two seconds at a time."""
    ffmpeg = subprocess.Popen(
        [
            *(needs("ffmpeg", "ffmpeg"), "-v", "error", "-nostdin", "-re"),
            *("-f", "lavfi", "-i", f"sine=frequency={RELAYED}:sample_rate=44100"),
            *("-c:a", "aac", "-b:a", "96k", "-f", "hls", "-hls_time", "2"),
            *("-hls_list_size", "6", str(folder / "live.m3u8")),
        ]
    )
    try:
        yield
    finally:
        ffmpeg.kill()
        ffmpeg.wait()


@contextlib.contextmanager
def web_server(folder: Path) -> Iterator[int]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments) -> None:
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *_words) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
