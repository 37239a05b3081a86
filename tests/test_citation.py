"""Citations say who stated what, where and in which version, in forms that other programs read back."""

from __future__ import annotations

import json
import re
import warnings
from pathlib import Path
from typing import Any

import bibtexparser.entrypoint
import pyoxigraph as ox
import pytest
import typer
import yaml
from typer.testing import CliRunner

import msqgraph
from msqgraph.assets import DEFAULT_BASE
from msqgraph.commands.cite import cite as command
from msqgraph.errors import UsageError
from msqgraph.exports.citation import cite, cite_release, write_citations
from msqgraph.exports.citation_forms import FORMS, Citation
from msqgraph.release.about import About, Publisher, Release
from msqgraph.store import EmbeddedStore
from msqgraph.terms import text_of
from tests.conftest import PRIVATE_PARTS, ROOT

RELEASE = Release(About(version="1.2.0", issued="2026-11-24", title="Answers", publisher=Publisher("An office")))
ANSWER, OFFICIAL = "id/response/2020/PRY/5f", "id/official/PRY/chief-information-officer/2020"
PERSON = "Peralta"
TEX = re.compile(r"\\(?:text[a-z]+\{\}|[^\w\s]|_)")
TYPESET = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}
CSL_TEXTS = {"id", "type", "title", "container-title", "publisher", "version", "page", "language", "note", "URL"}
HOSTILE = (
    r"R&D {Office} 100% #1 under_score ~tilde ^hat $5 back\slash",
    'He said "no" and {left a brace open',
    "}{",
    "\\input{/etc/passwd}",
    "وزارة المالية",
    "财政部, and 环境部",
    "Ministère de l’Économie @ home",
    "two\nlines\tand  blanks",
)
# one of each kind of thing that a dataset describes, and what its citation must say
THINGS = {
    ANSWER: "Answer to question 5f (‘Environment’) of the Member States Questionnaire",
    f"{ANSWER}/1": "Ministerio del Ambiente y Desarrollo Sostenible: named in the answer to question 5f",
    "id/response/2020/PRY": "Response to the Member States Questionnaire",
    "id/agency/PRY/instituto-forestal-nacional": "Instituto Forestal Nacional (agency)",
    "id/law/PRY/decree-2794-2014": "Decreto N° 2.794 del 16 de diciembre del 2014 (law)",
    "code/policy-area/environment": "Environment (concept)",
    "ontology#Agency": "Agency (class)",
    "questionnaire/2020/5f": "Environment (question)",
    "id/country/PRY": "Paraguay (country or area)",
    OFFICIAL: "Holder of the post Ministro",
    "id/observation/msq-indicators/ict-investment-gdp-share/2020/PRY": "ICT investment GDP share, Paraguay, ",
}


def read_bibtex(text: str) -> dict[str, str]:
    """The fields of the only entry as another program takes it apart, with what TeX would typeset for its escapes."""
    library = bibtexparser.entrypoint.parse_string(text)
    assert library.failed_blocks == []
    [entry] = library.entries
    fields = {field.key: field.value for field in entry.fields}
    url = fields.pop("url")  # BibLaTeX takes it as it is
    assert [value for value in fields.values() if re.search(r"(?<!\\)[&%$#_~^]", value)] == []
    typeset = {
        name: TEX.sub(lambda found: TYPESET.get(found[0], found[0][1:]), value) for name, value in fields.items()
    }
    return {"type": entry.entry_type, "key": entry.key, "url": url, **typeset}


