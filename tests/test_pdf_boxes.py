"""Boxes of a PDF, however they are made: glyphs, drawings, form fields, and one over the other."""

from __future__ import annotations

import pytest

from msqgraph.documents.document import Box
from tests.test_pdf import make_pdf, read, text_at, texts

BOX = "0.7 w 70 700 9 9 re S\n"
CROSS = "71 701 m 78 708 l S 71 708 m 78 701 l S\n"
LABEL = text_at(86, 701, "Robotics")


def only_box(*arguments: str, **options: object) -> Box:
    """The one box of a page's operators."""
    boxes = [box for block in read(make_pdf("".join(arguments), **options)) for box in block.boxes]  # type: ignore[arg-type]
    assert len(boxes) == 1, boxes
    return boxes[0]


def told(box: Box) -> tuple[str, str]:
    """State and evidence."""
    return box.state, box.evidence


DRAWN = {
    "nothing in it": (BOX, "empty", "drawn box, nothing inside"),
    "a cross": (BOX + CROSS, "ticked", "drawn box, 2 strokes inside"),
    "a cross in one path": (BOX + "71 701 m 78 708 l 71 708 m 78 701 l S\n", "ticked", "drawn box, 1 stroke inside"),
    "a check": (BOX + "71 704 m 74 701 l 81 711 l S\n", "ticked", "drawn box, 1 stroke inside"),
    "a filled check": (BOX + "0 g 71 704 m 74 701 l 78 708 l 74 703 l f\n", "ticked", "drawn box, 1 stroke inside"),
    "a filled square": (BOX + "0 g 72 702 5 5 re f\n", "ticked", "drawn box, filled"),
    "a white square": (BOX + "1 g 72 702 5 5 re f 0 g\n", "empty", "drawn box, nothing inside"),
    "a level stroke": (BOX + "72 704.5 m 77 704.5 l S\n", "unknown", "drawn box, 1 stroke inside"),
    "a letter X": (BOX + text_at(71, 701, "X", 9), "ticked", "drawn box, X inside"),
    "a dingbat": (BOX + text_at(71, 701, "4", 9, "F3"), "ticked", "drawn box, ✔ inside"),
    "another letter": (BOX + text_at(71, 701, "k", 9), "unknown", "drawn box, 'k' inside"),
    "four lines": (
        "70 700 m 79 700 l S 79 700 m 79 709 l S 70 709 m 79 709 l S 70 700 m 70 709 l S\n",
        "empty",
        "drawn box, nothing inside",
    ),
    "four lines and a cross": (
        "70 700 m 79 700 l 79 709 l 70 709 l S 70 700 m 70 709 l S\n" + CROSS,
        "ticked",
        "drawn box, 2 strokes inside",
    ),
    "a double outline": (BOX + "71 701 7 7 re S\n", "empty", "drawn box, nothing inside"),
    "a white ground": ("1 g 70 700 9 9 re B 0 g\n", "empty", "drawn box, nothing inside"),
}


@pytest.mark.parametrize("case", DRAWN)
def test_drawn_boxes(case: str) -> None:
    """A small square before a line is a box, and what is inside tells its state; what tells nothing is unknown."""
    operators, state, evidence = DRAWN[case]
    box = only_box(operators, LABEL)
    assert (*told(box), box.place, box.start) == (state, evidence, "page=1&viewrect=70,133,9,9", 0)


NO_BOXES = {
    "a rule below a line": "70 698 m 300 698 l S\n",
    "a field's frame": "150 697 200 15 re S\n",
    "a table": "60 690 100 30 re S 160 690 100 30 re S\n",
    "places for single characters": "140 700 10 10 re S 150 700 10 10 re S 160 700 10 10 re S\n",
    "an ornament far from the text": "500 300 10 10 re S\n",
    "a bullet": "0 g 72 702 4 4 re f\n",
    "a frame around a word": "140 698 20 16 re S\n" + text_at(142, 701, "no"),
}


