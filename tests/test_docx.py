"""Word files: what is seen is read, in order, and every kind of box with the sign by which its state is told."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from msqgraph.documents import Block, read_document
from msqgraph.documents.docx import read
from msqgraph.documents.passage import restored
from msqgraph.documents.symbol_fonts import sign_in

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = f"""xmlns:w="{W_NS}" xmlns:r="{OFFICE_REL}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
 xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" """
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body; parts by name (``styles``, ``numbering``, ``footnotes``: what is in their root).

    ``links``: more relationships of the main part; ``activeX``: the whole part that rIdX leads to.
    """
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE_REL}/{name}" Target="{name}.xml"/>'
        for name in parts
        if name != "links"
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{word}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="r" Type="{OFFICE_REL}/officeDocument"'
        ' Target="/word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE_REL}">{relations}{parts.get("links", "")}'
        "</Relationships>",
    }
    for name, content in parts.items():
        if name == "activeX":
            files["word/activeX.xml"] = content
        elif name != "links":
            files[f"word/{name}.xml"] = f"<w:{name} {NAMES}>{content}</w:{name}>"
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def blocks(body: str, **parts: str) -> list[Block]:
    """The blocks of such a file."""
    return read(Path("form.docx"), docx(body, **parts))


def texts(body: str, **parts: str) -> list[str]:
    """The texts of its blocks."""
    return [block.text for block in blocks(body, **parts)]


def p(*runs: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(runs)}</w:p>"


def t(text: str, properties: str = "") -> str:
    """A run of text."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def told(body: str, **parts: str) -> list[tuple[str, str, str]]:
    """Every box: its sign in the text, its state, its evidence."""
    found = blocks(body, **parts)
    return [(b.text[box.start : box.end], box.state, box.evidence) for b in found for box in b.boxes]


def field(code: str, result: str = "", properties: str = "") -> str:
    """A field in its complex form."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{properties}</w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(properties: str, content: str) -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def check_box(checked: str, content: str) -> str:
    """A content control that can be checked."""
    return control(
        f'<w14:checkbox>{checked}<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>',
        content,
    )


def row(*cells: str) -> str:
    """A table's row."""
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'


def test_runs_of_a_paragraph_are_one_text() -> None:
    """Tabs, line breaks and hyphens are characters; what is not seen at a block's edges is not there."""
    hyphens = "<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>gov</w:t><w:softHyphen/><w:t>ern&#173;ment</w:t></w:r>"
    assert texts(
        p(t("\u200f \u00a0a"), "<w:r><w:tab/></w:r>", t("b"), "<w:r><w:br/></w:r>", hyphens, t(" \u200e"))
    ) == ["a\tb\ne-government"]


@pytest.mark.parametrize(
    ("checked", "state"),
    [
        ('<w14:checked w14:val="1"/>', "ticked"),
        ('<w14:checked w14:val="true"/>', "ticked"),
        ("<w14:checked/>", "ticked"),
        ('<w14:checked w14:val="0"/>', "empty"),
        ("", "empty"),
    ],
)
def test_content_control_tells_its_state(checked: str, state: str) -> None:
    """All ways of writing on and off; a control without a glyph gets a sign."""
    sign = "☒" if state == "ticked" else "☐"
    assert told(p(check_box(checked, ""), t(" Yes"))) == [
        (sign, state, f"content control checked={int(state == 'ticked')}, no glyph")
    ]


def test_glyph_against_its_control_is_told() -> None:
    """The control wins; the evidence has both signs."""
    look = '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic"/>'
    (block,) = blocks(p(check_box('<w14:checked w14:val="1"/>', t("☐", look)), t(" Yes")))
    (box,) = block.boxes
    assert (box.state, box.is_contradictory) == ("ticked", True)
    assert box.evidence == "content control checked=1, glyph ☐ (MS Gothic)"


