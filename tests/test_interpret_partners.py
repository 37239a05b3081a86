"""Partners are the names in a list, as written."""

from __future__ import annotations

import pytest

from msqgraph.interpret.partners import find_partners
from msqgraph.interpret.passages import Passage
from msqgraph.interpret.yes_no import read_yes_no


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "es",
            "Si, el Paraguay posee cooperaciones con los siguientes organismos IADB, KOIKA, MOIS-KOREA, NIA-KOREA",
            ["IADB", "KOIKA", "MOIS-KOREA", "NIA-KOREA"],
        ),
        ("es", "Sí, el país es miembro de la Red GEALC, la OEA y el BID.", ["Red GEALC", "OEA", "BID"]),
        (
            "en",
            "Yes, we work with ITU, World Bank and the Asian Development Bank on ICT projects.",
            ["ITU", "World Bank", "Asian Development Bank"],
        ),
        (
            "fr",
            "Oui, avec l'Union internationale des télécommunications (UIT) et la Banque mondiale",
            ["Union internationale des télécommunications", "Banque mondiale"],
        ),
        ("pt", "Sim: CPLP, União Europeia", ["CPLP", "União Europeia"]),
        ("ru", "Да, с ООН и ЕАЭС.", ["ООН", "ЕАЭС"]),
        ("ar", "نعم، مع ESCWA و ITU", ["ESCWA", "ITU"]),
        ("zh", "是，包括APEC、ASEAN和UN", ["APEC", "ASEAN", "UN"]),
        ("en", "Yes, there are several partnerships with the private sector on ICT.", []),
        ("es", "Si.", []),
    ],
)
def test_partners_are_the_names_in_the_list(language: str, text: str, names: list[str]) -> None:
    """Nothing is corrected ("KOIKA"), the country itself is no partner, ICT is no organisation."""
    mentions = find_partners(Passage(text, language), read_yes_no(text)[1])
    assert [mention.name for mention in mentions] == names
    assert all(m.acronym == m.name for m in mentions if m.name and m.name.isupper() and " " not in m.name)
