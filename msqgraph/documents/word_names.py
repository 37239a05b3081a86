"""The names of WordprocessingML's elements, and how its values are written."""

from __future__ import annotations

from msqgraph.documents.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
AX = "{http://schemas.microsoft.com/office/2006/activeX}"
VAL = f"{W}val"


def is_on(element: Element | None, attribute: str = VAL) -> bool:
    """Whether a property that is either on or off is on: it is there, and says nothing else.

    >>> from lxml import etree
    >>> [is_on(etree.fromstring(x), "val") for x in ("<checked/>", '<checked val="1"/>', '<checked val="false"/>')]
    [True, True, False]
    """
    return element is not None and element.get(attribute, "true").lower() not in ("0", "false", "off", "none")
