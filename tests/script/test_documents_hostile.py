"""Files that are broken, disguised, locked or meant to harm: a sentence each, never a crash."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_files import docx, odt, packed, paragraph, run, table

from broadcaster.errors import Severity
from broadcaster.script import load_bulletin
from broadcaster.script.documents import LARGEST, extract

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
GOOD = docx(paragraph("Tin vui.") + table(("a", "b"), ("c", "1")))


def code_of(data: bytes, name: str = "tin.docx") -> str:
    extracted = extract(Path(name), data)
    assert extracted.text == ""
    (problem,) = extracted.problems
    assert (problem.where.path, problem.severity) == (Path(name), Severity.ERROR)
    assert problem.hint
    return problem.code


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "empty-file"),
        (b" \n", "empty-file"),
        (b"x" * (LARGEST + 1), "file-too-large"),
        (GOOD[: len(GOOD) // 2], "document-damaged"),
        (b"PK\x03\x04" + bytes(100), "document-damaged"),
        (packed({"word/document.xml": "<w:document"}), "document-damaged"),
        (packed({"word/document.xml": "<document/>"}), "document-damaged"),
        (packed({"word/other.xml": "<a/>"}), "document-damaged"),
        (packed({"content.xml": "\x00"}), "document-damaged"),
        (packed({"xl/workbook.xml": "<a/>"}), "document-other-kind"),
        (packed({"mimetype": "application/x", "content.xml": "<a/>"}), "document-other-kind"),
        (OLE + "Workbook".encode("utf-16-le"), "document-other-kind"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "document-locked"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "document-other-kind"),
        (b"\x00\x01\x02\x03" * 50, "document-other-kind"),
        (b"MIME-Version: 1.0\r\n", "document-other-kind"),
    ],
    ids=range(16),
)
def test_a_bad_file_costs_a_sentence(data: bytes, code: str):
    """Broken files, wrong files and locked files are refused with what to do."""
    assert code_of(data) == code


def test_entities_are_refused():
    """A document that declares entities is refused, and no file of the machine is read."""
    document = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        "<document><body><p><r><t>&e;</t></r></p></body></document>"
    )
    assert code_of(packed({"word/document.xml": document})) == "document-unsafe"


def test_a_zip_bomb_is_refused():
    """A small file that unpacks to a huge one is not unpacked."""
    data = packed({"word/document.xml": " " * 30_000_000})
    assert len(data) < 100_000
    assert code_of(data) == "document-too-large"


def test_a_small_bomb_is_known_by_its_ratio():
    """Also below the limit nothing grows two hundred times."""
    filler = f"<document><body><p>{' ' * 4_000_000}</p></body></document>"
    assert code_of(packed({"word/document.xml": filler})) == "document-too-large"


def test_a_zip_with_too_many_parts_is_refused():
    """No document has ten thousand parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"word/{number}", b"")
    assert code_of(target.getvalue()) == "document-too-large"


@pytest.mark.parametrize("tag", ["sdt", "tbl><w:tr><w:tc", "p><w:ins"])
def test_nesting_has_an_end(tag: str):
    """A document nested without end is refused, not followed until the memory ends."""
    names = tag.replace("<w:", "").split(">")
    closing = "".join(f"</w:{name}>" for name in reversed(names))
    assert code_of(docx(f"<w:{tag}>" * 5000 + closing * 5000)) == "document-unsafe"


def test_nesting_has_an_end_in_odt():
    """The same for LibreOffice's files."""
    deep = "<text:list><text:list-item>" * 3000 + "</text:list-item></text:list>" * 3000
    spans = f"<text:p>{'<text:span>' * 3000}{'</text:span>' * 3000}</text:p>"
    for body in (deep, spans):
        assert code_of(odt(body), "tin.odt") == "document-unsafe"


@pytest.mark.parametrize("name", ["tin.doc", "tin.odt", "tin.pdf"])
def test_the_name_does_not_decide(name: str):
    """A Word file is read whatever it is called."""
    assert extract(Path(name), GOOD).text.startswith("Tin vui.")
    assert extract(Path(name), "Chỉ là chữ.".encode()).text == "Chỉ là chữ."


