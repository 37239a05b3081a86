"""OpenDocument texts: the rules of Word files hold, for what LibreOffice writes and what the standard says."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from msqgraph.documents import Block, read_document
from msqgraph.documents.odt import read
from tests.system import require
from tests.test_docx import WINGDINGS, check_box, docx, field, p, t

ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = f"""xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0"
 xmlns:style="{ODF}:style:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:svg="{ODF}:svg-compatible:1.0"
 xmlns:draw="{ODF}:drawing:1.0" xmlns:form="{ODF}:form:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" """
CONVERSION_S = 120


def blocks(body: str, styles: str = "") -> list[Block]:
    """The blocks of a text with this body and these automatic styles."""
    content = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body>"
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<office:document-content {NAMES}>{content}</office:document-content>")
    return read(Path("form.odt"), file.getvalue())


def texts(body: str, styles: str = "") -> list[str]:
    """The texts of its blocks."""
    return [block.text for block in blocks(body, styles)]


def told(body: str, styles: str = "") -> list[tuple[str, str, str]]:
    """Every box: its sign in the text, its state, its evidence."""
    return [(b.text[x.start : x.end], x.state, x.evidence) for b in blocks(body, styles) for x in b.boxes]


def test_blanks_tabs_and_line_breaks() -> None:
    """Blanks of the XML are one blank, others are elements."""
    assert texts(
        '<text:p>  a\n  b<text:s text:c="3"/>c<text:tab/><text:span>d</text:span><text:line-break/>e </text:p>'
    ) == ["a b   c\td\ne"]


def test_lines_of_an_input_field() -> None:
    """LibreOffice ends them with a character that XML cannot hold but as a reference."""
    assert texts("<text:p><text:text-input>one&#x0d;two&#x0d;</text:text-input></text:p>") == ["one\ntwo"]


def test_content_control_of_libreoffice() -> None:
    """An unchecked one does not say so; a glyph that contradicts is told; a prompt is no answer."""
    body = (
        '<text:p><loext:content-control loext:checkbox="true" loext:checked="true">☐</loext:content-control> Yes '
        '<loext:content-control loext:checkbox="true">☐</loext:content-control> No '
        '<loext:content-control loext:showing-place-holder="true">Type here</loext:content-control></text:p>'
    )
    (block,) = blocks(body)
    assert block.text == "☐ Yes ☐ No"
    assert [(box.state, box.is_contradictory) for box in block.boxes] == [("ticked", True), ("empty", False)]


@pytest.mark.parametrize("kind", ["fieldmark", "pair"])
@pytest.mark.parametrize(("parameter", "state"), [("true", "ticked"), ("false", "empty"), ("", "empty")])
def test_form_fields_of_word(kind: str, parameter: str, state: str) -> None:
    """Check boxes as one mark or as a pair of marks."""
    said = f'<field:param field:name="Checkbox_Checked" field:value="{parameter}"/>' if parameter else ""
    type_ = 'field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"'
    mark = (
        f"<field:fieldmark {type_}>{said}</field:fieldmark>"
        if kind == "fieldmark"
        else f"<field:fieldmark-start {type_}>{said}</field:fieldmark-start>☐<field:fieldmark-end/>"
    )
    sign = "☒" if state == "ticked" else "☐"
    assert [found[:2] for found in told(f"<text:p>{mark} Yes</text:p>")] == [(sign, state)]
    assert texts(f"<text:p>{mark} Yes</text:p>") == [f"{sign} Yes"]


def test_text_fields_and_their_codes() -> None:
    """Five wide blanks are no answer; what stands before the separator is a code."""
    start = '<field:fieldmark-start field:type="vnd.oasis.opendocument.field.FORMTEXT"/>'
    body = (
        f"<text:p>a {start}\u2002\u2002\u2002<field:fieldmark-end/>b</text:p>"
        f"<text:p>{start}CODE<field:fieldmark-separator/>answer<field:fieldmark-end/></text:p>"
        "<text:p>c <text:placeholder>&lt;Name&gt;</text:placeholder></text:p>"
    )
    assert texts(body) == ["a b", "answer", "c"]


def test_form_controls() -> None:
    """ODF 1.2: the current state counts, else the initial one, else a check box is unchecked."""
    controls = {
        "a": ('<form:checkbox form:current-state="checked" form:label="Yes" {}/>', "☒ Yes"),
        "b": ('<form:checkbox form:state="checked" form:current-state="unchecked" {}/>', "☐"),
        "c": ('<form:checkbox form:state="checked" {}/>', "☒"),
        "d": ("<form:checkbox {}/>", "☐"),
        "e": ('<form:checkbox form:current-state="unknown" {}/>', "▢"),
        "f": ('<form:radio form:current-selected="true" {}/>', "☒"),
        "g": ('<form:text form:value="old" form:current-value="new" {}/>', "new"),
        "h": (
            '<form:listbox {}><form:option form:label="x"/>'
            '<form:option form:label="y" form:selected="true"/></form:listbox>',
            "y",
        ),
    }
    forms = "".join(control.format(f'form:id="{name}"') for name, (control, _) in controls.items())
    body = f"<office:forms><form:form>{forms}</form:form></office:forms>"
    body += "".join(f'<text:p><draw:control draw:control="{name}"/></text:p>' for name in controls)
    assert texts(body) == [shown for _, shown in controls.values()]
    states = ["ticked", "empty", "ticked", "empty", "unknown", "ticked"]
    assert [state for _, state, _ in told(body)] == states
    assert told(body)[0][2] == "form control checkbox state=checked"


def test_symbol_fonts() -> None:
    """A font is named by its declaration, a span's style may inherit it."""
    styles = (
        '<style:font-face style:name="W1" svg:font-family="\'Wingdings\'"/>'
        '<style:style style:family="text" style:name="T1"><style:text-properties style:font-name="W1"/></style:style>'
        '<style:style style:family="text" style:name="T2" style:parent-style-name="T1"/>'
    )
    first, second = (f'<text:span text:style-name="{name}">' for name in ("T1", "T2"))
    body = f"<text:p>{first}\uf0fe</text:span> a {second}o</text:span> b o</text:p>"
    assert texts(body, styles) == ["☑ a □ b o"]
    assert told(body, styles) == [("☑", "ticked", "Wingdings FE"), ("□", "empty", "Wingdings 6F")]