@pytest.mark.parametrize(("typed", "is_contradictory"), [("☒", False), ("X", False), ("☐", True)])
def test_what_is_typed_into_a_checked_control_is_compared(typed: str, is_contradictory: bool) -> None:
    """A cross in it is no contradiction."""
    (block,) = blocks(p(check_box("<w14:checked/>", t(typed)), t(" Yes")))
    assert [box.is_contradictory for box in block.boxes] == [is_contradictory]


def test_control_with_signs_of_its_own_font() -> None:
    """Wingdings 2 "R" is the sign that this control shows when it is checked."""
    font = 'w14:font="Wingdings 2"'
    states = f'<w14:checkedState w14:val="0052" {font}/><w14:uncheckedState w14:val="00A3" {font}/>'
    glyph = '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>'
    (block,) = blocks(p(control(f"<w14:checkbox><w14:checked/>{states}</w14:checkbox>", glyph), t(" Yes")))
    (box,) = block.boxes
    assert (block.text, box.state, box.is_contradictory) == ("☑ Yes", "ticked", False)
    assert box.evidence == "content control checked=1, glyph ☑ (Wingdings 2 52)"


@pytest.mark.parametrize("level", ["block", "cell", "row"])
def test_controls_around_paragraphs_cells_and_rows(level: str) -> None:
    """A box is read wherever Word lets its control stand."""
    yes = p(t("☒"), t(" Yes"))
    body = {
        "block": check_box("<w14:checked/>", yes),
        "cell": f"<w:tbl><w:tr>{check_box('<w14:checked/>', f'<w:tc>{yes}</w:tc>')}</w:tr></w:tbl>",
        "row": f"<w:tbl>{check_box('<w14:checked/>', row(yes))}</w:tbl>",
    }[level]
    assert told(body) == [("☒", "ticked", "content control checked=1, glyph ☒")]


def test_prompts_are_no_answers_but_choices_are() -> None:
    """The prompt of an empty control is left out; text, entries and dates that were put in are kept."""
    prompt = control("<w:showingPlcHdr/><w:text/>", t("Click or tap here to enter text."))
    chosen = control("<w:dropDownList/>", t("Kenya"))
    assert texts(p(t("Name: "), prompt) + p(chosen, t(", "), control("<w:date/>", t("1 May 2019")))) == [
        "Name:",
        "Kenya, 1 May 2019",
    ]


@pytest.mark.parametrize(
    ("said", "state", "evidence"),
    [
        ('<w:default w:val="0"/><w:checked/>', "ticked", "form field FORMCHECKBOX checked=1"),
        ('<w:default/><w:checked w:val="0"/>', "empty", "form field FORMCHECKBOX checked=0"),
        ("<w:default/>", "ticked", "form field FORMCHECKBOX default=1"),
        ("", "empty", "form field FORMCHECKBOX, not checked"),
    ],
)
def test_form_check_box_tells_its_state(said: str, state: str, evidence: str) -> None:
    """``checked`` wins over ``default``, and is on where it has no value."""
    properties = f"<w:ffData><w:checkBox><w:sizeAuto/>{said}</w:checkBox></w:ffData>"
    sign = "☒" if state == "ticked" else "☐"
    assert told(p(field("FORMCHECKBOX", properties=properties), t(" Yes"))) == [(sign, state, evidence)]


def test_form_fields_for_text_and_choice() -> None:
    """Five wide blanks are no answer; a drop-down shows its chosen entry."""
    entries = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/><w:listEntry w:val="Yes"/></w:ddList>'
    assert texts(
        p(t("a "), field("FORMTEXT", t("\u2002\u2002\u2002\u2002\u2002")), t("b"))
        + p(field("FORMTEXT", t("our answer")))
        + p(field("FORMDROPDOWN", properties=f"<w:ffData>{entries}</w:ffData>"))
    ) == ["a b", "our answer", "Yes"]


def test_codes_of_nested_fields_stay_out() -> None:
    """A field within another's code shows nothing; one within its result does."""
    inner = field("REF x", t("hidden"))
    outer = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>{inner}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t("seen ")}{field("PAGE", t("7"))}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert texts(p(outer, t("."))) == ["seen 7."]


