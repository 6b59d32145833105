"""Which sound a name means, what is wrong with it, and that its picture says so."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import defusedxml.ElementTree as Xml
import numpy as np
import pytest
from occurrences import at
from small_station import DAY, WEEK, bulletin, occurrence_of, schedule, small_station, worker

from broadcaster.errors import ContentError
from broadcaster.model import PreparedProgramme, PreparedSegment, SegmentKind
from broadcaster.sound.survey import Survey
from broadcaster.station.content.content import load_content
from broadcaster.station.picture.picture import draw
from broadcaster.station.picture.show import Flaw, Prepared, Shown, find, flaws, look_at
from broadcaster.station.settings.config import StationConfig

if TYPE_CHECKING:
    from pathlib import Path

    from broadcaster.station.content.content import Content
    from broadcaster.station.folder import StationFolder

CONFIG = StationConfig(name="Đài")
TITLE = "Thông báo tiêm chủng: $5 và $6 cho trẻ em <2 tuổi & người già"


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> StationFolder:
    """Two slots of two days are made, and one bulletin."""
    folder = small_station(tmp_path_factory.mktemp("show") / "dai")
    schedule(folder, WEEK.replace("{id: sang,", "{id: sang, max: 10m,"))
    maker = worker(folder)
    for slot in ("sang", "trua"):
        planned = occurrence_of(maker, slot)
        for days in range(2):
            maker.prepare(replace(planned, starts_at=planned.starts_at.replace(day=23 + days)))
    maker.prepare_bulletin(maker.assembler.content.bulletins["01-mot"])
    return folder


@pytest.fixture(scope="module")
def content(station: StationFolder) -> Content:
    return load_content(station, CONFIG)


@pytest.mark.parametrize(
    ("name", "now", "expected"),
    [
        ("sang", "05:00", "sang@2026-11-23T05:30+07:00"),
        ("sang", "06:00", "sang@2026-11-24T05:30+07:00"),
        ("tin", "06:00", "sang@2026-11-24T05:30+07:00"),
        ("mot", "05:00", "trua@2026-11-23T11:00+07:00"),
        ("trua@2026-11-24T11:00+07:00", "05:00", "trua@2026-11-24T11:00+07:00"),
        ("01-mot", "05:00", "01-mot"),
    ],
)
def test_a_name_means_the_next_sound(
    station: StationFolder, content: Content, name: str, now: str, expected: str
) -> None:
    """A programme or a slot is the next one to come; an occurrence or a bulletin is itself."""
    assert find(station, content, name, at(now)).name == expected


def test_when_all_is_over_the_last_is_shown(station: StationFolder, content: Content) -> None:
    """What aired yesterday can be looked at."""
    assert find(station, content, "sang", DAY.replace(day=29)).name == "sang@2026-11-24T05:30+07:00"


def test_the_slot_is_known(station: StationFolder, content: Content) -> None:
    """How long the sound may be comes from the schedule."""
    assert find(station, content, "sang", at("05:00")).slot_ms == 600_000


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("02-hai", "render"),
        ("du-phong", "render"),
        ("sang@2026-11-30T05:30+07:00", "render"),
        ("01-mott", "01-mot"),
        ("sang@hom-nay", "sang@2026-11-23"),
        ("", "neither"),
        ("../../etc/passwd@2026-11-23T05:30+07:00", "render"),
    ],
)
def test_what_has_no_sound_says_what_to_do(
    station: StationFolder, content: Content, name: str, said: str
) -> None:
    """Known but not made: render it; unknown: what was meant."""
    with pytest.raises(ContentError, match=said):
        find(station, content, name, at("05:00"))


# -- what is wrong ------------------------------------------------------------------------


def shown(*, parts: int = 3, minutes: float = 2, **values) -> Prepared:
    length = round(minutes * 60_000)
    edges = [length * n // parts for n in range(parts + 1)]
    kinds = [kind for kind in SegmentKind if kind is not SegmentKind.SILENCE]
    segments = tuple(
        PreparedSegment(kind=kinds[n % len(kinds)], title=TITLE, start_ms=a, end_ms=b)
        for n, (a, b) in enumerate(itertools.pairwise(edges))
    )
    programme = PreparedProgramme(
        programme_id="tin",
        title=f"Chương trình sáng {TITLE}",
        duration_ms=length,
        lufs=-16.0,
        peak_db=-2.0,
        segments=segments,
    )
    return Prepared(replace(programme, **values), "sang", starts_at=at("05:30"))


def seen(prepared: Prepared, *, silent=(), clipped=()) -> Survey:
    count = prepared.programme.duration_ms // 100
    level = np.full(count, 0.4, dtype=np.float32)
    return Survey(
        prepared.programme.duration_ms, level, level / 3, np.full(count, -16.2), clipped, silent
    )


def texts(prepared: Prepared, survey: Survey | None = None) -> list[Flaw]:
    return list(flaws(prepared, survey or seen(prepared), -16.0))


def test_a_good_programme_has_no_flaw() -> None:
    """Nothing is made up."""
    assert texts(shown()) == []


def test_silence_and_distortion_are_told_in_their_order() -> None:
    """With their places; a breath, and a pause between two parts, is none."""
    prepared = shown()
    survey = seen(
        prepared,
        silent=((1_000, 5_900), (37_000, 43_000), (50_000, 57_000)),
        clipped=((9_000, 9_100),),
    )
    assert texts(prepared, survey) == [
        Flaw("the wave is cut off (distorted)", 9_000, 9_100),
        Flaw("7 seconds of silence", 50_000, 57_000),
    ]


@pytest.mark.parametrize(
    ("values", "limits", "said"),
    [
        ({"lufs": -19.0}, {}, "the loudness is -19.0 LUFS instead of -16.0"),
        ({"peak_db": -0.5}, {}, "peaks reach -0.5 dBTP; -1.5 is the most"),
        ({"left_out": ("“Tin” has no room",)}, {}, "“Tin” has no room"),
        ({}, {"slot_ms": 119_500}, "1 seconds longer than its slot"),
        ({}, {"length_ms": 130_000}, "10 seconds shorter than the programme wants"),
    ],
)
def test_levels_lengths_and_losses_are_told(values: dict, limits: dict, said: str) -> None:
    """What the mix measured, what the schedule wants, what had no room."""
    assert [flaw.text for flaw in texts(replace(shown(**values), **limits))] == [said]


def test_what_is_over_the_slot_is_marked_from_there() -> None:
    """From the end of the slot to the end of the sound."""
    [flaw] = texts(replace(shown(), slot_ms=100_000))
    assert (flaw.start_ms, flaw.end_ms) == (100_000, 120_000)


# -- the picture --------------------------------------------------------------------------


def words(picture: bytes) -> str:
    return " ".join(node.text or "" for node in Xml.fromstring(picture).iter() if node.text)


def test_the_picture_names_everything(station: StationFolder, content: Content) -> None:
    """Title, parts and levels of a real programme are words in the SVG."""
    found = look_at(station, CONFIG, content, "sang", at("05:00"))
    told = words(draw(found, ".svg"))
    assert "Tin trong ngày — 05:30 23/11/2026" in told
    for word in ("01-mot", "greeting", "target -16.0", "slot 10:00"):
        assert word in told


@pytest.mark.parametrize("parts", [0, 1, 7, 60, 400])
@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_any_number_of_parts_is_drawn(parts: int, ending: str) -> None:
    """From none to far too many: a picture that is whole, and no taller than a page."""
    prepared = (
        shown(parts=parts)
        if parts
        else replace(shown(), programme=replace(shown().programme, segments=()))
    )
    found = Shown(prepared, seen(prepared), -16.0, tuple(Flaw(f"flaw {n}") for n in range(parts)))
    picture = draw(found, ending)
    if ending == ".svg":
        assert Xml.fromstring(picture).get("viewBox")
    else:
        from PIL import Image  # noqa: PLC0415 - comes with matplotlib

        with Image.open(io.BytesIO(picture)) as image:
            image.verify()
            assert image.width == 1540
            assert 500 < image.height < 2600


def test_a_title_is_no_formula() -> None:
    """Two dollars, an angle and an ampersand in a title are themselves."""
    prepared = shown(parts=1)
    told = words(draw(Shown(prepared, seen(prepared), -16.0, ()), ".svg"))
    assert TITLE in told


@pytest.mark.parametrize("length_ms", [0, 100, 20 * 3_600_000 // 10])
def test_any_length_is_drawn(length_ms: int) -> None:
    """An empty file, a tenth of a second, two hours."""
    prepared = shown(minutes=length_ms / 60_000)
    assert draw(Shown(prepared, seen(prepared), -16.0, ()), ".svg")


def test_flaws_are_numbered_and_named(tmp_path: Path) -> None:
    """The mark in the wave has a number, and the list at the foot its sentence."""
    del tmp_path
    prepared = shown()
    found = Shown(prepared, seen(prepared), -16.0, (Flaw("7 seconds of silence", 50_000, 57_000),))
    told = words(draw(found, ".svg"))
    assert "!1  0:50: 7 seconds of silence" in told or "!1 0:50: 7 seconds of silence" in told


def test_small_files_of_bulletins(station: StationFolder, content: Content) -> None:
    """A bulletin has no slot and no day."""
    bulletin(station, "09-moi", "Bản tin mới.\n\nChưa ai tạo tiếng.\n")
    found = look_at(station, CONFIG, content, "01-mot", at("05:00"))
    assert (found.prepared.slot_ms, found.prepared.starts_at) == (0, None)
