"""Names that a preposition, comma or dash joins, and rows of names before rows of sites: which belongs to which."""

from __future__ import annotations

import pytest

from msqgraph.interpret.agencies import find_agencies
from msqgraph.interpret.agency_lists import read_agency_list
from msqgraph.interpret.answered_agencies import find_answered_agencies
from msqgraph.interpret.passages import Passage

_JOINED = [
    ("en", "Ministry of Trade and Industry together with the Government Office"),
    ("en", "Ministry of Health and Social Affairs, in close cooperation with the Digital Agency"),
    ("es", "Ministerio de Salud y Deportes conjuntamente con la Agencia Digital"),
    ("fr", "Ministère de l'Économie et des Finances en partenariat avec l'Agence du numérique"),
    ("pt", "Ministério da Saúde e Bem-Estar juntamente com a Agência Nacional de Inovação"),
    ("ru", "Министерство связи и информатизации при участии Академии наук"),
    ("ar", "وزارة الاتصالات وتقنية المعلومات بالتعاون مع هيئة الحكومة الرقمية"),
    ("zh", "工业和信息化部会同国务院办公厅"),
]


@pytest.mark.parametrize(("language", "text"), _JOINED)
def test_bodies_that_act_together_are_two(language: str, text: str) -> None:
    """No name holds "together with", though a name holds "and"."""
    names = [mention.name or "" for mention in read_agency_list(Passage(text, language))]
    assert len(names) == 2
    assert text.startswith(names[0])
    assert text.endswith(names[1])


@pytest.mark.parametrize(("language", "text"), _JOINED[:6])
def test_bodies_that_act_together_are_two_in_a_sentence(language: str, text: str) -> None:
    """What is behind a yes reads the same."""
    names = [mention.name for mention in find_answered_agencies(Passage(text, language), 0)]
    assert names == [mention.name for mention in read_agency_list(Passage(text, language))]


def test_a_name_in_running_text_ends_before_the_partner() -> None:
    """In French, where names hold words in lower case, the partnership is no part of one."""
    text = "Le Ministère du Commerce en partenariat avec la Direction générale du numérique publie un guide."
    names = [mention.name for mention in find_agencies(Passage(text, "fr"))]
    assert names == ["Ministère du Commerce", "Direction générale du numérique"]


def test_a_partner_that_is_no_body_is_no_name() -> None:
    """Who works with a ministry may be nobody's office."""
    text = "Ministry of Trade and Industry in cooperation with the private sector"
    assert [m.name for m in read_agency_list(Passage(text, "en"))] == ["Ministry of Trade and Industry"]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("es", "División de Gobierno Digital, Ministerio Secretaría General de la Presidencia.", 2),
        ("es", "División de Gobierno Digital - Ministerio de Hacienda", 2),
        ("es", "Ministerio de Trabajo, Empleo y Seguridad Social", 1),
        ("fr", "Direction générale du numérique, Ministère des Finances", 2),
        ("fr", "Service des systèmes d'information – Ministère de l'Intérieur", 2),
        ("en", "Digital Government Unit, Prime Minister's Office", 2),
        ("en", "Ministry of Education, Youth and Sport", 1),
        ("en", "Ministry of Finance – Customs", 1),
        ("pt", "Divisão de Governo Electrónico, Ministério das Telecomunicações", 2),
        ("ru", "Департамент информатизации, Министерство экономики", 2),
        ("ru", "Департамент информатизации Министерства экономики", 1),
        ("ar", "قسم التحول الرقمي - وزارة المالية", 2),
        ("zh", "信息化推进司，工业和信息化部", 2),
    ],
)
def test_unit_and_parent_are_two_if_both_are_named_as_bodies(language: str, text: str, count: int) -> None:
    """A comma or dash parts only what could stand alone."""
    assert len(read_agency_list(Passage(text, language))) == count


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("Ministry of Health and Ministry of Finance: www.a.example, www.b.example", ["a", "b"]),
        ("Ministry of Health / Ministry of Finance – www.a.example / www.b.example", ["a", "b"]),
        ("Ministry of Health\nMinistry of Finance\nwww.a.example\nwww.b.example", ["a", "b"]),
        ("Ministry of Health, the Ministry of Finance (www.a.example, www.b.example)", ["a", "b"]),
        ("Ministry of Health and Ministry of Finance: www.a.example", [None, "a"]),
        ("Ministry of Health; Ministry of Finance: www.a.example, www.b.example", [None, "a", "b"]),
    ],
)
def test_as_many_sites_as_names_are_each_its_own(text: str, sites: list[str | None]) -> None:
    """Where the count or the signs do not agree, the last name keeps the sites beside it."""
    wanted = [site and f"http://www.{site}.example/" for site in sites]
    assert [mention.website for mention in read_agency_list(Passage(text, "en", is_for_addresses=True))] == wanted
