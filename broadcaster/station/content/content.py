"""What people wrote into the station's folders, read together: bulletins, weeks, lexicon.

It stands apart because the check, the preparer and the command line all begin here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.errors import Problem, Severity, Where
from broadcaster.plan import Plan, check_plan, load_plan, no_plan
from broadcaster.schedule import by_place, load_week
from broadcaster.script import load_bulletin, load_lexicon
from broadcaster.script.documents import SUFFIXES
from broadcaster.sound.container import SUFFIXES as SOUND_SUFFIXES
from broadcaster.sound.container import sound_files
from broadcaster.station.content.bound import bind_recordings
from broadcaster.station.content.superseded import superseded

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import Bulletin, WeekPlan
    from broadcaster.script import Lexicon
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.settings.config import StationConfig

__all__ = ["Content", "load_content"]

_KEPT = {".txt", ".md", ".tsv"} | SUFFIXES
_SOUNDS = {".txt", ".md", *SOUND_SUFFIXES}
_LONGEST_TEXT = 100_000
_LETTERS_AN_HOUR = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bulletins by id, the weeks, the plan they serve, the words of the station, and all problems
    by place."""

    bulletins: dict[str, Bulletin] = field(default_factory=dict)
    plans: tuple[WeekPlan, ...] = ()
    plan: Plan = field(default_factory=no_plan)
    lexicon: Lexicon
    problems: tuple[Problem, ...] = ()


def load_content(folder: StationFolder, config: StationConfig) -> Content:
    """Read everything that can be read; a bad file costs that file."""
    problems: list[Problem] = []
    bulletins, found = bind_recordings(_bulletins(folder, problems), sound_files(folder.sounds))
    problems += found
    bulletins, found = superseded(bulletins)
    problems += found
    plans = _plans(folder, config, problems)
    plan, found = load_plan(folder.plan_files())
    problems += [*found, *check_plan(plan, zones=[o.name for o in config.outputs])]
    lexicon, found = load_lexicon(folder.lexicon if folder.lexicon.exists() else None)
    problems += found
    problems += _strangers(folder)
    return Content(
        bulletins=bulletins,
        plans=plans,
        plan=plan,
        lexicon=lexicon,
        problems=tuple(sorted(problems, key=by_place)),
    )


def _bulletins(folder: StationFolder, problems: list[Problem]) -> dict[str, Bulletin]:
    bulletins: dict[str, Bulletin] = {}
    for path in folder.bulletin_files():
        bulletin, found = load_bulletin(path)
        problems += found
        if bulletin is None:
            continue
        if not bulletin.recording and len(bulletin.text) > _LONGEST_TEXT:
            problems.append(_too_long(bulletin))
        elif bulletin.id in bulletins:
            problems.append(_twin(bulletin, bulletins[bulletin.id]))
        else:
            bulletins[bulletin.id] = bulletin
    return bulletins


def _too_long(bulletin: Bulletin) -> Problem:
    """A book among the bulletins would push all others off the air, and fill the disk."""
    letters = len(bulletin.text)
    message = _("the text has {letters} letters, about {hours} hours aloud: it is left out")
    message = message.format(letters=letters, hours=round(letters / _LETTERS_AN_HOUR))
    hint = _("split it into several bulletins")
    return Problem(bulletin.where, "bulletin-too-long", message, hint)


def _twin(bulletin: Bulletin, first: Bulletin) -> Problem:
    message = _("“{id}” is also the name of the bulletin in {path}, so this one is left out")
    message = message.format(id=bulletin.id, path=first.where.path)
    hint = _("give one of them another file name, or another “id”")
    return Problem(bulletin.where, "duplicate-bulletin", message, hint)


def _plans(
    folder: StationFolder, config: StationConfig, problems: list[Problem]
) -> tuple[WeekPlan, ...]:
    plans = []
    for path in folder.week_files():
        plan, found = load_week(path, **config.week_defaults)
        problems += found
        if plan is not None:
            plans.append(plan)
    return tuple(plans)


def _strangers(folder: StationFolder) -> list[Problem]:
    """Files among the bulletins and the sounds that nobody reads."""
    message = _("files of this kind are not read")
    of_text = _("save the text as .txt in UTF-8; sounds belong into scripts_vi/am-thanh")
    of_sound = _("save the sound as WAV, MP3, OGG, FLAC or M4A")
    strangers = [
        *((path, of_text) for path in folder.script_files() if _ending(path) not in _KEPT),
        *((path, of_sound) for path in folder.sound_files() if _ending(path) not in _SOUNDS),
    ]
    return [
        Problem(Where(path), "unread-file", message, hint, Severity.WARNING)
        for path, hint in strangers
    ]


def _ending(path: Path) -> str:
    return path.suffix.lower()
