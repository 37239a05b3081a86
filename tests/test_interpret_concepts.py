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


def test_a_law_is_about_what_its_name_says() -> None:
    """The law's own name gives its topic, and is no second place for the code."""
    assert concept_in("Ley de acceso a la información", OPTIONS) == "legal-topic/access-to-information"
    assert concept_in("Ley de transparencia", OPTIONS) is None
    text = "Ley de acceso a la información: https://a.gov"
    assert find_concepts(Passage(text, "es"), OPTIONS, [(0, len(text))]) == []
