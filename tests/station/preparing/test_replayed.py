"""A replay holds what was heard the first time, but for what no longer holds; other languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from small_station import DAY, bulletin, occurrence_of, small_station, worker

from broadcaster.schedule import occurrences_between
from broadcaster.station.assembly.history import Aired, never_aired

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import Occurrence
    from broadcaster.station.preparing.prepare import Preparer

WEEK = """
programmes:
  tin:
    title: Tin trong ngày
    segments:
      - greeting: "Hôm nay là ngày {day}."
      - bulletins: {most: 2}
slots:
  - {id: chieu, days: hằng ngày, at: 17:00, programme: tin}
  - {id: sang, days: hằng ngày, at: 05:30, replay: chieu}
"""


class _Heard:
    """A station's memory of one evening."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def __call__(self, occurrence: Occurrence) -> dict[str, date]:
        is_later = occurrence.starts_at > DAY
        return dict.fromkeys(self._names, DAY.date()) if is_later else {}

    def items_of(self, _occurrence: Occurrence) -> tuple[str, ...]:
        return self._names


def _morning(maker: Preparer) -> Occurrence:
    plans = maker.assembler.content.plans
    begin = DAY + timedelta(days=1)
    found = occurrences_between(plans, begin, begin + timedelta(hours=8))
    return next(o for o in found if o.slot.id == "sang" and o.starts_at > begin)


def _heard_again(
    tmp_path: Path, aired: Aired, *, text: str = "", name: str = "00-moi"
) -> list[str]:
    folder = small_station(tmp_path, week=WEEK)
    if text:
        bulletin(folder, name, text)
    maker = worker(folder, aired=aired)
    assembled = maker.assembler.assemble(_morning(maker))
    return [s.bulletin_id for s in assembled.programme.segments if s.bulletin_id]


def test_holds_the_bulletins_that_were_heard(tmp_path: Path) -> None:
    """What was heard in the evening is heard again, though a newer bulletin has never aired."""
    heard = _Heard("02-hai", "03-ba")
    assert _heard_again(tmp_path, heard, text="Bản tin mới hôm nay.\n") == ["02-hai", "03-ba"]


def test_leaves_out_what_expired_overnight(tmp_path: Path) -> None:
    """A bulletin of the evening whose last day is over is not heard again."""
    old = "---\nvalid_until: 23/11/2026\n---\nNội dung của hôm qua.\n"
    assert _heard_again(tmp_path, _Heard("02-hai", "03-ba"), text=old, name="02-hai") == ["03-ba"]


def test_leaves_out_what_was_replaced_overnight(tmp_path: Path) -> None:
    """A bulletin that a newer one replaced overnight is not heard again."""
    newer = "---\nreplaces: 03-ba\nvalid_from: 24/11/2026\n---\nNội dung mới.\n"
    assert _heard_again(tmp_path, _Heard("02-hai", "03-ba"), text=newer) == ["02-hai"]


def test_before_the_first_airing_it_chooses_as_that_will(tmp_path: Path) -> None:
    """Prepared a day ahead, when nothing was heard yet, both hold the same bulletins."""
    folder = small_station(tmp_path, week=WEEK)
    maker = worker(folder, aired=never_aired)
    evening = maker.assembler.assemble(occurrence_of(maker, "chieu")).programme
    morning = maker.assembler.assemble(_morning(maker)).programme
    assert [s.bulletin_id for s in morning.segments] == [s.bulletin_id for s in evening.segments]


def test_says_that_it_is_a_replay_and_what_day_it_is(tmp_path: Path) -> None:
    """The title is marked, and the greeting says the date of the morning."""
    folder = small_station(tmp_path, week=WEEK)
    maker = worker(folder)
    programme = maker.assembler.assemble(_morning(maker)).programme
    assert programme.title == "Tin trong ngày (phát lại)"
    assert "hai mươi tư" in programme.segments[0].clips[0].text.casefold()


def test_a_named_bulletin_is_heard_in_the_language_of_its_slot(tmp_path: Path) -> None:
    """A slot with “language: raglai” plays the recording 02-hai.raglai, and says what it lacks."""
    week = """
programmes:
  tin: {title: Tin, segments: [{bulletin: 01-mot}, {bulletin: 02-hai}, {bulletins: {most: 5}}]}
slots:
  - {id: jrai, days: hằng ngày, at: 06:00, programme: tin, language: Raglai}
"""
    folder = small_station(tmp_path, week=week)
    tone = 0.2 * np.sin(np.arange(88_200) / 20)
    soundfile.write(folder.sounds / "02-hai.raglai.wav", tone, 44_100)
    maker = worker(folder)
    assembled = maker.assembler.assemble(occurrence_of(maker, "jrai"))
    assert [s.bulletin_id for s in assembled.programme.segments] == ["02-hai.raglai"]
    assert len(assembled.left_out) == 1
    assert "[not-in-language]" in assembled.left_out[0]


def test_a_day_without_music_has_words_only(tmp_path: Path) -> None:
    """On a day of mourning jingles are gone from what is mixed, words are not."""
    week = """
programmes:
  tin: {title: Tin, segments: [{jingle: chuong}, {bulletins: {most: 2, between: chuong}}]}
slots:
  - {id: sang, days: hằng ngày, at: 06:00, programme: tin}
exceptions:
  - {date: 2026-11-23, music: không, reason: Quốc tang}
"""
    maker = worker(small_station(tmp_path, week=week))
    occurrence = occurrence_of(maker, "sang")
    kinds = {s.kind for s in maker.assembler.assemble(occurrence).programme.segments}
    assert occurrence.reason == "Quốc tang"
    assert kinds == {"speech"}
    assert replace(occurrence, reason="").id == "sang@2026-11-23T06:00+07:00"
