"""The systemd unit: right for any folder and any venv, installed by root alone."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_station import SETTINGS, small_station

from broadcaster.station.check.service import service_findings
from broadcaster.station.service import (
    PAGE_UNIT_NAME,
    UNIT_NAME,
    ServiceError,
    UnitSettings,
    install,
    page_unit_text,
    uninstall,
    unit_settings,
    unit_text,
)
from broadcaster.station.service.inspect import ServiceState, inspect_service
from broadcaster.station.settings.config import StationConfig
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from broadcaster.station.folder import StationFolder

STATION = UnitSettings(
    station="Đài xã",
    root=Path("/srv/dai-xa"),
    user="dai",
    python=Path("/opt/broadcaster/.venv/bin/python"),
    package=Path("/opt/broadcaster"),
    environment={},
)
UNITS = {UNIT_NAME: unit_text(STATION)}


@dataclass
class Recorder:
    """A machine that writes down what is done to it."""

    root: bool = True
    users: tuple[str, ...] = ()
    ran: list[tuple[str, ...]] = field(default_factory=list)

    def is_root(self) -> bool:
        return self.root

    def has_user(self, name: str) -> bool:
        return name in self.users

    def run(self, *command: str) -> None:
        self.ran.append(command)

    def programs(self) -> list[str]:
        return [" ".join(command[:2]) for command in self.ran]


def value(unit: str, key: str) -> str:
    (line,) = [line for line in unit.splitlines() if line.startswith(f"{key}=")]
    return line.partition("=")[2]


def test_the_unit_keeps_what_was_promised() -> None:
    """Ready and alive by the loop, started again for ever, the sound card and nothing else."""
    unit = unit_text(STATION)
    promised = {
        "Type": "notify",
        "WatchdogSec": "30",
        "Restart": "always",
        "StartLimitIntervalSec": "0",
        "User": "dai",
        "SupplementaryGroups": "audio",
        "DevicePolicy": "closed",
        "DeviceAllow": "char-alsa rw",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ReadWritePaths": '"/srv/dai-xa"',
        "ProtectHome": "yes",
    }
    assert {key: value(unit, key) for key in promised} == promised
    assert "\nPrivateDevices=" not in unit


def test_the_page_is_confined_like_the_station() -> None:
    """The page is begun again for ever too, gives way to the sound, and may touch no more."""
    station, page = unit_text(STATION), page_unit_text(STATION, lan=False)
    assert page.partition("\nUser=")[2] == station.partition("\nUser=")[2]
    assert (value(page, "Restart"), value(page, "StartLimitIntervalSec")) == ("always", "0")
    assert int(value(page, "Nice")) > int(value(station, "Nice"))


def test_the_page_is_open_to_others_only_where_somebody_says_so() -> None:
    """On loopback unless --lan opens it to the phones of the office."""
    starts = [value(page_unit_text(STATION, lan=lan), "ExecStart") for lan in (False, True)]
    assert [start.partition('"/srv/dai-xa" ')[2] for start in starts] == ["web", "web --lan"]


def test_the_page_comes_and_goes_with_the_station(tmp_path: Path) -> None:
    """Both are written, enabled and started, the station first; both are stopped and removed."""
    machine = Recorder()
    texts = {**UNITS, PAGE_UNIT_NAME: page_unit_text(STATION, lan=False)}
    install(STATION, texts, system=machine, units=tmp_path, arguments=[])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == texts
    assert machine.ran[-4:] == [
        *(("systemctl", order, UNIT_NAME) for order in ("enable", "restart")),
        *(("systemctl", order, PAGE_UNIT_NAME) for order in ("enable", "restart")),
    ]
    uninstall(system=machine, units=tmp_path, arguments=[])
    assert ("systemctl", "disable", "--now", PAGE_UNIT_NAME) in machine.ran
    assert list(tmp_path.iterdir()) == []


def test_the_program_is_that_of_the_venv() -> None:
    """The unit calls the interpreter through the venv, wherever its link leads."""
    config = StationConfig(name="Đài")
    settings = unit_settings(Path("/srv/dai"), config, user="dai", environment={})
    start = value(unit_text(settings), "ExecStart")
    assert start == f'"{sys.executable}" -m broadcaster -C "/srv/dai" run'


def test_a_folder_of_any_name() -> None:
    """Spaces, quotes, percent and dollar signs in a name are the name's, not systemd's."""
    unit = unit_text(replace(STATION, root=Path('/srv/đài "xa" $1 50%\\')))
    assert value(unit, "ExecStart").endswith('-C "/srv/đài \\"xa\\" $$1 50%%\\\\" run')
    assert value(unit, "ReadWritePaths") == '"/srv/đài \\"xa\\" $1 50%%\\\\"'
    assert value(unit, "WorkingDirectory") == '/srv/đài "xa" $1 50%%\\'


@pytest.mark.parametrize(
    "change",
    [{"root": Path("/home/dai/dai-xa")}, {"python": Path("/home/lan/venv/bin/python")}],
)
def test_a_home_stays_visible_where_it_is_needed(change: dict[str, Path]) -> None:
    """A station or a program below /home would vanish with ProtectHome=yes."""
    assert value(unit_text(replace(STATION, **change)), "ProtectHome") == "read-only"


def test_no_station_in_tmp(tmp_path: Path) -> None:
    """A folder that is emptied at each start of the machine is refused."""
    temporary = replace(STATION, root=Path("/var/tmp/dai"))
    with pytest.raises(ServiceError, match="/var/tmp"):
        install(temporary, UNITS, system=Recorder(), units=tmp_path, arguments=[])


def test_no_secret_enters_the_unit() -> None:
    """Of the environment only what holds no secret is passed on."""
    environment = {
        "BROADCASTER_VOICES": "espeak",
        "BROADCASTER_ALARM_EMAIL_PASSWORD": "mk123",
        "BROADCASTER_ICECAST_PASSWORD": "mk456",
    }
    config = StationConfig(name="Đài\nUser=root")
    settings = unit_settings(Path("/srv/dai"), config, user="dai", environment=environment)
    unit = unit_text(settings)
    assert value(unit, "Environment") == '"BROADCASTER_VOICES=espeak"'
    assert "mk" not in value(unit, "Environment")
    assert value(unit, "User") == "dai"
    assert value(unit, "Description") == "Đài User=root"


def test_installing(tmp_path: Path) -> None:
    """A user for the sound cards, the unit, the start: in this order, and said in sentences."""
    machine = Recorder()
    done = install(STATION, UNITS, system=machine, units=tmp_path, arguments=[])
    assert (tmp_path / UNIT_NAME).read_text(encoding="utf-8") == unit_text(STATION)
    assert (tmp_path / UNIT_NAME).stat().st_mode & 0o777 == 0o644
    assert machine.programs() == [
        "useradd --system",
        "chown dai:",
        "chown --recursive",
        "systemctl daemon-reload",
        "systemctl enable",
        "systemctl restart",
    ]
    assert len(done) == 4


def test_installing_again_keeps_the_user(tmp_path: Path) -> None:
    """A user who is there is only let into the group of the sound cards."""
    machine = Recorder(users=("dai",))
    install(STATION, UNITS, system=machine, units=tmp_path, arguments=[])
    assert machine.ran[0] == ("usermod", "--append", "--groups", "audio", "dai")


def test_without_root_the_command_is_told(tmp_path: Path) -> None:
    """Who is not root is told what to type, and nothing is changed."""
    machine = Recorder(root=False)
    arguments = ["-C", "/srv/đài xa", "service", "install"]
    with pytest.raises(ServiceError) as caught:
        install(STATION, UNITS, system=machine, units=tmp_path, arguments=arguments)
    assert f"sudo {sys.executable} -m broadcaster -C '/srv/đài xa'" in caught.value.hint
    assert (machine.ran, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize("user", ["root", "Đài", "-x", "a b", ""])
def test_a_user_that_cannot_be(tmp_path: Path, user: str) -> None:
    """Neither root nor what is no user's name."""
    with pytest.raises(ServiceError, match="cannot be the user"):
        install(replace(STATION, user=user), UNITS, system=Recorder(), units=tmp_path, arguments=[])


