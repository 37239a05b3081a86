"""What a PDF holds on top of its pages: form fields, typed notes, hyperlinks.

Check boxes and radio buttons are on when their appearance state is anything but /Off, whatever it is called. Values are
taken from the field, so they need no appearance. PDFium runs no script (it is built without V8).
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

from msqgraph.documents.pdf_drawings import Rectangle, Stroke
from msqgraph.documents.pdf_signs import Mark
from msqgraph.documents.pdf_words import Frame, Word, plain_text

MAX_ANNOTATIONS_A_PAGE = 5_000
_UNSEEN = 2 | 32  # the flags Hidden and NoView
_PASSWORD = 1 << 13
_LINE_HEIGHT = 12.0


@dataclass(slots=True)
class Overlay:
    """Of a page: widgets that are boxes, texts of fields and notes, ink, links as (rectangle, address)."""

    boxes: list[Word] = field(default_factory=list)
    texts: list[Word] = field(default_factory=list)
    ink: list[Stroke] = field(default_factory=list)
    links: list[tuple[Rectangle, str]] = field(default_factory=list)
    widgets: int = 0


def overlay_of_page(document: Any, page: Any, form: Any, frame: Frame) -> Overlay:
    """What stands on a page that is not its own content; ``form`` is PDFium's form handle, None without a form."""
    import pypdfium2.raw as raw

    overlay = Overlay()
    rect = raw.FS_RECTF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS_A_PAGE)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            if raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN or not raw.FPDFAnnot_GetRect(annotation, rect):
                continue
            left, right = sorted((rect.left, rect.right))
            bottom, top = sorted((rect.bottom, rect.top))
            place = frame.shown(left, bottom, right, top)
            if kind == raw.FPDF_ANNOT_WIDGET and form:
                overlay.widgets += 1
                _take_widget(raw, overlay, form, annotation, place)
            elif kind == raw.FPDF_ANNOT_FREETEXT:
                text = _text(raw.FPDFAnnot_GetStringValue, annotation, b"Contents")
                _take_text(overlay, text, place, is_set="\n" in text or "\r" in text)
            elif kind in (raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_STAMP):
                overlay.ink.append(Stroke(place, True, False))
            elif kind == raw.FPDF_ANNOT_LINK and (target := _target(raw, document, annotation)):
                overlay.links.append((place, target))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return overlay


def _take_widget(raw: Any, overlay: Overlay, form: Any, annotation: Any, place: Rectangle) -> None:
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        name = "check box" if kind == raw.FPDF_FORMFIELD_CHECKBOX else "radio button"
        mark = _button(raw, form, annotation, name)
        overlay.boxes.append(Word(mark.sign, *place, place[3] - place[1], mark))
    elif kind in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        count = min(max(raw.FPDFAnnot_GetOptionCount(form, annotation), 0), 1000)
        chosen = [
            _label(raw, form, annotation, at)
            for at in range(count)
            if raw.FPDFAnnot_IsOptionSelected(form, annotation, at)
        ]
        text = "\n".join(chosen) or _value(raw, form, annotation)
        _take_text(overlay, text, place, is_set=True)
    elif kind == raw.FPDF_FORMFIELD_TEXTFIELD:
        is_secret = raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD
        if not is_secret:
            _take_text(overlay, _value(raw, form, annotation), place, is_set=True)


def _button(raw: Any, form: Any, annotation: Any, name: str) -> Mark:
    state = _text(raw.FPDFAnnot_GetStringValue, annotation, b"AS")
    value = _text(raw.FPDFAnnot_GetStringValue, annotation, b"V")  # absent where several widgets share a field
    if not state:  # the widget does not say what it shows
        is_on = bool(raw.FPDFAnnot_IsChecked(form, annotation))
        return Mark("ticked" if is_on else "empty", f"{name} widget, {'on' if is_on else 'off'} by its field's value")
    is_on = state != "Off"
    own = _text(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation)
    says_otherwise = value == "Off" if is_on else bool(own) and value == own
    evidence = f"{name} widget /{state}" + (f", though the field's value is /{value}" if says_otherwise else "")
    return Mark("ticked" if is_on else "empty", evidence, says_otherwise)


def _take_text(overlay: Overlay, text: str, place: Rectangle, is_set: bool) -> None:
    """A field's text stands where its first line is shown: in the middle of a low field, at the top of a high one."""
    lines = [line.rstrip() for line in plain_text(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    text = "\n".join(lines).strip()
    if not text:
        return
    left, top, right, bottom = place
    if bottom - top > 2 * _LINE_HEIGHT:
        bottom = top + _LINE_HEIGHT
    if not is_set and len(text) == 1:
        right = min(right, left + _LINE_HEIGHT)
    overlay.texts.append(Word(text, left, top, right, bottom, bottom - top, is_set=is_set))


def _value(raw: Any, form: Any, annotation: Any) -> str:
    return _text(raw.FPDFAnnot_GetFormFieldValue, form, annotation)


def _label(raw: Any, form: Any, annotation: Any, at: int) -> str:
    return _text(raw.FPDFAnnot_GetOptionLabel, form, annotation, at)


def _text(get: Any, *arguments: Any) -> str:
    """The UTF-16 text that a function of PDFium writes into a buffer."""
    length = get(*arguments, None, 0)
    if length <= 2:
        return ""
    length = min(length, 1 << 22)
    buffer = ctypes.create_string_buffer(length)
    get(*arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _target(raw: Any, document: Any, annotation: Any) -> str | None:
    link = raw.FPDFAnnot_GetLink(annotation)
    action = raw.FPDFLink_GetAction(link) if link else None
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return None
    length = min(raw.FPDFAction_GetURIPath(document, action, None, 0), 1 << 16)
    buffer = ctypes.create_string_buffer(max(length, 1))
    raw.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.raw[: max(length - 1, 0)].decode("utf-8", "replace").strip() or None
