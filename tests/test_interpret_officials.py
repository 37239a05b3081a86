"""Labelled lines give the holder of a public post; telephone and e-mail give nothing."""

from __future__ import annotations

import pytest

from msqgraph.interpret.officials import read_fields
from msqgraph.interpret.passages import Passage
from msqgraph.questionnaire import Part, load_questionnaire

QUESTIONS: dict[str, Part] = {question.path: question for question in load_questionnaire("2020").questions()}


@pytest.mark.parametrize(
    ("text", "name", "title", "quote"),
    [
        (
            "Name: Alejandro Peralta Vierci\n\nTitle: Ministro",
            "Alejandro Peralta Vierci",
            "Ministro",
            "Name: Alejandro Peralta Vierci\n\nTitle: Ministro",
        ),
        ("Name: H.E. Mr. Jo Roe, PhD\nE-mail: jo@example.org\nTitle: CIO", "Jo Roe", "CIO", "H.E. Mr. Jo Roe, PhD"),
        ("Name: Jo Roe (+1 202 555 0199), jo@example.org\nTitle: CIO", "Jo Roe", "CIO", "Jo Roe"),
        ("Nombre: Ing. Ana Paz; Cargo: Ministra", "Ana Paz", "Ministra", "Nombre: Ing. Ana Paz; Cargo: Ministra"),
        (
            "ФИО: г-н Иван Иванов\nДолжность: Министр",
            "Иван Иванов",
            "Министр",
            "ФИО: г-н Иван Иванов\nДолжность: Министр",
        ),
        ("Name: He Ping\nTitle: -", "He Ping", None, "He Ping"),
    ],
)
def test_an_official_has_name_and_title(text: str, name: str, title: str | None, quote: str) -> None:
    """Honorifics go, surnames are not guessed, and no quote reaches over an e-mail address or a number."""
    (mention,) = read_fields(Passage(text, "en"), QUESTIONS["4"]) or []
    assert (mention.name, mention.title, mention.quote) == (name, title, quote)


@pytest.mark.parametrize(
    "text", ["Name: N/A\nTitle: -", "Name:\nTitle:\n", "E-mail: jo@example.org\nPhone: +1 202 555 0199"]
)
def test_empty_lines_make_no_official(text: str) -> None:
    """A label alone is no person."""
    assert read_fields(Passage(text, "en"), QUESTIONS["4"]) == []


