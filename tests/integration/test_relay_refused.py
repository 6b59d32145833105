"""Addresses that give no stream: what a real web server answers, and what ffmpeg must not open."""

from __future__ import annotations

import contextlib
import http.server
import threading
from typing import TYPE_CHECKING

import pytest
from needs import needs
from relay_source import RELAYED, tone, write_tones

from broadcaster.playout.relay.decoder import decoded
from broadcaster.playout.relay.knock import RelayError, knock
from broadcaster.playout.relay.watch import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration
PAGE = b"<html><body>VOV</body></html>"
MP3_TYPE = "audio/mpeg"
ANSWERS = {
    "/trang": (200, "text/html; charset=utf-8", PAGE),
    "/mat": (404, "text/html", PAGE),
    "/khoa": (401, "text/plain", b"no"),
    "/hong": (500, "text/plain", b"no"),
    "/danh-sach.m3u": (200, "audio/x-mpegurl", b"#EXTM3U\nhttp://127.0.0.1/a.mp3\n"),
    "/gia.m3u8": (200, "application/vnd.apple.mpegurl", PAGE),
    "/nhac.mp3": (200, MP3_TYPE, b""),
    "/khong-kieu.aac": (200, "application/octet-stream", b""),
}


@contextlib.contextmanager
def answering(extra: dict[str, tuple[int, str, bytes]]) -> Iterator[str]:
    """A web server with :data:`ANSWERS` and ``extra``; its address."""
    answers = ANSWERS | extra

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = answers.get(self.path, (404, "text/plain", b""))
            self.send_response(status)
            self.send_header("Location" if status == 302 else "Content-Type", kind)
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *_words) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "trouble", "detail"),
    [
        ("/trang", Trouble.NOT_SOUND, "text/html"),
        ("/mat", Trouble.REFUSED, "404"),
        ("/khoa", Trouble.REFUSED, "401"),
        ("/hong", Trouble.REFUSED, "500"),
        ("/danh-sach.m3u", Trouble.NOT_SOUND, "audio/x-mpegurl"),
        ("/gia.m3u8", Trouble.NOT_SOUND, "application/vnd.apple.mpegurl"),
    ],
)
def test_what_is_no_stream(path: str, trouble: Trouble, detail: str) -> None:
    """A web page, a locked door, a broken server and a list of songs are told apart."""
    with answering({}) as server, pytest.raises(RelayError) as raised:
        knock(server + path)
    assert (raised.value.trouble, raised.value.detail) == (trouble, detail)


def test_formats_by_type_and_by_ending() -> None:
    """The server's word decides the format, and where it says nothing, the address."""
    with answering({}) as server:
        assert knock(server + "/nhac.mp3") == "mp3"
        assert knock(server + "/khong-kieu.aac") == "aac"


def test_nobody_there() -> None:
    """A port on which nobody listens and a name that nobody knows cannot be reached."""
    with answering({}) as server:
        pass
    for url in (server + "/nhac.mp3", "http://khong-co.invalid/nhac.mp3"):
        with pytest.raises(RelayError) as raised:
            knock(url)
        assert raised.value.trouble is Trouble.UNREACHABLE


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/a.mp3", "gopher://x/"])
def test_redirected_elsewhere(target: str) -> None:
    """A redirection to a file of this machine or to another protocol is not followed."""
    with answering({"/chuyen": (302, target, b"")}) as server, pytest.raises(RelayError) as raised:
        knock(server + "/chuyen")
    assert raised.value.trouble in {Trouble.REFUSED, Trouble.UNREACHABLE}


@pytest.mark.parametrize("url", ["file:///etc/hostname", "rtmp://127.0.0.1/a", "/etc/hostname"])
def test_only_the_web(url: str) -> None:
    """No other protocol is spoken, whatever the settings say."""
    with pytest.raises(RelayError) as raised:
        knock(url)
    assert raised.value.trouble is Trouble.REFUSED


def test_a_playlist_cannot_reach_files(tmp_path: Path) -> None:
    """A playlist whose pieces are files of this machine gives no sound, though they hold some."""
    needs("ffmpeg", "ffmpeg")
    secret = tmp_path / "rieng.wav"
    write_tones(secret, tone(RELAYED, 3))
    for target in (f"file://{secret}", str(secret), f"subfile,,start,0,end,9,,:{secret}"):
        text = f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{target}\n"
        text += "#EXT-X-ENDLIST\n"
        kind = "application/vnd.apple.mpegurl"
        with answering({"/x.m3u8": (200, kind, text.encode())}) as server:
            assert knock(server + "/x.m3u8") == "hls"
            blocks = decoded(server + "/x.m3u8", "hls", given_up=threading.Event())
            with pytest.raises(RelayError):
                assert [*blocks] == []


def test_what_claims_to_be_sound(tmp_path: Path) -> None:
    """A web page that is called MP3 gives no sound, and the stream counts as ended."""
    needs("ffmpeg", "ffmpeg")
    with answering({"/gia.mp3": (200, MP3_TYPE, PAGE * 50)}) as server:
        assert knock(server + "/gia.mp3") == "mp3"
        with pytest.raises(RelayError) as raised:
            list(decoded(server + "/gia.mp3", "mp3", given_up=threading.Event()))
    assert raised.value.trouble is Trouble.ENDED


def test_a_redirection_after_the_knock(tmp_path: Path) -> None:
    """A server that redirects the decoder, and not the first question, reaches no file either."""
    needs("ffmpeg", "ffmpeg")
    secret = tmp_path / "rieng.wav"
    write_tones(secret, tone(RELAYED, 3))
    with answering({"/x.wav": (302, f"file://{secret}", b"")}) as server:
        blocks = decoded(server + "/x.wav", "wav", given_up=threading.Event())
        with pytest.raises(RelayError):
            assert [*blocks] == []
