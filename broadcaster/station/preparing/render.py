"""``broadcaster render``: bulletins to speech and programmes to sound, ahead of time.

The daemon's preparer process does the same work without a report; here a person asks for it and
wants to see lengths, voices and levels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

from broadcaster.clock import SystemClock
from broadcaster.errors import (
    BroadcasterError,
    ConfigError,
    Problem,
    SpeechError,
    Where,
    nearest,
)
from broadcaster.programme import cue_sheet
from broadcaster.schedule import occurrences_between
from broadcaster.station.assembly.estimate import estimate_programme, estimating_assembler
from broadcaster.station.content.content import load_content
from broadcaster.station.content.unanswered import unanswered
from broadcaster.station.preparing import manifest
from broadcaster.station.preparing.prepare import preparer
from broadcaster.station.preparing.variants import Variant, variants, with_profile
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from broadcaster.model import Bulletin, Occurrence
    from broadcaster.station.assembly.assemble import Assembler
    from broadcaster.station.folder import StationFolder
    from broadcaster.station.preparing.prepare import Preparer

__all__ = ["RenderReport", "RenderedBulletin", "RenderedProgramme", "render_station"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedBulletin:
    """A bulletin as it sounds; ``calls`` counts the engine calls that it cost now."""

    id: str
    title: str
    voice: str
    duration_ms: int
    estimated_ms: int
    calls: int
    fallbacks: tuple[str, ...]
    audio: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedProgramme:
    """An occurrence's programme as it will sound."""

    occurrence: str
    title: str
    audio: Path
    mp3: Path | None
    duration_ms: int
    estimated_ms: int
    lufs: float
    peak_db: float
    audio_sha256: str
    voice: str
    left_out: tuple[str, ...]


@dataclass(slots=True)
class RenderReport:
    """All that one call made, and what it could not make."""

    bulletins: list[RenderedBulletin] = field(default_factory=list)
    programmes: list[RenderedProgramme] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def render_station(
    folder: StationFolder,
    ids: Sequence[str] = (),
    *,
    force: bool = False,
    ahead_ms: int | None = None,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _title: None,
) -> RenderReport:
    """Render the bulletins ``ids``, or all of them and the programmes of the next ``ahead_ms``.

    ``progress`` is told (done, total, what is at hand).  What fails is a problem in the report.
    Raises ConfigError where the station itself cannot be read.
    """
    folder.ensure()
    config, problems = load_config(folder)
    if config is None:
        raise ConfigError(problems)
    content = load_content(folder, config)
    report = RenderReport(problems=[*problems, *content.problems])
    now = SystemClock().now()
    until = now + timedelta(milliseconds=config.prepare_ahead_ms if ahead_ms is None else ahead_ms)
    bulletins = [
        content.bulletins[i] for i in ids or sorted(content.bulletins) if i in content.bulletins
    ]
    occurrences = [] if ids else occurrences_between(content.plans, now, until)
    with preparer(folder, config, content) as worker:
        estimator = estimating_assembler(folder, config, content, aired=worker.assembler.aired)
        render_bulletin = partial(_render_bulletin, estimator, report, worker, force=force)
        render_programme = partial(_render_programme, estimator, report, force=force)
        jobs: list[tuple[str, Callable[[], None]]] = [
            (bulletin.title, partial(render_bulletin, bulletin)) for bulletin in bulletins
        ]
        wanted = [v for o in occurrences for v in (Variant(o), *variants(o, config))]
        jobs += [(o.id, partial(render_programme, with_profile(worker, p), o)) for o, p in wanted]
        for number, (title, job) in enumerate(jobs):
            progress(number, len(jobs), title)
            job()
        progress(len(jobs), len(jobs), "")
    report.problems += _unknown(ids, content.bulletins)
    report.problems = list(dict.fromkeys(report.problems))
    return report


def _render_bulletin(
    estimator: Assembler,
    report: RenderReport,
    worker: Preparer,
    bulletin: Bulletin,
    *,
    force: bool,
) -> None:
    if not bulletin.is_answered:
        report.problems.append(unanswered(bulletin))
        return
    assembler = worker.assembler
    try:
        estimate = cue_sheet(estimator.alone(bulletin))  # first: may it be heard at all?
        speech = None if bulletin.recording else assembler.speech_of(bulletin, force=force)
        prepared = worker.prepare_bulletin(bulletin, force=force)
    except (BroadcasterError, OSError) as error:
        report.problems.append(_failure(bulletin.where, error))
        return
    report.bulletins.append(
        RenderedBulletin(
            id=bulletin.id,
            title=bulletin.title,
            voice=prepared.voice,
            duration_ms=prepared.duration_ms,
            estimated_ms=estimate.duration_ms,
            calls=speech.calls if speech else 0,
            fallbacks=speech.fallbacks if speech else (),
            audio=worker.folder.bulletin_audio(bulletin.id),
        )
    )


def _render_programme(
    estimator: Assembler,
    report: RenderReport,
    worker: Preparer,
    occurrence: Occurrence,
    *,
    force: bool,
) -> None:
    try:
        prepared = worker.prepare(occurrence, force=force)
    except (BroadcasterError, OSError) as error:
        where = occurrence.programme.where
        report.problems.append(_failure(where if where.path else occurrence.slot.where, error))
        return
    files = manifest.files_for(worker.folder, occurrence)
    report.programmes.append(
        RenderedProgramme(
            occurrence=occurrence.id,
            title=prepared.title,
            audio=files.audio,
            mp3=files.mp3,
            duration_ms=prepared.duration_ms,
            estimated_ms=estimate_programme(estimator, occurrence).duration_ms,
            lufs=prepared.lufs,
            peak_db=prepared.peak_db,
            audio_sha256=prepared.audio_sha256,
            voice=prepared.voice,
            left_out=prepared.left_out,
        )
    )


def _failure(where: Where, error: BroadcasterError | OSError) -> Problem:
    """What failed costs that bulletin or programme, and the rest goes on.

    What an error holds of problems of its own tells more than their joint message.
    """
    if isinstance(error, OSError):
        message = f"{error.filename or '-'}: {_(error.strerror or str(error))}"
        return Problem(where, "not-rendered", message, _("see: broadcaster doctor"))
    found = [p for p in getattr(error, "problems", ()) if isinstance(p, Problem)]
    first = found[0] if found else error
    code = "no-voice" if isinstance(error, SpeechError) else "not-rendered"
    return Problem(where, code, first.message, first.hint)


def _unknown(ids: Sequence[str], known: dict[str, Bulletin]) -> list[Problem]:
    return [
        Problem(
            Where(),
            "unknown-bulletin",
            _("there is no bulletin “{id}”").format(id=i),
            nearest(i, known),
        )
        for i in ids
        if i not in known
    ]