LISTS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" loext:num-list-format="%1%.%2%)"/>'
    '</text:list-style><text:list-style style:name="B">'
    '<text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>'
)


def test_lists_are_counted() -> None:
    """Levels, a second paragraph of an item, a list that goes on after another, one that begins anew."""
    body = (
        '<text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:p>more</text:p>'
        "<text:list><text:list-item><text:p>sub</text:p></text:list-item></text:list></text:list-item></text:list>"
        '<text:list text:style-name="B"><text:list-item><text:p>dot</text:p></text:list-item></text:list>'
        '<text:list text:style-name="L" text:continue-numbering="true">'
        "<text:list-header><text:p>head</text:p></text:list-header><text:list-item><text:p>two</text:p></text:list-item></text:list>"
        '<text:list text:style-name="L"><text:list-item text:start-value="5"><text:p>five</text:p></text:list-item>'
        "</text:list>"
    )
    assert texts(body, LISTS) == ["1. one", "more", "1.a) sub", "• dot", "head", "2. two", "5. five"]


def test_tables_notes_and_links() -> None:
    """A row of lines is a block, and its note follows; covered cells are not there."""
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>4</text:note-citation>'
        "<text:note-body><text:p>Note.</text:p></text:note-body></text:note>"
    )
    links = '<text:a xlink:href="https://b.example/">b</text:a><text:a xlink:href="#c">c</text:a>'
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        f"<table:table-cell><text:p>a{note}</text:p></table:table-cell>"
        "<table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>"
        f"<table:table-cell><text:p>{links}</text:p></table:table-cell>"
        "</table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>q</text:p></table:table-cell>"
        "<table:table-cell><text:p>1</text:p><text:p>2</text:p></table:table-cell></table:table-row></table:table>"
    )
    found = blocks(body)
    assert [block.text for block in found] == ["a⁴\tbc", "⁴ Note.", "q", "1", "2"]
    assert [(link.start, link.end, link.target) for link in found[0].links] == [(3, 4, "https://b.example/")]


