"""What an address answers, before its sound is decoded: the format, or why it is none.

It stands apart from the decoder because a program that is only told an address guesses at
formats and follows any other address; this one asks first, speaks HTTP alone, and names the
format.
"""

from __future__ import annotations

import http.client
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

from broadcaster import __version__
from broadcaster.playout.relay.watch import Trouble

__all__ = ["USER_AGENT", "RelayError", "knock"]

USER_AGENT = f"broadcaster/{__version__}"
_PATIENCE_S = 5.0
_HLS = {"application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl"}
_HLS |= {"audio/x-mpegurl"}
_FORMATS = {
    **dict.fromkeys(("audio/mpeg", "audio/mp3", "audio/x-mpeg"), "mp3"),
    **dict.fromkeys(("audio/aac", "audio/aacp", "audio/x-aac"), "aac"),
    **dict.fromkeys(("application/ogg", "audio/ogg", "audio/opus"), "ogg"),
    **dict.fromkeys(_HLS, "hls"),
}
_UNTOLD = {"", "application/octet-stream", "binary/octet-stream", "text/plain"}
_ENDINGS = {"mp3": "mp3", "aac": "aac", "ogg": "ogg", "opus": "ogg", "m3u8": "hls"}
_PLAYLIST_BYTES = 65_536


@dataclass(slots=True)
class RelayError(Exception):
    """Why an address gives no sound; ``detail`` is a status, a type, or words of the system."""

    trouble: Trouble
    detail: str = ""


def knock(url: str) -> str:
    """The format of the stream at ``url``, under ffmpeg's name: mp3, aac, ogg or hls.

    Only http and https are spoken, after a redirection too.

    :raises RelayError: where there is no stream that can be relayed.
    """
    try:
        with _opener().open(_request(url), timeout=_PATIENCE_S) as answer:
            return _format(url, answer)
    except urllib.error.HTTPError as error:
        error.close()
        raise RelayError(Trouble.REFUSED, str(error.code)) from error
    except http.client.BadStatusLine as error:
        if str(error).startswith("ICY 200"):  # SHOUTcast of before HTTP
            return "mp3"
        raise RelayError(Trouble.NOT_SOUND, _words(error)) from error
    except urllib.error.URLError as error:
        raise RelayError(Trouble.UNREACHABLE, _words(error.reason)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise RelayError(Trouble.UNREACHABLE, _words(error)) from error


def _request(url: str) -> urllib.request.Request:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise RelayError(Trouble.REFUSED, "only http, https")
    return urllib.request.Request(url, headers={"User-Agent": USER_AGENT})  # noqa: S310 - see above


def _opener() -> urllib.request.OpenerDirector:
    """Without the handlers for files, FTP and data that the library's own opener has."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _format(url: str, answer: http.client.HTTPResponse) -> str:
    kind = answer.headers.get_content_type() if answer.headers.get("Content-Type") else ""
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    found = _FORMATS.get(kind) or (_ENDINGS.get(ending) if kind in _UNTOLD else None)
    if found is None:
        raise RelayError(Trouble.NOT_SOUND, kind or "?")
    if found == "hls":
        text = answer.read(_PLAYLIST_BYTES)
        if not text.lstrip(b"\xef\xbb\xbf").startswith(b"#EXTM3U") or b"#EXT-X-" not in text:
            raise RelayError(Trouble.NOT_SOUND, kind)
    return found


def _words(error: object) -> str:
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(words).split())[:120]
