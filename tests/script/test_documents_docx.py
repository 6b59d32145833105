"""What a Word file says, as it would be printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_files import docx, level, listed, lists, paragraph, run, table

from broadcaster.script.documents import extract

WHERE = Path("tin.docx")
HEADING = (
    '<w:style w:type="paragraph" w:styleId="Tieude"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Riêng"/>'
    '<w:basedOn w:val="Tieude"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="toc 1"/></w:style>'
)
WITH_AUTHOR = 'w:id="1" w:author="x" w:date="2026-01-05T08:00:00Z"'


def text_of(body: str, **parts: str) -> str:
    extracted = extract(WHERE, docx(body, **parts))
    assert extracted.problems == ()
    return extracted.text


def test_a_paragraph_is_a_line():
    """Each paragraph is a line, however many runs Word has cut it into."""
    body = paragraph(run("Xã ") + run("Phước") + run(" Mẫu")) + paragraph("Ngày hội.")
    assert text_of(body) == "Xã Phước Mẫu\nNgày hội."


@pytest.mark.parametrize("style", ["Tieude", "Con"])
def test_a_heading_stands_alone(style: str):
    """A heading is followed by a blank line, also one whose style is based on a heading."""
    body = paragraph("LỊCH HỌP", f'<w:pStyle w:val="{style}"/>') + paragraph("Họp lúc 7 giờ.")
    assert text_of(body, styles=HEADING) == "LỊCH HỌP\n\nHọp lúc 7 giờ."


def test_a_title_made_by_hand_stands_alone():
    """A bold line in the middle is a heading; a bold line at the left is not."""
    centred = paragraph(run("LỊCH HỌP", "<w:b/>"), '<w:jc w:val="center"/>')
    bold = paragraph(run("Chú ý", "<w:b/>"))
    assert text_of(centred + bold + paragraph("Họp.")) == "LỊCH HỌP\n\nChú ý\nHọp."


def test_tracked_changes_are_settled():
    """Insertions are kept; deletions, and what was moved away, are dropped."""
    body = paragraph(
        run("Họp ")
        + f"<w:ins {WITH_AUTHOR}>{run('sáng')}</w:ins>"
        + f"<w:del {WITH_AUTHOR}><w:r><w:delText>chiều</w:delText></w:r></w:del>"
        + f"<w:moveFrom {WITH_AUTHOR}>{run('ở xã')}</w:moveFrom>"
        + f"<w:moveTo {WITH_AUTHOR}>{run(' ở thôn')}</w:moveTo>"
    )
    assert text_of(body) == "Họp sáng ở thôn"


def test_a_deleted_end_of_paragraph_joins_two():
    """Where the end of a paragraph was deleted, the next one goes on in it."""
    end = f"<w:rPr><w:del {WITH_AUTHOR}/></w:rPr>"
    assert text_of(paragraph("Họp lúc ", end) + paragraph("bảy giờ.")) == "Họp lúc bảy giờ."


def test_deleted_rows_are_not_read():
    """A row that was deleted from a table is dropped."""
    rows = table(("Thôn Một", "12 hộ"), ("Thôn Hai", "15 hộ"), ("Thôn Ba", "9 hộ"))
    before, mark, after = rows.rpartition("<w:tr>")
    body = f"{before}{mark}<w:trPr><w:del {WITH_AUTHOR}/></w:trPr>{after}"
    assert text_of(body) == "Thôn Một, 12 hộ.\nThôn Hai, 15 hộ."


def test_hidden_text_is_not_read():
    """Text that Word does not print is not heard; a switch that is turned off hides nothing."""
    hidden = run("mật", "<w:vanish/>") + run("Công khai", '<w:vanish w:val="0"/>')
    assert text_of(paragraph(hidden)) == "Công khai"


def test_notes_comments_and_headers_are_left_out():
    """Footnotes and headers are parts of their own; a mark for one is not read either."""
    body = paragraph(run("Tin") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" vui."))
    header = f'<w:hdr xmlns:w="x">{paragraph("Đầu trang")}</w:hdr>'
    assert text_of(body, word__header1_xml=header) == "Tin vui."


def test_numbers_that_word_counts_are_written():
    """``Điều 1.``, ``a)`` and bullets stand in no paragraph of the file, and are read."""
    numbering = lists(
        level(0, "decimal", "Điều %1") + level(1, "lowerLetter", "%2)") + level(2, "none", ""),
        level(0, "bullet", "\uf0b7"),
    )
    body = "".join(
        [
            *(listed("Phạm vi", 1), listed("xã", 1, 1), listed("thôn", 1, 1)),
            *(listed("Hiệu lực", 1), listed("ngay", 1, 1), listed("không số", 1, 2)),
            listed("giấy tờ", 2),
        ]
    )
    assert text_of(body, numbering=numbering).split("\n") == [
        "Điều 1. Phạm vi",
        "a) xã",
        "b) thôn",
        "Điều 2. Hiệu lực",
        "a) ngay",
        "không số",
        "- giấy tờ",
    ]


def test_numbers_of_several_levels():
    """``2.1.`` names the number of the level above; a paragraph without text takes none."""
    numbering = lists(level(0, "upperRoman", "%1.", 2) + level(1, "decimal", "%1.%2."))
    body = listed("Chung", 1) + listed("Riêng", 1, 1) + listed("", 1, 1) + listed("Khác", 1, 1)
    assert text_of(body, numbering=numbering) == "II. Chung\nII.1. Riêng\n\nII.2. Khác"


def test_a_second_list_begins_anew():
    """A list that Word restarts begins at its own number."""
    restart = (
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    numbering = lists(level(0, "decimal", "%1."), overrides=restart)
    body = listed("một", 1) + listed("hai", 1) + listed("năm", 7) + listed("sáu", 7)
    assert text_of(body, numbering=numbering) == "1. một\n2. hai\n5. năm\n6. sáu"


def test_a_table_with_a_header_names_its_columns():
    """Each row is a sentence in which the names of the columns come again."""
    rows = ("Thôn", "Số hộ"), ("Một", "120"), ("Hai", "95")
    assert text_of(table(*rows, header=True)) == "Thôn: Một, Số hộ: 120.\nThôn: Hai, Số hộ: 95."


def test_a_text_box_is_read_once():
    """Word writes a text box in two versions; it is read once, after its paragraph."""
    box = f"<w:txbxContent>{paragraph('Trong khung')}</w:txbxContent>"
    body = paragraph(
        run("Ngoài khung")
        + f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert text_of(body) == "Ngoài khung\nTrong khung"


def test_links_and_fields_are_read_as_shown():
    """Of a link or a field only what is shown is read, never its address or its code."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ "d/M"'
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("5/6")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = paragraph(f'<w:hyperlink r:id="out">{run("Cổng xã")}</w:hyperlink>{run(" ")}{field}')
    assert text_of(body) == "Cổng xã 5/6"


