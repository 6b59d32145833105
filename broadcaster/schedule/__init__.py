"""④ The week → the rundown of a day."""

from broadcaster.schedule.calendar import day_type
from broadcaster.schedule.check import by_place, check_weeks
from broadcaster.schedule.check_names import sounds_of
from broadcaster.schedule.findings import unknown_programmes
from broadcaster.schedule.horizon import days_to_check
from broadcaster.schedule.known import Known
from broadcaster.schedule.load import load_week, parse_week
from broadcaster.schedule.lunar import lunar_words
from broadcaster.schedule.placeholders import PLACEHOLDERS, placeholders_of
from broadcaster.schedule.rails import Breach, breaches_of_week
from broadcaster.schedule.relay_lines import relay_end_ms
from broadcaster.schedule.rundown import Expansion, occurrences_between, plan_for, rundown
from broadcaster.schedule.slot_outputs import read_delay, read_volume
from broadcaster.schedule.slots import read_late
from broadcaster.schedule.words import read_after_interrupt

__all__ = [
    "PLACEHOLDERS",
    "Breach",
    "Expansion",
    "Known",
    "breaches_of_week",
    "by_place",
    "check_weeks",
    "day_type",
    "days_to_check",
    "load_week",
    "lunar_words",
    "occurrences_between",
    "parse_week",
    "placeholders_of",
    "plan_for",
    "read_after_interrupt",
    "read_delay",
    "read_late",
    "read_volume",
    "relay_end_ms",
    "rundown",
    "sounds_of",
    "unknown_programmes",
]
