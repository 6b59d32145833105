"""station.yaml: every key, every slip, and the folder around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadcaster.errors import ConfigError
from broadcaster.model import AfterInterrupt, LateAction, LatePolicy, Rails, StationCalendar, Surge
from broadcaster.script import ReadingStyle
from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.alarm import AlarmSettings
from broadcaster.station.settings.approval import ApprovalSettings
from broadcaster.station.settings.archive import ArchiveSettings, archive_text
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.settings.load import CONFIG_KEYS, load_config
from broadcaster.station.settings.mic import MicSettings
from broadcaster.station.settings.outputs import AmplifierSettings, OutputSettings
from broadcaster.station.settings.relays import RelaySettings
from broadcaster.station.settings.report import ReportSettings

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT = StationConfig(name="Đài")
GOOD = {
    "name": ("Đài xã", replace(DEFAULT, name="Đài xã")),
    "commune": ("xã Phước Mẫu", replace(DEFAULT, commune="xã Phước Mẫu")),
    "province": ("tỉnh Mẫu", replace(DEFAULT, province="tỉnh Mẫu")),
    "frequency": ("98,5 MHz", replace(DEFAULT, frequency="98,5 MHz")),
    "contact": ('"0123"', replace(DEFAULT, contact="0123")),
    "voices": ("[piper:vi, espeak]", replace(DEFAULT, voices=("piper:vi", "espeak"))),
    "voice_by_topic": (
        "{cchc: espeak:bac rate=95}",
        replace(DEFAULT, voice_by_topic={"cchc": "espeak:bac rate=95"}),
    ),
    "online": ("false", replace(DEFAULT, online=False)),
    "output": ("aplay:hw:1", replace(DEFAULT, output="aplay:hw:1")),
    "outputs": ("{loa: auto}", replace(DEFAULT, outputs=(OutputSettings(name="loa"),))),
    "alarm": (
        "{command: [bao-dong, --gap]}",
        replace(DEFAULT, alarm=AlarmSettings(command=("bao-dong", "--gap"))),
    ),
    "amplifier": (
        "{on: bật 1, off: [tắt, 1]}",
        replace(DEFAULT, amplifier=AmplifierSettings(on=("bật", "1"), off=("tắt", "1"))),
    ),
    "relays": (
        "{vov1: http://127.0.0.1/vov1}",
        replace(
            DEFAULT,
            relays=(RelaySettings(name="vov1", url="http://127.0.0.1/vov1", title="vov1"),),
        ),
    ),
    "quiet_hours": (
        "{from: 22h, until: 4h30}",
        replace(DEFAULT, quiet_until=time(4, 30), quiet_from=time(22)),
    ),
    "rails": (
        "{profile: phuong-ha-noi, days: 6, surges: [{from: 1/5/2026, until: 22/5/2026, days: 7}]}",
        replace(
            DEFAULT,
            rails=Rails(
                session_ms=900_000,
                sessions=2,
                days=6,
                surges=(Surge(first=date(2026, 5, 1), last=date(2026, 5, 22), days=7),),
            ),
        ),
    ),
    "calendar": (
        "{workdays: 2026-08-22, holidays: 31/8/2026, mourning: {from: 1/8/2026, until: 2/8/2026}}",
        replace(
            DEFAULT,
            calendar=StationCalendar(
                days_off=frozenset({date(2026, 8, 31)}),
                workdays=frozenset({date(2026, 8, 22)}),
                mourning=((date(2026, 8, 1), date(2026, 8, 2)),),
            ),
        ),
    ),
    "late": ("skip", replace(DEFAULT, late=LatePolicy(LateAction.SKIP, 0))),
    "after_interrupt": ("Phát lại", replace(DEFAULT, after_interrupt=AfterInterrupt.RESTART)),
    "mic": (
        "{usual: 5m, longest: 30m}",
        replace(DEFAULT, mic=MicSettings(usual_ms=300_000, longest_ms=1_800_000)),
    ),
    "report": (
        "{number: /BC-ĐTT, recipients: [UBND xã]}",
        replace(DEFAULT, report=ReportSettings(number="/BC-ĐTT", recipients=("UBND xã",))),
    ),
    "fallback": ("du-phong", replace(DEFAULT, fallback="du-phong")),
    "approval": (
        "{own: có, remind: 20:15}",
        replace(DEFAULT, approval=ApprovalSettings(required=True, own=True, remind=time(20, 15))),
    ),
    "prepare_ahead": ("2d", replace(DEFAULT, prepare_ahead_ms=172_800_000)),
    "cache_max_mb": ("500", replace(DEFAULT, cache_max_mb=500)),
    "archive": (
        "{keep: 90d, max_mb: 5000}",
        replace(DEFAULT, archive=ArchiveSettings(keep_ms=7_776_000_000, max_mb=5000)),
    ),
    "profile": ("loa", replace(DEFAULT, profile="loa", loudness=-14.0)),
    "loudness": ("-18.5", replace(DEFAULT, loudness=-18.5)),
    "language": ("en", replace(DEFAULT, language="en")),
    "reading": (
        "{region: south, slash: pause}",
        replace(DEFAULT, reading=ReadingStyle.of(region="south", slash="pause")),
    ),
}
BAD = {
    "alarm": "{webhook: ftp://xa.vn}",
    "online": "maybe",
    "quiet_hours": "{from: 05:00, until: 21:00}",
    "rails": "phường",
    "calendar": "{mourning: [{from: 2/8/2026, until: 1/8/2026}]}",
    "late": "muộn",
    "after_interrupt": "quên",
    "mic": "{usual: 3h}",
    "report": "Trưởng đài",
    "prepare_ahead": "1s",
    "cache_max_mb": "1.5",
    "profile": "loa phường",
    "loudness": "5",
    "language": "fr",
    "reading": "{year: ngắn}",
    "voices": "[]",
    "name": "[a, b]",
}


def _load(tmp_path: Path, text: str) -> tuple[StationConfig | None, list[str]]:
    folder = StationFolder(tmp_path)
    folder.config.write_text(text, encoding="utf-8")
    config, problems = load_config(folder)
    assert all(problem.where.path == folder.config for problem in problems)
    return config, [problem.code for problem in problems]


def test_every_key_is_tested() -> None:
    """Each key of station.yaml has an example here."""
    assert set(GOOD) == set(CONFIG_KEYS)


@pytest.mark.parametrize("key", CONFIG_KEYS)
def test_reads_each_key(tmp_path: Path, key: str) -> None:
    """Each key of station.yaml is read, and changes what it says and nothing else."""
    written, expected = GOOD[key]
    lines = {"name": "Đài", key: written}
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    assert _load(tmp_path, text) == (expected, [])
    assert expected != DEFAULT


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("true", ApprovalSettings(required=True)),
        ("không", ApprovalSettings()),
        ("2", ApprovalSettings(required=True)),
        ("{}", ApprovalSettings(required=True)),
        ("{required: x, own: x}", ApprovalSettings(required=True)),
        ("{required: no, remind: 25h}", ApprovalSettings()),
    ],
)
def test_an_approval_that_cannot_be_read_is_required(tmp_path: Path, text: str, wanted) -> None:
    """A slip of the pen keeps things silent rather than let them out."""
    config, _problems = _load(tmp_path, f"name: Đài\napproval: {text}\n")
    assert config is not None
    assert config.approval == wanted


@pytest.mark.parametrize("key", BAD)
def test_a_bad_value_leaves_the_default(tmp_path: Path, key: str) -> None:
    """A value that cannot be read is told, and its default stays in force."""
    config, codes = _load(
        tmp_path,
        f"name: Đài\n{key}: {BAD[key]}\n".removeprefix("name: Đài\n" if key == "name" else ""),
    )
    assert len(codes) == 1
    assert config == (replace(DEFAULT, name="") if key == "name" else DEFAULT)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("none", "none"),
        ("0", "none"),
        ("{}", "{keep: 365d, max_mb: 20000}"),
        ("{keep: none}", "{keep: none, max_mb: 20000}"),
        ("{keep: 0, max_mb: 0}", "{keep: none, max_mb: none}"),
        ("{keep: 30 ngày}", "{keep: 30d, max_mb: 20000}"),
    ],
)
def test_the_archive_may_have_no_limit_or_not_be(
    tmp_path: Path, written: str, expected: str
) -> None:
    """“none” and 0 mean no archive, or one without that limit; what is shown can be written."""
    config, codes = _load(tmp_path, f"name: Đài\narchive: {written}\n")
    assert config is not None
    assert (archive_text(config.archive), codes) == (expected, [])
    again, _codes = _load(tmp_path, f"name: Đài\narchive: {expected}\n")
    assert again == config


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("365d", "bad-archive"),
        ("[1]", "bad-archive"),
        ("{keep: forever}", "bad-duration"),
        ("{keep: 1h}", "bad-duration"),
        ("{max_mb: 1}", "bad-number"),
        ("{size: 5}", "unknown-key"),
    ],
)
def test_a_slip_in_the_archive_keeps_what_aired(tmp_path: Path, written: str, code: str) -> None:
    """What cannot be read is told, and never means that something is thrown away."""
    config, codes = _load(tmp_path, f"name: Đài\narchive: {written}\n")
    assert config is not None
    assert (config.archive, code in codes) == (ArchiveSettings(), True)


def test_remembers_where_a_key_stands(tmp_path: Path) -> None:
    """Later findings about a setting can name its line."""
    config, _codes = _load(tmp_path, "name: Đài\nfallback: la\n")
    assert config is not None
    assert (config.place_of("fallback").line, config.place_of("voices").line) == (2, 1)


@pytest.mark.usefixtures("vietnamese")
def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    """A key with a slip is told with its place and the key that was meant."""
    folder = StationFolder(tmp_path)
    folder.config.write_text("name: Đài\nvoises: espeak\n", encoding="utf-8")
    _config, problems = load_config(folder)
    assert [str(problem) for problem in problems] == [
        f"{folder.config}:2:1: không hiểu khoá “voises” — có phải “voices”? [unknown-key]"
    ]


@pytest.mark.parametrize("text", ["", "xin chào", "- a\n", "name: [\n", "&a [*a]", "\x00"])
def test_a_file_that_cannot_be_read_gives_no_settings(tmp_path: Path, text: str) -> None:
    """A station.yaml that is empty or broken as a whole gives no settings but a problem."""
    config, codes = _load(tmp_path, text)
    assert config is None
    assert codes


def test_a_station_needs_a_name(tmp_path: Path) -> None:
    """Without a name the greeting could not say whose station it is."""
    assert _load(tmp_path, "commune: xã\n")[1] == ["missing-key"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_give_settings_or_a_problem(tmp_path: Path, data: bytes) -> None:
    """Whatever lies in station.yaml, reading it ends with settings or with problems."""
    folder = StationFolder(tmp_path)
    folder.config.write_bytes(data)
    config, problems = load_config(folder)
    assert config is not None or problems


# -- the folder ---------------------------------------------------------------------------


@pytest.mark.usefixtures("vietnamese")
def test_a_folder_without_settings_is_no_station(tmp_path: Path) -> None:
    """Called in the wrong folder, it says so and how to make a station."""
    with pytest.raises(ConfigError, match="broadcaster init") as caught:
        StationFolder.find(tmp_path)
    assert caught.value.exit_code == 3
    assert "không phải thư mục của đài" in str(caught.value)


def test_makes_the_folders_that_are_missing(tmp_path: Path) -> None:
    """Every folder that the station writes to is made, and doing it again is harmless."""
    (tmp_path / "station.yaml").write_text("name: Đài\n", encoding="utf-8")
    folder = StationFolder.find(tmp_path)
    folder.ensure()
    folder.ensure()
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_dir()}
    assert made == {
        ".broadcaster",
        "audio_out",
        "audio_out/archive",
        "audio_out/cache",
        "audio_out/programmes",
        "schedules",
        "scripts_vi",
        "scripts_vi/am-thanh",
    }
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path != folder.config]


@pytest.mark.usefixtures("vietnamese")
def test_says_which_folder_cannot_be_written_to(tmp_path: Path) -> None:
    """Where audio_out cannot be made, a sentence names it and what to do."""
    (tmp_path / "audio_out").write_text("một tệp", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        StationFolder(tmp_path).ensure()
    assert {problem.code for problem in caught.value.problems} == {"unwritable-folder"}
    assert "audio_out/cache: không ghi được vào đây" in str(caught.value)


def test_lists_texts_and_leaves_junk_out(tmp_path: Path) -> None:
    """What editors, copiers and file managers leave behind is no bulletin."""
    folder = StationFolder(tmp_path)
    folder.sounds.mkdir(parents=True)
    (folder.scripts / "thang-11").mkdir()
    (folder.scripts / ".an").mkdir()
    wanted = ["02-tin.md", "01-tin.TXT", "thang-11/03-tin.txt"]
    junk = ["._01-tin.txt", "~$bai.txt", "Thumbs.db", "tin.txt.part", "tin.tmp", ".an/tin.txt"]
    junk += ["tin.txt~", "am-thanh/loi.txt", "README.md", "tu-dien.tsv"]
    for name in wanted + junk:
        (folder.scripts / name).write_text("tin", encoding="utf-8")
    names = [str(path.relative_to(folder.scripts)) for path in folder.bulletin_files()]
    assert names == sorted(wanted)


def test_lists_weeks_by_name(tmp_path: Path) -> None:
    """Weeks are the YAML files of the folder itself; a missing folder has none."""
    folder = StationFolder(tmp_path)
    assert folder.week_files() == folder.bulletin_files() == folder.sound_files() == []
    folder.schedules.mkdir()
    (folder.schedules / "ke-hoach").mkdir()
    for name in ("b.yaml", "a.yml", "._a.yaml", "c.yaml.part", "d.txt", "ke-hoach/e.yaml"):
        (folder.schedules / name).write_text("", encoding="utf-8")
    assert [path.name for path in folder.week_files()] == ["a.yml", "b.yaml"]


def test_a_profile_of_rails_brings_its_quiet_hours(tmp_path: Path) -> None:
    """With “rails: xa” the first start is at 05:30, unless quiet_hours say otherwise."""
    config, _codes = _load(tmp_path, "name: Đài\nrails: xa\n")
    assert config is not None
    assert (config.quiet_until, config.all_rails.quiet_until) == (time(5, 30), time(5, 30))
    own = 'name: Đài\nrails: xa\nquiet_hours: {from: "21:00", until: "05:00"}\n'
    config, _codes = _load(tmp_path, own)
    assert config is not None
    assert (config.all_rails.quiet_until, config.rails.sessions) == (time(5), 3)
