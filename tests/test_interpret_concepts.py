"""Running text speaks of codes by their phrases, not inside addresses, and a denial is not an affirmation."""

from __future__ import annotations

import pytest

from msqgraph.interpret.concepts import concept_in, find_concepts
from msqgraph.interpret.passages import Passage
from msqgraph.questionnaire import load_questionnaire

OPTIONS = next(question.options for question in load_questionnaire("2020").questions() if question.path == "9")


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "es",
            "leyes de acceso a la información pública, DATOS ABIERTOS y firma-digital",
            {"access-to-information": False, "open-government-data": False, "digital-signature": False},
        ),
        (
            "es",
            "Aún no existe ley de datos abiertos. Hay firma digital.",
            {"open-government-data": True, "digital-signature": False},
        ),
        ("es", "La identidad digital se prevé para el próximo año", {"digital-identity": True}),
        (
            "en",
            "There is no law on digital signatures. Open data is regulated.",
            {"digital-signature": True, "open-government-data": False},
        ),
        ("en", "Not only open data", {"open-government-data": False}),
        ("fr", "Une loi sur la signature électronique est en cours d'élaboration", {"digital-signature": True}),
        ("pt", "Não existe lei de dados abertos", {"open-government-data": True}),
        (
            "ru",
            "Закон об электронной подписи принят. Закон об открытых данных не принят.",
            {"digital-signature": False, "open-government-data": True},
        ),
        ("ar", "يوجد قانون للتوقيع الإلكتروني", {"digital-signature": False}),
        ("zh", "已制定电子签名法。尚未制定数据开放法。", {"digital-signature": False, "open-government-data": True}),
        ("es", "www.datos-abiertos.gov.py/firma-digital", {}),
        ("es", "La confirma digitalmente", {}),
    ],
)
def test_a_code_is_found_by_its_phrases(language: str, text: str, found: dict[str, bool]) -> None:
    """Whole words, whatever their case; each code once; what is denied or planned is doubted."""
    mentions = find_concepts(Passage(text, language), OPTIONS, [])
    assert {(m.concept or "").partition("/")[2]: m.doubts == ["negated-or-planned"] for m in mentions} == found
    assert all(text[m.start : m.start + len(m.quote)] == m.quote for m in mentions)


@pytest.mark.parametrize(
    ("language", "text", "doubted"),
    [
        ("en", "Law No. 25 on personal data protection, 2012", []),
        ("es", "Law No. 25 on personal data protection, 2012", []),
        ("es", "Ley No. 5282 de acceso a la información pública", []),
        ("es", "Ley N.º 4017 de firma digital; Ley N° 6534/2020 de protección de datos", []),
        ("fr", "Loi no 2013-450 sur la protection des données", []),
        ("en", "The Parliament is considering a bill on personal data protection.", ["personal-data-protection"]),
        ("en", "The Ministry is preparing a law on open data.", ["open-government-data"]),
        ("en", "Rules for developing open data are in force.", []),
        ("es", "Se está elaborando una ley de datos abiertos.", ["open-government-data"]),
        ("es", "Proyecto de ley de firma digital", ["digital-signature"]),
        ("fr", "Avant-projet : protection des données", ["personal-data-protection"]),
        ("fr", "Le Parlement a élaboré une loi sur la protection des données.", []),
        ("pt", "O governo está elaborando uma lei de dados abertos", ["open-government-data"]),
        ("ru", "Закон о персональных данных будет принят", ["personal-data-protection"]),
        ("ru", "Рассматривается законопроект о персональных данных", ["personal-data-protection"]),
        ("ar", "يوجد مشروع قانون حماية البيانات", ["personal-data-protection"]),
        ("ar", "يجري إعداد قانون التوقيع الإلكتروني", ["digital-signature"]),
        ("zh", "数据保护法草案", ["personal-data-protection"]),
        ("zh", "正在制定数据开放法", ["open-government-data"]),
    ],
)
def test_bills_and_drafts_are_no_facts_and_a_number_is_no_denial(language: str, text: str, doubted: list[str]) -> None:
    """ "No. 25" numbers a law in every language; what is being prepared is not there yet."""
    mentions = find_concepts(Passage(text, language), OPTIONS, [])
    assert mentions
    assert [(m.concept or "").partition("/")[2] for m in mentions if m.doubts] == doubted


@pytest.mark.parametrize(
    ("language", "text", "doubted"),
    [
        ("en", "There is a law on open data; a digital identity law is being drafted.", {"digital-identity"}),
        ("en", "Open data is regulated, but there is no law on digital identity.", {"digital-identity"}),
        ("es", "Existe ley de datos abiertos, pero no de identidad digital.", {"digital-identity"}),
        ("fr", "Les données ouvertes sont régies, mais aucune loi sur l'identité numérique.", {"digital-identity"}),
        ("zh", "已制定数据开放法，但没有数字身份认证法", {"digital-identity"}),
        ("en", "A law on open data, but not yet adopted.", {"open-government-data"}),
        ("en", "There are no laws on open data; digital identity.", {"open-government-data", "digital-identity"}),
        ("en", "Open data; digital identity are planned", {"open-government-data", "digital-identity"}),
        ("en", "Being drafted:\n- open data\n- digital identity", {"open-government-data", "digital-identity"}),
        ("en", "Being drafted: an open data act; a digital identity act", {"open-government-data", "digital-identity"}),
    ],
)
def test_a_denial_reaches_over_its_clause(language: str, text: str, doubted: set[str]) -> None:
    """Clauses are apart where each says something by itself; the heading of a list holds for all of it."""
    mentions = find_concepts(Passage(text, language), OPTIONS, [])
    assert {(m.concept or "").partition("/")[2] for m in mentions if m.doubts} == doubted


@pytest.mark.parametrize("text", ["已有人工智能和虚拟现实战略", "无人机和人工智能战略"])
def test_a_character_inside_a_word_denies_nothing(text: str) -> None:
    """ "Virtual" is no plan, "unmanned" no denial."""
    options = next(question.options for question in load_questionnaire("2020").questions() if question.path == "15")
    assert [m.doubts for m in find_concepts(Passage(text, "zh"), options, []) if m.doubts] == []


def test_a_law_is_about_what_its_name_says() -> None:
    """The law's own name gives its topic, and is no second place for the code."""
    assert concept_in("Ley de acceso a la información", OPTIONS) == "legal-topic/access-to-information"
    assert concept_in("Ley de transparencia", OPTIONS) is None
    text = "Ley de acceso a la información: https://a.gov"
    assert find_concepts(Passage(text, "es"), OPTIONS, [(0, len(text))]) == []
