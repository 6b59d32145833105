"""Voices that nobody has: told at the place where somebody wrote them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from small_station import DAY, bulletin, schedule, small_station

from broadcaster.model import BulletinChoice
from broadcaster.schedule import occurrences_between
from broadcaster.station.assembly.estimate import estimating_assembler
from broadcaster.station.assembly.voices import chain_of, topic_voice
from broadcaster.station.check.voices import check_voices
from broadcaster.station.content.content import load_content
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.errors import Problem
    from broadcaster.station.folder import StationFolder

SETTINGS = "name: Đài\nonline: {online}\nvoices: {voices}\nvoice_by_topic: {topics}\n"


def station(
    root: Path, *, voices: str = "[espeak]", topics: str = "{}", online: str = "true"
) -> StationFolder:
    text = SETTINGS.format(voices=voices, topics=topics, online=online)
    return small_station(root, settings=text)


def problems(folder: StationFolder) -> list[Problem]:
    config, found = load_config(folder)
    assert config is not None
    assert found == []
    return check_voices(folder, config, load_content(folder, config))


def told(folder: StationFolder) -> list[tuple[str, int, int, str]]:
    """(code, line, column, hint) of each problem."""
    return [(p.code, p.where.line, p.where.column, p.hint) for p in problems(folder)]


def test_good_voices_are_no_problem(tmp_path: Path):
    """Regions, rates, pitches and other countries' addresses are voices."""
    voices = '[gtts:vi@com.vn, "espeak:nam rate=95 pitch=-2", espeak:trung, espeak:en-us]'
    folder = station(tmp_path, voices=voices, topics="{cchc: espeak:bac}")
    bulletin(folder, "04-bon", "---\nvoice: espeak:bac rate=90\n---\nTin bốn.\n")
    assert problems(folder) == []


def test_each_wrong_voice_of_the_station_is_told_where_it_stands(tmp_path: Path):
    """The column of the voice, not that of the list; with the name that was meant."""
    folder = station(tmp_path, voices="[gtts, espaek:vi, espeak:name, 'espeak rate=900']")
    assert told(folder) == [
        ("unknown-synthesizer", 3, 16, "did you mean “espeak”?"),
        ("unknown-voice", 3, 27, "did you mean “nam”?"),
        ("bad-voice", 3, 40, "write rate= once, with a whole number from 50 to 200"),
    ]


def test_a_wrong_voice_of_a_topic_is_told_where_it_stands(tmp_path: Path):
    """voice_by_topic is looked at as well."""
    folder = station(tmp_path, topics="{cchc: espeak:bac, y-te: gtts:vii}")
    assert told(folder) == [("unknown-voice", 4, 42, "did you mean “vi”?")]


def test_a_wrong_voice_of_a_bulletin_is_told_where_it_stands(tmp_path: Path):
    """The line of `voice:` in the bulletin, which still airs with another voice."""
    folder = station(tmp_path)
    bulletin(folder, "04-bon", "---\ntitle: Bốn\nvoice: espeak:namm\n---\nTin bốn.\n")
    (problem,) = problems(folder)
    assert (problem.code, problem.where.line, problem.where.column) == ("unknown-voice", 3, 8)
    assert problem.where.path == folder.scripts / "04-bon.txt"


def test_a_wrong_voice_of_a_programme_is_told_at_its_line(tmp_path: Path):
    """Two voices in turn: the one that does not exist is told."""
    folder = station(tmp_path)
    config, _found = load_config(folder)
    assert config is not None
    content = load_content(folder, config)
    (plan,) = content.plans
    tin = plan.programmes["tin"]
    line = replace(tin.segments[1], choice=BulletinChoice(voices=("espik", "espeak")))
    programme = replace(tin, segments=(line,))
    content = replace(content, plans=(replace(plan, programmes={"tin": programme}),))
    (problem,) = check_voices(folder, config, content)
    assert (problem.code, problem.where) == ("unknown-synthesizer", line.where)


@pytest.mark.parametrize(
    ("settings", "matter"),
    [
        ({"voices": "[espeak]"}, ""),
        ({"voices": "[gtts, espeak]", "online": "false"}, ""),
        ({"voices": "[gtts, espeak]"}, "online: false\n"),
    ],
)
def test_a_voice_that_may_not_be_asked_is_a_warning(tmp_path: Path, settings: dict, matter: str):
    """A bulletin wants a network voice that its station, or it itself, forbids: it is told."""
    folder = station(tmp_path, **settings)
    bulletin(folder, "04-bon", f"---\nvoice: gtts\n{matter}---\nTin bốn.\n")
    (problem,) = problems(folder)
    assert (problem.code, problem.severity, problem.where.line) == ("voice-forbidden", "warning", 2)


def test_only_forbidden_voices_is_no_voice(tmp_path: Path):
    """`online: false` with network voices alone: nothing would be read."""
    (problem,) = problems(station(tmp_path, voices="[gtts:vi@com.vn]", online="false"))
    assert (problem.code, problem.where.line) == ("no-voice", 3)


