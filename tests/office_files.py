"""Documents as word processors write them, made in the tests: small, and real enough to open."""

from __future__ import annotations

import io
import zipfile

_WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("draw", "drawing"), ("manifest", "manifest")),
    )
)

_SYSTEM = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
_BOX = "/FontBBox [0 0 500 800] /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /ItalicAngle 0"
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /T /Encoding /Identity-H /ToUnicode 6 0 R "
    "/DescendantFonts [4 0 R] >>|"
    f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /T {_SYSTEM} /DW 500 "
    "/FontDescriptor 5 0 R >>|"
    f"<< /Type /FontDescriptor /FontName /T /Flags 4 {_BOX} >>"
).split("|")


def run(text: str, properties: str = "") -> str:
    """A stretch of text with properties such as ``<w:b/>``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Runs, or plain text, with properties such as ``<w:pStyle w:val="Heading1"/>``."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def listed(text: str, number: int, level: int = 0) -> str:
    """A paragraph of the list ``number``."""
    marks = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, marks)


def table(*rows: tuple[str, ...], header: bool = False) -> str:
    """Rows of plain cells; ``header`` marks the first row as one that Word repeats."""
    written = []
    for place, row in enumerate(rows):
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if header and place == 0 else ""
        cells = "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row)
        written.append(f"<w:tr>{mark}{cells}</w:tr>")
    columns = "<w:gridCol/>" * max(map(len, rows))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(written)}</w:tbl>"


def level(place: int, form: str, text: str, start: int = 1) -> str:
    """One level of a list definition."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*definitions: str, overrides: str = "") -> str:
    """Definitions of lists; the first is list 1, the second list 2."""
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{definition}</w:abstractNum>'
        for n, definition in enumerate(definitions)
    )
    numbers = "".join(
        f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(len(definitions))
    )
    return kinds + numbers + overrides


def docx(body: str, *, numbering: str = "", styles: str = "", **parts: str) -> bytes:
    """A ``.docx``; ``parts`` are further files (``__`` for a slash, ``_`` for the dot)."""
    document = _RELATIONS, "officeDocument", "word/document.xml"
    inner = "".join(
        f'<Relationship Id="{name}" Type="{_TYPE}/{name}" Target="{name}.xml"/>'
        for name in ("numbering", "styles")
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{document[0]}"><Relationship Id="a" '
        f'Type="{_TYPE}/{document[1]}" Target="{document[2]}"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{inner}'
        f'<Relationship Id="out" Type="{_TYPE}/hyperlink" Target="http://127.0.0.1:9/" '
        'TargetMode="External"/></Relationships>',
        "word/document.xml": f"<w:document {_WORD}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {_WORD}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {_WORD}>{styles}</w:styles>",
    }
    files |= {name.replace("__", "/").replace("_", "."): text for name, text in parts.items()}
    return packed(files)


def odt(body: str, *, styles: str = "", extra: str = "", manifest: str = "") -> bytes:
    """An ``.odt`` with automatic styles; ``extra`` names one more file in it."""
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>",
        "META-INF/manifest.xml": f"<manifest:manifest {_ODF}>{manifest}</manifest:manifest>",
    }
    return packed(files | ({extra: "x"} if extra else {}))


def packed(files: dict[str, str]) -> bytes:
    """A zip file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return target.getvalue()


def pdf(*pages: list[str], size: int = 12) -> bytes:
    """A PDF of printed lines; a page without lines has only a picture's place.

    The font names its letters (ToUnicode) and is not embedded: readers need no more.
    """
    letters = sorted({char for page in pages for line in page for char in line})
    codes = {char: place for place, char in enumerate(letters, 1)}
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        *_FONT,
        _stream(_to_unicode(codes)),
    ]
    for place, page in enumerate(pages):
        content = f"{8 + 2 * place} 0 R"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            f"<< /Font << /F 3 0 R >> >> /Contents {content} >>"
        )
        objects.append(_stream(_printed(page, codes, size)))
    return _numbered(objects)


def _printed(lines: list[str], codes: dict[str, int], size: int) -> str:
    shown = (
        f"<{''.join(f'{codes[char]:04x}' for char in line)}> Tj 0 -{size + 4} Td" for line in lines
    )
    return f"BT /F {size} Tf 60 780 Td {' '.join(shown)} ET"


def _to_unicode(codes: dict[str, int]) -> str:
    pairs = "\n".join(f"<{n:04x}> <{char.encode('utf-16-be').hex()}>" for char, n in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n"
        f"{pairs}\nendbfchar endcmap end end"
    )


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _numbered(objects: list[str]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("ascii")
    table_at = len(data)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table_at}\n%%EOF\n"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return data + (head + rows + tail).encode("ascii")
