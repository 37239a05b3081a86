"""Pieces of WordprocessingML that python-docx has no call for, as Word writes them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from msqgraph.questionnaire import load_questionnaire

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_AUTHOR = 'w:author="Reviewer" w:date="2019-03-01T09:00:00Z"'
_BLANKS = "\u2002" * 5  # what Word shows in an empty form field
_EMU_PER_PT = 12700


def _element(xml: str) -> Any:
    """The element of a text in which the prefix of the outermost tag's namespaces is declared here."""
    from docx.oxml import parse_xml

    return parse_xml(re.sub(r"^(<[\w:]+)", rf"\1 {_SPACES}", xml))


def _text(text: str, tag: str = "t") -> str:
    return f'<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}>'


def _lines(lines: list[str]) -> str:
    return "<w:br/>".join(_text(line) for line in lines)


def checkbox_control(is_checked: bool, identifier: int, shows_ticked: bool | None = None) -> Any:
    """A check box control; its glyph follows its state unless told otherwise."""
    glyph = "☒" if (is_checked if shows_ticked is None else shows_ticked) else "☐"
    font = "MS Gothic"
    return _element(
        f'<w:sdt><w:sdtPr><w:id w:val="{identifier}"/><w14:checkbox><w14:checked w14:val="{int(is_checked)}"/>'
        f'<w14:checkedState w14:val="2612" w14:font="{font}"/><w14:uncheckedState w14:val="2610" w14:font="{font}"/>'
        f'</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="{font}" w:eastAsia="{font}" '
        f'w:hAnsi="{font}" w:hint="eastAsia"/></w:rPr><w:t>{glyph}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def text_control(lines: list[str], placeholder: str, identifier: int) -> Any:
    """A plain text control with its lines, or showing its placeholder."""
    if lines:
        shown, content = "", f"<w:r>{_lines(lines)}</w:r>"
    else:
        shown = "<w:showingPlcHdr/>"
        content = f'<w:r><w:rPr><w:color w:val="808080"/></w:rPr>{_text(placeholder)}</w:r>'
    return _element(
        f'<w:sdt><w:sdtPr><w:id w:val="{identifier}"/>{shown}<w:text w:multiLine="1"/></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def wrap_in_control(body: Any, first: int, identifier: int) -> None:
    """Put a body's paragraphs from number ``first`` on (the last element is its section) into a rich text control."""
    inside = list(body)[first - 1 : -1]
    if not inside:
        return
    control = _element(f'<w:sdt><w:sdtPr><w:id w:val="{identifier}"/></w:sdtPr><w:sdtContent/></w:sdt>')
    inside[0].addprevious(control)
    control[-1].extend(inside)


def form_checkbox(is_checked: bool, name: str) -> list[Any]:
    """The runs of a form check box."""
    checked = "<w:checked/>" if is_checked else ""
    return [
        _element(
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/><w:enabled/><w:calcOnExit '
            f'w:val="0"/><w:checkBox><w:sizeAuto/><w:default w:val="0"/>{checked}</w:checkBox></w:ffData></w:fldChar>'
            "</w:r>"
        ),
        _element(f"<w:r>{_text(' FORMCHECKBOX ', 'instrText')}</w:r>"),
        _element('<w:r><w:fldChar w:fldCharType="separate"/></w:r>'),
        _element('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]


def form_text(lines: list[str], name: str) -> list[Any]:
    """The runs of a form text field; five blanks of Word's where nothing was typed."""
    return [
        _element(
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/><w:enabled/>'
            '<w:calcOnExit w:val="0"/><w:textInput/></w:ffData></w:fldChar></w:r>'
        ),
        _element(f"<w:r>{_text(' FORMTEXT ', 'instrText')}</w:r>"),
        _element('<w:r><w:fldChar w:fldCharType="separate"/></w:r>'),
        _element(f"<w:r>{_lines(lines or [_BLANKS])}</w:r>"),
        _element('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]


def symbol(font: str, code: str) -> Any:
    """A character of a symbol font."""
    return _element(f'<w:sym w:font="{font}" w:char="{code}"/>')


def deleted(text: str, identifier: int) -> Any:
    """A tracked deletion."""
    return _element(f'<w:del w:id="{identifier}" {_AUTHOR}><w:r>{_text(text, "delText")}</w:r></w:del>')


def inserted(text: str, identifier: int) -> Any:
    """A tracked insertion."""
    return _element(f'<w:ins w:id="{identifier}" {_AUTHOR}><w:r>{_text(text)}</w:r></w:ins>')


def text_box(lines: list[str], identifier: int, height_pt: float, is_rtl: bool) -> Any:
    """A run with a text box: the drawing and, as Word writes for older readers, the same again in VML."""
    direction = "<w:pPr><w:bidi/></w:pPr>" if is_rtl else ""
    inside = "".join(f"<w:p>{direction}<w:r>{_text(line)}</w:r></w:p>" for line in lines or [""])
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    width, height = 440 * _EMU_PER_PT, int(height_pt * _EMU_PER_PT)
    return _element(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{identifier}" name="Text Box {identifier}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/>'
        f"</a:solidFill></a:ln></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        f'</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="box{identifier}" '
        f'style="width:440pt;height:{height_pt}pt" type="#_x0000_t202"><v:textbox>{content}</v:textbox></v:shape>'
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def add_hyperlink(paragraph: Any, text: str, target: str) -> None:
    """A link at a paragraph's end."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    relation = paragraph.part.relate_to(target, kind, is_external=True)
    run = f'<w:r><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr>{_text(text)}</w:r>'
    paragraph._p.append(_element(f'<w:hyperlink r:id="{relation}" w:history="1">{run}</w:hyperlink>'))


def footnote_reference(note: int) -> Any:
    """The reference to a footnote."""
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return _element(f'<w:r>{raised}<w:footnoteReference w:id="{note}"/></w:r>')


def add_footnotes(document: Any, edition: str) -> None:
    """The form's footnotes as the document's own."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    notes = "".join(
        f'<w:footnote w:id="{note.marker}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr>'
        '<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="16"/></w:rPr>'
        f"{_text(' ' + note.wording)}</w:r></w:p></w:footnote>"
        for note in sorted(load_questionnaire(edition).footnotes, key=lambda note: int(note.marker))
    )
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    xml = f"{declaration}<w:footnotes {_SPACES}>{separators}{notes}</w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")


def add_running_heads(document: Any) -> None:
    """A header, and "Page n of m" at the foot."""
    section = document.sections[0]
    section.header.paragraphs[0].text = "UN E-Government Survey 2020 – Member States Questionnaire"
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    for code, between in (("PAGE", " of "), ("NUMPAGES", "")):
        foot._p.append(_element(f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
        foot.add_run(between)


def number(document: Any, paragraph: Any, level: int, is_last_list: bool) -> None:
    """Give a paragraph the next number of the document's list, or of its last section's; letters begin anew."""
    numbering = document.part.numbering_part.element
    if not numbering.xpath("./w:abstractNum[@w:abstractNumId='900']"):
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="%{at + 1}."/>'
            f'<w:pPr><w:ind w:left="{360 + 400 * at}" w:hanging="360"/></w:pPr></w:lvl>'
            for at, kind in ((0, "decimal"), (1, "lowerLetter"))
        )
        abstract = '<w:multiLevelType w:val="multilevel"/>' + levels
        numbering.insert(0, _element(f'<w:abstractNum w:abstractNumId="900">{abstract}</w:abstractNum>'))
        for identifier, restarts in (
            (900, ""),
            (901, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        ):
            numbering.append(
                _element(f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="900"/>{restarts}</w:num>')
            )
    identifier = 901 if is_last_list else 900
    properties = paragraph._p.get_or_add_pPr()
    properties.append(_element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identifier}"/></w:numPr>'))


def drop_thumbnail(document: Any) -> None:
    """Take out the picture that python-docx's template carries."""
    relations = document.part.package.rels
    for identifier in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[identifier]


def set_fonts(style: Any, latin: str, other: str) -> None:
    """The fonts of a style: for Latin, and for Chinese and Arabic."""
    fonts = style.rPr.rFonts
    for attribute, name in (("ascii", latin), ("hAnsi", latin), ("eastAsia", other), ("cs", other)):
        fonts.set(f"{{{_W}}}{attribute}", name)


def make_rtl(paragraph: Any) -> None:
    """A paragraph that runs from right to left."""
    paragraph._p.get_or_add_pPr().append(_element("<w:bidi/>"))


def make_rtl_run(run: Any) -> None:
    """A run that is written from right to left."""
    run._r.get_or_add_rPr().append(_element("<w:rtl/>"))


def drop_first_paragraph(cell: Any) -> None:
    """Remove the empty paragraph that a new cell begins with, unless it is the only one."""
    first = cell._tc.xpath("./w:p")[0]
    if not cell.paragraphs[0].text and len(cell._tc.xpath("./w:p")) > 1:
        first.getparent().remove(first)


def set_widths(row: Any, widths_cm: tuple[float, float]) -> None:
    """The widths of a row's cells."""
    from docx.shared import Cm

    for cell, width in zip(row.cells, widths_cm, strict=True):
        cell.width = Cm(width)


def page_break() -> Any:
    """The kind of break that begins a new page."""
    from docx.enum.text import WD_BREAK

    return WD_BREAK.PAGE


def dated(package: bytes) -> bytes:
    """The same package (Word's or OpenDocument's) with one fixed date on its parts: the same bytes every time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (2019, 3, 12, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name), compresslevel=9)
    return stream.getvalue()
