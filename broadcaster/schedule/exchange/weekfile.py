"""An :class:`ImportedWeek` → the text of a week file that a person goes on writing.

Each slot carries the line of its source; each placeholder says what is wanted, with the line
that would air it as a comment beside it.
"""

from __future__ import annotations

import json
import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.schedule.exchange.contents import Kind
from broadcaster.schedule.exchange.relays import relay_name
from broadcaster.schedule.exchange.weekdays import spelled_days
from broadcaster.spelling import duration_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadcaster.model import Validity
    from broadcaster.schedule.exchange.imported import (
        ImportedProgramme,
        ImportedSlot,
        ImportedWeek,
        Part,
    )

__all__ = ["comment", "scalar", "validity_lines", "week_text"]

_LONGEST_COMMENT = 240
_PLAIN = re.compile(r"[^\W\d_][\w ()/.…–-]*[\w)…]")
_WORDS_OF_YAML = {"yes", "no", "true", "false", "null", "on", "off", "y", "n"}


def week_text(week: ImportedWeek) -> str:
    """The file; it is read without an error by :func:`broadcaster.schedule.parse_week`."""
    lines = [*_head(week), *validity_lines(week.validity), *_seasons(week)]
    lines += ["programmes:", *(line for p in week.programmes for line in _programme(p, week))]
    if not week.programmes:
        lines[-1] = "programmes: {}"
    undated = [slot for slot in week.slots if slot.date is None]
    written = any(not slot.held_back for slot in undated)
    lines += ["", "slots:" if written else "slots: []"]
    lines += [line for slot in undated for line in _slot(slot)]
    dated = [slot for slot in week.slots if slot.date is not None]
    if any(not slot.held_back for slot in dated):
        lines += ["exceptions:", *(line for slot in dated for line in _added(slot))]
    return "\n".join(lines).rstrip() + "\n"


def _head(week: ImportedWeek) -> Iterator[str]:
    yield comment(
        _("From {file}. What could not be known stands in comments.").format(file=week.source)
    )
    yield comment(_("Every programme is a placeholder: write its content, then: broadcaster check"))
    yield from (comment(note) for note in week.notes[:12])
    yield ""


def comment(text: str, *, indent: int = 0) -> str:
    """``text`` as one line of comment; what would end the line is taken out."""
    line = " ".join(text.split())
    line = line if len(line) <= _LONGEST_COMMENT else line[:_LONGEST_COMMENT] + "…"
    return f"{' ' * indent}# {line}"


def scalar(text: str) -> str:
    """``text`` as a YAML value, in quotes where it needs any."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS_OF_YAML:
        return text
    return json.dumps(text, ensure_ascii=False)


def validity_lines(validity: Validity) -> list[str]:
    """``week: 2026-W48`` or ``valid: {…}``; nothing for a week without an end."""
    first, last = validity.first, validity.last
    if first and last and first.weekday() == 0 and (last - first).days == 6:
        year, week, _day = first.isocalendar()
        return [f"week: {year}-W{week:02d}", ""]
    ends = [f"{key}: {day}" for key, day in (("from", first), ("until", last)) if day]
    return [f"valid: {{{', '.join(ends)}}}", ""] if ends else []


def _seasons(week: ImportedWeek) -> Iterator[str]:
    if not week.seasons:
        return
    yield "seasons:"
    for season in week.seasons:
        first, last = ("/".join(map(str, day)) for day in (season.first, season.last))
        yield f"  {season.id}: {{from: {first}, until: {last}}}   # {season.name}"
    yield ""


# -- programmes -----------------------------------------------------------------------------


def _programme(programme: ImportedProgramme, week: ImportedWeek) -> Iterator[str]:
    length = _shortest(programme, week)
    yield f"  {programme.id}:"
    yield f"    title: {scalar(programme.title)}"
    yield "    segments:"
    if relay := week.relays.get(programme.id):
        yield f"      - {{relay: {relay}, for: {length}}}"
    else:
        yield "      - ident: nhac-hieu"
        for part in programme.parts:
            yield from (comment(line, indent=6) for line in _wanted(part, length))
    yield ""


def _shortest(programme: ImportedProgramme, week: ImportedWeek) -> str:
    """How long the programme may be in each of its slots, and a relay at most."""
    lengths = [slot.max_ms for slot in week.slots if slot.programme == programme.id]
    return duration_text(min(max(min(lengths), 10_000), 6 * 3_600_000))


def _wanted(part: Part, length: str) -> Iterator[str]:
    """What a person has to do, and the line that does it."""
    yield _("TO DO: {title}").format(title=part.title)
    if part.note:
        yield _("note of the source: {note}").format(note=part.note)
    if part.language:
        yield _("no voice speaks {language}: put a recording here").format(language=part.language)
        yield "- recording: …"
    elif part.kind is Kind.RELAY:
        yield _("a relay: its address belongs under “relays” in station.yaml")
        yield f"- {{relay: {relay_name(part.title)}, for: {length}}}"
    elif part.kind is Kind.REPLAY:
        which = part.replay_of or _("not said")
        yield _("a replay of: {which}; give its slot “replay:” instead of “programme:”").format(
            which=which
        )
    elif part.kind is Kind.MUSIC:
        yield "- music: …"
    else:
        yield "- bulletins: {kind: [tin, bài], most: 4, between: nhac-cat}"


# -- slots ----------------------------------------------------------------------------------


def _slot(slot: ImportedSlot) -> Iterator[str]:
    yield comment(_source(slot), indent=2)
    yield from (comment(remark, indent=2) for remark in slot.remarks)
    lines = [f"- id: {slot.id}", f"  days: {_days(slot)}", *_what(slot)]
    if not slot.held_back:
        yield from (f"  {line}" for line in lines)
    else:
        yield comment(_("not in the week: {reason}").format(reason=slot.held_back), indent=2)
        yield from (f"  # {line}" for line in lines)
    yield ""


def _days(slot: ImportedSlot) -> str:
    return scalar(slot.rule) if slot.rule else spelled_days(slot.days)


def _added(slot: ImportedSlot) -> Iterator[str]:
    yield comment(_source(slot), indent=2)
    lead = "# " if slot.held_back else ""
    if slot.held_back:
        yield comment(_("not in the week: {reason}").format(reason=slot.held_back), indent=2)
    yield f"  {lead}- date: {slot.date}"
    yield f"  {lead}  add:"
    first, *others = [f"id: {slot.id}", *(line.strip() for line in _what(slot))]
    yield f"  {lead}    {first}"
    yield from (f"  {lead}    {line}" for line in others)
    yield ""


def _what(slot: ImportedSlot) -> Iterator[str]:
    yield f"  at: {_at(slot)}"
    yield f"  replay: {slot.replay}" if slot.replay else f"  programme: {slot.programme}"
    yield f"  max: {duration_text(slot.max_ms)}"


def _at(slot: ImportedSlot) -> str:
    starts = dict(slot.starts)
    if not starts:
        return "…"
    if set(starts) == {""}:
        return f"{starts['']:%H:%M}"
    return "{" + ", ".join(f"{season}: {start:%H:%M}" for season, start in slot.starts) + "}"


def _source(slot: ImportedSlot) -> str:
    more = _(" (and {n} more rows)").format(n=slot.more_rows) if slot.more_rows else ""
    place = slot.where.cell or f"{slot.where.line}:{slot.where.column}"
    return f"{_('source')} {place}: {slot.source}{more}"