@pytest.mark.parametrize("case", NO_BOXES)
def test_what_is_no_box(case: str) -> None:
    """Rules, frames and ornaments are none."""
    assert [b.boxes for b in read(make_pdf(NO_BOXES[case] + LABEL))] == [()]


def test_boxes_in_a_turned_form() -> None:
    """A drawing that is placed by a matrix, or in a form of its own, is a box as well."""
    assert told(only_box("q 1 0 0 1 60 690 cm 0.7 w 10 10 9 9 re S Q\n", LABEL))[0] == "empty"


GLYPHS = {
    ("F2", "\xfe"): ("ticked", "glyph FE of Wingdings"),
    ("F2", "\xa8"): ("empty", "glyph A8 of Wingdings"),
    ("F2", "o"): ("empty", "glyph 6F of Wingdings"),
    ("F2", "\xfc"): ("ticked", "glyph FC of Wingdings"),
    ("F2", "\xfb"): ("unknown", "glyph FB of Wingdings"),
    ("F2", "\xfd"): ("ticked", "glyph FD of Wingdings"),
    ("F3", "4"): ("ticked", "glyph ✔ of ZapfDingbats"),
    ("F3", "o"): ("empty", "glyph ❏ of ZapfDingbats"),
    ("F3", "q"): ("empty", "glyph ❑ of ZapfDingbats"),
}


@pytest.mark.parametrize("glyph", GLYPHS)
@pytest.mark.parametrize("gap", [16, 12])
def test_glyphs_of_symbol_fonts(glyph: tuple[str, str], gap: int) -> None:
    """What a glyph means is told by its font, also where the text follows without a blank."""
    box = only_box(text_at(70, 701, glyph[1], font=glyph[0]), text_at(70 + gap, 701, "Robotics"))
    assert told(box) == GLYPHS[glyph]
    assert box.place is not None and box.place.startswith("page=1&viewrect=70,")


def test_letters_of_other_fonts_are_no_boxes() -> None:
    """An "o" in Helvetica is a letter."""
    assert [(b.text, b.boxes) for b in read(make_pdf(text_at(70, 701, "uno o dos")))] == [("uno o dos", ())]


def test_typed_boxes_have_a_place() -> None:
    """Brackets are boxes too, and stand somewhere."""
    (block,) = read(make_pdf(text_at(70, 701, "[x] Yes [ ] No")))
    assert [(b.state, b.evidence) for b in block.boxes] == [("ticked", "character [x]"), ("empty", "character [ ]")]
    assert all(box.place and box.place.startswith("page=1&viewrect=") for box in block.boxes)


def test_a_cross_drawn_over_a_printed_box() -> None:
    """What was drawn on top counts; that the print says otherwise is told."""
    over = "70 700 m 79 710 l S 70 710 m 79 700 l S\n"
    box = only_box(text_at(70, 701, "\xa8", font="F2"), over, LABEL)
    assert told(box) == ("ticked", "glyph A8 of Wingdings, 2 strokes over it") and box.is_contradictory


def widget(kind: str, state: str, value: str = "", extra: str = "", place: str = "[70 700 80 710]") -> str:
    """A check box or radio button, on where its state is not Off."""
    flags = "/Ff 32768" if kind == "radio" else ""
    return (
        f"<< /Type /Annot /Subtype /Widget /FT /Btn {flags} /T (box) /Rect {place} /AS /{state} "
        f"{f'/V /{value}' if value else ''} /AP << /N << /Ja 20 0 R /Off 20 0 R >> >> {extra} >>"
    )


def field(kind: str, value: str, place: str, extra: str = "") -> str:
    """A text or choice field without appearance."""
    return f"<< /Type /Annot /Subtype /Widget /FT /{kind} /T ({value[:3]}) /Rect {place} /V ({value}) {extra} >>"


FIELDS = "/Fields [10 0 R]"


