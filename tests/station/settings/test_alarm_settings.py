"""The key ``alarm`` of station.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadcaster.station.folder import StationFolder
from broadcaster.station.settings.alarm import (
    AlarmSettings,
    EmailSettings,
    WebhookSettings,
    alarm_text,
)
from broadcaster.station.settings.load import load_config

if TYPE_CHECKING:
    from pathlib import Path


def read(tmp_path: Path, text: str) -> tuple[AlarmSettings, list[str]]:
    folder = StationFolder(tmp_path)
    folder.config.write_text(f"name: Đài\nalarm: {text}\n", encoding="utf-8")
    config, problems = load_config(folder)
    assert config
    return config.alarm, [problem.code for problem in problems]


MAIL = EmailSettings(to=("a@xa.vn",), host="smtp.xa.vn")
GOOD = {
    "{command: [bao, động]}": AlarmSettings(command=("bao", "động")),
    "{command: bao 'hai từ'}": AlarmSettings(command=("bao", "hai từ")),
    "{webhook: https://xa.vn/x?y=1}": AlarmSettings(
        webhook=WebhookSettings(url="https://xa.vn/x?y=1")
    ),
    "{webhook: {url_file: .broadcaster/url.mk}}": AlarmSettings(
        webhook=WebhookSettings(url_file=".broadcaster/url.mk")
    ),
    "{email: {to: a@xa.vn, server: smtp.xa.vn}}": AlarmSettings(email=MAIL),
    "{email: {to: [a@xa.vn, b@xa.vn], server: smtp.xa.vn:465, user: dai, password_file: mk}}": (
        AlarmSettings(
            email=EmailSettings(
                to=("a@xa.vn", "b@xa.vn"),
                host="smtp.xa.vn",
                port=465,
                security="tls",
                user="dai",
                password_file="mk",
            )
        )
    ),
    '{email: {to: a@xa.vn, server: "[::1]:25", from: d@xa.vn}}': AlarmSettings(
        email=EmailSettings(to=("a@xa.vn",), host="::1", port=25, security="none", sender="d@xa.vn")
    ),
}


@pytest.mark.parametrize("text", GOOD)
def test_each_way_is_read_and_written_again(tmp_path: Path, text: str) -> None:
    """What is written is understood, and `broadcaster config` writes the same again."""
    expected = GOOD[text]
    assert read(tmp_path, text) == (expected, [])
    assert read(tmp_path, alarm_text(expected)) == (expected, [])


@pytest.mark.parametrize(
    "text",
    [
        "bao-dong",
        "{command: ''}",
        '{command: "\'"}',
        "{webhook: ftp://xa.vn}",
        "{webhook: https://}",
        "{webhook: 'https://[xa.vn'}",
        "{webhook: 'https://xa.vn:99999/'}",
        "{webhook: 'https://dai:mat-khau@xa.vn/'}",
        "{webhook: {}}",
        "{webhook: {url: 'https://xa.vn', url_file: x}}",
        "{email: {to: khong-phai, server: smtp.xa.vn}}",
        "{email: {to: 'a@xa.vn, b@xa.vn', server: smtp.xa.vn}}",
        "{email: {to: a@xa.vn, server: 'smtp.xa.vn:0'}}",
        "{email: {to: a@xa.vn, server: 'smtp xa vn'}}",
        '{email: {to: "a@xa.vn\\nBcc: b@xa.vn", server: smtp.xa.vn}}',
    ],
)
def test_a_slip_costs_that_way_only(tmp_path: Path, text: str) -> None:
    """A way that cannot work is told, once, and left out."""
    alarm, codes = read(tmp_path, text)
    assert codes in (["bad-alarm"], ["missing-key"], ["not-a-mapping"])
    assert (alarm.command, alarm.webhook, alarm.email) == ((), None, None)


def test_a_password_never_shows(tmp_path: Path) -> None:
    """The sentence about a password in an address does not repeat it."""
    folder = StationFolder(tmp_path)
    folder.config.write_text("name: Đài\nalarm: {webhook: 'https://d:mk123@xa.vn/'}\n")
    _config, problems = load_config(folder)
    assert problems
    assert not any("mk123" in str(problem) for problem in problems)


def test_a_password_in_the_open_is_warned_of(tmp_path: Path) -> None:
    """To a mail server elsewhere no password goes unencrypted without a word."""
    mail = "{email: {to: a@xa.vn, server: 'SERVER', user: dai, security: none}}"
    assert read(tmp_path, mail.replace("SERVER", "xa.vn"))[1] == ["password-unencrypted"]
    assert read(tmp_path, mail.replace("SERVER", "127.0.0.1:25"))[1] == []
