"""Files in the encodings of Vietnam before Unicode."""

from __future__ import annotations

import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pytest
from needs import needs

from broadcaster.script import load_bulletin
from broadcaster.script.decoding import NotTextError, recognise
from broadcaster.script.repair.charsets import as_windows_1252, charsets

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Uỷ ban xã mời bà con đến nhận giống lúa, phân bón; ai cũng được hưởng, nhớ mang sổ hộ khẩu.\n"
)
TONELESS_CAPITALS = "ĂÂÊÔƠƯĐ"
SMALL = "ăâêôơưđ" + "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
VNI = (
    b"U\xdby ban x\xe3 m\xf4\xf8i b\xe0 con nha\xe4n gio\xe1ng, \xf1\xf6\xf4\xefc h\xf6\xf4\xfbng."
)


def _encode(text: str, encoding: str) -> bytes:
    needs("iconv", "libc-bin")
    return subprocess.run(
        ["iconv", "-f", "utf-8", "-t", encoding],
        input=text.encode(),
        capture_output=True,
        check=True,
    ).stdout


def _named(name: str):
    return next(charset for charset in charsets() if charset.name.startswith(name))


def test_tcvn3_table() -> None:
    """Every letter of TCVN3 is the one that the C library's table has."""
    data = _encode(SMALL + TONELESS_CAPITALS, "TCVN5712-1")
    assert len(data) == len(SMALL + TONELESS_CAPITALS)
    assert _named("TCVN3").decode(as_windows_1252(data)) == SMALL + TONELESS_CAPITALS


def test_cp1258_table() -> None:
    """Every letter of CP1258 is the one that Python's table has."""
    text = SMALL + SMALL.upper() + "₫"
    data = _encode(text, "CP1258")
    assert unicodedata.normalize("NFC", data.decode("cp1258")) == text
    assert _named("CP1258").decode(as_windows_1252(data)) == text


def test_vni_table() -> None:
    """VNI writes every Vietnamese letter, and no two alike."""
    marks, hats, breves = "ùøûõï", "âáàåãä", "êéèúüë"
    forms = [f"a{mark}" for mark in marks + hats + breves]
    forms += [letter + mark for letter in "eo" for mark in marks + hats]
    forms += [letter + mark for letter in "uôö" for mark in marks]
    forms += [f"y{mark}" for mark in "ùøûõ"] + [*"ôöñíìæóòî"]
    letters = [_named("VNI").decode(form) for form in forms]
    assert sorted(letters) == sorted(SMALL)
    assert _named("VNI").decode("UÛY BAN NHAÂN DAÂN ÑÖÔÏC") == "ỦY BAN NHÂN DÂN ĐƯỢC"


@pytest.mark.parametrize(("encoding", "name"), [("TCVN", "TCVN3 (ABC)"), ("CP1258", "CP1258")])
def test_old_files(encoding: str, name: str) -> None:
    """A file of twenty years ago is read, and its encoding is named."""
    assert recognise(_encode(TEXT, encoding)) == (TEXT, name)


def test_vni_file() -> None:
    """VNI has two letters for one vowel."""
    text, old = recognise(VNI.replace(b"x\xe3", b"xa\xf5").replace(b"b\xe0", b"ba\xf8"))
    assert text == "Ủy ban xã mời bà con nhận giống, được hưởng."
    assert old == "VNI"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_files(encoding: str) -> None:
    """Unicode in any form is no old encoding."""
    assert recognise(TEXT.encode(encoding)) == (TEXT, "")


@pytest.mark.parametrize("text", ["Café Müller à Genève, naïve Straße", "Señor Peña, año nuevo"])
def test_other_languages(text: str) -> None:
    """French, German and Spanish are not taken for Vietnamese."""
    with pytest.raises(NotTextError):
        recognise(text.encode("latin-1"))


def test_one_warning_a_file(tmp_path: Path) -> None:
    """The bulletin is whole, its title too, and one warning names the encoding."""
    file = tmp_path / "cu.txt"
    file.write_bytes(_encode(f"Thông báo mời họp\n\n{TEXT}", "TCVN"))
    bulletin, problems = load_bulletin(file)
    assert bulletin
    assert bulletin.title == "Thông báo mời họp"
    assert TEXT.strip() in bulletin.text
    (problem,) = problems
    assert (problem.code, problem.severity) == ("old-encoding", "warning")
    assert "TCVN3" in problem.message


def test_mojibake_title(tmp_path: Path) -> None:
    """A title that was pasted in TCVN3 is shown in Unicode."""
    file = tmp_path / "cu.txt"
    file.write_text(
        "Th«ng b¸o häp d©n\n\nUû ban nh©n d©n x· mêi bµ con ®Õn häp.\n", encoding="utf-8"
    )
    bulletin, _problems = load_bulletin(file)
    assert bulletin
    assert bulletin.title == "Thông báo họp dân"
