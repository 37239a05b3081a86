"""Agencies come out of lists and sentences whole: a name is never split, a site goes to the name it belongs to."""

from __future__ import annotations

import pytest

from msqgraph.interpret.agencies import find_agencies, find_known
from msqgraph.interpret.agency_lists import read_agency_list
from msqgraph.interpret.passages import Passage
from msqgraph.response import Mention


@pytest.mark.parametrize(
    ("language", "text", "agencies"),
    [
        (
            "es",
            "Ministerio del Ambiente y Desarrollo Sostenible - <http://www.mds.gov.py/>, "
            "Instituto Forestal Nacional - x.gov.py",
            [
                ("Ministerio del Ambiente y Desarrollo Sostenible", None, "http://www.mds.gov.py/"),
                ("Instituto Forestal Nacional", None, "http://x.gov.py/"),
            ],
        ),
        (
            "es",
            "Ministerio de Hacienda – www.a.gov.py, Subsecretaría de Estado de Tributación -\n<https://b.gov.py/>",
            [
                ("Ministerio de Hacienda", None, "http://www.a.gov.py/"),
                ("Subsecretaría de Estado de Tributación", None, "https://b.gov.py/"),
            ],
        ),
        (
            "es",
            "MITIC - Ministerio de Tecnologías (www.a.gov.py)",
            [("Ministerio de Tecnologías", "MITIC", "http://www.a.gov.py/")],
        ),
        (
            "es",
            "Ministerio de Trabajo, Empleo y Seguridad Social",
            [("Ministerio de Trabajo, Empleo y Seguridad Social", None, None)],
        ),
        ("es", "MINISTERIO DE TECNOLOGÍAS", [("MINISTERIO DE TECNOLOGÍAS", None, None)]),
        (
            "en",
            "1. Ministry of Health (MoH): http://a.gov\n"
            "2. Ministry of Education, Science and Technology and Ministry of ICT",
            [
                ("Ministry of Health", "MoH", "http://a.gov/"),
                ("Ministry of Education, Science and Technology", None, None),
                ("Ministry of ICT", None, None),
            ],
        ),
        (
            "en",
            "www.health.gov (Ministry of Health)\nwww.edu.gov - Ministry of Education",
            [
                ("Ministry of Health", None, "http://www.health.gov/"),
                ("Ministry of Education", None, "http://www.edu.gov/"),
            ],
        ),
        (
            "en",
            "[Ministry of Health](https://a.gov) and [Ministry of Education](https://b.gov)",
            [("Ministry of Health", None, "https://a.gov/"), ("Ministry of Education", None, "https://b.gov/")],
        ),
        (
            "en",
            "Ministry of Finance: www.a.gov, www.b.gov",
            [("Ministry of Finance", None, "http://www.a.gov/"), ("Ministry of Finance", None, "http://www.b.gov/")],
        ),
        ("en", "Education: Ministry of Education\nEmail: someone@example.gov", [("Ministry of Education", None, None)]),
        (
            "fr",
            "Ministère de l'Économie et des Finances et Ministère du Commerce : www.a.fr",
            [
                ("Ministère de l'Économie et des Finances", None, None),
                ("Ministère du Commerce", None, "http://www.a.fr/"),
            ],
        ),
        ("ru", "Министерство экономики – economy.gov.ru", [("Министерство экономики", None, "http://economy.gov.ru/")]),
        (
            "ar",
            "وزارة التخطيط - www.a.gov.sa، وزارة المالية",
            [("وزارة التخطيط", None, "http://www.a.gov.sa/"), ("وزارة المالية", None, None)],
        ),
        (
            "zh",
            "国家发展和改革委员会（发改委）：www.a.gov.cn；财政部",
            [("国家发展和改革委员会", "发改委", "http://www.a.gov.cn/"), ("财政部", None, None)],
        ),
        ("en", "N/A", []),
        ("en", "See above", []),
    ],
)
def test_a_list_gives_each_agency_with_its_site(
    language: str, text: str, agencies: list[tuple[str, str | None, str | None]]
) -> None:
    """Whatever stands between name and site, and between two pairs; "and" inside a name divides nothing."""
    mentions = read_agency_list(Passage(text, language, is_for_addresses=True))
    assert [(m.name, m.acronym, m.website) for m in mentions] == agencies
    assert all(text[m.start : m.start + len(m.quote)] == m.quote and m.basis == "field" for m in mentions)


def test_an_address_used_as_a_name_is_no_name() -> None:
    """Question 3 of the sample: the site is kept, the name is not made up."""
    (mention,) = read_agency_list(Passage("www.mitic.gov.py", None, is_for_addresses=True))
    assert (mention.name, mention.website, mention.doubts) == (None, "http://www.mitic.gov.py/", ["name-not-stated"])


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "es",
            "Sí, El Ministerio de Tecnologías de la Información y Comunicación",
            ["Ministerio de Tecnologías de la Información y Comunicación"],
        ),
        (
            "es",
            "el Ministerio de Salud y el Ministerio de Hacienda; nuestro ministerio",
            ["Ministerio de Salud", "Ministerio de Hacienda"],
        ),
        (
            "en",
            "Yes, the Digital Transformation Agency (DTA) does. Our office works.",
            ["Digital Transformation Agency"],
        ),
        ("fr", "l'Agence nationale de la sécurité (ANS) a publié", ["Agence nationale de la sécurité"]),
        ("pt", "Sim, a Agência para a Modernização Administrativa.", ["Agência para a Modernização Administrativa"]),
        ("ru", "Да, Министерство цифрового развития отвечает за это.", ["Министерство цифрового развития"]),
        ("ar", "نعم، وزارة الاتصالات وتكنولوجيا المعلومات هي الجهة", ["وزارة الاتصالات وتكنولوجيا المعلومات"]),
        ("zh", "是，工业和信息化部负责此事。", ["工业和信息化部"]),
        ("en", "THE MINISTRY OF HEALTH AND ALL OTHER BODIES USE IT", []),
    ],
)
def test_a_sentence_names_agencies_by_head_words(language: str, text: str, names: list[str]) -> None:
    """A name ends where its capitalised words end; a head word alone is no name."""
    assert [mention.name for mention in find_agencies(Passage(text, language))] == names


def test_known_agencies_are_found_again_but_not_inside_addresses() -> None:
    """Questions 14 and 18 of the sample: an acronym in capitals, a full name; ``www.mitic.gov.py`` is neither."""
    known = [
        Mention("Agency", "", 0, name="Secretaría Técnica de Planificación", acronym="STP"),
        Mention("Agency", "", 0, acronym="MITIC"),
    ]
    text = "del MITIC, de la secretaría técnica de\nplanificación; https://www.mitic.gov.py/MITIC mitic"
    found = find_known(Passage(text, "es"), known, [])
    assert [(m.quote, m.basis) for m in found] == [
        ("MITIC", "stated-in-text"),
        ("secretaría técnica de\nplanificación", "stated-in-text"),
    ]
