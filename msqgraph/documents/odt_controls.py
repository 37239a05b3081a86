"""Form controls, check boxes and field marks of an OpenDocument text, and what their own properties say."""

from __future__ import annotations

from dataclasses import dataclass, field

from msqgraph.documents.check_boxes import CheckBox
from msqgraph.documents.document import BoxState
from msqgraph.documents.odt_names import FIELD, FORM, LOEXT, XML
from msqgraph.documents.package import Element, number

_STATES: dict[str, BoxState] = {"checked": "ticked", "unchecked": "empty", "unknown": "unknown"}
_CHOSEN = ("true", "1")


@dataclass(frozen=True, slots=True)
class Control:
    """What a form control shows: a box with its state, evidence and label, or a text."""

    text: str = ""
    state: BoxState | None = None
    evidence: str = ""


def controls_in(forms: Element) -> dict[str, Element]:
    """The controls of a document's forms, by identifier."""
    found: dict[str, Element] = {}
    for control in forms.iter():
        for name in (f"{FORM}id", f"{XML}id"):
            if identifier := control.get(name):
                found.setdefault(identifier, control)
    return found


def shown_by(control: Element) -> Control:
    """What a form control shows (ODF 1.2, 13.5 and 19.2: the current state, else the initial one, else unchecked)."""
    name, label = control.tag.removeprefix(FORM), control.get(f"{FORM}label", "")
    if name == "checkbox":
        said = next((s for n in ("current-state", "state") if (s := control.get(FORM + n)) is not None), "unchecked")
        return Control(label, _STATES.get(said, "unknown"), f"form control checkbox state={said}")
    if name == "radio":
        said = next((s for n in ("current-selected", "selected") if (s := control.get(FORM + n)) is not None), "false")
        return Control(label, "ticked" if said in _CHOSEN else "empty", f"form control radio selected={said}")
    if name == "listbox":
        options = list(control.iterchildren(f"{FORM}option"))
        for attribute in ("current-selected", "selected"):
            if any(option.get(FORM + attribute) is not None for option in options):
                chosen = [o for o in options if o.get(FORM + attribute) in _CHOSEN]
                return Control(", ".join(option.get(f"{FORM}label", "") for option in chosen))
        return Control()
    if name in ("text", "textarea", "formatted-text", "number", "date", "time", "combobox"):
        return Control(next((v for n in ("current-value", "value") if (v := control.get(FORM + n))), ""))
    return Control()


def check_box(control: Element) -> CheckBox | None:
    """The check box that a content control of LibreOffice is; unchecked ones do not say so."""
    if control.get(f"{LOEXT}checkbox") not in _CHOSEN:
        return None
    glyphs = [control.get(f"{LOEXT}{name}-state", "")[:1] for name in ("checked", "unchecked")]
    codes = [ord(glyph or usual) for glyph, usual in zip(glyphs, "☒☐", strict=True)]
    return CheckBox(control.get(f"{LOEXT}checked") in _CHOSEN, ((codes[0], ""), (codes[1], "")))


@dataclass(slots=True)
class FieldMark:
    """A field that was a form field in Word, with its parameters (LibreOffice leaves out what is unchecked)."""

    kind: str
    parameters: list[tuple[str, str]] = field(default_factory=list)

    def box(self) -> tuple[BoxState, str]:
        """The state of a FORMCHECKBOX and the evidence."""
        said = dict(self.parameters).get("Checkbox_Checked")
        if said is None:
            return "empty", "form field FORMCHECKBOX, not checked"
        return ("ticked" if said in _CHOSEN else "empty"), f"form field FORMCHECKBOX Checkbox_Checked={said}"

    def chosen(self) -> str | None:
        """The entry that a FORMDROPDOWN shows; None where it says nothing of entries."""
        entries = [value for name, value in self.parameters if name.startswith("Dropdown_ListEntry")]
        if not entries:
            return None
        at = number(dict(self.parameters).get("Dropdown_Selected"), 0)
        return entries[at] if 0 <= at < len(entries) else ""


def field_mark(element: Element) -> FieldMark:
    """The field that ``field:fieldmark`` or ``field:fieldmark-start`` begins."""
    parameters = [
        (p.get(f"{FIELD}name", ""), p.get(f"{FIELD}value", "")) for p in element.iterchildren(f"{FIELD}param")
    ]
    return FieldMark(element.get(f"{FIELD}type", "").rpartition(".")[2], parameters)