def test_box_that_a_macro_ticks() -> None:
    """The sign stands in the field's code, where the prompts of other such fields stand."""
    assert told(p(field("MACROBUTTON CheckIt ☐"), t(" Yes"))) == [("☐", "empty", "character ☐")]
    assert texts(p(t("Name: "), field("MACROBUTTON NoMacro [Type your name]"))) == ["Name:"]


def test_links_have_targets() -> None:
    """Hyperlinks out of the document, as elements and as fields; places within it are none."""
    link = (
        f'<Relationship Id="rId9" Type="{OFFICE_REL}/hyperlink" Target="https://gov.example/a" TargetMode="External"/>'
    )
    (block,) = blocks(
        p(
            t("See "),
            f'<w:hyperlink r:id="rId9">{t("portal")}</w:hyperlink>',
            f'<w:hyperlink w:anchor="x">{t(" and ")}</w:hyperlink>',
            field('HYPERLINK "https://b.example/"', t("site")),
            f'<w:fldSimple w:instr=" HYPERLINK &quot;https://c.example/&quot; ">{t("s")}</w:fldSimple>',
        ),
        links=link,
    )
    assert [(block.text[x.start : x.end], x.target) for x in block.links] == [
        ("portal", "https://gov.example/a"),
        ("site", "https://b.example/"),
        ("s", "https://c.example/"),
    ]


