"""The process of one programme's relays: reads its orders, fills the ring, tells what it does.

A process of its own, so that decoding, a broken stream or a full memory never holds up the air.
It ends when the last relay is over, or when the daemon closes its end or dies.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

from broadcaster.playout.relay.leg import Leg, Switch
from broadcaster.playout.relay.puller import Puller
from broadcaster.playout.relay.relaying import Relaying
from broadcaster.playout.relay.ring import BLOCKS_A_SECOND, Ring

__all__ = ["CONNECT_S", "main"]

CONNECT_S = 15.0
"""So long before its time is a stream opened."""
_LOOK_S = 0.02


def main() -> None:
    """One line of JSON comes in, a line for each switch goes out."""
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_daemon, daemon=True).start()
    ring = Ring(order["ring"])
    for given in order["legs"]:
        _relay(_leg(given), ring, order["lufs"])


def _leg(given: dict[str, Any]) -> Leg:
    return Leg(**{**given, "urls": tuple(given["urls"]), "entries": tuple(given["entries"])})


def _end_with_the_daemon() -> None:
    while sys.stdin.readline():
        pass
    os._exit(0)


def _relay(leg: Leg, ring: Ring, lufs: float) -> None:
    wait = threading.Event().wait
    while (starts := _starts(leg, ring)) is None or time.monotonic() < starts - CONNECT_S:
        wait(_LOOK_S)
    if time.monotonic() > starts + (leg.last - leg.first) / BLOCKS_A_SECOND:
        return  # the programme goes on behind it
    puller = Puller(leg.urls)
    puller.start()
    relaying = Relaying(leg, puller, ring, lufs=lufs, tell=_tell)
    while not relaying.is_over:
        relaying.advance(time.monotonic())
        wait(_LOOK_S)
    puller.close()


def _starts(leg: Leg, ring: Ring) -> float | None:
    """When the leg is heard (monotonic)."""
    zero = ring.zero
    return None if zero is None else zero + leg.first / BLOCKS_A_SECOND


def _tell(switch: Switch) -> None:
    told = {
        "number": switch.number,
        "is_on": switch.is_on,
        "trouble": switch.trouble,
        "detail": switch.detail,
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
