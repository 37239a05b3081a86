"""Rules of tables and what only looks like them; labels that stay beside their values."""

from __future__ import annotations

import pytest

from tests.test_pdf import lines_at, make_pdf, text_at, texts

ANSWER = ("The ministry of finance and the", "www.finance.example portal office")
FRAME = (
    "66 712 m 400 712 l S\n66 660 m 400 660 l S\n66 660 m 66 712 l S\n190 660 m 190 712 l S\n400 660 m 400 712 l S\n"
)


@pytest.mark.parametrize(
    "drawing",
    [
        "196 684.5 m 301 684.5 l S\n",  # an underline
        "196 684 105 0.8 re f\n",  # the same as a filled rectangle
        "196 689.5 m 301 689.5 l S\n",  # a strike-through
        "1 1 0 rg 196 683 105 13 re f 0 g\n",  # a highlight
    ],
)
def test_what_hugs_words_is_no_rule(drawing: str) -> None:
    """Underlines, strike-throughs and highlights in a table's cell leave its words in their order."""
    page = lines_at(72, 700, "1. Who leads?") + lines_at(196, 700, *ANSWER)
    assert texts(make_pdf(drawing + page + FRAME)) == ["1. Who leads?", " ".join(ANSWER)] or texts(
        make_pdf(drawing + page + FRAME)
    ) == ["1. Who leads?", "\n".join(ANSWER)]


def test_a_label_stays_beside_a_long_value() -> None:
    """A label shares a line with the first of the lines that its value has."""
    page = text_at(72, 700, "Title:") + lines_at(196, 700, "head of the department of public", "services")
    told = "\n".join(texts(make_pdf(page + FRAME)))
    assert told.startswith("Title:\thead of the department of public")
