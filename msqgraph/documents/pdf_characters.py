"""The characters of a PDF page as PDFium holds them: text with one call a page, all else with one call a character."""

from __future__ import annotations

import ctypes
import math
from typing import Any

from msqgraph.documents.pdf_signs import sign_of
from msqgraph.documents.pdf_words import Frame

MAX_CHARACTERS_A_PAGE = 200_000


class Characters:
    """The characters of a text page: their text at once, their places on demand."""

    def __init__(self, text_page: Any, frame: Frame) -> None:
        import pypdfium2.raw as raw

        self._raw, self._page, self._frame = raw, text_page, frame
        self._rect = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._origin = ctypes.c_double(), ctypes.c_double()
        self._reference = ctypes.byref(self._rect)
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        count = min(raw.FPDFText_CountChars(text_page), MAX_CHARACTERS_A_PAGE)
        buffer = ctypes.create_string_buffer(2 * count + 2)
        got = raw.FPDFText_GetText(text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        text = buffer.raw[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
        if len(text) != count:  # glyphs without a character, or characters of two units: then one by one
            get = raw.FPDFText_GetUnicode
            text = "".join(chr(code) if (code := get(text_page, at)) < 0x110000 else "\0" for at in range(count))
        self.text = text

    def rectangle(self, at: int) -> tuple[float, float, float, float]:
        """The rectangle of a character's advance and line height, as the page is shown."""
        if not self._raw.FPDFText_GetLooseCharBox(self._page, at, self._reference):
            return 0.0, 0.0, 0.0, 0.0
        rect = self._rect
        return self._frame.shown(rect.left, rect.bottom, rect.right, rect.top)

    def size(self, at: int, scale: float) -> float:
        """The size of a character's font in points, by the scale of its line."""
        return float(self._raw.FPDFText_GetFontSize(self._page, at)) * scale

    def scale(self, at: int) -> float:
        """By how much the drawing of a character enlarges its font."""
        if not self._raw.FPDFText_GetMatrix(self._page, at, self._matrix):
            return 1.0
        return math.hypot(self._matrix.c, self._matrix.d) or 1.0

    def baseline(self, at: int) -> float:
        """The height on the page of the line on which a character stands."""
        x, y = self._origin
        self._raw.FPDFText_GetCharOrigin(self._page, at, x, y)
        return self._frame.shown(x.value, y.value, x.value, y.value)[1]

    def is_generated(self, at: int) -> bool:
        """Whether a character is a blank or a line's end that PDFium has put in."""
        return bool(self._raw.FPDFText_IsGenerated(self._page, at) == 1)

    def sign(self, at: int) -> tuple[str, str] | None:
        """What a character shows in its font, and how that was told, if it does not show itself."""
        length = self._raw.FPDFText_GetFontInfo(self._page, at, self._name, 128, self._flags)
        font = self._name.raw[: max(min(length, 128) - 1, 0)].decode("latin-1")
        return sign_of(font, self.text[at])