@pytest.mark.parametrize(("kind", "name"), [("check", "check box"), ("radio", "radio button")])
@pytest.mark.parametrize(("state", "told_state"), [("Ja", "ticked"), ("Off", "empty")])
def test_widgets(kind: str, name: str, state: str, told_state: str) -> None:
    """A button is on when its state is anything but Off, whatever that is called."""
    box = only_box(LABEL, annotations=[widget(kind, state, state)], form=FIELDS)
    assert (*told(box), box.place) == (told_state, f"{name} widget /{state}", "page=1&viewrect=70,132,10,10")
    assert not box.is_contradictory


def test_a_widget_whose_field_says_otherwise() -> None:
    """What is shown counts; that the value differs is told."""
    box = only_box(LABEL, annotations=[widget("check", "Ja", "Off")], form=FIELDS)
    assert told(box) == ("ticked", "check box widget /Ja, though the field's value is /Off") and box.is_contradictory


@pytest.mark.parametrize("extra", ["/F 2", "/F 32"])
def test_hidden_widgets_are_ignored(extra: str) -> None:
    """What nobody sees was not answered."""
    assert [b.boxes for b in read(make_pdf(LABEL, annotations=[widget("check", "Ja", "Ja", extra)], form=FIELDS))] == [
        ()
    ]


PRINTED = {
    "a drawn square": (BOX, "Off", "empty", False),
    "an empty glyph": (text_at(70, 701, "\xa8", font="F2"), "Ja", "ticked", False),
    "a ticked glyph": (text_at(70, 701, "\xfe", font="F2"), "Off", "empty", True),
    "a crossed square": (BOX + CROSS, "Off", "empty", True),
}


@pytest.mark.parametrize("case", PRINTED)
def test_a_widget_over_a_printed_box(case: str) -> None:
    """They are one box: the widget's state counts, and a printed tick that it lacks is told."""
    printed, state, told_state, is_contradictory = PRINTED[case]
    box = only_box(printed, LABEL, annotations=[widget("check", state, state)], form=FIELDS)
    assert (box.state, box.is_contradictory) == (told_state, is_contradictory)
    assert box.evidence.startswith(f"check box widget /{state}")


def test_text_fields_stand_where_they_are() -> None:
    """A field's value stands behind its label, with its own line ends; no appearance is needed."""
    annotations = [
        field("Tx", "Ana P\xe9rez", "[120 697 300 712]"),
        field("Tx", "One\\rTwo, which is long", "[70 600 500 660]", "/Ff 4096"),
        field("Ch", "b", "[120 570 300 585]", "/Ff 131072 /Opt [[(a) (Alpha)] [(b) (Beta)]]"),
        field("Tx", "secret", "[120 500 300 515]", "/Ff 8192"),
        "<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (push) /Rect [70 400 120 420] /MK << /CA (Send) >> >>",
    ]
    page = text_at(70, 701, "Name:") + text_at(70, 666, "1. What?") + text_at(70, 573, "Choice:")
    form = "/Fields [10 0 R 11 0 R 12 0 R 13 0 R 14 0 R]"
    told_text = "\n".join(texts(make_pdf(page, annotations=annotations, form=form)))
    assert told_text.replace("\t", " ").split("\n") == [
        "Name: Ana Pérez", "1. What?", "One", "Two, which is long", "Choice: Beta",
    ]  # fmt: skip


def test_typed_notes_are_read() -> None:
    """Text that was typed onto the page stands there; an X on a box ticks it."""
    note = "<< /Type /Annot /Subtype /FreeText /Rect {} /Contents ({}) /DA (/Helv 10 Tf) >>"
    annotations = [note.format("[140 697 300 712]", "yes, since 2019"), note.format("[68 698 82 712]", "X")]
    (block,) = read(make_pdf(BOX + LABEL, annotations=annotations))
    assert block.text.replace("\t", " ") == "☒ Robotics yes, since 2019"
    assert [told(box) for box in block.boxes] == [("ticked", "drawn box, X inside")]
