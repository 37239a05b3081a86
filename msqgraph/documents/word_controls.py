"""The things in a Word file that can be ticked or chosen, apart from typed signs, and what their own properties say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msqgraph.documents.check_boxes import CheckBox
from msqgraph.documents.document import BoxState
from msqgraph.documents.package import Element, number
from msqgraph.documents.word_names import AX, VAL, W14, W, is_on

_ACTIVEX_BOXES = {
    "8BD21D40-EC42-11CE-9E0D-00AA006002F3": "check box",
    "8BD21D50-EC42-11CE-9E0D-00AA006002F3": "option button",
    "5512D116-5CC6-11CF-8D67-00AA00BDCE1D": "check box",
    "5512D118-5CC6-11CF-8D67-00AA00BDCE1D": "option button",
}
_ACTIVEX_STATES: dict[str, BoxState] = {"1": "ticked", "-1": "ticked", "true": "ticked", "0": "empty", "false": "empty"}


def check_box(properties: Element) -> CheckBox | None:
    """The check box that a content control's properties (``w:sdtPr``) describe."""
    element = properties.find(f"{W14}checkbox")
    if element is None:
        return None
    glyphs = []
    for name, usual in (("checkedState", 0x2612), ("uncheckedState", 0x2610)):
        shown = element.find(f"{W14}{name}")
        code = shown.get(f"{W14}val", "") if shown is not None else ""
        is_code = re.fullmatch("[0-9A-Fa-f]{2,5}", code)
        font = shown.get(f"{W14}font", "") if shown is not None else ""
        glyphs.append((int(code, 16) if is_code else usual, font))
    return CheckBox(is_on(element.find(f"{W14}checked"), f"{W14}val"), (glyphs[0], glyphs[1]))


@dataclass(slots=True)
class Field:
    """A field while it is read: its code, its form properties, and whether its result has begun."""

    properties: Element | None = None
    code: list[str] = field(default_factory=list)
    is_result: bool = False
    is_silent: bool = False

    @property
    def instruction(self) -> str:
        """The code as it was put together from runs."""
        return "".join(self.code).strip()

    @property
    def kind(self) -> str:
        """The first word of its code."""
        return self.instruction.partition(" ")[0].upper()

    @property
    def target(self) -> str:
        """The address that a HYPERLINK field opens; "" where it leads to a place in the document."""
        match = re.match(r'HYPERLINK\s+(?!\\)(?:"([^"]*)"|(\S+))', self.instruction, re.IGNORECASE)
        if match is None:
            return ""
        place = re.search(r'\\l\s+"([^"]*)"', self.instruction)
        address = match[1] or match[2] or ""
        return f"{address}#{place[1]}" if address and place else address

    def box(self) -> tuple[BoxState, str]:
        """The state of a FORMCHECKBOX and the evidence; a check box that is not checked says nothing or ``0``."""
        element = self.properties.find(f"{W}checkBox") if self.properties is not None else None
        if element is None:
            return "unknown", "form field FORMCHECKBOX without properties"
        for name in ("checked", "default"):
            if (said := element.find(f"{W}{name}")) is not None:
                return ("ticked" if is_on(said) else "empty"), f"form field FORMCHECKBOX {name}={int(is_on(said))}"
        return "empty", "form field FORMCHECKBOX, not checked"

    def chosen(self) -> str:
        """The entry that a FORMDROPDOWN shows: the chosen one, the default, or the first."""
        element = self.properties.find(f"{W}ddList") if self.properties is not None else None
        if element is None:
            return ""
        entries = [entry.get(VAL, "") for entry in element.iterchildren(f"{W}listEntry")]
        at = next(
            (number(x.get(VAL), 0) for n in ("result", "default") if (x := element.find(f"{W}{n}")) is not None), 0
        )
        return entries[at] if 0 <= at < len(entries) else ""


def activex_box(root: Element) -> tuple[BoxState, str, str] | None:
    """The state, evidence and caption of an ActiveX check box or option button; its state can be read only where it
    is kept in XML, as a property bag (else it is in a binary part of its own).
    """
    kind = _ACTIVEX_BOXES.get(root.get(f"{AX}classid", "").strip("{}").upper())
    if kind is None:
        return None
    said = {
        child.get(f"{AX}name", "").lower(): child.get(f"{AX}value", "") for child in root.iterchildren(f"{AX}ocxPr")
    }
    value = said.get("value")
    if value is None:
        return "unknown", f"ActiveX {kind}, its value in no property", said.get("caption", "")
    return _ACTIVEX_STATES.get(value.lower(), "unknown"), f"ActiveX {kind} Value={value}", said.get("caption", "")
