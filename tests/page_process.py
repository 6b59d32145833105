"""The page of a station as a real process, and a person who has come in."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from web_browser import fill, follow, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from selenium.webdriver import Chrome

PASSWORD = "mua-xuan-2026"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def page_of(root: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(address, setup code) of ``broadcaster web`` in ``root``; the code is "" where it has an
    owner."""
    port = free_port()
    log = root / "web.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "broadcaster", "-C", str(root), "web", "--port", str(port)],
            env={**environment, "PYTHONUNBUFFERED": "1"},
            stdout=file,
            stderr=file,
        )
    try:
        wait_until(lambda: _answers(port), seconds=60)
        code = re.search(r"(\d{4})-(\d{4})\n", log.read_text(encoding="utf-8"))
        yield f"http://127.0.0.1:{port}", code[1] + code[2] if code else ""
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def set_up(driver: Chrome, address: str, code: str) -> None:
    """The first start: the code from the console, a name, a password."""
    driver.get(address)
    fill(driver, ma=code, ho_ten="Trần Thị Lan", ten="lan", mat_khau=PASSWORD)
    follow(driver, "Bắt đầu")
    wait_until(lambda: driver.current_url == f"{address}/")


def sign_in(driver: Chrome, address: str) -> None:
    driver.get(f"{address}/vao")
    fill(driver, ten="lan", mat_khau=PASSWORD)
    follow(driver, "Đăng nhập")
    wait_until(lambda: driver.current_url == f"{address}/")
