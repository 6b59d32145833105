"""A file from the internet, with limits: so large, so long, and no web page instead of it.

It stands apart because what it takes in is whatever a stranger's server sends.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from gettext import gettext as _
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from broadcaster.errors import SpeechError

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcaster.sound.wholefile import PartFile

__all__ = ["beside", "fetch", "is_url"]

_SILENT_S = 30.0
_LONGEST_S = 7_200.0
"""A voice has 60 MB: two hours are enough on a line of 70 kbit/s."""

_BLOCK = 1 << 16


def is_url(source: str) -> bool:
    """Whether ``source`` is an address of the web rather than a file."""
    return urlsplit(source).scheme.lower() in {"http", "https"}


def beside(url: str, suffix: str) -> str:
    """The address whose path has ``suffix`` behind it, with the same query."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=parts.path + suffix))


def fetch(
    url: str,
    into: PartFile,
    *,
    largest: int,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    silent_s: float = _SILENT_S,
    longest_s: float = _LONGEST_S,
) -> None:
    """Write what ``url`` gives; ``progress`` is told (bytes, all bytes or 0).

    Raises `SpeechError` when it cannot be had, is larger than ``largest`` bytes, comes slower
    than ``longest_s`` seconds or is a web page; `SoundError` when the disk does not take it.
    """
    until = time.monotonic() + longest_s
    request = urllib.request.Request(url, headers={"User-Agent": "broadcaster"})  # noqa: S310 - is_url
    try:
        with urllib.request.urlopen(request, timeout=silent_s) as response:  # noqa: S310
            total = int(response.headers.get("Content-Length") or 0)
            if total > largest:
                raise too_large(url, largest)
            done = 0
            while block := response.read(_BLOCK):
                if not done and block.lstrip()[:1] == b"<":
                    raise _page(url)
                done += len(block)
                if done > largest:
                    raise too_large(url, largest)
                if time.monotonic() > until:
                    raise TimeoutError
                into.write(block)
                progress(done, total)
    except urllib.error.HTTPError as error:
        raise _refused(url, f"{error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", "") or error
        raise _refused(url, str(reason) or type(error).__name__) from error
    if done < total:
        raise SpeechError(
            _("the download was cut short: {done} of {total} bytes came").format(
                done=done, total=total
            ),
            hint=_("try again; on a bad line, copy the file by hand and install it from there"),
        )


def too_large(source: str, largest: int) -> SpeechError:
    """What to say of a file that no voice is as large as."""
    return SpeechError(
        _("{source} is larger than {size} MB: no voice is as large").format(
            source=source, size=largest // 1_000_000
        ),
        hint=_("look whether it is the right file"),
    )


def _page(url: str) -> SpeechError:
    return SpeechError(
        _("{url} gives a web page and not a voice").format(url=url),
        hint=_("use the address of the download itself, not of the page that shows it"),
    )


def _refused(url: str, reason: str) -> SpeechError:
    return SpeechError(
        _("{url} cannot be downloaded: {reason}").format(url=url, reason=reason),
        hint=_("look at the address and at the network"),
    )
