"""⑤ The rundown on air."""

from broadcaster.playout.actions import (
    Action,
    Arm,
    Decision,
    Interrupted,
    Miss,
    Pause,
    Reason,
    Stop,
)
from broadcaster.playout.decide import GRACE, LEAD, SOON, decide, latest_start
from broadcaster.playout.mixer import Level, Mixer, mixer_of
from broadcaster.playout.output import (
    Output,
    Playback,
    PlaybackState,
    open_output,
    output_names,
)
from broadcaster.playout.player import Ended, Event, Failed, Player, Resumed, Started
from broadcaster.playout.quiet import Gate, Gates, QuietHours
from broadcaster.playout.state import Ledger, OnAir, State, Unfinished
from broadcaster.playout.track import Live, Track, Zone
from broadcaster.playout.volume import AtVolume
from broadcaster.playout.zones import Zones

__all__ = [
    "GRACE",
    "LEAD",
    "SOON",
    "Action",
    "Arm",
    "AtVolume",
    "Decision",
    "Ended",
    "Event",
    "Failed",
    "Gate",
    "Gates",
    "Interrupted",
    "Ledger",
    "Level",
    "Live",
    "Miss",
    "Mixer",
    "OnAir",
    "Output",
    "Pause",
    "Playback",
    "PlaybackState",
    "Player",
    "QuietHours",
    "Reason",
    "Resumed",
    "Started",
    "State",
    "Stop",
    "Track",
    "Unfinished",
    "Zone",
    "Zones",
    "decide",
    "latest_start",
    "mixer_of",
    "open_output",
    "output_names",
]
