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
        ("Lei Complementar nº 131/2009", None, Citation("law", "131", None, "2009")),
        ("Ley Orgánica 3/2018", None, Citation("law", "3", None, "2018")),
    ],
)
def test_a_law_has_the_number_of_its_own_series(text: str, name: str | None, citation: Citation) -> None:
    """Numbers as Commonwealth and United States acts carry them; complementary and organic laws are laws."""
    (mention,) = find_laws(Passage(text, "en"))
    assert (mention.name, mention.citation) == (name, citation)


def test_a_bill_is_a_doubtful_law() -> None:
    """What is named as a bill is not in force yet; a number that is none names nothing."""
    (mention,) = find_laws(Passage("Proyecto de Ley de Protección de Datos Personales", "es"))
    assert mention.doubts == ["negated-or-planned"]
    assert find_laws(Passage("Law No. -5 of 0000", "en")) == []


def _cited(text: str) -> list[tuple[str, str | None, str | None]]:
    """Type, number and year of the acts that are found in a text, whose quotes are checked."""
    mentions = find_laws(Passage(text))
    assert all(text[m.start : m.start + len(m.quote)] == m.quote for m in mentions)
    return [(c.type, c.number, c.year) for m in mentions if (c := m.citation) and (c.number or c.year)]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Leyes N° 5189 y 5282 de 2014", [("law", "5189", "2014"), ("law", "5282", "2014")]),
        ("Decretos Nros. 117/2016 y 87/2017", [("decree", "117", "2016"), ("decree", "87", "2017")]),
        ("Décrets n° 2014-318 et 2016-45", [("decree", "2014-318", "2014"), ("decree", "2016-45", "2016")]),
        ("Acts No. 5 of 2012 and No. 6 of 2013", [("law", "5", "2012"), ("law", "6", "2013")]),
        ("законы № 61 (2008) и № 129 (2017)", [("law", "61", "2008"), ("law", "129", "2017")]),
        ("Законы № 12 и № 13 от 5 марта 2018 г.", [("law", "12", "2018"), ("law", "13", "2018")]),
        (
            "Указы Президента от 1 марта 2010 г. № 120 и от 2 декабря 2013 г. № 531",
            [("decree", "120", "2010"), ("decree", "531", "2013")],
        ),
        (
            "Законы: № 12-З от 5 января 2015 г. (о связи), № 45-З от 7 мая 2016 г.",
            [("law", "12-З", "2015"), ("law", "45-З", "2016")],
        ),
        ("القانونين عدد 12 و13 لسنة 2016", [("law", "12", "2016"), ("law", "13", "2016")]),
        ("Portarias n.º 12/2017 e n.º 13/2017", [("resolution", "12", "2017"), ("resolution", "13", "2017")]),
    ],
)
def test_a_list_shares_its_word(text: str, acts: list[tuple[str, str, str]]) -> None:
    """Numbers that follow one word for an act are acts of that type; a date behind the last is of all."""
    assert _cited(text) == acts


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Acuerdo Ministerial N° 1622, de 3 de julio de 2013", ("resolution", "1622", "2013")),
        ("Acuerdo de Cooperación con Uruguay N° 7 de 2015", ("agreement", "7", "2015")),
        ("Ley 20.285 promulgada el 11 de agosto de 2008", ("law", "20.285", "2008")),
        ("Ley N° 5189, en 2018 se abrió el portal", ("law", "5189", None)),
        ("Ley Nº 164 General de Telecomunicaciones, de 8 de agosto de 2011", ("law", "164", "2011")),
        ("Arrêté n° 087/MENP/CAB du 11 novembre 2016", ("resolution", "087/MENP/CAB", "2016")),
        ("Dahir n°1.18.15 du 5 joumada II 1439 (22 février 2018)", ("decree", "1.18.15", "2018")),
        ("l’ordonnance n° 2013-02 du 5 juin 2013", ("regulation", "2013-02", "2013")),
        ("Lei n.º 19/91, de 3 de Agosto", ("law", "19", "1991")),
        ("Portaria nº 68, de 7 de março de 2016", ("resolution", "68", "2016")),
        ("Cabinet Decision No. 112/2016", ("resolution", "112", "2016")),
        ("Executive Order No. 3 of 2017", ("decree", "3", "2017")),
        ("Act CXII of 2011", ("law", "CXII", "2011")),
        ("Act 857 (Data Protection Act, 2012)", ("law", "857", "2012")),
        ("Law No. 8 on data, of 3 March 2018", ("law", "8", "2018")),
        ("постановление Совета Министров от 2 мая 2017 г. № 327", ("decree", "327", "2017")),
        ("постановлением Министерства связи от 12 мая 2015 г. № 18", ("resolution", "18", "2015")),
        ("приказ ГКИТС № 88 от 3 мая 2018 г.", ("resolution", "88", "2018")),
        ("Законом Республики от 24 ноября 2015 года № 418-V ЗРК", ("law", "418-V ЗРК", "2015")),
        ("Указ от «29» октября 2018 г. № УП-214", ("decree", "УП-214", "2018")),
        ("Постановление «Об утверждении Положения о портале» № 747 от 8.12.2017", ("decree", "747", "2017")),
        ("Декрет № 8 «О развитии экономики» (21 декабря 2017 г.)", ("decree", "8", "2017")),
        ("القانون رقم (٢١) لسنة ٢٠١٨", ("law", "٢١", "2018")),
        ("المرسوم عدد 5 لسنة 2019 المؤرخ في 12 جانفي 2019", ("decree", "5", "2019")),
        ("مرسوم بقانون رقم ٥٤ لسنة ٢٠١٨", ("decree", "٥٤", "2018")),
        ("بقرار مجلس الوزراء رقم 5 بتاريخ 12 كانون الثاني/يناير 2017", ("resolution", "5", "2017")),
        ("المرسوم الملكي رقم (م/17) وتاريخ 8/3/1428هـ", ("decree", "م/17", None)),
        ("اتفاقية التعاون رقم 7 لعام 2015", ("agreement", "7", "2015")),
        ("《政府信息公开条例》（国务院令第727号，2018年11月20日公布）", ("regulation", "727", "2018")),
        ("2016年第53号法律", ("law", "53", "2016")),
        ("个人资料保护法（法律第１８号，２０１２年）", ("law", "１８", "2012")),
        ("《隐私法》（第10号，2012年）", ("law", "10", "2012")),
        ("《网络安全法》（2016年11月7日，主席令第53号）", ("law", "53", "2016")),
        ("二〇一六年第五十三号法律", ("law", "五十三", "2016")),
        ("内阁第13号决定（2018年）", ("resolution", "13", "2018")),
        ("根据第5号法律，2018年12月，国务院设立新机构。", ("law", "5", None)),
    ],
)
def test_the_nearest_word_tells_the_type(text: str, act: tuple[str, str, str | None]) -> None:
    """Issuer, title and date may stand between word and number; a later event's year is not the act's."""
    assert _cited(text) == [act]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Access to Information Act 2002", ("law", None, "2002")),
        ("Law on Electronic Signature (2005)", ("law", None, "2005")),
        ("the 1992 Constitution", ("constitution", None, "1992")),
        ("Loi du 6 janvier 1978 relative à l'informatique", ("law", None, "1978")),
        ("Ley de Firma Digital de 2002", ("law", None, "2002")),
        ("Constituição Federal de 1988", ("constitution", None, "1988")),
        ("Закон «О связи» от 7 июля 2003 г.", ("law", None, "2003")),
        ("الفصل 32 من دستور 12 فيفري 2015", ("constitution", None, "2015")),
        ("قانون المعاملات الإلكترونية لسنة 2015", ("law", None, "2015")),
        ("《电子签名法》（2005年）", ("law", None, "2005")),
    ],
)
def test_an_act_may_have_a_year_and_no_number(text: str, act: tuple[str, None, str]) -> None:
    """A name and a year cite an act; its mention has a name, by which it is told."""
    assert _cited(text) == [act]
    assert find_laws(Passage(text))[0].name


