"""Web pages: what a browser shows is read, in its order, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from msqgraph.documents import Block, html, read_document
from msqgraph.errors import UnreadableInput
from tests.long_documents import LONG


def blocks(page: str | bytes) -> list[Block]:
    """The blocks of a page; what is text is stored as UTF-8."""
    return html.read(Path("page.html"), page.encode() if isinstance(page, str) else page)


SHOWN = {
    "<p>a\n  b <b> c</b>d<p>e": ["a b cd", "e"],
    "<p>a<br>b<br/><br>c": ["a\nb", "c"],
    "<div>a<div>b</div>c</div>": ["a", "b", "c"],
    "<pre>  x\n   y</pre>": ["x\n   y"],
    "a&nbsp;b &amp; c": ["a\u00a0b & c"],
    "<p>a<!-- no -->b<script>no</script><style>no</style><template>no</template><noscript>no</noscript>c": ["abc"],
    "<p hidden>no<p>a<span style='DISPLAY : none'>no</span><i style='visibility:hidden'>no</i>b": ["ab"],
    "<p>a<del>no</del><s>no</s><ins>b</ins>": ["ab"],
    "<p>portal<sup>2</sup> 1<sup>st</sup> x<sup><a href='#n'>[13]</a></sup>": ["portal² 1st x¹³"],
    "<ul><li>a<li>b<ol><li>c</ol></ul>": ["• a", "• b", "1. c"],
    "<ol type=a start=26><li>x<li>y</ol><ol type=I><li value=4>z<li><li>w</ol>": ["z. x", "aa. y", "IV. z", "VI. w"],
    "<ol><li><p>a<p>b</ol><ol reversed><li>c<li>d</ol><ol style='list-style:none'><li>e": [
        "1. a",
        "b",
        "2. c",
        "1. d",
        "e",
    ],
    "<table><tr><th>Name<th>Title<tr><td>Ana<td></table>after": ["Name\tTitle", "Ana", "after"],
    "<table><tr><td>a<p>b<td>c<tr><td>d<br>e<td>f": ["a", "b", "c", "d\ne", "f"],
    "<table><tr><td><table><tr><td>a<td>b<tr><td>c</table><td>d": ["a\tb", "c", "d"],
    "<input value='a  b'>c<textarea>\nd\n e</textarea><input type=submit value=no><input type=hidden value=no>": [
        "a b c d\n e"
    ],
    "Is it?<select><option value=''>no<option selected>Yes<option>no</select>": ["Is it? Yes"],
    "<select><option>no<option>no</select>a": ["a"],
    "<p dir=rtl>نعم، منذ <b>2017</b></p>": ["نعم، منذ 2017"],
    "in\u00adforma\u200bción": ["información"],
}


@pytest.mark.parametrize("page", SHOWN)
def test_what_is_shown(page: str) -> None:
    """Blocks, blanks, lists, rows, fields and hidden things as in a browser; offsets count in the document's text."""
    found = blocks(page)
    assert [block.text for block in found] == SHOWN[page]
    assert [block.start for block in found] == [sum(len(t) + 2 for t in SHOWN[page][:i]) for i in range(len(found))]


BOXES = {
    "<input type=checkbox checked> Yes <input type=radio> No": "xo",
    "<input type=checkbox checked=''>Yes<table><tr><td>No<td><input type=checkbox></table>": "xo",
    "<i role=checkbox aria-checked=true></i>Yes<i role=radio aria-checked=mixed></i>No": "x?",
    "<i role=checkbox aria-checked=true>☐</i>Yes": "o",
    "<p>☒ Yes ☐ No": "xo",
    "<font face=Wingdings>&#xFE;</font> Yes <span style='font-family:Wingdings'>&#xF0A8;</span> No": "xo",
    # the page may have been saved without what was ticked
    "<input type=checkbox> Yes <input type=checkbox> No <input value=''>": "??",
    "<input type=checkbox> Yes <input type=checkbox> No <textarea>a</textarea>": "oo",
    # our own signs say nothing about how boxes are typed beside them
    "<input type=checkbox checked> Yes ✓ No": "xx",
}


@pytest.mark.parametrize("page", BOXES)
def test_boxes(page: str) -> None:
    """Boxes of any kind stand where they are shown; without any sign of life on the page, empty is not known."""
    found = [(block.text[box.start : box.end], box) for block in blocks(page) for box in block.boxes]
    assert "".join({"ticked": "x", "empty": "o", "unknown": "?"}[box.state] for _, box in found) == BOXES[page]
    assert all(sign in "☒☐▢✓☑◻" and box.evidence for sign, box in found)


def test_links() -> None:
    """Links to the web are kept where they are clicked on, in a row's cell too; others are text."""
    page = (
        "<table><tr><td>a<td>the <a href='https://www.gov.example/x?a=1&amp;b=2'>national <b>portal</b></a>, "
        "<a href='mailto:a@gov.example'>mail</a> <a href='/rel'>rel</a> <a href='javascript:no()'>js</a></table>"
    )
    (block,) = blocks(page)
    assert [(block.text[link.start : link.end], link.target) for link in block.links] == [
        ("national portal", "https://www.gov.example/x?a=1&b=2")
    ]


ENCODED = {
    "cp1251": "<meta charset=windows-1251>Да, с 2017 года",
    "cp1256": '<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">نعم',
    "gb18030": "<meta charset='gb2312'>电子政务",
    "utf-8": "<p>Año", "utf-8-sig": "<meta charset=iso-8859-1>Año", "utf-16": "<p>Año",
    "cp1252": "<p>Año “2017”",
    "latin-1": "<?xml version='1.0' encoding='iso-8859-1'?><html><body>Año",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings(encoding: str) -> None:
    """By BOM, by declaration, else UTF-8, else windows-1252."""
    page = ENCODED[encoding]
    assert blocks(page.encode(encoding))[0].text == page.rpartition(">")[2]


def test_what_cannot_be_read() -> None:
    """What the parser would cut off in silence is an error, and so is an encoding that nothing tells."""
    assert blocks("<div>" * 200 + "a" + "</div>" * 200 + "<p>b")[-1].text == "b"
    for page, problem in {
        b"<div>" * 300 + b"a": "nested",
        b"<img alt='" + b"x" * 11_000_000 + b"'>a": "10 MB",
        b"<p>\x81\x8d": "encoding",
    }.items():
        with pytest.raises(UnreadableInput, match=problem):
            blocks(page)


@pytest.mark.parametrize("many", [many for many, (name, _) in LONG.items() if name.endswith("html")])
def test_tens_of_thousands_are_read_whole(many: str) -> None:
    """Nothing is cut off; that time grows with size is measured by `make bench`."""
    read = blocks(LONG[many][1](20_000))
    assert sum(block.text.count("a") for block in read) == 20_000


def test_read_in_its_own_process(tmp_path: Path) -> None:
    """The reader is found by the name's ending and works within the worker's limits."""
    page = tmp_path / "form.htm"
    page.write_text("<p>☒ Yes <a href='https://gov.example/'>portal</a>", "utf-8")
    document = read_document(page)
    assert (document.media_type, document.text) == ("text/html", "☒ Yes portal")
    assert document.blocks[0].boxes[0].state == "ticked" and document.blocks[0].links[0].start == 6