@pytest.mark.parametrize(
    ("font", "code", "state"),
    [
        ("Wingdings", "F0FE", "ticked"),
        ("Wingdings", "00A8", "empty"),
        ("Wingdings", "F06F", "empty"),
        ("Wingdings", "F0FD", "ticked"),
        ("Wingdings", "F0FC", "ticked"),
        ("Wingdings", "F0FB", "unknown"),
        ("Wingdings 2", "F052", "ticked"),
        ("Wingdings 2", "F0A3", "empty"),
        ("Webdings", "F063", "empty"),
    ],
)
def test_symbols_mean_what_their_font_says(font: str, code: str, state: str) -> None:
    """A lone cross may be yes or no."""
    ((_, found, evidence),) = told(p(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>', t(" Yes")))
    assert (found, evidence) == (state, f"{font} {code[-2:]}")


def test_unicode_symbols_are_characters() -> None:
    """MS Gothic has no signs of its own."""
    assert told(p('<w:r><w:sym w:font="MS Gothic" w:char="2612"/></w:r>', t(" Yes"))) == [
        ("☒", "ticked", "character ☒")
    ]


def test_text_in_a_symbol_font() -> None:
    """Ordinary letters and private-use characters, the font named by run, character style or paragraph style."""
    styles = (
        f'<w:style w:type="character" w:styleId="Tick"><w:rPr>{WINGDINGS}</w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Tock"><w:basedOn w:val="Tick"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="Ticks"><w:rPr>{WINGDINGS}</w:rPr></w:style>'
    )
    plain = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
    complex_only = '<w:rFonts w:cs="Wingdings"/>'
    body = (
        p(t("þ", WINGDINGS), t(" a "), t("\uf06f", '<w:rStyle w:val="Tock"/>'), t(" b"))
        + p(t("o"), t(" old", plain), properties='<w:pStyle w:val="Ticks"/>')
        + p(t("\uf0fe", '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'), t(" no box"))
        + p(t("o", complex_only), t("\uf0fe", complex_only))
    )
    assert texts(body, styles=styles) == ["☑ a □ b", "□ old", "\uf0fe no box", "o☑"]
    assert told(body, styles=styles) == [
        ("☑", "ticked", "Wingdings FE"),
        ("□", "empty", "Wingdings 6F"),
        ("□", "empty", "Wingdings 6F"),
        ("☑", "ticked", "Wingdings FE"),
    ]


def test_crossed_symbols_beside_checks_tell_nothing() -> None:
    """Where some boxes have a check and some a cross, the cross may mean no."""
    signs = [f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>{t(" x ")}' for code in ("F0FE", "F0FD")]
    assert [state for _, state, _ in told(p(*signs))] == ["ticked", "unknown"]


def test_typed_boxes_reach_over_runs() -> None:
    """Word splits "[x]" into runs as it likes."""
    assert told(p(t("["), t("x", "<w:b/>"), t("] Yes"))) == [("[x]", "ticked", "character [x]")]


def test_rows_of_lines_are_blocks_and_other_cells_are_not() -> None:
    """A box and its option stay on one line; a long answer follows its question."""
    table = (
        "<w:tbl>"
        + row(p(t("☒")), p(t("Yes")), p(t("2019")))
        + row(p(t("1. Which portal?")), p(t("www.a.example")) + p(t("www.b.example")))
        + row(p(t("2. ?")), p(t("one"), "<w:r><w:br/></w:r>", t("two")))
        + "</w:tbl>"
    )
    assert texts(table) == ["☒\tYes\t2019", "1. Which portal?", "www.a.example", "www.b.example", "2. ?", "one\ntwo"]
    assert told(table)[0][:2] == ("☒", "ticked")


def test_merged_cells_are_read_once() -> None:
    """A cell that goes on from the row above has no text; deleted rows and cells are not there."""
    going_on, first = "<w:tcPr><w:vMerge/></w:tcPr>", '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    nested = f"<w:tbl>{row(p(t('in')), p(t('side')))}</w:tbl>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(t('deleted'))}</w:tc></w:tr>"
    table = f"<w:tbl>{row(first + p(t('a')), p(t('b')))}{row(going_on + p(t('lost')), nested + p())}{gone}</w:tbl>"
    assert texts(table) == ["a\tb", "in\tside"]


LEVELS = "".join(
    f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for at, (style, text) in enumerate([("decimal", "%1."), ("lowerLetter", "%2)"), ("upperRoman", "%1.%3")])
)
BULLETS = (
    f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0a8"/><w:rPr>{WINGDINGS}</w:rPr></w:lvl>'
    f'<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0fe"/><w:rPr>{WINGDINGS}</w:rPr></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/>'
    '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr></w:lvl>'
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="5">{LEVELS}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="6">{BULLETS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="5"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="6"/></w:num>'
)


def item(text: str, level: int = 0, num_id: int = 1) -> str:
    """A paragraph of a list."""
    return p(t(text), properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def test_numbers_that_word_counts_are_written() -> None:
    """Levels, restarts of deeper levels, numbers of several levels, a list that begins anew."""
    body = item("one") + item("a", 1) + item("b", 1) + item("two") + item("a", 1) + item("x", 2) + item("new", 0, 2)
    numbered = ["1. one", "a) a", "b) b", "2. two", "a) a", "2.I x", "7. new"]
    assert texts(body, numbering=NUMBERING) == numbered


def test_numbers_by_style() -> None:
    """A style's numbering counts too, and a paragraph can take itself out of it."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="Q"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q2"><w:basedOn w:val="Q"/></w:style>'
    )
    out = '<w:pStyle w:val="Q"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p(t("A"), properties='<w:pStyle w:val="Q"/>')
        + p(t("B"), properties=out)
        + p(t("C"), properties='<w:pStyle w:val="Q2"/>')
    )
    assert texts(body, numbering=NUMBERING, styles=styles) == ["1. A", "B", "2. C"]


def test_number_alone_in_its_cell() -> None:
    """A table may have its automatic numbers in a column of their own; an empty item elsewhere is nothing."""
    table = f"<w:tbl>{row(item(''), p(t('Which portal?')))}{row(item(''), p(t('a')) + p(t('b')))}</w:tbl>"
    assert texts(table + item(""), numbering=NUMBERING) == ["1.\tWhich portal?", "2.", "a", "b"]


def test_box_as_bullet_tells_only_where_bullets_were_ticked() -> None:
    """An empty box before every item is how the list looks, not what was answered."""
    empty = item("Robotics", 0, 3)
    assert told(empty, numbering=NUMBERING) == [("◻", "unknown", "list bullet Wingdings A8")]
    assert told(empty + item("AI", 1, 3), numbering=NUMBERING) == [
        ("◻", "empty", "list bullet Wingdings A8"),
        ("☑", "ticked", "list bullet Wingdings FE"),
    ]
    assert texts(item("x", 2, 3), numbering=NUMBERING) == ["• x"]


def test_notes_follow_what_refers_to_them() -> None:
    """Mark and note have the same superscript number, in a paragraph and in a table's row."""
    notes = "".join(
        f'<w:footnote w:id="{at}">{p("<w:r><w:footnoteRef/></w:r>", t(f" note {at}"))}</w:footnote>' for at in (2, 3)
    )
    first, second = (f'<w:r><w:footnoteReference w:id="{at}"/></w:r>' for at in (2, 3))
    body = p(t("portal"), first, t(" here")) + f"<w:tbl>{row(p(t('a'), second), p(t('b')))}</w:tbl>" + p(t("end"))
    assert texts(body, footnotes=notes) == ["portal¹ here", "¹ note 2", "a²\tb", "² note 3", "end"]


def test_text_boxes_follow_their_anchor_once() -> None:
    """The choice is read, its fallback is the same again; a fallback alone is read."""

    def box(text: str) -> str:
        return f"<w:txbxContent>{p(t(text))}</w:txbxContent>"

    shape = f"<wps:wsp><wps:txbx>{box('boxed')}</wps:txbx></wps:wsp>"
    drawn = f"<w:drawing><wp:anchor><a:graphic>{shape}</a:graphic></wp:anchor></w:drawing>"
    vml = f"<w:pict><v:shape><v:textbox>{box('old')}</v:textbox></v:shape></w:pict>"
    both = f"<mc:AlternateContent><mc:Choice>{drawn}</mc:Choice><mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent>"
    assert texts(p(f"<w:r>{both}</w:r>", t("anchor"))) == ["anchor", "boxed"]
    assert texts(p(f"<w:r>{vml}</w:r>", t("anchor"))) == ["anchor", "old"]


def test_changes_are_accepted() -> None:
    """What was put in is kept, what was taken out is gone, and a deleted end joins two paragraphs."""
    deleted_end = "<w:rPr><w:del/></w:rPr>"
    body = (
        p(f"<w:ins>{t('new ')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", properties=deleted_end)
        + p(t("text"))
        + p(f"<w:moveFrom>{t('from')}</w:moveFrom>", properties="<w:rPr><w:moveFrom/></w:rPr>")
        + p(f"<w:moveTo>{t('to')}</w:moveTo>")
    )
    assert texts(body) == ["new text", "to"]


def test_hidden_text_is_not_read() -> None:
    """Hidden by itself or by a style; ruby readings and comments' marks are not the text."""
    styles = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    ruby = f"<w:r><w:ruby><w:rt>{t('kana')}</w:rt><w:rubyBase>{t('漢字')}</w:rubyBase></w:ruby></w:r>"
    shown = '<w:rStyle w:val="H"/><w:vanish w:val="0"/>'
    body = p(
        t("a", "<w:vanish/>"),
        t("b", '<w:rStyle w:val="H"/>'),
        t("c", shown),
        ruby,
        "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
    )
    assert texts(body, styles=styles) == ["c漢字x"]


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("width:12pt;height:12pt", [("▢", "unknown", "drawn box")]),
        ("width:200pt;height:12pt", []),
        ("position:absolute;width:9pt;height:9pt", [("▢", "unknown", "drawn box")]),
    ],
)
def test_drawn_box_is_unknown(style: str, found: list[tuple[str, str, str]]) -> None:
    """Its size tells that it is one; nothing tells its state."""
    assert told(p(f'<w:r><w:pict><v:rect style="{style}"/></w:pict></w:r>', t(" Yes"))) == found


@pytest.mark.parametrize(("kind", "state"), [("inline", "ticked"), ("anchor", None)])
def test_mark_in_a_drawn_box_counts_only_in_its_line(kind: str, state: str | None) -> None:
    """A floating box may lie beside another option than the one it is anchored to: its text only follows."""
    shape = (
        '<wps:wsp><wps:spPr><a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{p(t('X'))}</w:txbxContent></wps:txbx></wps:wsp>"
    )
    placed = f'<wp:{kind}><wp:extent cx="152400" cy="152400"/><a:graphic>{shape}</a:graphic></wp:{kind}>'
    found = told(p(f"<w:r><w:drawing>{placed}</w:drawing></w:r>", t(" Yes")))
    assert found == ([("☒", "ticked", "drawn box holding X")] if state else [])


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ('<ax:ocxPr ax:name="Value" ax:value="1"/>', "ticked"),
        ('<ax:ocxPr ax:name="Value" ax:value="0"/>', "empty"),
        ("", "unknown"),
    ],
)
def test_activex_box(value: str, state: str) -> None:
    """Its state is read where it is in a property bag; its caption is the option's text."""
    bag = (
        '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" '
        'ax:classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}">'
        f'<ax:ocxPr ax:name="Caption" ax:value="Yes"/>{value}</ax:ocx>'
    )
    body = p('<w:r><w:object><w:control r:id="activeX"/></w:object></w:r>')
    assert [text[1:] for text in texts(body, activeX=bag)] == [" Yes"]
    assert [found for _, found, _ in told(body, activeX=bag)] == [state]


def test_pages_are_counted_once() -> None:
    """A break that Word also rendered is one; a section may begin on a page; without breaks there are no pages."""
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        p(t("one"))
        + p('<w:r><w:br w:type="page"/></w:r>', rendered, t("two"), rendered, t(" three"))
        + p(t("still three"), properties='<w:sectPr><w:type w:val="continuous"/></w:sectPr>')
        + p(t("four"))
        + "<w:sectPr/>"
    )
    assert [(block.text, block.page) for block in blocks(body)] == [
        ("one", 1),
        ("two three", 2),
        ("still three", 3),
        ("four", 4),
    ]
    assert [block.page for block in blocks(p(t("one")))] == [None]


