"""The plan of a station (kế hoạch tuyên truyền): what is to be heard, for whom, by when.

It stands apart from the weeks because a week says when something airs, and a plan how much of it
the authorities asked for.  No number of it is ours: each stands in a file of the station.
"""

from broadcaster.plan.check import check_plan
from broadcaster.plan.closing import closers, standing
from broadcaster.plan.languages import LanguageNeed, Untranslated, untranslated
from broadcaster.plan.load import load_plan, no_plan
from broadcaster.plan.plan import Plan
from broadcaster.plan.progress import Progress, State, earliest_day, progress
from broadcaster.plan.sentences import (
    gap_sentence,
    measure_word,
    span_title,
    state_words,
    subject,
)
from broadcaster.plan.spans import Campaign, Per, Span, span_of, spans_between
from broadcaster.plan.targets import Measure, Target, Wanted
from broadcaster.plan.topics import Alias, Topic, TopicTree
from broadcaster.plan.units import Unit

__all__ = [
    "Alias",
    "Campaign",
    "LanguageNeed",
    "Measure",
    "Per",
    "Plan",
    "Progress",
    "Span",
    "State",
    "Target",
    "Topic",
    "TopicTree",
    "Unit",
    "Untranslated",
    "Wanted",
    "check_plan",
    "closers",
    "earliest_day",
    "gap_sentence",
    "load_plan",
    "measure_word",
    "no_plan",
    "progress",
    "span_of",
    "span_title",
    "spans_between",
    "standing",
    "state_words",
    "subject",
    "untranslated",
]
