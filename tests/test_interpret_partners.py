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


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("es", "Sí. BID, OEA y CEPAL.", ["BID", "OEA", "CEPAL"]),
        ("en", "Yes. ECOWAS and the African Union.", ["ECOWAS", "African Union"]),
        (
            "en",
            "Yes\n- ITU\n- World Bank: digital project\n- Training: on site\n- Estonia",
            ["ITU", "World Bank", "Estonia"],
        ),
        ("en", "Yes. Partners:\n1. ITU\n2. UNDP", ["ITU", "UNDP"]),
        ("fr", "Oui. Membre de la CEDEAO et de l'Union africaine.", ["CEDEAO", "Union africaine"]),
        ("ru", "Да. ЕАЭС, СНГ и ШОС.", ["ЕАЭС", "СНГ", "ШОС"]),
        ("ar", "نعم. مصر، الأردن", ["مصر", "الأردن"]),
        ("zh", "是，与东盟、上海合作组织和新加坡开展合作。", ["东盟", "上海合作组织", "新加坡"]),
        ("en", "Yes - Microsoft", ["Microsoft"]),
        ("en", "No. Yes.", []),
        ("en", "Yes. Ongoing.", []),
        ("en", "Yes. The Digital Platform was built by IBM. Good Governance matters.", []),
        ("en", "Member of ITU and ESCAP", ["ITU", "ESCAP"]),
        ("en", "Organization of American States, ITU", ["Organization of American States", "ITU"]),
        (
            "en",
            "Yes: Economic Commission for Latin America and the Caribbean, ITU",
            ["Economic Commission for Latin America and the Caribbean", "ITU"],
        ),
        ("en", "Yes, with the Government of India and the World Bank.", ["Government of India", "World Bank"]),
    ],
)
def test_the_list_after_the_yes_word_is_read(language: str, text: str, names: list[str]) -> None:
    """In a sentence of its own, in bullets; neither "yes" nor "member of" is part of a name."""
    mentions = find_partners(Passage(text, language), read_yes_no(text)[1])
    assert [mention.name for mention in mentions] == names
    assert all(text[m.start : m.start + len(m.quote)] == m.quote for m in mentions)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Yes, with Estonia, Republic of Korea and Singapore", ["EST", "KOR", "SGP"]),
        ("Yes: Trinidad and Tobago, ITU", ["TTO", None]),
        ("Yes, Korea (Republic of), Iran (Islamic Republic of) and Estonia", ["KOR", "IRN", "EST"]),
        ("Yes, KOIKA, MOIS-KOREA", [None, None]),
    ],
)
def test_a_country_among_partners_has_its_code(text: str, countries: list[str | None]) -> None:
    """Two countries are never one; "and" may stand inside a country's name."""
    mentions = find_partners(Passage(text, "en"), read_yes_no(text)[1])
    assert [mention.country_iso3 for mention in mentions] == countries
