"""Personal data: what is withheld, what is not, and that the rest stays where it was."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msqgraph.personal import MARKER, withhold
from msqgraph.questionnaire import Part, Questionnaire, load_questionnaire
from msqgraph.response import Answer, Mention, Response, Source, Understood

SAMPLE = Path(__file__).parent.parent / "responses" / "2020" / "PRY.md"
ROLES = (
    ("Name", "name"),
    ("Title", "title"),
    ("Organization", "organization"),
    ("E-mail", "email"),
    ("Phone", "phone"),
)


def question(path: str, *names: str, kind: str = "fields") -> Part:
    """A question of the form, with the five labelled lines if it is one of fields."""
    fields = [Part(f"{path}/{role}", "Field", wording=wording, role=role) for wording, role in ROLES]
    return Part(path, "Question", answer_kind=kind, names=names, parts=fields if kind == "fields" else [])


FORM = Questionnaire(
    "2020", [question("4", "Agency", "Official"), question("contact", "Agency"), question("24", kind="text")], []
)


def response(**texts: str) -> Response:
    """A response with these answers; ``q24`` is the one to question 24."""
    source = Source("PRY.md", "0123456789" * 6 + "0123", "text/markdown")
    answers = {path.removeprefix("q"): Answer("answered", text) for path, text in texts.items()}
    return Response("PRY", "2020", source, answers=answers)


def shown(**texts: str) -> str:
    """What is shown of the answer to question 24."""
    return withhold(response(**texts), FORM).answers["24"].text or ""


WITHHELD = {
    # mailboxes
    "jquinonez@mitic.gov.py": "[withheld]",
    "Escribir a <ministro@mitic.gov.py>, gracias.": "Escribir a <[withheld]>, gracias.",
    "[j.q@mitic.gov.py](mailto:j.q@mitic.gov.py)": "[[withheld]](mailto:[withheld])",
    "jq @ mitic.gov.py": "[withheld]",
    "jq (at) mitic.gov.py": "[withheld]",
    "jq[at]mitic[dot]gov[dot]py": "[withheld]",
    "jq＠mitic.gov.py": "[withheld]",
    "josé.quiñonez+egov@mitic.gov.py": "[withheld]",
    "Иван.Петров@минсвязь.рф": "[withheld]",
    "a ana DOT gomez AT mitic.gov.py; ana.gomez at mitic dot gov dot py": "a [withheld]; [withheld]",
    "ana [dot] gomez [at] x.py, a.g at x.py; ana arroba x punto py": "[withheld], [withheld]; [withheld]",
    "https://mitic.gov.py/?to=jq%40mitic.gov.py": "https://mitic.gov.py/?to=[withheld]",
    "ftp://jq:secret@mitic.gov.py/x": "ftp://[withheld]/x",
    "info@x.py, jq@x.py": "info@x.py, [withheld]",
    "information2@x.py": "[withheld]",
    # phone numbers
    "+595991922530": "[withheld]",
    "+595 (21) 217-9000": "[withheld]",
    "595 21 217 9000, 33 1 42 68 53 00, 1 202 456 1111": "[withheld], [withheld], [withheld]",
    "llamar al +595 21 217 9000 int. 123.": "llamar al [withheld].",
    "00 41 22 917 1234": "[withheld]",
    "(021) 217 9000": "[withheld]",
    "(202) 456-1111 ext. 12": "[withheld]",
    "(61) 2027-2000": "[withheld]",
    "202-456-1111": "[withheld]",
    "0991 922 530": "[withheld]",
    "0991922530": "[withheld]",
    "01 23 45 67 89": "[withheld]",
    "Tel: 217-9000": "Tel: [withheld]",
    "Tél. : 22 91 71 23": "Tél. : [withheld]",
    "Teléfonos: 217 9001 / 217 9002 y 2179003": "Teléfonos: [withheld]",
    "Тел.: 495 606-36-02": "Тел.: [withheld]",
    "هاتف: ٠٢١٢١٧٩٠٠٠": "هاتف: [withheld]",
    "电话：010-65255114": "电话：[withheld]",
    "WhatsApp https://wa.me/595991922530": "WhatsApp https://wa.me/[withheld]",
    "www.x.py, +595 21 2179000": "www.x.py, [withheld]",
    "<tel:+595212179000>": "<tel:[withheld]>",
}
KEPT = [
    "info@mitic.gov.py y Contacto@mitic.gov.py, WEBMASTER (at) mitic.gov.py <mailto:secretaria@stp.gov.py>",
    "available at data.gov.py, egov.kz at data.gov.kz, www.x.gov.py at y.py, INFO AT X.PY",
    "It is online.Available at data.gov.py; info at mitic dot gov dot py; focal point at x.py",
    "Decreto N° 2.794 del 16 de diciembre del 2014",
    "resolución N° 66/2018, Ley 5189-2014, ley N.º 4017/2010, Ley 04017 2010 2011",
    "Law No. 0123456789",
    "https://www.mitic.gov.py/application/files/3115/4515/1277/RESOLUCION_066_-2018_-PLAN_DE_COMUNICACION.pdf",
    "www.x.py/0991922530, x.gov.py/files/0991-922-530",
    "https://medium.com/@gobpy y https://www.google.com/maps/@-25.28,-57.63,15z",
    "Twitter: @mitic_py, e-gov@2020",
    "12/02/2019, 01-02-2019, 01.02.2019, 2019-02-12, 01.02.2019-05.06.2019",
    "2014-2018, 2019 - 2023, (2018) 2019-2020",
    "5%, 60-65%, 7,5 %, +25 %, más del 80%",
    "1.520.000 usuarios, 1 520 000, 25,000,000; +1 000 000; +50.000.000",
    "1 520 000 2018, 1 200 300 45 600, Gs. 1 520 000 000 000, 10 20 30 40 50 60, ISBN 978-92-1-123204-5",
    "Suscripciones a telefonía móvil: 7.300.000 (2018)",
    "líneas móviles 2018-2019, móvil 7 300 000",
    "Plan móvil 2020, teléfono 4 de 10 hogares, fax",
    "(1) 5 000 000 de usuarios, (12) 2015-2018",
    "192.168.10.20, ISSN 0378-5955, 08.00-16.30",
    "SDG 16.6.2, C160602, ISO 3166-1, RES-066-2018-001",
    "atención 24/7, 10:00 12/02/2019",
]


@pytest.mark.parametrize(("text", "expected"), WITHHELD.items())
def test_personal_data_are_withheld(text: str, expected: str) -> None:
    """Mailboxes that are not an office's, and phone numbers in the forms that are in use."""
    assert shown(q24=text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_what_is_not_personal_is_not_touched(text: str) -> None:
    """Office mailboxes, years, dates, laws, amounts, web addresses."""
    assert shown(q24=text) == text


CONTACT = "Name: Ing. JOSE JAVIER QUIÑONEZ CACERES\nTitle: DIRECTOR GENERAL\nEmail: jq at mitic.gov.py\nPhone: 217 9000"


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "por José Javier Quiñónez Cáceres.": "por [withheld].",
        "por jose quin\u0303onez": "por [withheld]",
        "QUIÑONEZ CACERES, José Javier (MITIC)": "[withheld] (MITIC)",
        "J. Quiñonez": "[withheld]",
        "José\nQuiñonez": "[withheld]",
        "https://x.py/u/jose-quinonez": "https://x.py/u/[withheld]",
        "llame al 217 9000": "llame al [withheld]",
        "El director general José de San Martín y el Sr. Quiñonez": None,
    }.items(),
)
def test_the_person_of_the_contact_is_withheld_everywhere(text: str, expected: str | None) -> None:
    """In any case, accent and order, and in parts of two words or more; a single word is anyone's."""
    assert shown(contact=CONTACT, q24=text) == (expected or text)


