"""Which syllables are possible, and what an impossible one may have been."""

from __future__ import annotations

import pytest

from broadcaster.script.repair.syllable_repairs import lost_letters, repairs, suggestions
from broadcaster.script.syllables import is_syllable, split_tone

POSSIBLE = """
a ạ y ý ở ừ yêu yếm yểng uyển oai gì gìn giếng giết giặt giờ gỉ quà quê quốc quyết quýt quở quơ
nghiêng nghĩ ghế gụ gà kẻ kỹ ký cá cô thuở khuya khuỷu nguyễn huỳnh ngoằn ngoèo xoong loong
được trưởng hươu rượu xuống buýt tuyệt thuế xuể hếch bách sạch đình lợn đợt quỳnh uống ưng thưa
""".split()  # noqa: SIM905
IMPOSSIBLE = """
trởng đợc nhng thờng khơng quyểt nghỉt ka cê kô gê ngê nga\u0301\u0300 bba xyz quo nghà yể
êu\u0301n ubnd đrắk lắk kon online web fax jun tp km việtt
""".split()  # noqa: SIM905


@pytest.mark.parametrize("word", POSSIBLE)
def test_possible(word: str) -> None:
    """Real words are possible, in small letters and in capitals."""
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize("word", IMPOSSIBLE)
def test_impossible(word: str) -> None:
    """Wrong onsets, rimes and tones on stops are not."""
    assert not is_syllable(word)


def test_tones() -> None:
    """A word and its tone come apart; several tones are all there."""
    assert split_tone("Trưởng") == ("trương", "\u0309")
    assert split_tone("ban") == ("ban", "")
    assert len(split_tone("bá\u0309")[1]) == 2


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("trởng", ("trưởng",)), ("Thờng", ("Thường",)), ("nhng", ("nhưng",)), ("đợc", ("được",)),
        ("ngời", ("người",)), ("hớng", ("hướng",)), ("nớc", ("nước",)), ("bổ", ()), ("TRỞNG", ()),
    ],
)  # fmt: skip
def test_lost_letters(word: str, meant: tuple[str, ...]) -> None:
    """A small ư goes back where it makes a syllable; capitals never lost theirs."""
    assert lost_letters(word) == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("đuợc", "được"), ("đưọc", "được"), ("nguời", "người"), ("nưóc", "nước"), ("đýợc", "được"),
        ("phýõng", "phương"), ("ngýời", "người"),
    ],
)  # fmt: skip
def test_one_accident(word: str, meant: str) -> None:
    """Horns typed once and letters of CP1258 have one way back."""
    assert repairs(word) == (meant,)


def test_suggestions() -> None:
    """A tone that a stop cannot bear is offered as sắc and as nặng."""
    assert suggestions("quyểt") == ("quyết", "quyệt")
    assert suggestions("nghỉt") == ("nghít", "nghịt")
