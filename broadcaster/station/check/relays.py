"""Each address that may be relayed, tried for a moment.

It stands apart from the other findings because all are tried at once, and none for long.
"""

from __future__ import annotations

import shutil
from gettext import gettext as _
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from broadcaster.playout.relay.trial import trial
from broadcaster.station.check.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from broadcaster.station.settings.relays import RelaySettings

__all__ = ["relay_findings"]

_PATIENCE_S = 12.0


def relay_findings(
    relays: tuple[RelaySettings, ...],
    *,
    listen: Callable[[str], str] = trial,
    patience_s: float = _PATIENCE_S,
) -> Iterator[Finding]:
    """A line for each address of ``relays``, within ``patience_s`` altogether."""
    if relays and shutil.which("ffmpeg") is None:
        message = _("{program} is missing").format(program="ffmpeg")
        yield Finding("relay", ok=False, message=message, cure=_("apt-get install ffmpeg"))
        return
    late = _("nothing is heard yet after {seconds:.0f} seconds").format(seconds=patience_s)
    told = _listen_to_all([url for relay in relays for url in relay.urls], listen, patience_s)
    for relay in relays:
        for url in relay.urls:
            yield _finding(relay, url, told.get(url, late))


def _listen_to_all(
    urls: list[str], listen: Callable[[str], str], patience_s: float
) -> dict[str, str]:
    answers: SimpleQueue[tuple[str, str]] = SimpleQueue()
    for url in urls:
        Thread(target=lambda url=url: answers.put((url, listen(url))), daemon=True).start()
    told: dict[str, str] = {}
    deadline = monotonic() + patience_s
    while len(told) < len(set(urls)):
        try:
            url, trouble = answers.get(timeout=max(0.0, deadline - monotonic()))
        except Empty:
            break
        told[url] = trouble
    return told


def _finding(relay: RelaySettings, url: str, trouble: str) -> Finding:
    if not trouble:
        message = _("“{name}” can be relayed: {url}").format(name=relay.title, url=url)
        return Finding("relay", ok=True, message=message)
    message = _("“{name}” cannot be relayed: {trouble} ({url})")
    message = message.format(name=relay.title, trouble=trouble, url=url)
    cure = _("open the address in a player; correct “relays” in station.yaml, or wait for them")
    return Finding("relay", ok=False, message=message, cure=cure)
