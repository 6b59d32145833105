"""What a speaker on the network hears: a real Icecast server and a listener."""

from __future__ import annotations

import http.server
import socket
import socketserver
import threading
import time
import wave
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from icecast_server import PASSWORD, RATE, IcecastServer, Listener, free_port
from sound_server import PrivateSoundServer

from broadcaster.clock import SystemClock
from broadcaster.model import PreparedProgramme
from broadcaster.playout import Ended, Failed, Resumed, Started, Zone, Zones, open_output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from broadcaster.playout import Event, Output

pytestmark = pytest.mark.integration
LONG_MS = 4_000


@pytest.fixture
def server() -> Iterator[IcecastServer]:
    with IcecastServer() as server:
        yield server


@pytest.fixture
def noise(tmp_path: Path) -> PreparedProgramme:
    """Four seconds of speech-like noise: never silent, and no two places of it are alike."""
    samples = np.random.default_rng(5).normal(0, 1, LONG_MS * RATE // 1000)
    smooth = np.convolve(samples, np.hanning(24), "same")
    smooth *= 0.2 / np.std(smooth)
    audio = tmp_path / "programme.wav"
    with wave.open(str(audio), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((smooth.clip(-0.9, 0.9) * 32_767).astype("<i2").tobytes())
    return PreparedProgramme(
        programme_id="sang", title="Sáng", duration_ms=LONG_MS, audio=audio, audio_sha256="x"
    )


@pytest.fixture
def icecast(server: IcecastServer, tmp_path: Path) -> Output:
    return opened(server.address(), tmp_path)


def opened(address: str, folder: Path, *, password: str = PASSWORD) -> Output:
    secret = folder / "icecast.mk"
    secret.write_text(f"{password}\n", encoding="utf-8")
    return open_output(
        f"icecast:{address}", clock=SystemClock(), station="Đài xã Mẫu", password_file=secret
    )


def samples_of(programme: PreparedProgramme) -> np.ndarray:
    with wave.open(str(programme.audio), "rb") as file:
        raw = file.readframes(file.getnframes())
    return np.frombuffer(raw, "<i2").astype(np.float32) / 32_768


def find(needle: np.ndarray, hay: np.ndarray) -> int:
    """Where in ``hay`` the ``needle`` fits best."""
    size = 1 << (len(hay) + len(needle) - 1).bit_length()
    spectrum = np.fft.rfft(hay, size) * np.conj(np.fft.rfft(needle, size))
    return int(np.argmax(np.fft.irfft(spectrum, size)[: len(hay)]))


def likeness(heard: np.ndarray, made: np.ndarray) -> float:
    length = min(len(heard), len(made))
    return float(np.corrcoef(heard[:length], made[:length])[0, 1])


def wait_for(condition: Callable[[], bool], *, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        threading.Event().wait(0.01)


def listen(zones: Zones, events: list[Event], until: type[Event]) -> None:
    def has_come() -> bool:
        events.extend(zones.tick())
        return any(isinstance(event, until) for event in events)

    wait_for(has_come, seconds=25)


def armed(programme: PreparedProgramme, **outputs: Output):
    clock = SystemClock()
    zones = Zones(
        [Zone(output=output, programme=programme, name=name) for name, output in outputs.items()],
        clock,
        label="test",
    )
    at = clock.now() + timedelta(seconds=1)
    zones.arm(at=at)
    return zones, at.timestamp()


def test_a_listener_hears_the_programme_whole_and_on_time(
    server: IcecastServer, icecast: Output, noise: PreparedProgramme
) -> None:
    """A speaker that is connected hears the programme as it was made, at its level, on time, and
    sees the station's name."""
    events: list[Event] = []
    with Listener(server.port) as listener:
        zones, at = armed(noise, ip=icecast)
        listen(zones, events, Ended)
        threading.Event().wait(0.5)
    assert [type(event) for event in events] == [Started, Ended]
    assert events[-1].reason == ""
    first_byte, heard = listener.heard()
    made = samples_of(noise)
    begin = find(made[RATE : 2 * RATE], heard) - RATE
    late_ms = (first_byte + begin / RATE - at) * 1000
    programme = heard[begin : begin + len(made)]
    level_db = 20 * np.log10(np.std(programme) / np.std(made))
    print(f"heard {late_ms:+.0f} ms after its time, {level_db:+.2f} dB")
    assert abs(late_ms) < 300
    assert len(programme) == len(made)
    assert likeness(programme, made) > 0.95
    assert abs(level_db) < 0.5
    assert "Đài xã Mẫu" in listener.head.decode()
    assert b"audio/mpeg" in listener.head


def test_a_server_that_dies_and_comes_back(
    server: IcecastServer, icecast: Output, noise: PreparedProgramme
) -> None:
    """The server is killed in mid-programme and started again: the programme goes on in the place
    where it would be by now."""
    events: list[Event] = []
    with Listener(server.port) as listener:
        zones, at = armed(noise, ip=icecast)
        listen(zones, events, Started)
        threading.Event().wait(0.8)
        server.kill()
        listen(zones, events, Failed)
        server.start()
        listen(zones, events, Ended)
        threading.Event().wait(0.3)
    assert [type(event) for event in events[-2:]] == [Resumed, Ended]
    assert events[-1].reason == ""
    first_byte, heard = listener.heard()
    tail = samples_of(noise)[-RATE:]
    place = first_byte + find(tail, heard) / RATE
    planned = at + (LONG_MS - 1000) / 1000
    print(f"after the restart {1000 * (place - planned):+.0f} ms")
    assert abs(place - planned) < 0.3


def test_a_server_that_stalls_is_noticed(
    server: IcecastServer, tmp_path: Path, icecast: Output
) -> None:
    """A server that takes no more sound is noticed before the programme is over, and named."""
    long = tmp_path / "long.wav"
    with wave.open(str(long), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(np.random.default_rng(1).integers(-9000, 9000, 60 * RATE, "<i2").tobytes())
    programme = PreparedProgramme(programme_id="x", title="x", duration_ms=60_000, audio=long)
    events: list[Event] = []
    zones, _at = armed(programme, ip=icecast)
    listen(zones, events, Started)
    server.freeze()
    stalled_at = time.monotonic()
    wait_for(lambda: bool(events.extend(zones.tick())) or type(events[-1]) is Failed, seconds=50)
    print(f"noticed after {time.monotonic() - stalled_at:.1f} s: {events[-1].reason}")
    zones.stop()
    assert "stalled" in events[-1].reason


def test_two_programmes_in_a_row_are_one_stream(
    server: IcecastServer, icecast: Output, noise: PreparedProgramme
) -> None:
    """The next programme is armed while this one sounds: the speakers stay connected, and both
    stand at their times."""
    with Listener(server.port) as listener:
        first, at = armed(noise, ip=icecast)
        listen(first, [], Started)
        clock = SystemClock()
        second = Zones([Zone(output=icecast, programme=noise, name="ip")], clock)
        wait_for(lambda: time.time() > at + LONG_MS / 1000 - 1)
        begins = at + LONG_MS / 1000
        second.arm(at=clock.now() + timedelta(seconds=begins - time.time()))
        events: list[Event] = []
        listen(first, [], Ended)
        listen(second, events, Ended)
        threading.Event().wait(0.3)
    assert [type(event) for event in events] == [Started, Ended]
    assert len(listener.streams) == 1
    _first_byte, heard = listener.heard()
    made = samples_of(noise)[RATE : 2 * RATE]
    middle = len(heard) // 2 + RATE // 2
    one = find(made, heard[:middle])
    other = find(made, heard[middle - RATE :]) + middle - RATE
    gap_ms = (other - one) * 1000 / RATE - LONG_MS
    print(f"the second begins {gap_ms:+.0f} ms after the end of the first")
    assert abs(gap_ms) < 60


def test_a_stop_ends_the_stream(
    server: IcecastServer, icecast: Output, noise: PreparedProgramme
) -> None:
    """After a stop the server has no source any more."""
    with Listener(server.port) as listener:
        zones, _at = armed(noise, ip=icecast)
        listen(zones, [], Started)
        threading.Event().wait(0.5)
        before = time.monotonic()
        zones.stop()
        assert time.monotonic() - before < 0.3
        threading.Event().wait(0.5)
        _at, sound = listener.streams[-1]
        length = len(sound)
        threading.Event().wait(0.5)
        assert len(sound) == length


def test_wrong_password_beside_a_sound_card(
    server: IcecastServer,
    noise: PreparedProgramme,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Icecast refuses the password: it is named, and the loudspeaker beside it starts on time and
    plays without a hole."""
    with PrivateSoundServer() as pulse:
        for name, value in pulse.environment.items():
            monkeypatch.setenv(name, value)
        wrong = opened(server.address(), tmp_path, password="a-wrong-word")
        events: list[Event] = []
        card = open_output("pacat", clock=SystemClock())
        zones, at = armed(noise, san=card, ip=wrong)
        listen(zones, events, Ended)
        assert [type(event) for event in events] == [Started, Ended]
        assert zones.sounded == "san"
        assert "refuses the password" in zones.trouble
        assert "a-wrong-word" not in zones.trouble
        assert_heard_on_card(pulse, noise, at)


def test_card_and_server_in_one_slot(
    server: IcecastServer,
    icecast: Output,
    noise: PreparedProgramme,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both sound at one time; the server dies in the middle, and the loudspeaker beside it plays
    on as if nothing were."""
    with PrivateSoundServer() as pulse, Listener(server.port) as listener:
        for name, value in pulse.environment.items():
            monkeypatch.setenv(name, value)
        events: list[Event] = []
        card = open_output("pacat", clock=SystemClock())
        zones, at = armed(noise, san=card, ip=icecast)
        listen(zones, events, Started)
        threading.Event().wait(2)
        server.kill()
        listen(zones, events, Ended)
        assert [type(event) for event in events] == [Started, Ended]
        assert zones.sounded == "san, ip"
        assert "“ip” was silent for" in zones.trouble
        assert_heard_on_card(pulse, noise, at)
    made = samples_of(noise)
    _first_byte, heard = listener.heard()
    begin = find(made[: RATE // 2], heard)
    assert likeness(heard[begin : begin + RATE], made[:RATE]) > 0.95


def assert_heard_on_card(pulse: PrivateSoundServer, noise: PreparedProgramme, at: float) -> None:
    made = samples_of(noise)
    heard = pulse.recording()
    begin = find(made, heard.samples)
    error_ms = (heard.started_at + begin / RATE - at) * 1000
    print(f"start error on the card {error_ms:+.1f} ms")
    assert abs(error_ms) < 50
    assert likeness(heard.samples[begin : begin + len(made)], made) >= 0.98


# -- what a check says --------------------------------------------------------------------------


def test_a_check_knocks_as_a_source(
    server: IcecastServer, icecast: Output, noise: PreparedProgramme
) -> None:
    """A check says nothing when the mount can be used, also while the station itself uses it."""
    assert icecast.check() == ""
    zones, _at = armed(noise, ip=icecast)
    listen(zones, [], Started)
    assert icecast.check() == ""
    zones.stop()


def test_a_wrong_password_is_told_before_the_slot(server: IcecastServer, tmp_path: Path) -> None:
    """A check says that the password is refused, and does not repeat it."""
    trouble = opened(server.address(), tmp_path, password="wrong-word").check()
    assert "refuses the password" in trouble
    assert "wrong-word" not in trouble


def test_a_mount_that_another_source_has(
    server: IcecastServer, icecast: Output, noise: PreparedProgramme, tmp_path: Path
) -> None:
    """Somebody else sends to the mount: named, and tried again."""
    zones, _at = armed(noise, ip=icecast)
    listen(zones, [], Started)
    other, _at = armed(noise, hai=opened(server.address(), tmp_path))
    events: list[Event] = []
    listen(other, events, Failed)
    assert "somebody else is sending to /xa.mp3" in events[0].reason
    other.stop()
    zones.stop()


def test_nobody_there(tmp_path: Path) -> None:
    """No server at the port, and a host that nobody knows: a sentence each."""
    nobody = opened(f"http://source@127.0.0.1:{free_port()}/a.mp3", tmp_path).check()
    assert "no server answers at 127.0.0.1" in nobody
    stranger = opened("http://source@khong-co.invalid:8000/a.mp3", tmp_path).check()
    assert "nobody knows a machine “khong-co.invalid”" in stranger


class Web(http.server.BaseHTTPRequestHandler):
    """A server that is no Icecast."""

    def do_PUT(self) -> None:
        status = int(self.path.strip("/").partition(".")[0])
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        if 300 <= status < 400:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere.mp3")
        self.end_headers()
        self.wfile.write(b"<html><body>Hello</body></html>")

    do_SOURCE = do_PUT  # noqa: N815 - the name that the base class looks for

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.mark.parametrize(
    "status, said",
    [
        (200, "is no Icecast server"),
        (403, "is no Icecast server"),
        (404, "is no Icecast server"),
        (405, "is no Icecast server"),
        (500, "is no Icecast server"),
        (302, "points to another address, http://127.0.0.1:9/elsewhere.mp3"),
    ],
)
def test_a_web_server_is_told_apart(tmp_path: Path, status: int, said: str) -> None:
    """A page instead of a consent, or a redirection: a sentence, and nothing is sent there."""
    with socketserver.TCPServer(("127.0.0.1", 0), Web) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        address = f"http://source@127.0.0.1:{web.server_address[1]}/{status}.mp3"
        assert said in opened(address, tmp_path).check()
        web.shutdown()


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9\r\n\r\n", b"\x00\xff\r\n\r\n", None])
def test_a_server_of_another_kind(tmp_path: Path, answer: bytes | None) -> None:
    """Something that is no web server at all, or never answers: a sentence within seconds."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            link, _address = listening.accept()
            with link:
                link.recv(4096)
                if answer is None:
                    link.settimeout(6)
                    assert link.recv(10) == b""
                else:
                    link.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        address = f"http://source@127.0.0.1:{listening.getsockname()[1]}/a.mp3"
        trouble = opened(address, tmp_path).check()
        thread.join(8)
    assert "is no Icecast server" in trouble or "does not answer" in trouble


def test_a_server_of_before_2014(tmp_path: Path) -> None:
    """A server that knows only the method SOURCE is spoken to in its way."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            for answer in (b"HTTP/1.0 501 Not Implemented\r\n\r\n", b"HTTP/1.0 200 OK\r\n\r\n"):
                link, _address = listening.accept()
                with link:
                    asked.append(link.recv(4096).split()[0])
                    link.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        address = f"http://source@127.0.0.1:{listening.getsockname()[1]}/a.mp3"
        assert opened(address, tmp_path).check() == ""
        thread.join(5)
    assert asked == [b"PUT", b"SOURCE"]
