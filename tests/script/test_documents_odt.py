"""What a LibreOffice file says, as it would be printed."""

from __future__ import annotations

from pathlib import Path

from office_files import odt

from broadcaster.script.documents import extract

WHERE = Path("tin.odt")
STYLES = (
    '<style:style style:name="An" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<text:list-style style:name="So"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" '
    'style:num-format="a" style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="Cham"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'
)


def text_of(body: str) -> str:
    extracted = extract(WHERE, odt(body, styles=STYLES))
    assert extracted.problems == ()
    return extracted.text


def item(text: str, inside: str = "") -> str:
    return f"<text:list-item><text:p>{text}</text:p>{inside}</text:list-item>"


def numbered(*items: str, style: str = "So", more: str = "") -> str:
    return f'<text:list text:style-name="{style}" {more}>{"".join(items)}</text:list>'


def test_headings_and_paragraphs():
    """Headings and titles stand alone, paragraphs are lines."""
    body = (
        '<text:h text:outline-level="1">LỊCH HỌP</text:h>'
        '<text:p text:style-name="P1">Tháng sáu</text:p><text:p>Họp\nlúc bảy giờ.</text:p>'
    )
    assert text_of(body) == "LỊCH HỌP\n\nTháng sáu\n\nHọp lúc bảy giờ."


def test_what_is_not_printed_is_not_read():
    """Deleted and hidden text, notes, annotations and indexes are left out."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>đã xoá</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Mục lục</text:p></text:index-body>"
        "</text:table-of-content>"
        "<text:p>Tin<text:change/><text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>chú thích</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>nhận xét</text:p></office:annotation> vui"
        '<text:span text:style-name="An"> mật</text:span>.</text:p>'
    )
    assert text_of(body) == "Tin vui."


def test_lists_keep_their_markers():
    """Numbers go on in their level, bullets are hyphens, a second paragraph has none."""
    inner = numbered(item("bản chính"), item("bản sao"), style="")
    body = numbered(item("Giấy tờ", inner), item("Lệ phí", "<text:p>không thu</text:p>"))
    assert text_of(body + numbered(item("Chú ý"), style="Cham")).split("\n") == [
        *("1. Giấy tờ", "a) bản chính", "b) bản sao", "2. Lệ phí", "không thu", "- Chú ý"),
    ]


def test_a_list_begins_anew_or_goes_on():
    """A second list begins at one unless it says that it goes on."""
    goes_on = 'text:continue-numbering="true"'
    body = numbered(item("a")) + numbered(item("b"), more=goes_on) + numbered(item("c"))
    assert text_of(body) == "1. a\n2. b\n1. c"


def test_spaces_tabs_breaks_and_frames():
    """Spaces and breaks of the file's own elements are kept; a text box follows its paragraph."""
    frame = "<draw:frame><draw:text-box><text:p>Khung</text:p></draw:text-box></draw:frame>"
    body = f'<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d{frame}</text:p>'
    assert text_of(body) == "a b c\nd\nKhung"


def test_a_table_is_read_row_by_row():
    """A marked header is repeated; a cell that covers two columns shifts no name."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    header = f"<table:table-row>{cell('Thôn')}{cell('Nam')}{cell('Nữ')}</table:table-row>"
    wide = '<table:table-cell table:number-columns-spanned="2"><text:p>Hai</text:p>'
    body = (
        f"<table:table><table:table-header-rows>{header}</table:table-header-rows>"
        f"<table:table-row>{cell('Một')}{cell('5')}{cell('7')}</table:table-row>"
        f"<table:table-row>{wide}</table:table-cell><table:covered-table-cell/>{cell('9')}"
        "</table:table-row></table:table>"
    )
    assert text_of(body) == "Thôn: Một, Nam: 5, Nữ: 7.\nThôn: Hai, Nữ: 9."


def test_macros_are_told():
    """A file with macros is read, and the macros are named."""
    extracted = extract(WHERE, odt("<text:p>Tin.</text:p>", extra="Basic/script-lc.xml"))
    assert extracted.text == "Tin."
    assert [p.code for p in extracted.problems] == ["document-macros"]


def test_a_password_is_told():
    """A file under a password is refused with what to do."""
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    extracted = extract(WHERE, odt("", manifest=entry))
    assert [p.code for p in extracted.problems] == ["document-locked"]
