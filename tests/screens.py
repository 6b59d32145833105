"""``python -m tests.screens [FOLDER]``: pictures of every page, on a phone and on a desktop.

It runs a station and its page as they are, and looks at them in a real browser.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "integration")]  # as pytest has them

from page_process import page_of, set_up, sign_in  # noqa: E402
from page_station import PAGES, page_station  # noqa: E402
from web_browser import DESKTOP, PHONE, chromium, picture  # noqa: E402

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_SETTLED_S = 2.0
_DOOR = "/vao"


def main() -> None:
    """Make the pictures; the phone opens the station for the first time, the desktop signs in."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "audio_out/screens")
    target.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        page_station(Path(scratch)) as station,
        page_of(station.root, station.environment) as (address, code),
    ):
        for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
            with chromium(size) as driver:
                _keep(driver, address + _DOOR, target / f"{_stem(_DOOR)}-{name}.png")
                if name == "phone":
                    set_up(driver, address, code)
                else:
                    sign_in(driver, address)
                station.command("play", "01-hop", "--now")
                for path in PAGES:
                    _keep(driver, address + path, target / f"{_stem(path)}-{name}.png")


def _stem(path: str) -> str:
    return path.partition("?")[0].strip("/").replace("/", "-") or "hom-nay"


def _keep(driver: Chrome, address: str, file: Path) -> None:
    driver.get(address)
    threading.Event().wait(_SETTLED_S)
    file.write_bytes(picture(driver))
    print(file)


if __name__ == "__main__":
    main()