def test_strict_word_files_are_read() -> None:
    """ "Strict Open XML" has other namespaces for the same."""
    strict = docx(p(t("strict")))
    file = BytesIO()
    with ZipFile(BytesIO(strict)) as old, ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(W_NS.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            new.writestr(
                name, part.replace(OFFICE_REL.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
            )
    assert [block.text for block in read(Path("x.docx"), file.getvalue())] == ["strict"]


def test_file_of_python_docx_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    """From a file on disk to the document, with offsets that lead back."""
    import docx as python_docx

    made = python_docx.Document()
    made.add_paragraph("First", style="List Number")
    made.add_paragraph("☒ Second")
    made.save(str(tmp_path / "made.docx"))
    document = read_document(tmp_path / "made.docx")
    assert document.text == "1. First\n\n☒ Second"
    assert [(block.start, len(block.boxes)) for block in document.blocks] == [(0, 0), (10, 1)]


def test_signs_of_symbol_fonts_are_single_characters() -> None:
    """A sign takes the place of one glyph, so that offsets hold."""
    fonts = ("Wingdings", "Wingdings 2", "Webdings", "ZapfDingbats", "Symbol")
    signs = [sign for font in fonts for code in range(256) if (sign := sign_in(font, code))]
    assert len(signs) > 80 and all(len(sign) == 1 for sign in signs)


def test_what_is_read_inside_does_not_move_the_reader() -> None:
    """Named attributes are as before, fields that begin inside end there; everything else stays changed."""

    class Reader:
        def __init__(self) -> None:
            self.line, self.page, self.fields = "outside", 1, ["open"]

    reader = Reader()
    with restored(reader, "line"):
        reader.line, reader.page = "inside", 2
        reader.fields += ["inner", "innermost"]
    assert (reader.line, reader.page, reader.fields) == ("outside", 2, ["open"])
