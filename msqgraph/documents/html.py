"""Web pages: what a browser shows, in reading order, as blocks.

A block is what a browser sets as a paragraph, heading, list item or row of a table; a row whose cells hold one line
each is one block with its cells apart by tabs, any other row stands cell by cell. List numbers and bullets are written
out, ``<br>`` is a line's end, two of them end the block; digits in ``<sup>`` become superscript ones, as footnote marks
in all readers. Left out: what is hidden by its element, attribute or ``style`` (style sheets are not read), deleted
text, buttons. Fields of a form count as written with what they hold. Pages are not known.

A box is ticked if its ``checked`` (of ARIA boxes ``aria-checked``) says so. Browsers may save a page as it was sent,
without what was ticked and typed since: where no field of a page holds anything, empty boxes are ``unknown``.

Findings (lxml 6.1.3): nothing is fetched. Elements nested more than 256 deep, and single texts or attributes of more
than 10 MB, end the parsing without an exception and lose what follows; the parser's log tells, and such a page is
refused. 5 MB of paragraphs take 0.5 s, of a thousand words in bold each 2.4 s.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from msqgraph.documents.document import Block
from msqgraph.documents.html_page import HtmlPage
from msqgraph.errors import UnreadableInput

_CHARSET = re.compile(rb"(?i)<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD_BYTES = 4096
# what browsers mean by these names (WHATWG Encoding)
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_MEANT |= {"utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "euc_kr": "cp949", "shift_jis": "cp932"}


def read(path: Path, data: bytes) -> list[Block]:
    """The blocks of a page, with its links to the web and its boxes.

    :raises UnreadableInput: if it holds no text, or is nested too deeply.

    >>> page = b"<p>10. Statistics?<p><input type=radio checked> Yes <input type=radio> No<p hidden>x<ol start=3><li>A"
    >>> [(block.text, [box.state for box in block.boxes]) for block in read(Path("x.html"), page)]
    [('10. Statistics?', []), ('☒ Yes ☐ No', ['ticked', 'empty']), ('3. A', [])]
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    text = decoded(path, data).replace("\0", "\ufffd")
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if fatal := next((error for error in parser.error_log if error.level == etree.ErrorLevels.FATAL), None):
        problem = "elements nested more than 256 deep" if "depth" in fatal.message else "a piece larger than 10 MB"
        raise UnreadableInput(path, f"{problem} (line {fatal.line})", "save the page anew, as text or without pictures")
    if root is None:
        raise UnreadableInput(path, "no text in it", "save the page anew")
    return HtmlPage(root).blocks()


def decoded(path: Path, data: bytes) -> str:
    """The page as text: by its BOM, by what it declares, else as UTF-8, else as windows-1252.

    :raises UnreadableInput: if no encoding is declared and the bytes are neither UTF-8 nor windows-1252.

    >>> decoded(Path("x"), '<meta charset="windows-1251">Да'.encode("cp1251"))[-2:]
    'Да'
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    if declared:
        try:
            name = codecs.lookup(declared.group(1).decode("ascii")).name
            return data.decode(_MEANT.get(name, name), "replace")
        except LookupError:
            pass  # a name that nobody knows tells nothing
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableInput(path, "it does not tell its encoding", "save it as UTF-8") from None