def test_a_rate_that_nothing_here_can_make_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Google has no rate, and ffmpeg, which would make it, is missing: it is told beforehand."""
    monkeypatch.setenv("PATH", str(tmp_path))
    (problem,) = problems(station(tmp_path / "dai", voices="[gtts rate=90, espeak rate=90]"))
    assert (problem.code, problem.severity) == ("voice-unshaped", "warning")
    assert "apt-get install ffmpeg" in problem.hint


def test_a_topic_has_its_voice(tmp_path: Path):
    """The bulletins of a topic are read by the voice that the station keeps for it."""
    folder = station(tmp_path, topics="{CCHC: espeak:nam}")
    bulletin(folder, "04-bon", "---\ntopic: cchc\n---\nTin bốn.\n")
    config, _found = load_config(folder)
    assert config is not None
    content = load_content(folder, config)
    assert topic_voice(config, content.bulletins["04-bon"]) == "espeak:nam"
    assert topic_voice(config, content.bulletins["01-mot"]) == ""


def test_the_environment_names_voices_with_rates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """BROADCASTER_VOICES takes commas or spaces between voices, and rates after them."""
    config, _found = load_config(station(tmp_path))
    assert config is not None
    assert chain_of(config) == ("espeak",)
    monkeypatch.setenv("BROADCASTER_VOICES", " espeak:nam rate=95 pitch=2, gtts tone,")
    assert list(chain_of(config)) == ["espeak:nam rate=95 pitch=2", "gtts", "tone"]


def test_an_estimate_knows_whose_voice_and_how_fast(tmp_path: Path):
    """A bulletin whose voice reads at 80 % is estimated longer than one read as usual."""
    folder = station(tmp_path, voices="[espeak:nam]")
    text = "Một câu khá dài để so sánh.\n"
    bulletin(folder, "04-cham", f"---\nvoice: espeak:nam rate=80\n---\n{text}")
    bulletin(folder, "05-thuong", text)
    config, _found = load_config(folder)
    assert config is not None
    assembler = estimating_assembler(folder, config, load_content(folder, config))
    slow, usual = (
        assembler.speech_of(assembler.content.bulletins[name]) for name in ("04-cham", "05-thuong")
    )
    assert (slow.voice, usual.voice) == ("espeak:vi-vn-x-south rate=80", "espeak:vi-vn-x-south")
    assert slow.clips[0].duration_ms == pytest.approx(usual.clips[0].duration_ms * 1.25, rel=0.01)


def test_whose_voice_it_is(tmp_path: Path):
    """A bulletin's own voice, else the programme's in turn, else the topic's, else the first."""
    folder = station(tmp_path, voices="[espeak:trung]", topics="{cchc: espeak:nam}")
    for name, matter in {
        "01-mot": "voice: espeak:bac rate=90\ntopic: cchc",
        "02-hai": "topic: cchc",
        "03-ba": "topic: khác",
    }.items():
        bulletin(folder, name, f"---\n{matter}\n---\nMột câu của {name[3:]}.\n")
    own, topic, usual = (
        "espeak:vi rate=90",
        "espeak:vi-vn-x-south",
        "espeak:vi-vn-x-central",
    )
    assert _heard(folder, "{most: 3}") == {"01-mot": own, "02-hai": topic, "03-ba": usual}
    in_turn = "{most: 3, voices: [espeak:bac, 'espeak:bac rate=95']}"
    heard = _heard(folder, in_turn)
    assert heard["01-mot"] == own
    assert {heard["02-hai"], heard["03-ba"]} <= {"espeak:vi", "espeak:vi rate=95"}


def _heard(folder: StationFolder, choice: str) -> dict[str, str]:
    """The voice of each bulletin in a programme of bulletins."""
    schedule(
        folder,
        f"programmes: {{tin: {{title: Tin, segments: [{{bulletins: {choice}}}]}}}}\n"
        "slots: [{id: sang, days: hằng ngày, at: 05:30, programme: tin}]\n",
    )
    config, _found = load_config(folder)
    assert config is not None
    content = load_content(folder, config)
    (occurrence,) = occurrences_between(content.plans, DAY, DAY.replace(hour=23))
    programme = estimating_assembler(folder, config, content).assemble(occurrence).programme
    return {s.bulletin_id: s.voice for s in programme.segments if s.bulletin_id}


def test_a_slip_in_a_topic_is_a_warning(tmp_path: Path):
    """A topic that is nearly one that bulletins have is told; one that may come later is not."""
    folder = station(tmp_path, topics="{cchcc: espeak, y-te: espeak}")
    bulletin(folder, "04-bon", "---\ntopic: CCHC\n---\nTin bốn.\n")
    assert told(folder) == [("unknown-topic", 4, 25, "did you mean “cchc”?")]
