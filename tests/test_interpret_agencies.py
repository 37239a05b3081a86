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


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "es",
            "Ministerio de Educación (https://a.gov), Consejo Nacional (https://b.gov)",
            ["Ministerio de Educación", "Consejo Nacional"],
        ),
        ("en", "nita.gov.gh (https://www.nita.gov.gh)", [None]),
        *(
            (language, text, [])
            for language, text in (
                ("en", "To be confirmed"),
                ("en", "The same as above"),
                ("en", "TBD"),
                ("es", "Ídem"),
                ("es", "Por definir"),
                ("es", "La misma institución"),
                ("fr", "voir ci-dessus"),
                ("fr", "À confirmer"),
                ("pt", "O mesmo"),
                ("ru", "То же"),
                ("ar", "نفس الجهة"),
                ("zh", "同上"),
                ("en", "Address: 12 Main Street"),
            )
        ),
        ("en", "Ministry of Education\nAddress: 12 Main Street\nTel. 123 456\nP.O. Box 5", ["Ministry of Education"]),
        ("en", "Ministry of Education, Address: 12 Main Street, Tel: +1 234", ["Ministry of Education"]),
        ("es", "Dirección de Educación\nDirección: Calle 5\nTeléfono: 12", ["Dirección de Educación"]),
        ("fr", "Agence du Numérique\nAdresse : 5 rue Haute\nBP 12 Dakar", ["Agence du Numérique"]),
        ("pt", "Agência Digital\nEndereço: Rua 5", ["Agência Digital"]),
        ("ru", "Министерство связи\nАдрес: ул. Ленина 5\nТел.: 12", ["Министерство связи"]),
        ("ar", "وزارة التربية\nالعنوان: شارع 5", ["وزارة التربية"]),
        ("zh", "教育部\n地址：西单大街", ["教育部"]),
        ("en", "Contact Centre Agency", ["Contact Centre Agency"]),
        (
            "ru",
            "Министерство финансов Российской Федерации, Федеральная налоговая служба",
            ["Министерство финансов Российской Федерации", "Федеральная налоговая служба"],
        ),
        (
            "ru",
            "Министерство финансов и Государственный комитет по налогам",
            ["Министерство финансов", "Государственный комитет по налогам"],
        ),
        (
            "ru",
            "Министерство цифрового развития, связи и массовых коммуникаций",
            ["Министерство цифрового развития, связи и массовых коммуникаций"],
        ),
        (
            "en",
            "Ministry of Finance, National Revenue Authority and Ghana Trade Commission; Trade Council",
            ["Ministry of Finance", "National Revenue Authority", "Ghana Trade Commission", "Trade Council"],
        ),
        (
            "es",
            "Ministerio de Hacienda, Dirección de Aduanas y Contraloría General",
            ["Ministerio de Hacienda", "Dirección de Aduanas", "Contraloría General"],
        ),
        (
            "fr",
            "Ministère des Finances, Direction des impôts et Agence du revenu",
            ["Ministère des Finances", "Direction des impôts", "Agence du revenu"],
        ),
        ("pt", "Ministério das Finanças e Banco Central", ["Ministério das Finanças", "Banco Central"]),
        ("ar", "وزارة المالية والهيئة العامة للزكاة", ["وزارة المالية", "الهيئة العامة للزكاة"]),
        (
            "zh",
            "工业和信息化部、国家发展和改革委员会和国家税务总局",
            ["工业和信息化部", "国家发展和改革委员会", "国家税务总局"],
        ),
    ],
)
def test_a_list_gives_names_and_nothing_else(language: str, text: str, names: list[str | None]) -> None:
    """No punctuation, placeholder or contact line is an agency; two agencies are two."""
    mentions = read_agency_list(Passage(text, language, is_for_addresses=True))
    assert [mention.name for mention in mentions] == names
    assert all(text[m.start : m.start + len(m.quote)] == m.quote for m in mentions)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Ministère de l’Emploi, Mme Awa Diop, awa.diop@emploi.example", "Ministère de l’Emploi"),
        ("fr", "Ministère de l’Emploi, Awa Diop, awa.diop@emploi.example", "Ministère de l’Emploi"),
        ("en", "Ministry of Health, health@example.org", "Ministry of Health"),
        ("en", "Ministry of Education – Minister: Dr. Jane Roe", "Ministry of Education"),
        ("en", "Ministry of Education Minister: Dr. Jane Roe", "Ministry of Education"),
        ("en", "Ministry of Education\nMinister: Jane Roe", "Ministry of Education"),
        ("en", "Ministry of Education, Contact: Jane Roe", "Ministry of Education"),
        ("en", "Ministry of Education, Minister Jane Roe", "Ministry of Education"),
        ("en", "Ministry of Education (Hon. Jane Roe)", "Ministry of Education"),
        ("es", "Ministerio de Educación - Lic. Ana Paz", "Ministerio de Educación"),
        ("es", "Ministerio de Educación, Ministra: Ana Paz", "Ministerio de Educación"),
        ("pt", "Ministério da Educação - Exmo. Sr. João Silva", "Ministério da Educação"),
        ("ru", "Министерство образования, г-н Иванов", "Министерство образования"),
        ("ru", "Министерство образования – Министр: Иван Иванов", "Министерство образования"),
        ("ar", "وزارة التربية، السيد أحمد علي", "وزارة التربية"),
        ("zh", "教育部部长：李明", "教育部"),
        ("zh", "教育部，李明先生", "教育部"),
        ("en", "Office of the Prime Minister", "Office of the Prime Minister"),
        ("en", "Office of the Secretary for Planning: https://a.gov", "Office of the Secretary for Planning"),
        ("pt", "Secretaria de Governo Digital: https://a.gov", "Secretaria de Governo Digital"),
    ],
)
def test_no_person_gets_into_the_name_of_an_agency(language: str, text: str, name: str) -> None:
    """A name in an IRI cannot be forgotten: an agency's ends before an honorific, a role, or who an e-mail is to."""
    assert [mention.name for mention in read_agency_list(Passage(text, language))] == [name]


def test_a_site_behind_a_person_stays_the_agency_s() -> None:
    """The person is no part of the name, and does not make a second agency of the site."""
    (mention,) = read_agency_list(Passage("Ministry of Education, Dr. Jane Roe, https://moe.gov", "en"))
    assert (mention.name, mention.website) == ("Ministry of Education", "https://moe.gov/")


def test_no_person_gets_into_the_name_in_a_sentence() -> None:
    """Capitals alone do not make a person part of a ministry."""
    assert [m.name for m in find_agencies(Passage("Yes, the Ministry of Education Dr. Jane Roe leads.", "en"))] == [
        "Ministry of Education"
    ]


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
