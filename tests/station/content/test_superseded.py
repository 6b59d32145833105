"""A bulletin that a newer one replaces is never heard again, by whichever door it would come."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_station import DAY, bulletin, occurrence_of, small_station, worker

from broadcaster.errors import Where
from broadcaster.model import Bulletin, Validity
from broadcaster.station.check.check import check_station
from broadcaster.station.content.content import load_content
from broadcaster.station.content.superseded import superseded
from broadcaster.station.preparing import coming, validity_file
from broadcaster.station.preparing.prepared import PreparedFiles
from broadcaster.station.settings.load import load_config

TODAY = DAY.date()


def _bulletin(name: str, *replaces: str, since: date | None = None, **more) -> Bulletin:
    return Bulletin(
        id=name,
        title=name,
        text="x",
        where=Where(Path(f"{name}.txt")),
        sha256=name,
        replaces=replaces,
        valid_from=since,
        **more,
    )


def _read(*bulletins: Bulletin) -> tuple[dict[str, Bulletin], list[str]]:
    found, problems = superseded({b.id: b for b in bulletins})
    return found, [problem.code for problem in problems]


def test_holds_until_the_day_before_the_newer_one() -> None:
    """The old directive airs until the day before the new one is valid, and never again."""
    found, codes = _read(_bulletin("cu"), _bulletin("moi", "cu", since=TODAY))
    yesterday = TODAY - timedelta(days=1)
    assert codes == []
    assert found["cu"].validity == Validity(None, yesterday)
    assert (found["cu"].is_valid_on(yesterday), found["cu"].is_valid_on(TODAY)) == (True, False)
    assert found["moi"].is_valid_on(TODAY)


def test_without_a_first_day_it_never_airs() -> None:
    """A newer bulletin without valid_from replaces the old one at once."""
    found, _codes = _read(_bulletin("cu"), _bulletin("moi", "cu"))
    assert not found["cu"].is_valid_on(TODAY)
    assert not found["cu"].is_valid_on(date(2000, 1, 1))


def test_stays_replaced_after_the_newer_one_expired() -> None:
    """When the newer one is over, the old one does not come back."""
    newer = _bulletin("moi", "cu", since=TODAY, valid_until=TODAY)
    found, _codes = _read(_bulletin("cu"), newer)
    assert not found["cu"].is_valid_on(TODAY + timedelta(days=30))


def test_its_recording_in_another_language_is_replaced_too() -> None:
    """Who replaces a bulletin replaces its translations."""
    spoken = _bulletin("cu.raglai", language="raglai")
    found, _codes = _read(_bulletin("cu"), spoken, _bulletin("moi", "cu"))
    assert found["cu.raglai"].replaced_by == "moi"


def test_a_number_of_a_document_means_all_that_come_from_it() -> None:
    """“replaces: 44/KH-UBND” silences what names that plan as its source, and not 144/KH-UBND."""
    found, codes = _read(
        _bulletin("a", source="Kế hoạch số 44/KH-UBND ngày 1/3/2026"),
        _bulletin("b", source="Kế hoạch 144/KH-UBND"),
        _bulletin("c", source="44/KH-UBND-VX"),
        _bulletin("moi", "44/kh-ubnd", source="Kế hoạch 90/KH-UBND thay 44/KH-UBND"),
    )
    assert [b.id for b in found.values() if b.replaced_by] == ["a"]
    assert codes == []


def test_a_circle_replaces_nothing_and_is_told() -> None:
    """Two that replace each other both stay, and both are told; so does one that names itself."""
    found, codes = _read(_bulletin("a", "b"), _bulletin("b", "a"), _bulletin("c", "c"))
    assert not any(b.replaced_by for b in found.values())
    assert codes == ["replaces-circle"] * 3


def test_an_unknown_name_is_a_warning() -> None:
    """A replaced bulletin whose file is gone is nothing wrong, but may be a slip."""
    _found, codes = _read(_bulletin("moi", "khong-co"))
    assert codes == ["unknown-replaced"]


_NAMES = st.sampled_from("abcde")


@given(
    st.dictionaries(_NAMES, st.sets(_NAMES, max_size=3)), st.dictionaries(_NAMES, st.integers(0, 3))
)
def test_at_least_one_of_all_stays(wanted: dict[str, set[str]], starts: dict[str, int]) -> None:
    """Whoever replaces whom, something is left, and what is replaced has an existing newer one."""
    bulletins = {
        name: _bulletin(name, *sorted(wanted.get(name, ())), since=_since(starts.get(name)))
        for name in "abcde"
    }
    found, _problems = superseded(bulletins)
    late = TODAY + timedelta(days=9)
    assert any(b.is_valid_on(late) for b in found.values())
    for old in found.values():
        if old.replaced_by:
            newer = bulletins[old.replaced_by]
            assert old.id in newer.replaces
            first = newer.valid_from or date.min
            assert not any(old.is_valid_on(max(first, TODAY + timedelta(days=n))) for n in range(9))


def _since(days: int | None) -> date | None:
    return None if days is None else TODAY + timedelta(days=days)


# -- from files to the air ----------------------------------------------------------------


def test_is_read_from_the_front_matter_and_told_by_the_check(tmp_path: Path) -> None:
    """A programme that names a replaced bulletin is told, with the one to name instead."""
    folder = small_station(tmp_path)
    bulletin(folder, "04-moi", "---\nreplaces: [02-hai, la]\n---\nBản tin mới hôm nay.\n")
    found = check_station(folder, today=TODAY)
    codes = {p.code: p for p in found}
    assert codes["unknown-replaced"].where.line == 2
    assert "04-moi" in codes["bulletin-replaced"].message


def test_is_left_out_of_what_chooses_and_of_what_names_it(tmp_path: Path) -> None:
    """Neither a choice nor a line that names it brings a replaced bulletin on air."""
    folder = small_station(tmp_path)
    bulletin(folder, "04-moi", "---\nreplaces: 02-hai\n---\nBản tin mới hôm nay.\n")
    maker = worker(folder)
    prepared = maker.prepare(occurrence_of(maker, "sang"))
    assert "02-hai" not in {segment.bulletin_id for segment in prepared.segments}
    assembled = maker.assembler.assemble(occurrence_of(maker, "trua"))
    assert assembled.programme.segments == ()
    assert "[bulletin-replaced]" in assembled.left_out[0]


@pytest.mark.parametrize("matter", ["valid_until: 22/11/2026", ""])
def test_a_prepared_file_with_it_does_not_air(tmp_path: Path, matter: str) -> None:
    """Sound that was made before is refused at the last door once its bulletin no longer holds."""
    folder = small_station(tmp_path)
    maker = worker(folder)
    occurrence = occurrence_of(maker, "trua")
    maker.prepare(occurrence)
    ready = PreparedFiles(folder)
    assert ready.get(occurrence) is not None
    if matter:
        bulletin(folder, "02-hai", f"---\n{matter}\n---\nNội dung cũ.\n")
    else:
        bulletin(folder, "04-moi", "---\nreplaces: 02-hai\n---\nBản tin mới hôm nay.\n")
    config, _problems = load_config(folder)
    assert config is not None
    validity_file.remember(folder, load_content(folder, config).bulletins.values())
    assert ready.get(occurrence) is None


def test_a_withdrawal_ends_a_long_pass_of_the_preparer(tmp_path: Path) -> None:
    """A bulletin that comes, changes or goes ends the pass, but not in its first minute."""
    folder = small_station(tmp_path)
    long_lasting, just_begun = coming._unchanged(folder, for_s=0.0), coming._unchanged(folder)
    assert long_lasting(None)
    bulletin(folder, "04-moi", "Bản tin mới hôm nay.\n")
    assert not long_lasting(None)
    assert just_begun(None)
    (folder.scripts / "04-moi.txt").unlink()
    assert long_lasting(None)


def test_a_broken_validity_file_silences_nothing(tmp_path: Path) -> None:
    """Where the file of validities cannot be read, what lies ready is aired as before."""
    folder = small_station(tmp_path)
    maker = worker(folder)
    occurrence = occurrence_of(maker, "trua")
    prepared = maker.prepare(occurrence)
    for text in ("", "[]", '{"02-hai": 1}', '{"02-hai": ["x", "", ""]}'):
        (folder.state / "validity.json").write_text(text, encoding="utf-8")
        assert validity_file.refusal(folder, prepared, TODAY) is None


def test_the_validity_file_is_parsed_again_only_when_it_is_another(tmp_path: Path) -> None:
    """One day for another counts at once; bytes under an unchanged stamp are not looked at; and
    what could not be read is tried at every look."""
    folder = small_station(tmp_path)
    maker = worker(folder)
    prepared = maker.prepare(occurrence_of(maker, "trua"))
    path = folder.state / "validity.json"

    def is_refused() -> bool:
        return validity_file.refusal(folder, prepared, TODAY) is not None

    def until(day: date) -> bytes:
        validity_file.remember(folder, [replace(_bulletin("02-hai"), valid_until=day)])
        return path.read_bytes()

    def slip_in(data: bytes) -> None:
        stamp = path.stat()
        path.write_bytes(data)
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    holds = until(TODAY)
    assert not is_refused()
    expired = until(TODAY - timedelta(days=1))
    assert len(expired) == len(holds)
    assert is_refused()
    slip_in(holds)
    assert is_refused()
    path.write_bytes(b"?" * len(holds))
    assert not is_refused()
    slip_in(expired)
    assert is_refused()


def test_what_is_valid_for_ever_is_not_written_down(tmp_path: Path) -> None:
    """The file holds only what has a first or a last day, in few bytes."""
    folder = small_station(tmp_path)
    limited = replace(_bulletin("b"), valid_until=TODAY)
    validity_file.remember(folder, [_bulletin("a"), limited])
    text = (folder.state / "validity.json").read_text(encoding="utf-8")
    assert '"b"' in text
    assert '"a"' not in text
