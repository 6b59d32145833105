"""⑤ The rundown on air."""

from broadcaster.playout.actions import Action, Arm, Decision, Miss, Reason, Stop
from broadcaster.playout.decide import GRACE, LEAD, decide, latest_start
from broadcaster.playout.output import (
    Output,
    Playback,
    PlaybackState,
    open_output,
    output_names,
)
from broadcaster.playout.player import Ended, Event, Failed, Player, Resumed, Started
from broadcaster.playout.quiet import Gate, QuietHours
from broadcaster.playout.state import Ledger, OnAir, State, Unfinished

__all__ = [
    "GRACE",
    "LEAD",
    "Action",
    "Arm",
    "Decision",
    "Ended",
    "Event",
    "Failed",
    "Gate",
    "Ledger",
    "Miss",
    "OnAir",
    "Output",
    "Playback",
    "PlaybackState",
    "Player",
    "QuietHours",
    "Reason",
    "Resumed",
    "Started",
    "State",
    "Stop",
    "Unfinished",
    "decide",
    "latest_start",
    "open_output",
    "output_names",
]
