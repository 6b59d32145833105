"""The eye on the air: green means sound.

It stands apart from the daemon because it trusts nothing that the playout believes: it looks at
what the outputs say, at the sound itself where it can be heard, at the mixer, and at the log.
"""

from broadcaster.station.watch.air import Air, Sound, look_at
from broadcaster.station.watch.cause import Cause
from broadcaster.station.watch.watch import Watch

__all__ = ["Air", "Cause", "Sound", "Watch", "look_at"]
