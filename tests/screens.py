"""``python -m tests.screens [FOLDER]``: pictures of every page, on a phone and on a desktop.

It runs a station and its page as they are, and looks at them in a real browser.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "integration")]  # as pytest has them

from page_process import page_of, set_up, sign_in  # noqa: E402
from station_process import StationProcess, wait_for  # noqa: E402
from web_browser import DESKTOP, PHONE, chromium, picture  # noqa: E402

from broadcaster.web.routes import NAVIGATION  # noqa: E402

_SETTLED_S = 2.0
_MORE = ("/khan-cap/phat?ten=90-bao", "/toi", "/nguoi-dung")
_WARNING = (
    "---\ntitle: Cảnh báo bão\npriority: khẩn cấp\n---\n"
    "Bão đang vào gần bờ. Đề nghị bà con về nhà, chằng chống nhà cửa, không ra khơi.\n"
)
_BULLETIN = (
    "---\ntitle: Tiếp nhận hồ sơ trực tuyến\ntopic: cchc\n---\n"
    "Từ ngày 01/12/2026, bộ phận một cửa của xã tiếp nhận hồ sơ trực tuyến toàn trình. "
    "Bà con mang theo căn cước công dân khi đến làm việc. "
)


def main() -> None:
    """Make the pictures."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "audio_out/screens")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        station = _station(Path(scratch))
        try:
            with page_of(station.root, station.environment) as (address, code):
                for name, size in (("phone", PHONE), ("desktop", DESKTOP)):
                    with chromium(size) as driver:
                        if code and name == "phone":
                            set_up(driver, address, code)
                        else:
                            sign_in(driver, address)
                        for path in (*NAVIGATION, *_MORE):
                            driver.get(address + path)
                            threading.Event().wait(_SETTLED_S)
                            stem = path.partition("?")[0].strip("/").replace("/", "-")
                            file = target / f"{stem or 'hom-nay'}-{name}.png"
                            file.write_bytes(picture(driver))
                            print(file)
        finally:
            station.close()


def _station(root: Path) -> StationProcess:
    """On the air, silent for the street, with a programme under way."""
    station = StationProcess(root / "dai")
    station.root.mkdir()
    station.make(output='"null"')
    scripts = station.root / "scripts_vi"
    (scripts / "01-ho-so.txt").write_text(_BULLETIN, encoding="utf-8")
    (scripts / "90-bao.txt").write_text(_WARNING, encoding="utf-8")
    station.schedule(seconds_ahead=3 * 3600, programme="ban-tin")
    station.command("render")
    station.start()
    station.wait_until_ready()
    wait_for(lambda: list((station.root / "audio_out/khan-cap").glob("*.json")), seconds=120)
    station.command("play", "01-ho-so", "--now")
    return station


if __name__ == "__main__":
    main()