@pytest.mark.parametrize(
    ("contact", "text", "expected"),
    [
        ("Name: Ana Gómez\nOrganization: MITIC (Ana Gómez)", "Ana Gómez (MITIC)", "[withheld] (MITIC)"),
        (
            "Name: Ana Gómez, Directora\nTitle: Sra. Ana Gómez, Directora",
            "Ana Gómez, Directora",
            "[withheld], Directora",
        ),
        (
            "Name: John Q. Public\nTitle: John Q. Public",
            "John Q. Public, /x/john-q-public",
            "[withheld], /x/[withheld]",
        ),
        ("Name: Mary Head, Head\nTitle: Mary Head, Head", "Mary Head, a head", "[withheld], a head"),
        ("Name: Directora Ana Gómez\nTitle: Directora Ana Gómez", "por Ana Gómez", "por [withheld]"),
        ("Name: Gómez\nOrganization: MITIC (Gómez)", "por Gómez", "por [withheld]"),
        ("Name: MITIC\nOrganization: Ministerio de Tecnologías (MITIC)", "MITIC", "MITIC"),
        ("Name: Director General de Rentas\nTitle: Director General de Rentas", "Director General", "Director General"),
        ("Name: Иванов Иван Иванович", "приказ Иванова Ивана Ивановича", "приказ [withheld]"),
        ("Name: Иванов Иван Иванович", "Ивановская область, иван и ивановы", "Ивановская область, иван и ивановы"),
        ("Name: Толстой Павел", "с Павлом Толстым; /id/tolstogo-pavla-1f", "с [withheld]; /id/[withheld]-1f"),
    ],
)
def test_the_name_in_other_lines_and_spellings(contact: str, text: str, expected: str) -> None:
    """Repeated as organisation or title, like the word for an office, as a slug, in another case: never an office."""
    assert shown(contact=contact, q24=text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    {
        "jq@x.py José Javier Quiñonez +595991922530 20190212.md": "[withheld] [withheld] [withheld] 20190212.md",
        "jose-quinonez_2020_595991922530_201902121430_01-02-2019": "[withheld]_2020_[withheld]_201902121430_01-02-2019",
    }.items(),
)
def test_file_name(name: str, expected: str) -> None:
    """Numbers and the person go, dates and times stay."""
    before = response(contact=CONTACT)
    before.document.file_name = name
    assert withhold(before, FORM).document.file_name == expected