def test_a_web_page_called_doc():
    """A page that a portal hands out as ``.doc`` is read: headings, lists, rows, no scripts."""
    page = (
        "<html><head><meta charset='utf-8'><title>x</title><style>p{}</style></head><body>"
        "<h1>LỊCH HỌP</h1><script>alert(1)</script><p>Họp &amp; bàn<br>bảy giờ<ol><li>Một"
        "<li>Hai</ol><ul><li>Ba</ul><table><tr><th>Thôn<th>Số hộ<tr><td>Một<td>9</table>"
    )
    lines = "LỊCH HỌP\n\nHọp & bàn\nbảy giờ\n1. Một\n2. Hai\n- Ba\nThôn: Một, Số hộ: 9."
    for encoding in ("utf-8", "utf-16"):
        assert extract(Path("tin.doc"), page.encode(encoding)).text == lines


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<", "&", "</", "<![", "<table>", "<script>"])
def test_a_page_that_is_never_closed(piece: str):
    """A web page of a megabyte of open tags costs no more than one that is whole."""
    extract(Path("tin.doc"), b"<html>" + piece.encode() * 250_000)


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=30))
def test_damage_anywhere(place: int, noise: bytes):
    """Whatever bytes are changed: a text or a sentence, never an exception."""
    extract(Path("tin.docx"), GOOD[:place] + noise + GOOD[place + len(noise) :])


NAMES = st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "del", "sdt", "pPr", "numPr", "br"])
TREES = st.recursive(
    st.builds("<w:{0}>x</w:{0}>".format, NAMES),
    lambda inner: st.builds(
        lambda name, parts: f"<w:{name}>{''.join(parts)}</w:{name}>", NAMES, st.lists(inner)
    ),
)


@given(TREES)
def test_elements_in_any_order(tree: str):
    """Elements where no word processor puts them are read or left out, never a crash."""
    assert extract(Path("tin.docx"), docx(tree)).problems == ()


@given(st.binary(max_size=200), st.sampled_from([b"<html>", b"<p>", b"", b"<?xml"]))
def test_any_bytes(data: bytes, start: bytes):
    """Any bytes at all under a document's name."""
    extract(Path("tin.doc"), start + data)


def test_a_bulletin_from_a_document(tmp_path: Path):
    """A Word file becomes a bulletin, with its front matter and the title from its heading."""
    path = tmp_path / "hop.docx"
    matter = paragraph("---") + paragraph("topic: y-te") + paragraph("---")
    title = paragraph(run("LỊCH TIÊM CHỦNG", "<w:b/>"), '<w:jc w:val="center"/>')
    path.write_bytes(docx(matter + title + paragraph("Tiêm lúc 7h30.")))
    bulletin, problems = load_bulletin(path, root=tmp_path)
    assert bulletin is not None
    assert (bulletin.id, bulletin.topic, bulletin.title) == ("hop", "y-te", "LỊCH TIÊM CHỦNG")
    assert problems == []


def test_a_bad_field_is_found_in_its_paragraph(tmp_path: Path):
    """The line of a problem counts the paragraphs of the document."""
    path = tmp_path / "hop.docx"
    lines = ("---", "topic: y-te", "repeat: 9", "---", "Họp.")
    path.write_bytes(docx("".join(map(paragraph, lines))))
    _bulletin, (problem,) = load_bulletin(path, root=tmp_path)
    assert (problem.where.line, problem.code) == (3, "bad-number")


def test_a_refused_document_is_no_bulletin(tmp_path: Path):
    """A document that cannot be read is left out with its reason."""
    path = tmp_path / "hop.docx"
    path.write_bytes(b"PK\x03\x04")
    bulletin, (problem,) = load_bulletin(path, root=tmp_path)
    assert bulletin is None
    assert str(problem.where) == "hop.docx"


@pytest.mark.usefixtures("vietnamese")
def test_refusals_are_vietnamese():
    """The operator reads why a document is refused, and what to do, in Vietnamese."""
    (problem,) = extract(Path("tin.docx"), b"PK\x03\x04").problems
    assert problem.message == "tệp văn bản bị hỏng, không mở được"
