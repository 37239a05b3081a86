"""Who is the same as whom: the rules, and a person's registry over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from msqgraph import identify, iris, load_registry
from msqgraph.errors import UnreadableInput
from msqgraph.registry import Entry, Registry
from msqgraph.response import Answer, Citation, Mention, Response, Source, Understood


def refer(*named: tuple[str, Mention], registry: Registry | None = None) -> list[str | None]:
    """The last parts of the IRIs that mentions (question, mention) get in one response."""
    answers: dict[str, Answer] = {}
    for number, mention in named:
        answer = answers.setdefault(number, Answer("answered", mention.quote, understood=Understood()))
        assert answer.understood
        answer.understood.mentions.append(mention)
    response = Response("PRY", "2020", Source("x.md", "0" * 64, "text/plain"), language="es", answers=answers)
    identified = identify(response, registry)
    found = {
        (n, m.quote, m.start): m.refers_to
        for n, a in identified.answers.items()
        if a.understood
        for m in a.understood.mentions
    }
    return [(iri or "").rpartition("/")[2] or None for n, m in named for iri in [found[n, m.quote, m.start]]]


def agency(name: str | None = None, acronym: str | None = None, website: str | None = None, start: int = 0) -> Mention:
    """A mention of an agency."""
    quote = name or acronym or website or ""
    return Mention("Agency", quote, start, name=name, language="es" if name else None, acronym=acronym, website=website)


def test_case_accents_and_articles_make_no_other_agency() -> None:
    """The mixed-case form names the IRI."""
    found = refer(("3", agency("MINISTERIO DE EDUCACION")), ("5b", agency("El Ministerio de Educación")))
    assert found == ["ministerio-de-educacion"] * 2


def test_an_acronym_joins_what_was_declared_together() -> None:
    """MEC is the ministry because one answer says both."""
    found = refer(("3", agency("Ministerio de Educación", "MEC")), ("14", agency(acronym="MEC")))
    assert found == ["ministerio-de-educacion"] * 2


def test_an_address_alone_means_the_one_agency_that_has_it() -> None:
    """And not one of two that share it."""
    one, two = agency("Instituto Uno", website="http://x.gov.py/"), agency("Instituto Dos", website="http://x.gov.py/")
    alone = agency(website="http://www.x.gov.py")
    assert refer(("5a", one), ("3", alone)) == ["instituto-uno", "instituto-uno"]
    assert refer(("5a", one), ("5b", two), ("3", alone)) == ["instituto-uno", "instituto-dos", "x-gov-py"]


def test_a_person_overrules_the_rules() -> None:
    """Aliases, sites and IRIs of the registry win, whatever the spelling."""
    entry = Entry("id/agency/PRY/hacienda", "a person", {"es": "Hacienda"}, aliases=("Ministerio de Economía",))
    registry = Registry((entry,))
    assert refer(("5h", agency("MINISTERIO DE ECONOMIA")), registry=registry) == ["hacienda"]


def test_acts_are_told_apart_by_type_number_and_year() -> None:
    """A law cited by its name alone joins the act of that name only if there is one."""

    def law(name: str | None, number: str | None, year: str | None, start: int = 0) -> Mention:
        return Mention(
            "Law",
            name or f"Ley {number}",
            start,
            name=name,
            language="es",
            citation=Citation("law", number, None, year),
        )

    found = refer(
        ("9", law("Ley X", "1", "2001")), ("9", law("Ley X", "2", "2002", 9)), ("14", law("Ley X", None, None))
    )
    assert found == ["law-1-2001", "law-2-2002", "ley-x"]
    assert refer(("9", law("Ley X", "1", "2001")), ("14", law("Ley X", None, None))) == ["law-1-2001"] * 2


def test_scripts_other_than_latin_get_a_hash() -> None:
    """Transliteration alone collides."""
    (slug,) = refer(("5h", agency("财政部")))
    assert slug is not None
    assert slug.rpartition("-")[2] == iris.six_hex("财政部")


def test_a_taken_slug_gets_a_hash() -> None:
    """Two names that fold differently and are spelled alike in slugs stay two."""
    first, second = refer(("5a", agency("Oficina A.B.")), ("5b", agency("Oficina A_B")))
    assert first == "oficina-a-b"
    assert second is not None
    assert second in (first, f"oficina-a-b-{iris.six_hex('oficina a_b')}")


@pytest.mark.parametrize(
    "text",
    ["entities: {a: b}", "- x", "entities:\n- names: {es: X}", "entities:\n- iri: id/a\n  accepted_by: me", "{",
     "entities:\n- {iri: id/a, accepted_by: me, names: {es: X}, colour: red}",
     "entities:\n- {iri: id/a, accepted_by: me, names: {es: X}}\n- {iri: id/a, accepted_by: me, names: {es: Y}}"],
)  # fmt: skip
def test_a_bad_registry_is_named_with_what_to_do(tmp_path: Path, text: str) -> None:
    """File, place and remedy; never ignored in silence."""
    path = tmp_path / "PRY.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"PRY\.yaml"):
        load_registry(path)