def test_a_service_may_not_write_to_its_own_program(tmp_path: Path) -> None:
    """The sample station in a checkout holds the program: it is no place for a service."""
    inside = replace(STATION, package=STATION.root)
    machine = Recorder()
    with pytest.raises(ServiceError, match="program lies in the station folder"):
        install(inside, UNITS, system=machine, units=tmp_path, arguments=[])
    assert machine.ran == []


def test_uninstalling(tmp_path: Path) -> None:
    """It is stopped and its unit is gone; a second time says that there is none."""
    machine = Recorder()
    install(STATION, UNITS, system=machine, units=tmp_path, arguments=[])
    uninstall(system=machine, units=tmp_path, arguments=[])
    assert machine.ran[-2] == ("systemctl", "disable", "--now", UNIT_NAME)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ServiceError, match="no service"):
        uninstall(system=machine, units=tmp_path, arguments=[])


def state(folder: StationFolder, config: StationConfig, **values) -> ServiceState:
    settings = unit_settings(folder.root, config, user="dai", environment={})
    usual = {
        "unit": unit_text(settings),
        "user": "dai",
        "in_audio": True,
        "active": "active",
        "enabled": "enabled",
        "root": str(folder.root.resolve()),
    }
    return ServiceState(**{**usual, **values})


def page_state(folder: StationFolder, config: StationConfig, **values) -> ServiceState:
    settings = unit_settings(folder.root, config, user="dai", environment={})
    unit = page_unit_text(settings, lan=True)
    return state(folder, config, name=PAGE_UNIT_NAME, unit=unit, **values)