def test_breaks_tabs_and_symbols():
    """A break by hand is a line, a tab a space, a symbol of a picture font a bullet or nothing."""
    body = paragraph(
        '<w:r><w:sym w:font="Wingdings" w:char="F0D8"/><w:tab/><w:t>một</w:t><w:br/>'
        '<w:t>2021</w:t><w:noBreakHyphen/><w:t>2025</w:t><w:sym w:char="zz"/></w:r>'
    )
    assert text_of(body) == "- một\n2021-2025"


def test_a_table_of_contents_is_not_read():
    """A table of contents is left out, by its style or its content control."""
    control = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('Mục lục')}</w:sdtContent></w:sdt>"
    )
    body = control + paragraph("Phần một 3", '<w:pStyle w:val="Muc"/>') + paragraph("Bài.")
    assert text_of(body, styles=HEADING) == "Bài."


def test_content_controls_are_read():
    """What stands in a form's field is read."""
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Phước Mẫu')}</w:sdtContent></w:sdt>"
    assert text_of(paragraph(run("Xã ") + inner)) == "Xã Phước Mẫu"


def test_macros_are_told():
    """A file with macros is read, and the macros are named."""
    extracted = extract(WHERE, docx(paragraph("Tin."), word__vbaProject_bin="x"))
    assert extracted.text == "Tin."
    assert [p.code for p in extracted.problems] == ["document-macros"]


def test_parts_elsewhere_are_told():
    """A part that lies in another file is never fetched, and is told."""
    extracted = extract(WHERE, docx(paragraph("Tin.") + '<w:subDoc r:id="out"/>'))
    assert extracted.text == "Tin."
    assert [p.code for p in extracted.problems] == ["document-part-missing"]


def test_a_document_of_pictures_is_a_scan():
    """A Word file that holds only a picture of a page is refused with what to do."""
    extracted = extract(WHERE, docx(paragraph("<w:r><w:drawing/></w:r>")))
    assert extracted.text == ""
    assert [p.code for p in extracted.problems] == ["document-is-scan"]
