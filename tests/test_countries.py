"""Country names: looked up in six languages, built by rule where that is safe, never guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msqgraph import countries

NAMES = {
    "Paraguay": "PRY",
    "  PARAGUAY\n": "PRY",
    "Республика Парагвай": "PRY",
    "巴拉圭": "PRY",
    "República del Paraguay": "PRY",
    "Paraguay (Republic of)": "PRY",
    "Republic of Korea": "KOR",
    "Korea, Republic of": "KOR",
    "Democratic People's Republic of Korea": "PRK",
    "République populaire démocratique de Corée": "PRK",
    "Congo": "COG",
    "Republic of the Congo": "COG",
    "Democratic Republic of the Congo": "COD",
    "République démocratique du Congo": "COD",
    "Guinea": "GIN",
    "Guinea-Bissau": "GNB",
    "Equatorial Guinea": "GNQ",
    "Republic of Equatorial Guinea": "GNQ",
    "Iran (Islamic Republic of)": "IRN",
    "Islamic Republic of Iran": "IRN",
    "Estado Plurinacional de Bolivia": "BOL",
    "Venezuela (República Bolivariana de)": "VEN",
    "The Gambia": "GMB",
    "Republic of The Gambia": "GMB",
    "Cote d'Ivoire": "CIV",
    "République de Côte d’Ivoire": "CIV",
    "Royaume du Maroc": "MAR",
    "جمهورية العراق": "IRQ",
    "Antigua and Barbuda": "ATG",
    "People's Republic of China": "CHN",
    "Socialist Republic of Viet Nam": "VNM",
    "Republic of Turkey": "TUR",
    "Kingdom of Bahrain": "BHR",
    "Кыргызская Республика": "KGZ",
    "Lao PDR": "LAO",
    "الجمهورية التونسية": "TUN",
    "دولة قطر": "QAT",
    "República Federativa do Brasil": "BRA",
    "Moçambique": "MOZ",
    "U.S.A.": "USA",
    "Dominica": "DMA",
    "Dominican Republic": "DOM",
    "Niger": "NER",
    "Federal Republic of Nigeria": "NGA",
}
NO_NAMES = [
    "",
    "Korea",
    "Republic of China",
    "Republic of",
    "State of Georgia",
    "Paragay",
    "Paraguay and Brazil",
    "Ministry of Finance of Paraguay",
    "MOIS-KOREA",
    "12/02/2019",
    "N/A",
]


@pytest.mark.parametrize(("text", "iso3"), NAMES.items())
def test_a_name_is_its_country(text: str, iso3: str) -> None:
    """Names in any of the languages, with or without the official form."""
    assert countries.iso3_by_name(text) == iso3


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_no_name_is_no_country(text: str) -> None:
    """Near misses, parts of names, and names that two governments claim."""
    assert countries.iso3_by_name(text) is None


def test_every_label_finds_its_country_and_no_other() -> None:
    """No two countries share a folded name, so that every label can be looked up."""
    names = countries._names()
    assert len(names.labels) == 249 and len(names.members) == 193
    assert [name for name, found in names.known.items() if len(found) > 1] == []
    labels = [(iso3, label) for iso3, of in names.labels.items() for label in of.values()]
    assert len(labels) == 249 * 6
    assert [label for iso3, label in labels if countries.iso3_by_name(label) != iso3] == []


def test_official_names_are_of_known_countries() -> None:
    """The table of names has no stray code."""
    found = {iso3 for codes in countries._names().known.values() for iso3 in codes}
    assert found and all(countries.exists(iso3) for iso3 in found)


def test_name_in_a_language() -> None:
    """Languages by their primary subtag; English where there is none."""
    assert countries.name("PRY", "ar") == "باراغواي"
    assert countries.name("ESP", "es-PY") == "España"
    assert countries.name("ESP", "gn") == "Spain"
    with pytest.raises(KeyError):
        countries.name("XYZ")


@settings(deadline=None)
@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    """No text breaks the look-up."""
    found = countries.iso3_by_name(text)
    assert found is None or countries.exists(found)
