"""The address and the password of an Icecast mount, right and wrong; no server is asked."""

from __future__ import annotations

import contextlib
import socket
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from occurrences import at

from broadcaster.clock import SimulatedClock
from broadcaster.errors import OutputError
from broadcaster.playout import open_output
from broadcaster.playout.outputs import mount
from broadcaster.playout.outputs.mount import Mount, connect
from broadcaster.playout.outputs.source import Relay

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = SimulatedClock(at("05:30"))


@pytest.mark.parametrize(
    "address, place",
    [
        (
            "http://source@127.0.0.1:8000/xa.mp3",
            Mount("127.0.0.1", 8000, "/xa.mp3", "source", is_encrypted=False),
        ),
        (
            "http://h/loa một.mp3",
            Mount("h", 8000, "/loa%20m%E1%BB%99t.mp3", "source", is_encrypted=False),
        ),
        ("http://may-chu/xa", Mount("may-chu", 8000, "/xa", "source", is_encrypted=False)),
        (
            "https://d%C3%A0i@[::1]:443/a/b.mp3",
            Mount("::1", 443, "/a/b.mp3", "dài", is_encrypted=True),
        ),
    ],
)
def test_an_address_is_understood(address: str, place: Mount) -> None:
    """User, host, port and mount; the port and the user have their usual values."""
    assert Mount.parse(address) == place


@pytest.mark.parametrize(
    "address",
    ["", "127.0.0.1:8000/a", "ftp://x/a", "http:///a", "http://x", "http://x/", "http://x:y/a"],
)
def test_a_wrong_address_is_a_sentence(address: str) -> None:
    """What is no address of a mount is told with an example."""
    with pytest.raises(OutputError) as caught:
        open_output(f"icecast:{address}", clock=CLOCK)
    assert "icecast:http://" in str(caught.value)


def test_a_password_in_the_address_is_refused() -> None:
    """A password has no place in an address, and the sentence does not repeat it."""
    with pytest.raises(OutputError) as caught:
        open_output("icecast:http://source:hackme@127.0.0.1:8000/a", clock=CLOCK)
    assert "hackme" not in str(caught.value)


@given(st.text(max_size=60))
def test_whatever_is_written_as_an_address(text: str) -> None:
    """Whatever somebody writes there: an output, or a sentence."""
    with contextlib.suppress(OutputError):
        assert open_output(f"icecast:{text}", clock=CLOCK).name.startswith("icecast:")


def play(folder: Path, password_file: Path | None) -> str:
    """Why it cannot play; the address leads nowhere."""
    output = open_output(
        "icecast:http://127.0.0.1:9/a.mp3", clock=CLOCK, password_file=password_file
    )
    with pytest.raises(OutputError) as caught:
        output.play(folder / "x.wav", at=CLOCK.now() + timedelta(seconds=1), duration_ms=1000)
    assert str(caught.value) in output.check() + str(caught.value)
    return str(caught.value)


def test_without_a_password_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file, no environment: a sentence that names the server."""
    monkeypatch.delenv("BROADCASTER_ICECAST_PASSWORD", raising=False)
    assert "no password is known for 127.0.0.1:9" in play(tmp_path, None)


@pytest.mark.parametrize(
    "content, said",
    [
        (None, "cannot be read"),
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xff", "cannot be read"),
    ],
)
def test_a_password_file_that_cannot_be_used(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    """A password file that is missing, empty or no text is named."""
    secret = tmp_path / "mk"
    if content is not None:
        secret.write_bytes(content)
    assert said in play(tmp_path, secret)


def test_nothing_to_play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without audio, or with a file that is no house WAV, it refuses at once."""
    monkeypatch.setenv("BROADCASTER_ICECAST_PASSWORD", "x")
    output = open_output("icecast:http://127.0.0.1:9/a.mp3", clock=CLOCK)
    for audio in (None, tmp_path / "khong-co.wav"):
        with pytest.raises(OutputError):
            output.play(audio, at=CLOCK.now(), duration_ms=1000)


