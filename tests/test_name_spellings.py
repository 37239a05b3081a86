"""A name is found however its words are spelled; what only looks like it is left alone."""

from __future__ import annotations

import pytest

from msqgraph.person_names import MARKER, hidden

NAME = "Alejandro Peralta Vierci"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@AlejandroPeraltaVierci", f"@{MARKER}"),
        ("www.x.py/alejandroperaltavierci", f"www.x.py/{MARKER}"),
        ("@aperaltavierci, alejandropv", f"@{MARKER}, alejandropv"),
        ("@peraltaa", f"@{MARKER}"),
        ("vierciperaltaalejandro", MARKER),
        ("https://x.py/Alejandro%20Peralta%20Vierci", f"https://x.py/{MARKER}"),
        ("Alejandro%C2%A0Peralta", MARKER),
        ("Alejandro&nbsp;Peralta", MARKER),
        ("Alejandro%2520Peralta", MARKER),
        ("Alejan\u00addro Peral\u00adta Vier\u00adci", MARKER),
        ("Alejan-\ndro Peral-\nta Vier-\nci", MARKER),
    ],
)
def test_words_joined_escaped_and_broken(text: str, expected: str) -> None:
    """As users and hosts are called, as addresses and pages escape blanks, and as lines break words."""
    assert hidden(text, [NAME]) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("محمد عبد الله الكعبي", "محمد عبدالله الكعبي"),
        ("محمد عبدالله الكعبي", "محمد عبد الله الكعبي"),
        ("김철수", "김 철수"),
        ("김 철수", "김철수"),
        ("Björn Müller", "Bjoern Mueller"),
        ("Bjoern Mueller", "Björn Müller"),
        ("Björn Müller", "bjoernmueller"),
        ("Ana María López", "ana%20mar%C3%ADa"),
        ("Ana María López", "Ana Mar&iacute;a"),
    ],
)
def test_scripts_and_umlauts(name: str, text: str) -> None:
    """The whole text is the name in another spelling."""
    assert hidden(text, [name]) == MARKER


def test_a_particle_stays_behind_a_name_without_blanks() -> None:
    """Korean particles are written onto the name."""
    assert hidden("김철수는", ["김철수"]) == f"{MARKER}는"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Marina Salas", "las marinas"),
        ("محمد عبدالله الكعبي", "عبدالله"),
        (NAME, "100% Peralta & Hijos; alejandrino"),
        ("Manuel Paz", "el manual de paz"),
        ("이선", "우리선거"),
    ],
)
def test_what_only_looks_like_a_name_stays(name: str, text: str) -> None:
    """A plural, a single word of a name, another word that begins like it."""
    assert hidden(text, [name]) == text
