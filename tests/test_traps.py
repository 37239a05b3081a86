"""The traps that the Paraguay response sets, each on the real text: what becomes of it in the graph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from msqgraph.build import Unit

ID, MSQ = "https://w3id.org/msqgraph/id/", "https://w3id.org/msqgraph/ontology#"
MITIC = f"{ID}agency/PRY/ministerio-de-tecnologias-de-la-informacion-y-comunicacion"
PREFIXES = f"""PREFIX msq: <{MSQ}> PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX org: <http://www.w3.org/ns/org#>
PREFIX q: <{ID}response/2020/PRY/>
PREFIX doubt: <https://w3id.org/msqgraph/code/doubt/> PREFIX : <{ID}>"""


@pytest.fixture(scope="module")
def graph(unit: Unit) -> ox.Store:
    """What was said and what was understood, in one graph."""
    store = ox.Store()
    for path in ("graph/response/2020/PRY", "graph/facts/2020/PRY"):
        store.extend(ox.Quad(*triple) for triple in unit.graphs[path])
    return store


def rows(graph: ox.Store, pattern: str) -> set[str]:
    """The values of ?x for a pattern."""
    result = graph.query(f"{PREFIXES} SELECT DISTINCT ?x WHERE {{ {pattern} }}")
    assert isinstance(result, ox.QuerySolutions)
    return {row["x"].value for row in result}


def test_several_addresses_in_one_line(graph: ox.Store) -> None:
    """With and without scheme, in angle brackets, as a Markdown link: each address is one mention, as written."""
    written = rows(graph, "q:1 msq:mentions/msq:websiteAsWritten ?x")
    assert written == {"https://www.paraguay.gov.py", "https://www.presidencia.gov.py/"}
    assert rows(graph, "q:2b msq:mentions ?m . ?m msq:isSchemeGuessed true ; msq:website ?x") == {
        "http://www.gobiernoabierto.gov.py/",
        "http://pnt.paraguay.gov.py/",
    }


def test_a_truncated_redirect_is_flagged_and_claimed_by_nobody(graph: ox.Store) -> None:
    """Google's cut-off address is kept as written, doubted, and is no website of the plan it stands beside."""
    assert any(
        x.startswith("https://www.google.com/url?")
        for x in rows(graph, "?m msq:doubt doubt:truncated-address ; msq:websiteAsWritten ?x")
    )
    assert not any("google" in x for x in rows(graph, "?s a msq:Strategy ; msq:website ?x"))


def test_one_address_for_two_ministries_keeps_them_two(graph: ox.Store) -> None:
    """5d and 5f give the same address to two ministries."""
    assert rows(graph, "?x a msq:Agency ; msq:website <http://www.mds.gov.py/>") == {
        f"{ID}agency/PRY/ministerio-de-desarrollo-social",
        f"{ID}agency/PRY/ministerio-del-ambiente-y-desarrollo-sostenible",
    }


def test_a_date_that_reads_two_ways(graph: ox.Store) -> None:
    """12/02/2019 keeps its words and both candidates."""
    assert rows(graph, ":response\\/2020\\/PRY msq:dateAsStated ?x") == {"12/02/2019"}
    assert rows(graph, ":response\\/2020\\/PRY msq:dateCandidate ?x") == {"2019-02-12", "2019-12-02"}


def test_yes_in_three_spellings(graph: ox.Store) -> None:
    """ "Si, ...", "Si." and "Sí, ..." all affirm."""
    assert rows(graph, "?a msq:affirms true ; msq:question ?x") == {
        f"https://w3id.org/msqgraph/questionnaire/2020/{n}" for n in ("7", "13", "16", "22", "23")
    }


def test_two_mailboxes_in_one_field_are_both_withheld(graph: ox.Store) -> None:
    """The field keeps its label and a marker for each."""
    (text,) = rows(graph, "q:4 msq:text ?x")
    assert "@" not in text
    assert text.count("[withheld]") == 3