def test_deleted_hidden_and_remarked_text_is_not_read() -> None:
    """What was deleted is kept apart in the file; comments and hidden spans are not the text."""
    styles = (
        '<style:style style:family="text" style:name="H"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
        '</text:tracked-changes><text:p>a<text:change text:change-id="c"/>'
        "<office:annotation><text:p>remark</text:p></office:annotation>"
        '<text:span text:style-name="H">hidden</text:span>b</text:p>'
        '<text:section text:display="none"><text:p>hidden</text:p></text:section>'
    )
    assert texts(body, styles) == ["ab"]


def test_text_boxes_and_drawn_boxes() -> None:
    """A text box follows its anchor; a small empty rectangle is a box that nobody can read."""
    body = (
        "<text:p>anchor<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>"
        '<text:p><draw:rect svg:width="0.4cm" svg:height="0.4cm"/> Yes</text:p>'
        '<text:p><draw:rect svg:width="9cm" svg:height="0.4cm"/> line</text:p>'
    )
    assert texts(body) == ["anchor", "boxed", "▢ Yes", "line"]
    assert told(body) == [("▢", "unknown", "drawn box")]


def test_pages() -> None:
    """Soft breaks are where LibreOffice broke, others are in styles; the first paragraph breaks nothing."""
    styles = (
        '<style:style style:family="paragraph" style:name="P1" style:master-page-name="First"/>'
        '<style:style style:family="paragraph" style:name="P2"><style:paragraph-properties fo:break-before="page"/>'
        "</style:style>"
    )
    body = '<text:p text:style-name="P1">1</text:p><text:p>one <text:soft-page-break/>two</text:p>'
    body += '<text:p text:style-name="P2">3</text:p>'
    assert [(block.text, block.page) for block in blocks(body, styles)] == [("1", 1), ("one two", 1), ("3", 3)]
    assert [block.page for block in blocks("<text:p>1</text:p>")] == [None]


def test_what_libreoffice_makes_of_a_word_file_reads_the_same(tmp_path: Path) -> None:
    """All kinds of boxes, through a conversion."""
    soffice = require("soffice", "libreoffice-writer")
    checked = "<w:ffData><w:checkBox><w:sizeAuto/><w:checked/></w:checkBox></w:ffData>"
    unchecked = checked.replace("<w:checked/>", '<w:default w:val="0"/>')
    body = (
        p(t("A "), check_box('<w14:checked w14:val="1"/>', t("☒")), t(" Yes "), check_box("", t("☐")), t(" No"))
        + p(t("B "), field("FORMCHECKBOX", properties=checked), t(" Yes "), field("FORMCHECKBOX", properties=unchecked))
        + p(t("C "), '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', t(" Yes "), t("o", WINGDINGS), t(" No"))
        + p(t("and"))
        + p(t("D [x] Yes"))
    )
    (tmp_path / "form.docx").write_bytes(docx(body))
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "odt"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "form.docx")],
        check=True,
        capture_output=True,
        timeout=CONVERSION_S,
    )
    word, odt = read_document(tmp_path / "form.docx"), read_document(tmp_path / "form.odt")
    assert word.text == odt.text == "A ☒ Yes ☐ No\n\nB ☒ Yes ☐\n\nC ☑ Yes □ No\n\nand\n\nD [x] Yes"
    states = [[box.state for block in document.blocks for box in block.boxes] for document in (word, odt)]
    assert states[0] == states[1] == ["ticked", "empty"] * 3 + ["ticked"]


def test_identifier_given_twice() -> None:
    """Merged documents have them."""
    assert texts('<text:p xml:id="a">one</text:p><text:p xml:id="a">two</text:p>') == ["one", "two"]
