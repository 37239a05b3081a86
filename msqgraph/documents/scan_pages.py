"""The pages of a scan as pictures: grey, upright, about 200 dots to the inch, of a size that memory can hold."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msqgraph.documents.document import Block
from msqgraph.errors import UnreadableInput

DPI = 200
MAX_PIXELS = 100_000_000  # an A3 page at 600 dpi has 70 million
_MAX_SIDE_PX = 3400  # an A3 page at 200 dpi
_A4_WIDTH_INCH, _A4_HEIGHT_INCH = 8.27, 11.69
_SMALLER = "scan it anew with 300 dpi at most"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number, its grey values (rows × columns of bytes), its dots to the inch."""

    number: int
    grey: Any
    dpi: float


def pages(path: Path, data: bytes) -> Iterator[Page | list[Block]]:
    """The pages of a PDF, TIFF, PNG or JPEG file, one at a time; of a PDF's page with text its blocks.

    :raises UnreadableInput: if it is no picture, or a page has more than ``MAX_PIXELS``.
    """
    return _pdf_pages(path, data) if data[:1024].lstrip().startswith(b"%PDF-") else _image_pages(path, data)


def _image_pages(path: Path, data: bytes) -> Iterator[Page]:
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # bounded below, before anything is decoded
    try:
        opened = Image.open(io.BytesIO(data))
    except UnidentifiedImageError:
        raise UnreadableInput(path, "no picture that can be read", "fetch it again from its source") from None
    with opened as image:
        for number in range(1, getattr(image, "n_frames", 1) + 1):
            image.seek(number - 1)
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise UnreadableInput(path, f"page {number} has {width} × {height} pixels", _SMALLER)
            dpi = _stated_dpi(image) or _likely_dpi(width, height)
            shown = ImageOps.exif_transpose(image)
            if shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info:
                ground = Image.new("RGBA", shown.size, "white")
                shown = Image.alpha_composite(ground, shown.convert("RGBA"))
            grey = shown.convert("I").point(lambda value: value / 256).convert("L") if _is_deep(shown) else shown
            grey = grey.convert("L")
            factor = min(DPI / dpi, _MAX_SIDE_PX / max(grey.size))
            if factor < 0.8 or factor > 1.25:
                size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
                grey, dpi = grey.resize(size, Image.Resampling.LANCZOS), dpi * factor
            yield Page(number, np.asarray(grey), dpi)


def _is_deep(image: Any) -> bool:
    return str(image.mode).startswith("I;16")


def _stated_dpi(image: Any) -> float | None:
    """The resolution that a file states, where it makes a page of a likely size (cameras state 72)."""
    dpi = float((image.info.get("dpi") or (0,))[0])
    return dpi if dpi >= 90 and 4 <= min(image.size) / dpi <= 24 else None


def _likely_dpi(width_px: int, height_px: int) -> float:
    """The resolution if the picture shows an A4 page, upright or on its side."""
    return max(min(width_px, height_px) / _A4_WIDTH_INCH, max(width_px, height_px) / _A4_HEIGHT_INCH)


def _pdf_pages(path: Path, data: bytes) -> Iterator[Page | list[Block]]:
    from msqgraph.documents.pdf import has_text, opened, page_blocks

    with opened(path, data) as document:
        for index in range(len(document)):
            if has_text(document, index):
                yield page_blocks(document, index)
                continue
            page = document[index]
            scale = min(DPI / 72, _MAX_SIDE_PX / max(1.0, *page.get_size()))
            bitmap = page.render(scale=scale, grayscale=True)
            grey = bitmap.to_numpy().copy()
            bitmap.close()
            page.close()
            yield Page(index + 1, grey.reshape(grey.shape[:2]), scale * 72)