NO_PAGE = ServiceState(name=PAGE_UNIT_NAME)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [True]),
        ({"unit": ""}, [None]),
        ({"root": "/srv/khac"}, [None]),
        ({"active": "failed"}, [False]),
        ({"active": ""}, [None]),
        ({"enabled": "disabled"}, [None]),
        ({"restarts": 5}, [None]),
        ({"in_audio": False}, [True, False]),
        ({"unit": "[Service]\nUser=dai\n"}, [True, None]),
    ],
)
def test_what_is_found(tmp_path: Path, values: dict, expected: list[bool | None]) -> None:
    """Each state of the service has its line, and what is not well a cure."""
    settings = SETTINGS.replace('"null"', "aplay:plughw:CARD=Loa")
    folder = small_station(tmp_path / "dai", settings=settings)
    config, _problems = load_config(folder)
    assert config
    found = list(service_findings(folder, states=(state(folder, config, **values), NO_PAGE)))
    assert [finding.ok for finding in found] == expected
    assert all(finding.cure for finding in found if not finding.ok and not values.get("root"))


@pytest.mark.parametrize(
    ("values", "ok", "cure"),
    [
        ({}, True, ""),
        ({"active": "failed"}, False, "sudo systemctl start broadcaster-web"),
        ({"enabled": "disabled"}, None, "sudo systemctl enable broadcaster-web"),
    ],
)
def test_the_page_is_told_of_beside_the_station(
    tmp_path: Path, values: dict, ok: bool | None, cure: str
) -> None:
    """Where the page is a service too, its line stands below the station's, with its own cure; a
    page of another station is none of ours."""
    folder = small_station(tmp_path / "dai")
    config, _problems = load_config(folder)
    assert config
    station, page = state(folder, config), page_state(folder, config, **values)
    first, second = service_findings(folder, states=(station, page))
    assert (first.area, first.ok) == ("service", True)
    assert (second.area, second.ok, second.cure) == ("page", ok, cure)
    strange = replace(page, root="/srv/khac")
    assert list(service_findings(folder, states=(station, strange))) == [first]


def test_a_page_that_is_open_to_the_office_stays_so(tmp_path: Path) -> None:
    """The cure of an old unit, the station's or the page's, never closes the page to phones."""
    folder = small_station(tmp_path / "dai")
    config, _problems = load_config(folder)
    assert config
    states = [state(folder, config), page_state(folder, config)]
    for number, one in enumerate(states):
        old = replace(one, unit=one.unit.replace("Restart=always\n", ""))
        *_running, found = service_findings(
            folder, states=[*states[:number], old, *states[number + 1 :]]
        )
        assert found.cure == "broadcaster service install --user dai --lan"


def test_a_users_sound_server_is_out_of_reach(tmp_path: Path) -> None:
    """An output of PulseAudio in a service is told before the first morning is silent."""
    folder = small_station(tmp_path / "dai", settings=SETTINGS.replace('"null"', "auto"))
    running = ServiceState(
        unit="x", user="dai", in_audio=True, active="active", enabled="enabled",
        root=str(folder.root.resolve()),
    )  # fmt: skip
    found = list(service_findings(folder, states=(running, NO_PAGE)))
    assert any("CARD=" in finding.cure for finding in found)


def test_a_machine_without_the_service(tmp_path: Path) -> None:
    """No unit: not installed; an unreadable one too."""
    assert not inspect_service(tmp_path).is_installed
    (tmp_path / UNIT_NAME).write_bytes(b"\xff\xfe")
    assert not inspect_service(tmp_path).is_installed
    (tmp_path / UNIT_NAME).write_text(unit_text(replace(STATION, user="nobody-here")))
    found = inspect_service(tmp_path)
    assert (found.user, found.root, found.in_audio) == ("nobody-here", "/srv/dai-xa", False)
    assert not inspect_service(tmp_path, name=PAGE_UNIT_NAME).is_installed
    (tmp_path / PAGE_UNIT_NAME).write_text(page_unit_text(STATION, lan=True))
    page = inspect_service(tmp_path, name=PAGE_UNIT_NAME)
    assert (page.root, page.opens_to_lan) == ("/srv/dai-xa", True)