@pytest.mark.parametrize(
    "text",
    [
        "Proyecto de Ley N° 123/2018 y anteproyecto de ley N° 45",
        "projet de loi n° 31-13 et avant-projet de décret n° 5",
        "Projeto de Lei nº 4.060/2012",
        "Draft Law No. 5 of 2018; Bill No. 12 of 2018; the Data Protection Bill, 2018",
        "проект Указа Президента № 5, проект закона № 45, законопроект № 123-7",
        "مشروع القانون رقم 5 لسنة 2019",
        "《个人信息保护法（草案）》（2019年）；法律草案第5号",
    ],
)
def test_a_numbered_bill_is_no_law(text: str) -> None:
    """What is a draft has its number as a draft, not as an act."""
    assert _cited(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Diario Oficial N° 4521 del 3 de mayo de 2016, Contrato N° 12/2018, Tel. N° 445566",
        "La ley obliga a 30 entidades desde 2014; la ley 24 horas; leyes de 2014 y 2015",
        "Convenio de 2015; acuerdo de 2016; decreto de 2017; código postal 1209; la orden del día 5",
        "Le Code 2018 ; d'accord avec 12 banques ; ordre n° 3 des priorités",
        "in order 3 of 2018; resolution 1920; Law school 2018; Law 2.0; decision 5 was taken in 2017",
        "Journal officiel n° 5432 du 4 mars 2015 ; article 15 ; la loi prévoit 2 500 agents en 2019",
        "Boletim da República, I Série, n.º 12, de 3 de Maio de 2017; de acordo com 45 respostas",
        "ITU-T Recommendation X.1255, ISO 27001, form No. 5, Official Gazette No. 45 of 2016, short code 1844",
        "Circular on the Use of Social Media, 2017; Open Data Policy, 2015; by law 30 offices report",
        "ст. 12 Закона, газета «Вестник» № 45 от 3 мая 2017 г., по закону 30 дней, ЦУР № 9",
        "الرائد الرسمي عدد 45 لسنة 2016، المادة رقم 5، بأمر من الوزير، عدد 45 موظفا",
        "《公报》第45号，第3条，电话12345号；办法有5个；合法企业2018年达到30家",
    ],
)
def test_other_numbers_are_no_acts(text: str) -> None:
    """Gazettes, articles, standards, telephones, contracts and counts are numbered too."""
    assert _cited(text) == []


def test_a_name_and_a_number_in_one_citation_are_kept() -> None:
    """A title between the word and the number names the act; an issuer there does not."""
    (law,) = find_laws(Passage("Law on Public-Private Partnership No. 12 of 22 February 2012", "en"))
    assert (law.name, law.citation) == (
        "Law on Public-Private Partnership",
        Citation("law", "12", "2012-02-22", "2012"),
    )
    (law,) = find_laws(Passage("Закон Республики Тарвания от 5 мая 2016 г. № 7", "ru"))
    assert law.name is None
    laws = find_laws(Passage("Privacy Act 1993 and Official Information Act 1982", "en"))
    assert [(law.name, law.citation.year) for law in laws if law.citation] == [
        ("Privacy Act 1993", "1993"),
        ("Official Information Act 1982", "1982"),
    ]
