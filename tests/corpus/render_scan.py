"""Pictures of pages, as a scanner makes them: 200 dots per inch, black and white, a little crooked and noisy."""

from __future__ import annotations

import io
from typing import Any

_DPI = 200
_SEED = 2020
_SKEW_DEGREES = (0.3, -0.2, 0.15)
_NOISE = 14.0
_THRESHOLD = 150


def scanned_pdf(pdf: bytes) -> bytes:
    """A PDF of nothing but pictures."""
    pages = _pages(pdf)
    stream = io.BytesIO()
    pages[0].save(
        stream, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI, creationDate=None, modDate=None
    )
    return stream.getvalue()


def scanned_png(pdf: bytes) -> bytes:
    """All pages below each other in one picture."""
    from PIL import Image

    pages = _pages(pdf)
    sheet = Image.new("1", (pages[0].width, sum(page.height for page in pages)), 1)
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height
    stream = io.BytesIO()
    sheet.save(stream, "PNG", optimize=True, dpi=(_DPI, _DPI))
    return stream.getvalue()


def _pages(pdf: bytes) -> list[Any]:
    import numpy as np
    import pypdfium2
    from PIL import Image

    random = np.random.default_rng(_SEED)
    pages = []
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        drawn = page.render(scale=_DPI / 72, grayscale=True).to_pil()
        turned = drawn.rotate(_SKEW_DEGREES[number % 3], resample=Image.Resampling.BICUBIC, fillcolor=255)
        pixels = np.asarray(turned, dtype=float) + random.normal(0, _NOISE, (turned.height, turned.width))
        pages.append(
            Image.fromarray(np.where(pixels > _THRESHOLD, 255, 0).astype("uint8")).convert(
                "1", dither=Image.Dither.NONE
            )
        )
    document.close()
    return pages