def test_percentages_inside_sentences(graph: ox.Store) -> None:
    """ "5%, en base a ..." is 5; "ronda el 30%" is about 30, of 2018, implausible as a share of GDP, and kept."""
    assert {float(x) for x in rows(graph, "q:17 msq:value ?x")} == {5.0}
    assert {float(x) for x in rows(graph, "q:18 msq:value ?x ; msq:isApproximate true")} == {30.0}
    assert rows(graph, "q:18 msq:referenceYear ?x ; msq:doubt doubt:implausible-percentage") == {"2018"}


def test_decree_and_resolution_inside_sentences(graph: ox.Store) -> None:
    """Number as stated, full date, year; a resolution carries its issuer."""
    decree = ":law\\/PRY\\/decree-2794-2014"
    assert rows(graph, f"{decree} eli:number ?x") == {"2.794"}
    assert rows(graph, f"{decree} eli:date_document ?x") == {"2014-12-16"}
    resolution = f"<{ID}law/PRY/resolution-ministerio-de-tecnologias-de-la-informacion-y-comunicacion-66-2018>"
    assert rows(graph, f"{resolution} eli:passed_by ?x") == {MITIC}


def test_a_law_only_inside_an_address(graph: ox.Store) -> None:
    """The number of the transparency law stands nowhere but in its address."""
    assert rows(graph, ":law\\/PRY\\/law-5189-2014 msq:year ?x") == {"2014"}


def test_partners_are_kept_as_written(graph: ox.Store) -> None:
    """KOIKA is not corrected, and another country's ministry is no agency of Paraguay."""
    names = rows(graph, "?w a msq:Cooperation ; msq:partner/skos:prefLabel ?x")
    assert names == {"IADB", "KOIKA", "MOIS-KOREA", "NIA-KOREA"}
    assert not any("korea" in x for x in rows(graph, "?x a msq:Agency"))
    assert rows(graph, ":cooperation\\/PRY\\/mois-korea msq:partnerCountry ?x") == {f"{ID}country/KOR"}


def test_a_name_in_capitals_does_not_become_the_label(graph: ox.Store) -> None:
    """The mixed-case form is the label, the capitals and the acronym are other names."""
    assert rows(graph, f"<{MITIC}> skos:prefLabel ?x") == {"Ministerio de Tecnologías de la Información y Comunicación"}
    assert rows(graph, f"<{MITIC}> skos:altLabel ?x") == {"MITIC"}
    capitals = "MINISTERIO DE TECNOLOGÍAS DE LA INFORMACION Y COMUNICACION"
    assert rows(graph, f"<{MITIC}> skos:hiddenLabel ?x") == {capitals}


def test_a_heading_split_over_lines_is_no_answer(graph: ox.Store) -> None:
    """ "VI." and "Social Media" on two lines belong to the form."""
    assert not any("Social Media" in x or "VI." in x for x in rows(graph, "?a msq:text ?x"))


def test_a_question_whose_end_was_displaced(graph: ox.Store) -> None:
    """The end of question 23 stands behind its answer."""
    assert rows(graph, "q:23 msq:text ?x ; msq:doubt doubt:displaced-text") == {"Si."}


def test_footnotes_between_answers_are_no_answers(graph: ox.Store) -> None:
    """Questions 14 and 20 are torn apart by footnotes."""
    assert rows(graph, "q:20 msq:text ?x") == {"80%"}
    (text,) = rows(graph, "q:14 msq:text ?x")
    assert text.startswith("El gobierno nacional")
    assert "16.6.1" not in text


def test_an_address_used_as_a_name(graph: ox.Store) -> None:
    """Question 3 gives an address only; it means the ministry whose acronym it carries."""
    assert rows(graph, "q:3 msq:mentions/msq:refersTo ?x") == {MITIC}
    assert rows(graph, "q:3 msq:mentions/msq:nameAsWritten ?x") == set()


def test_one_ministry_under_four_guises(graph: ox.Store) -> None:
    """Address, full name, acronym and capitals, in five answers: one agency."""
    for number in ("3", "4", "14", "16", "contact"):
        assert MITIC in rows(graph, f"q:{number} msq:mentions ?m . ?m msq:names msq:Agency ; msq:refersTo ?x"), number
