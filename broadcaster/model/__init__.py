"""The nouns of a station: what its stages hand to each other.

Frozen dataclasses without I/O and without a clock.  They live apart from the stages because the
stages never import each other.  Durations are ``int`` milliseconds (``_ms``), levels decibels
(``_db``) or LUFS, instants time-zone-aware datetimes.
"""

from broadcaster.model.airing import Airing, Broadcast, BulletinFacts, tenths_of_minutes
from broadcaster.model.approval import ApprovalState, RegisterEntry, RegisterEvent, Role
from broadcaster.model.asrun import AiredSound, AsRunEntry, AsRunSegment, Outcome
from broadcaster.model.bulletin import Bulletin, Question, Sentence, Validity
from broadcaster.model.days import (
    DayRule,
    DayType,
    DayWord,
    LunarDay,
    Rails,
    Season,
    StationCalendar,
    Surge,
    YearDay,
)
from broadcaster.model.occurrence import Occurrence, Order, Rundown, RundownItem
from broadcaster.model.policy import AfterInterrupt, LateAction, LatePolicy, Priority, StartType
from broadcaster.model.recipe import (
    SHORTEST_RELAY_MS,
    BedPlan,
    BulletinChoice,
    ChoiceOrder,
    Feature,
    ProgrammePlan,
    SegmentKind,
    SegmentPlan,
    Share,
)
from broadcaster.model.sound import (
    Bed,
    Clip,
    Cue,
    CueSheet,
    PreparedProgramme,
    PreparedSegment,
    Programme,
    Segment,
    Speech,
)
from broadcaster.model.week import DayException, ExceptionKind, Replay, Slot, SlotOutput, WeekPlan

__all__ = [
    "SHORTEST_RELAY_MS",
    "AfterInterrupt",
    "AiredSound",
    "Airing",
    "ApprovalState",
    "AsRunEntry",
    "AsRunSegment",
    "Bed",
    "BedPlan",
    "Broadcast",
    "Bulletin",
    "BulletinChoice",
    "BulletinFacts",
    "ChoiceOrder",
    "Clip",
    "Cue",
    "CueSheet",
    "DayException",
    "DayRule",
    "DayType",
    "DayWord",
    "ExceptionKind",
    "Feature",
    "LateAction",
    "LatePolicy",
    "LunarDay",
    "Occurrence",
    "Order",
    "Outcome",
    "PreparedProgramme",
    "PreparedSegment",
    "Priority",
    "Programme",
    "ProgrammePlan",
    "Question",
    "Rails",
    "RegisterEntry",
    "RegisterEvent",
    "Replay",
    "Role",
    "Rundown",
    "RundownItem",
    "Season",
    "Segment",
    "SegmentKind",
    "SegmentPlan",
    "Sentence",
    "Share",
    "Slot",
    "SlotOutput",
    "Speech",
    "StartType",
    "StationCalendar",
    "Surge",
    "Validity",
    "WeekPlan",
    "YearDay",
    "tenths_of_minutes",
]
