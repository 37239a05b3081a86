"""Legal acts are cited as stated: type, number, date or year, wherever the three stand."""

from __future__ import annotations

import pytest

from msqgraph.interpret.citations import citation_in_address
from msqgraph.interpret.laws import find_laws
from msqgraph.interpret.passages import Passage
from msqgraph.response import Citation


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        (
            "aprobado por Decreto N° 2.794 del 16 de diciembre del 2014, establece",
            Citation("decree", "2.794", "2014-12-16", "2014"),
        ),
        ("con la resolución N° 66/2018 La Estrategia", Citation("resolution", "66", None, "2018")),
        ("Ley 1341 de 2009", Citation("law", "1341", None, "2009")),
        ("Ley 39/2015, de 1 de octubre", Citation("law", "39", "2015-10-01", "2015")),
        ("Law No. 12 of 2014", Citation("law", "12", None, "2014")),
        ("the Regulation (EU) 2016/679", Citation("regulation", "2016/679", None, "2016")),
        ("loi n° 2008-12 du 25 janvier 2008", Citation("law", "2008-12", "2008-01-25", "2008")),
        ("Lei nº 12.527, de 18 de novembro de 2011", Citation("law", "12.527", "2011-11-18", "2011")),
        ("Федеральный закон от 27 июля 2006 г. № 149-ФЗ", Citation("law", "149-ФЗ", "2006-07-27", "2006")),
        ("Указ Президента № 204 от 7 мая 2018 года", Citation("decree", "204", "2018-05-07", "2018")),
        ("القانون عدد 22 لسنة 2016", Citation("law", "22", None, "2016")),
        ("2019年法律第 12 号", Citation("law", "12", None, "2019")),
        ("国务院令第492号", Citation("decree", "492")),
    ],
)
def test_a_citation_keeps_its_number_as_stated(text: str, citation: Citation) -> None:
    """Dots and suffixes of a number stay; a date is one only if it is stated in full."""
    assert [mention.citation for mention in find_laws(Passage(text))] == [citation]


@pytest.mark.parametrize(
    ("language", "text", "name", "citation"),
    [
        (
            "es",
            "Ley de acceso a la información: https://a.gov/download_file/511/187",
            "Ley de acceso a la información",
            Citation("law"),
        ),
        (
            "es",
            "Ley de transparencia: <https://a.gov/transparencia-ley-5189-2014>",
            "Ley de transparencia",
            Citation("law", "5189", None, "2014"),
        ),
        (
            "es",
            "la Ley de Protección de Datos (Ley N° 6534/2020).",
            "Ley de Protección de Datos",
            Citation("law", "6534", None, "2020"),
        ),
        (
            "en",
            "the Freedom of Information Act (No. 5 of 2011)",
            "Freedom of Information Act",
            Citation("law", "5", None, "2011"),
        ),
        ("en", "The Data Protection Act 2018", "Data Protection Act 2018", Citation("law", None, None, "2018")),
        ("zh", "《中华人民共和国电子签名法》", "中华人民共和国电子签名法", Citation("law")),
    ],
)
def test_a_law_has_its_name_and_number_in_one_mention(language: str, text: str, name: str, citation: Citation) -> None:
    """Name, number in brackets and number inside the address are one law, not three."""
    (mention,) = find_laws(Passage(text, language))
    assert (mention.name, mention.citation) == (name, citation)
    assert text[mention.start : mention.start + len(mention.quote)] == mention.quote


@pytest.mark.parametrize(
    "text",
    ["Se cuenta con leyes de acceso", "a law on data", "5 leyes y 3 decretos", "El decreto establece", "La ley 2018"],
)
def test_words_about_law_are_no_citation(text: str) -> None:
    """Without name or number there is nothing to cite; a year is no number."""
    assert find_laws(Passage(text)) == []


def test_an_address_cites_without_leading_zeros() -> None:
    """Question 14 of the sample: the file's name gives the resolution that its sentence gives."""
    address = "https://www.mitic.gov.py/application/files/3115/4515/1277/RESOLUCION_066_-2018_-PLAN_DE_COMUNICACION.pdf"
    assert citation_in_address(address) == Citation("resolution", "66", None, "2018")
    assert citation_in_address("https://a.gov/ley/2018") is None


@pytest.mark.parametrize(
    ("text", "name", "citation"),
    [
        ("Right to Information Act, 2019 (Act 989)", "Right to Information Act", Citation("law", "989", None, "2019")),
        ("Data Protection Act 2010 (Act 709)", "Data Protection Act 2010", Citation("law", "709", None, "2010")),
        ("Information Act, 2005 (No. 13 of 2005)", "Information Act", Citation("law", "13", None, "2005")),
        ("Public Law 115-435", None, Citation("law", "115-435")),
        (
            "Open Government Data Act of 2018 (Public Law 115-435)",
            "Open Government Data Act of 2018",
            Citation("law", "115-435", None, "2018"),
        ),
        ("Republic Act No. 10173", None, Citation("law", "10173")),
        ("Data Protection Law No. 5 of 2018", "Data Protection Law", Citation("law", "5", None, "2018")),
        ("Lei nº 131/2009", None, Citation("law", "131", None, "2009")),
        ("Lei Complementar nº 131/2009", None, Citation("other", "131", None, "2009")),
        ("Ley Orgánica 3/2018", None, Citation("other", "3", None, "2018")),
    ],
)
def test_a_law_has_the_number_of_its_own_series(text: str, name: str | None, citation: Citation) -> None:
    """Numbers as Commonwealth and United States acts carry them; what is numbered apart is no ordinary law."""
    (mention,) = find_laws(Passage(text, "en"))
    assert (mention.name, mention.citation) == (name, citation)


def test_a_bill_is_a_doubtful_law() -> None:
    """What is named as a bill is not in force yet; a number that is none names nothing."""
    (mention,) = find_laws(Passage("Proyecto de Ley de Protección de Datos Personales", "es"))
    assert mention.doubts == ["negated-or-planned"]
    assert find_laws(Passage("Law No. -5 of 0000", "en")) == []
