"""Whether an address can be relayed now: a few seconds of it, heard by nobody.

It is what ``doctor`` asks, apart from the puller, which asks for ever.
"""

from __future__ import annotations

import threading

from broadcaster.playout import reasons
from broadcaster.playout.relay.decoder import decoded
from broadcaster.playout.relay.knock import RelayError, knock

__all__ = ["trial"]

_ENOUGH_BLOCKS = 25


def trial(url: str) -> str:
    """Why nothing of ``url`` can be heard, as a sentence; "" after half a second of its sound.

    It may take as long as a connection and a stalled stream do.
    """
    given_up = threading.Event()
    heard = 0
    try:
        for _block in decoded(url, knock(url), given_up=given_up):
            heard += 1
            if heard == _ENOUGH_BLOCKS:
                given_up.set()
    except RelayError as error:
        return reasons.relay_trouble(error.trouble, error.detail).text
    return ""
