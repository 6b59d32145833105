"""A station of a few bulletins in a temporary folder, spoken by a tone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from broadcaster.clock import LOCAL
from broadcaster.programme import Assets
from broadcaster.schedule import occurrences_between
from broadcaster.speech import Speaker, SpeechCache
from broadcaster.speech.engines.tone import ToneSynthesizer
from broadcaster.station.assembly.assemble import Assembler
from broadcaster.station.content.content import load_content
from broadcaster.station.folder import StationFolder
from broadcaster.station.preparing.consent import decisions_in
from broadcaster.station.preparing.prepare import Preparer
from broadcaster.station.preparing.sealing import seal_of
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.model import Occurrence

SETTINGS = """
name: Đài xã Mẫu
commune: xã Mẫu
voices: [espeak]
output: "null"
fallback: du-phong
"""
APPROVED = SETTINGS.replace("[espeak]", "[tone]") + "approval: true\n"
"""The same where somebody must stand for what is heard."""
WEEK = """
programmes:
  tin:
    title: Tin trong ngày
    segments:
      - greeting: "Đây là {station}, {weekday} ngày {day} tháng {month}."
      - bulletins: {most: 3, between: chuong}
      - closing: "Xin chào {commune}."
  mot: {title: Một bài, segments: [{bulletin: 02-hai}]}
  rong: {title: Rỗng, segments: [{bulletin: khong-co}]}
  du-phong: {title: Dự phòng, segments: [{jingle: chuong}]}
slots:
  - {id: sang, days: hằng ngày, at: 05:30, programme: tin}
  - {id: trua, days: hằng ngày, at: 11:00, programme: mot}
"""
DAY = datetime(2026, 11, 23, tzinfo=LOCAL)


def small_station(root: Path, *, settings: str = SETTINGS, week: str = WEEK) -> StationFolder:
    """Three bulletins, two slots a day and a fallback."""
    root.mkdir(exist_ok=True)
    folder = StationFolder(root)
    folder.ensure()
    folder.config.write_text(settings, encoding="utf-8")
    for name in ("01-mot", "02-hai", "03-ba"):
        bulletin(folder, name, f"Bản tin {name[3:]}.\n\nNội dung của bản tin {name[3:]} hôm nay.\n")
    schedule(folder, week)
    return folder


def bulletin(folder: StationFolder, name: str, text: str) -> None:
    (folder.scripts / f"{name}.txt").write_text(text, encoding="utf-8")


def schedule(folder: StationFolder, week: str) -> None:
    (folder.schedules / "tuan.yaml").write_text(week, encoding="utf-8")


def worker(folder: StationFolder, **values) -> Preparer:
    """A preparer with the tone as its only voice."""
    config, _problems = load_config(folder)
    assert config is not None
    config = replace(config, voices=("tone",))
    folder.state.mkdir(exist_ok=True)
    seal = seal_of(folder)
    speaker = Speaker(
        SpeechCache(folder.cache / "speech", seal), ["tone"], engines={"tone": ToneSynthesizer()}
    )
    assets = Assets(folder.sounds, folder.sound_cache, seal=seal)
    content = load_content(folder, config)
    decisions = decisions_in(folder)
    assembler = Assembler(
        config, content, speaker, assets.find, assets.fingerprint, decisions, **values
    )
    return Preparer(folder, config, assembler)


def occurrence_of(maker: Preparer, slot: str) -> Occurrence:
    """The slot's start on the test day."""
    plans = maker.assembler.content.plans
    end = DAY.replace(hour=23)
    return next(o for o in occurrences_between(plans, DAY, end) if o.slot.id == slot)