def test_the_contact_is_no_mention() -> None:
    """The person who filled in the form is private: only the agency is taken."""
    text = "Name: JO ROE\n\nTitle: DIRECTOR\n\nEmail: jo@example.org\n\nOrganization: MINISTERIO DE TECNOLOGÍAS (MT)"
    mentions = read_fields(Passage(text, "es"), QUESTIONS["contact"]) or []
    assert [(m.names, m.name, m.acronym) for m in mentions] == [("Agency", "MINISTERIO DE TECNOLOGÍAS", "MT")]
    assert "ROE" not in str(mentions) and "@" not in str(mentions)


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Name: Mr. John Smith\nTitle: CIO\nOrganization: Ministry of ICT", ("John Smith", "CIO", "Ministry of ICT")),
        ("Name: X Roe; Title: Director; Organization: Digital Agency", ("X Roe", "Director", "Digital Agency")),
        (
            "Name / Nombre: Lic. Juan Pérez\nTitle / Cargo: Director\nOrganization / Organismo: Agencia Digital",
            ("Juan Pérez", "Director", "Agencia Digital"),
        ),
        (
            "Nombre: Mtro. Juan Pérez\nCargo: Titular de la Unidad\nÓrgano: Secretaría de Gobierno Digital",
            ("Juan Pérez", "Titular de la Unidad", "Secretaría de Gobierno Digital"),
        ),
        (
            "Nom : M. Paul Diop\nFonction : Directeur\nStructure : Agence de l'informatique de l'État",
            ("Paul Diop", "Directeur", "Agence de l'informatique de l'État"),
        ),
        (
            "Nom et prénom : Mme Awa Ba\nTitre : Directrice générale\nOrganisme : ADIE",
            ("Awa Ba", "Directrice générale", "ADIE"),
        ),
        (
            "Nome: Eng.ª Maria da Silva\nCargo: Diretora-Geral\nEntidade: Instituto de Informática",
            ("Maria da Silva", "Diretora-Geral", "Instituto de Informática"),
        ),
        (
            "Nome: Exmo. Sr. Dr. João Pinto\nFunção: Secretário de Estado\nInstituição: Ministério da Economia",
            ("João Pinto", "Secretário de Estado", "Ministério da Economia"),
        ),
        (
            "ФИО: Иванов Иван Иванович\nДолжность: министр\nОрганизация: Министерство связи",
            ("Иванов Иван Иванович", "министр", "Министерство связи"),
        ),
        (
            "Имя: г-жа Анна Ким, к.т.н.\nДолжность: Директор\nВедомство: Агентство связи",
            ("Анна Ким", "Директор", "Агентство связи"),
        ),
        (
            "الاسم: معالي المهندس أحمد بن علي\nالمنصب: وزير الاتصالات\nالجهة: وزارة الاتصالات",
            ("أحمد بن علي", "وزير الاتصالات", "وزارة الاتصالات"),
        ),
        (
            "الاسم الكامل: السيد/ محمد صالح\nالوظيفة: مدير عام\nالمؤسسة: هيئة الحكومة الرقمية",
            ("محمد صالح", "مدير عام", "هيئة الحكومة الرقمية"),
        ),
        ("الاسم: د. سارة علي؛ الصفة: مديرة؛ المؤسسة: الوكالة الرقمية", ("سارة علي", "مديرة", "الوكالة الرقمية")),
        ("姓名：王芳女士\n职务：局长\n单位：国家数据局", ("王芳", "局长", "国家数据局")),
        ("姓名:李明 博士；职位:主任；机构:信息中心；电话:010-12345678", ("李明", "主任", "信息中心")),
        ("姓名：张伟（先生）\n职称：总监\n工作单位：科技部", ("张伟", "总监", "科技部")),
        (
            "Mme Awa Diop, Directrice générale, Agence du numérique",
            ("Awa Diop", "Directrice générale", "Agence du numérique"),
        ),
        (
            "Dr. Jane Roe\nGovernment Chief Information Officer\nOffice of the CIO\njane@x.example",
            ("Jane Roe", "Government Chief Information Officer", "Office of the CIO"),
        ),
        (
            "Иванов Иван Иванович\nЗаместитель министра\nМинистерство связи",
            ("Иванов Иван Иванович", "Заместитель министра", "Министерство связи"),
        ),
        ("王芳\n局长\n国家数据局", ("王芳", "局长", "国家数据局")),
        ("No", None),
        ("No.", None),
        ("لا", None),
        ("Não. O cargo está previsto na nova orgânica do Governo.", None),
        ("没有", None),
        ("Нет", None),
        ("No. The function is shared by three ministries.", None),
        ("Non, pas encore.", None),
        ("Name: N/A\nTitle: N/A\nOrganization: N/A", None),
        (
            "Name: Vacant\nTitle: Chief Information Officer\nOrganization: Ministry of ICT",
            (None, "Chief Information Officer", "Ministry of ICT"),
        ),
        ("Name: No CIO\nTitle:\nOrganization:", None),
        (
            "Name: Hon. Dr. Kofi Mensah, MP\nTitle: Minister for Communications\nOrganisation: Ministry of "
            "Communications (MoC)\nEmail: a@b.example\nTel: +233 123 4567",
            ("Kofi Mensah", "Minister for Communications", "Ministry of Communications"),
        ),
        (
            "Name: María López (Sra.)\nTitle: Jefa de Gabinete\nOrganization: la Jefatura de Gabinete de Ministros",
            ("María López", "Jefa de Gabinete", "Jefatura de Gabinete de Ministros"),
        ),
        ("Yes. Name: Jo Roe, Title: CIO, Organization: Digital Agency", ("Jo Roe", "CIO", "Digital Agency")),
        ("姓名 Name：赵敏\n职务 Title：司长\n单位 Organization：信息化司", ("赵敏", "司长", "信息化司")),
        (
            "Name (Nom): M. Jean Koffi\nTitle (Fonction): Conseiller\nOrganization (Organisme): Primature",
            ("Jean Koffi", "Conseiller", "Primature"),
        ),
    ],
)
def test_a_post_in_any_language(text: str, post: tuple[str | None, str | None, str | None] | None) -> None:
    """Labels in the respondent's language, twice or not at all; no honorific in the name, no holder in a "No"."""
    found = read_fields(Passage(text), QUESTIONS["4"]) or []
    official = next((mention for mention in found if mention.names == "Official"), None)
    agency = next((mention for mention in found if mention.names == "Agency"), None)
    said = (official and official.name, official and official.title, agency and agency.name)
    assert (said if found else None) == post


@pytest.mark.parametrize("text", ["Ing.\n\nAna Paz\n\nDirectora\n\nAgencia Digital", "Name: Ana Paz\nTitie: Directora"])
def test_an_honorific_may_stand_alone_and_ocr_may_err(text: str) -> None:
    """A form of address in a line of its own is no person; "Titie" is how OCR reads the form's own label."""
    official = next(m for m in read_fields(Passage(text, "es"), QUESTIONS["4"]) or [] if m.names == "Official")
    assert (official.name, official.title) == ("Ana Paz", "Directora")