def rendered(csl: str) -> str:
    """The entry that a processor makes of a CSL item, in the style that it brings along."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a field that it does not know, and of its own parsing
        from citeproc import Citation as Cited
        from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        items = json.loads(csl)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        bibliography.register(Cited([CitationItem(items[0]["id"])]))
        [entry] = bibliography.bibliography()
    return str(entry)


def read_csl(csl: str) -> dict[str, Any]:
    """The only item; it has nothing but variables of CSL 1.0.2 (csl-data.json of its schema), in their forms."""
    [item] = json.loads(csl)
    assert isinstance(item, dict)
    assert item.keys() <= CSL_TEXTS | {"author", "issued", "original-date"}
    assert item.keys() >= {"id", "type", "title", "author", "publisher", "version", "URL"}
    assert all(isinstance(item[name], str) and item[name] for name in item.keys() & CSL_TEXTS)
    assert [name.keys() for name in item["author"]] == [{"literal"}]
    assert all(isinstance(part, int) for part in item.get("issued", {"date-parts": [[1]]})["date-parts"][0])
    assert item.get("original-date", {"literal": ""}).keys() == {"literal"}
    return item


def test_an_answer_is_cited_as_its_government_gave_it(dataset: Path) -> None:
    """Author, year of the edition, question, version, address; the quote, its language and the date as stated."""
    citation = cite(dataset, ANSWER, RELEASE)
    assert citation.text() == (
        "Paraguay. (2020). Answer to question 5f (‘Environment’) of the Member States Questionnaire (MSQ) for the "
        "United Nations E-Government Survey 2020 [Data set]. In An office, Answers (Version 1.2.0). "
        f"{DEFAULT_BASE}{ANSWER}"
    )
    assert citation.note and citation.note.startswith("“Ministerio del Ambiente y Desarrollo Sostenible")
    assert (citation.language, citation.dated, citation.page) == ("es", "12/02/2019", None)


def test_every_kind_of_thing_can_be_cited(dataset: Path) -> None:
    """By whole IRI as by path; what is no answer is the publisher's; the address is the thing's own."""
    for path, title in THINGS.items():
        citation = cite(dataset, path, RELEASE)
        assert citation == cite(dataset, DEFAULT_BASE + path, RELEASE)
        assert title in citation.title
        assert citation.author == ("Paraguay" if path.startswith("id/response/") else "An office")
        assert (citation.url, citation.container, citation.version) == (DEFAULT_BASE + path, "Answers", "1.2.0")
        assert read_csl(citation.csl())["type"] == "dataset"
        assert read_bibtex(citation.bibtex())["url"] == DEFAULT_BASE + path


def test_a_statement_is_cited_with_the_words_it_was_understood_from(dataset: Path) -> None:
    """Subject, predicate and object by their names, and the narrowest quote."""
    statement = "id/statement/2020/PRY/5f/instituto-forestal-nacional-responsible-for-environment"
    citation = cite(dataset, statement, RELEASE)
    assert citation.title.startswith("Instituto Forestal Nacional – responsible for – Environment: statement from the")
    assert citation.note == "“Instituto Forestal Nacional - <http://www.infona.gov.py/>”"
    assert citation.author == "Paraguay"


def rows(store: EmbeddedStore, query: str) -> list[list[str]]:
    """The rows that a query finds, as texts."""
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return [[text_of(value) for value in row] for row in found]


def test_no_citation_names_a_person(dataset: Path, store: EmbeddedStore) -> None:
    """Of what is said under question 4 and by the contact, and of every tenth other thing; nor is anything told that is
    withheld."""
    kinds = "VALUES ?kind { msq:Answer msq:Mention msq:Statement msq:Post msq:Official }"
    prologue = f"PREFIX msq: <{DEFAULT_BASE}ontology#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>"
    things = [row[0] for row in rows(store, f"{prologue} SELECT ?x {{ ?x a ?kind {kinds} }} ORDER BY ?x")]
    near = [iri for iri in things if {"4", "contact", "post", "official"} & set(iri.split("/"))]
    things = sorted({*near, *things[::10]})
    assert len(near) > 20 and len(things) > 60
    names = rows(store, f"{prologue} SELECT ?name {{ ?x a msq:Official ; foaf:name ?name }}")
    assert [PERSON in name for [name] in names] == [True]
    for iri in things:
        citation = cite(dataset, iri, RELEASE)
        for form in FORMS.values():
            said = form(citation)
            assert not [part for part in (PERSON, *PRIVATE_PARTS) if part.casefold() in said.casefold()], iri


def test_a_page_is_given_where_there_is_one(tmp_path: Path) -> None:
    """A document with pages: the answer's."""
    text = (ROOT / "responses/2020/PRY.md").read_text(encoding="utf-8")
    (tmp_path / "PRY.txt").write_text(text.replace("\n5. ", "\n\f5. ", 1), encoding="utf-8")
    msqgraph.write_dataset(msqgraph.build([tmp_path / "PRY.txt"]), tmp_path / "build")
    citation = cite(tmp_path / "build", ANSWER, RELEASE)
    assert citation.page == "2"
    assert read_bibtex(citation.bibtex())["pages"] == "2"
    assert read_csl(citation.csl())["page"] == "2"


@pytest.mark.parametrize("iri", ["id/nothing", "id/response/2020/PRY/99", "https://example.org/x", "id/x> { } #"])
def test_what_is_not_there_is_refused_with_what_is(dataset: Path, iri: str) -> None:
    """The message gives IRIs that can be cited."""
    with pytest.raises(UsageError, match=f"{DEFAULT_BASE}id/response/2020/PRY/1, {DEFAULT_BASE}id/statement/"):
        cite(dataset, iri, RELEASE)