def test_a_name_cannot_add_a_header() -> None:
    """A station whose name holds a line break sends one header, not two."""
    received = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            link, _address = listening.accept()
            with link:
                received.append(link.recv(4096))
                link.sendall(b"HTTP/1.0 200 OK\r\n\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        place = Mount.parse(f"http://127.0.0.1:{listening.getsockname()[1]}/a.mp3")
        headers = {"Ice-Name": "Đài\r\nX-Evil: 1"}
        connect(place, password="pässwörd", headers=headers).close()
        thread.join(5)
    lines = received[0].decode().split("\r\n")
    assert "Ice-Name: Đài X-Evil: 1" in lines
    assert not any(line.startswith("X-Evil") for line in lines)


@pytest.mark.parametrize("host", ["a..b", "x" * 70, "khong-co.invalid"])
def test_a_host_that_cannot_be(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that no machine can have is told like one that nobody knows."""
    monkeypatch.setenv("BROADCASTER_ICECAST_PASSWORD", "x")
    said = open_output(f"icecast:http://{host}:8000/a.mp3", clock=CLOCK).check()
    assert "nobody knows a machine" in said


def test_a_server_without_encryption_is_told() -> None:
    """An https address of a server that speaks plainly: a sentence, and no password is sent."""
    received = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            link, _address = listening.accept()
            with link:
                received.append(link.recv(4096))
                link.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        place = Mount.parse(f"https://127.0.0.1:{listening.getsockname()[1]}/a.mp3")
        with pytest.raises(OutputError, match="no secure connection"):
            connect(place, password="x", headers={})
        thread.join(5)
    assert b"Authorization" not in received[0]


@given(st.text() | st.from_regex(r"(HTTP/1\.[01]|ICY) [0-9]{0,4}.*\r\n\r\n.*"))
def test_whatever_a_server_answers_is_a_sentence(answer: str) -> None:
    """Any answer that is no consent becomes a sentence that names the server."""
    place = Mount.parse("http://127.0.0.1:8000/a.mp3")
    assert place.host in mount._refusal(place, mount._status(answer), answer)


class Pipe:
    """Stands for a stream."""

    closed = False

    def close(self) -> None:
        self.closed = True


def test_the_stream_goes_on_to_who_waits() -> None:
    """A programme that waits gets the open stream; nobody waiting, it is closed."""
    opened: list[Pipe] = []

    def connect_pipe() -> Pipe:
        opened.append(Pipe())
        return opened[-1]

    relay = Relay(connect_pipe)
    first = relay.take(threading.Event())
    got = []
    waiter = threading.Thread(target=lambda: got.append(relay.take(threading.Event())))
    waiter.start()
    while not relay.is_awaited:
        threading.Event().wait(0.001)
    relay.give_back(whole=True)
    waiter.join(5)
    assert got == [first]
    relay.give_back(whole=True)
    assert [pipe.closed for pipe in opened] == [True]
    assert relay.take(threading.Event()) is not first


def test_who_is_stopped_does_not_wait() -> None:
    """A programme that is stopped while it waits for its turn lets go."""
    relay = Relay(Pipe)
    relay.take(threading.Event())
    stopped = threading.Event()
    stopped.set()
    assert relay.take(stopped) is None
    assert not relay.is_awaited


def test_a_connection_that_fails_leaves_the_turn_free() -> None:
    """A server that refuses does not block the next try."""
    answers: list[Pipe | OutputError] = [OutputError("no"), Pipe()]

    def connect_pipe() -> Pipe:
        answer = answers.pop(0)
        if isinstance(answer, OutputError):
            raise answer
        return answer

    relay = Relay(connect_pipe)
    with pytest.raises(OutputError):
        relay.take(threading.Event())
    assert isinstance(relay.take(threading.Event()), Pipe)