def test_fields() -> None:
    """In fields the role decides; who holds the senior post is public, also if the same person answers for it."""
    senior = "Name: Ana María Paz\nTitle: Minister\nE-mail: ana at x.py\nPhone: 12 34, or ask the office"
    public = withhold(response(q4=senior, contact="Name: Ana María Paz\nTitle: Minister", q24="Ana María Paz"), FORM)
    assert public.answers["4"].text == (f"Name: Ana María Paz\nTitle: Minister\nE-mail: {MARKER}\nPhone: {MARKER}")
    assert public.answers["contact"].text == f"Name: {MARKER}\nTitle: Minister"
    assert public.answers["24"].text == "Ana María Paz"


@pytest.mark.parametrize(
    ("contact", "expected"),
    {
        CONTACT: f"Name: {MARKER}\nTitle: DIRECTOR GENERAL\nEmail: {MARKER}\nPhone: {MARKER}",
        "**Name:** Ana Paz   **Title:** Head": f"**Name:** {MARKER}   **Title:** Head",
        "Name\nAna Paz\n\nTitle\nHead": f"Name\n{MARKER}\n\nTitle\nHead",
        "Ana Paz\nTitle: Head": f"{MARKER}\nTitle: Head",
        "Ana Paz, 12": MARKER,
        "الاسم: محمد علي": f"الاسم: {MARKER}",
        "Name: N/A\nPhone: -": "Name: N/A\nPhone: -",
        "Name: Ministry of Finance\nOrganization: Ministry of Finance": (
            f"Name: {MARKER}\nOrganization: Ministry of Finance"
        ),
        f"Name: {MARKER}\nPhone: {MARKER}": f"Name: {MARKER}\nPhone: {MARKER}",
    }.items(),
)
def test_contact_block(contact: str, expected: str) -> None:
    """With labels in several forms and without any."""
    public = withhold(response(contact=contact, q24="Ministry of Finance; withheld"), FORM)
    assert public.answers["contact"].text == expected
    assert public.answers["24"].text == "Ministry of Finance; withheld"


def test_unspaced_scripts() -> None:
    """A Chinese name is found inside running text."""
    assert shown(contact="姓名：张伟", q24="由张伟负责") == f"由{MARKER}负责"


