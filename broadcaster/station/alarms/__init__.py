"""Alarms: what the watch finds, told once to people who are not in the room.

They stand apart from the watch because telling takes a network, which may be away for days.
"""

from broadcaster.station.alarms.alarms import Alarms, send_test

__all__ = ["Alarms", "send_test"]