def test_what_was_withdrawn_is_refused(tmp_path: Path) -> None:
    """A person who is forgotten, and a thing that another replaced: that one is named."""
    (tmp_path / "PRY.md").write_bytes((ROOT / "responses/2020/PRY.md").read_bytes())
    (tmp_path / "forgotten.yaml").write_text(f"- iri: {OFFICIAL}\n  at: '2026-11-24'\n", encoding="utf-8")
    (tmp_path / "withdrawn.yaml").write_text(
        "- {iri: id/agency/PRY/infona, replaced_by: id/agency/PRY/instituto-forestal-nacional, reason: One agency.}\n",
        encoding="utf-8",
    )
    msqgraph.write_dataset(msqgraph.build([tmp_path]), tmp_path / "build")
    with pytest.raises(UsageError, match=r"was withdrawn .*leave it out"):
        cite(tmp_path / "build", OFFICIAL, RELEASE)
    with pytest.raises(
        UsageError, match=r"was withdrawn \(One agency\.\) — cite .*instituto-forestal-nacional instead"
    ):
        cite(tmp_path / "build", "id/agency/PRY/infona", RELEASE)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_name_survives_bibtex_and_csl(text: str) -> None:
    """Signs of TeX, quotation marks, unbalanced braces, other scripts: what goes in comes out, as one line."""
    said = " ".join(text.split())
    url = "https://x.example/a_b%20c#d~e"
    citation = Citation("x", text, text, text, "1_0", url, "2020", container=text, note=text)
    fields = read_bibtex(citation.bibtex())
    for name in ("author", "title", "publisher", "booktitle"):
        assert fields[name] == f"{{{said}}}"  # one name, and its capitals stay
    assert (fields["note"], fields["version"], fields["url"]) == (said, "1_0", url)
    item = read_csl(citation.csl())
    assert (item["author"], item["title"], item["URL"]) == ([{"literal": said}], said, url)
    entry = rendered(citation.csl())
    assert said in entry and url in entry and "2020" in entry
    assert said in citation.text() and "\n" not in citation.text()


def test_a_release_is_cited_in_three_files(dataset: Path, tmp_path: Path) -> None:
    """One citation, the same in all of them; no date, if the publisher gives none."""
    write_citations(dataset, tmp_path, RELEASE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["citation.bib", "citation.json", "citation.txt"]
    text, bibtex, csl = ((tmp_path / f"citation.{one}").read_text(encoding="utf-8") for one in ("txt", "bib", "json"))
    assert text == f"An office. (2026). Answers (Version 1.2.0) [Data set]. {RELEASE.iri}\n"
    fields = read_bibtex(bibtex)
    assert (fields["type"], fields["key"], fields["year"], fields["month"]) == (
        "dataset",
        "msq-release-1.2.0",
        "2026",
        "11",
    )
    assert read_csl(csl)["issued"] == {"date-parts": [[2026, 11, 24]]}
    assert RELEASE.iri in rendered(csl)
    undated = cite_release(Release(About(version="1.2.0")))
    assert "(n.d.)" in undated.text()
    assert "year" not in read_bibtex(undated.bibtex()) and "issued" not in read_csl(undated.csl())


def test_nothing_is_written_without_a_dataset(tmp_path: Path) -> None:
    """A folder that holds none is named."""
    with pytest.raises(UsageError, match="no dataset"):
        write_citations(tmp_path, tmp_path, RELEASE)


def test_software_and_dataset_are_cited_alike() -> None:
    """CITATION.cff names the same authors and the version of the package."""
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert [author["name"] for author in said["authors"]] == [cite_release(Release(About())).author]
    assert said["version"] == msqgraph.__version__ == About().version


def test_the_command_prints_one_form(dataset: Path) -> None:
    """The whole dataset without an IRI; a thing with one; exit code 2 for what cannot be cited."""
    app = typer.Typer()
    app.command()(command)
    run = CliRunner()
    whole = run.invoke(app, [str(dataset)])
    assert whole.output == f"{cite_release(Release(About())).text()}\n"
    answer = run.invoke(app, [str(dataset), ANSWER, "-f", "bibtex"])
    assert read_bibtex(answer.output)["key"] == "msq-response-2020-PRY-5f"
    assert isinstance(run.invoke(app, [str(dataset), "id/nothing"]).exception, UsageError)