def test_mentions_follow_their_text() -> None:
    """Quotes stand where they are said to stand, and derived strings are masked too."""
    text = "a.b@x.py; MITIC, Ana Paz (a.b@x.py) - www.mitic.gov.py"
    quotes = ("MITIC", "MITIC, Ana Paz", "Paz (a.b@x.py)", "www.mitic.gov.py", "b@x.py", text)
    before = response(contact="Name: Ana Paz", q24=text)
    mentions = [Mention("Agency", quote, text.index(quote), name=quote, label="Ana Paz") for quote in quotes]
    mentions[3].website, mentions[4].website = "https://www.mitic.gov.py", "mailto:a.b@x.py"
    mentions[0].refers_to, mentions[0].other_names = "https://w3id.org/msqgraph/id/agency/PRY/mitic", ["Paz, Ana"]
    before.answers["24"].understood = Understood(mentions=mentions)
    before.unassigned, before.doubts = ["Ana Paz 021 217 9000"], ["see a.b@x.py"]
    before.answers["24"].doubts = ["Ana Paz?"]
    after = withhold(before, FORM)
    answer = after.answers["24"]
    assert answer.text == f"{MARKER}; MITIC, {MARKER} ({MARKER}) - www.mitic.gov.py"
    assert answer.understood
    for mention in answer.understood.mentions:
        assert answer.text.startswith(mention.quote, mention.start) and mention.label == MARKER
    assert [mention.quote for mention in answer.understood.mentions] == [
        "MITIC", f"MITIC, {MARKER}", f"{MARKER} ({MARKER})", "www.mitic.gov.py", MARKER, answer.text,
    ]  # fmt: skip
    assert answer.understood.mentions[3].website == "https://www.mitic.gov.py"
    assert answer.understood.mentions[4].website is None
    assert answer.understood.mentions[0].refers_to and answer.understood.mentions[0].other_names == [MARKER]
    assert (after.unassigned, after.doubts, answer.doubts) == (
        [f"{MARKER} {MARKER}"], [f"see {MARKER}"], [f"{MARKER}?"],
    )  # fmt: skip
    assert before.answers["24"].text == text and mentions[0].label == "Ana Paz"


def test_the_sample() -> None:
    """Of Paraguay's response exactly five things are withheld, and no answer but those two changes."""
    form = load_questionnaire("2020")
    lines = SAMPLE.read_text(encoding="utf-8")
    senior = lines[lines.index("Name: Alejandro") : lines.index("5. Please provide **names")].strip()
    contact = lines[lines.index("Name: JOSE") : lines.index("1. Please select")].strip()
    before = response(q4=senior, contact=contact, q24=lines)
    after = withhold(before, form)
    # dpidg@un.org is in the form's own words, which no answer contains
    assert after.answers["24"].text and after.answers["24"].text.count(MARKER) == 6
    everything = "\n".join(answer.text or "" for answer in after.answers.values())
    gone = ("595991922530", "ministro@", "gobiernoelectronico@", "jquinonez", "QUIÑONEZ", "JAVIER")
    assert [text for text in gone if text in everything] == []
    kept = ("Alejandro Peralta Vierci", "DIRECTOR GENERAL DE GOBIERNO ELECTRONICO", "(MITIC)", "N° 2.794", "66/2018")
    assert [text for text in kept if text not in everything] == []
    assert [q for q in before.answers if before.answers[q] != after.answers[q]] == ["4", "contact", "24"]
    assert withhold(after, form) == after


HARMLESS = st.one_of(
    st.from_regex(r"[A-Za-zÀ-ÿ]{1,12}", fullmatch=True).filter(lambda word: word.lower() not in ("x", "fax")),
    st.sampled_from(["Министерство", "وزارة", "政府", "y", "N°", "ley", "-", "–", "(", ")", ":", "«", "%", ";"]),
    st.integers(0, 99999).map(str),
    st.floats(0, 100).map("{:.1f}%".format),
    st.integers(1990, 2030).map("{}".format),
    st.dates().map("{:%d/%m/%Y}".format),
    st.integers(1, 9999).flatmap(lambda n: st.integers(1990, 2030).map(lambda year: f"N° {n}/{year}")),
    st.from_regex(r"https://www\.[a-z]{3,8}\.gov\.py/[a-z0-9/_-]{0,30}", fullmatch=True),
)


@settings(deadline=None)
@given(st.lists(HARMLESS, max_size=12).map("\n".join))
def test_text_without_personal_data_is_never_touched(text: str) -> None:
    """Words, numbers, laws, dates and addresses in any order, one a line."""
    assert shown(q24=text) == text


@settings(deadline=None)
@given(st.text(), st.text(max_size=20))
def test_any_text_can_be_withheld(text: str, name: str) -> None:
    """No text breaks it, and the input is untouched."""
    before = response(contact=f"Name: {name}", q24=text)
    after = withhold(before, FORM)
    assert before == response(contact=f"Name: {name}", q24=text)
    assert {q for q in before.answers if before.answers[q] != after.answers[q]} <= {"contact", "24"}
