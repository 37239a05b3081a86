"""Many responses → one dataset. A response is a unit of work: its quads and its report depend on its own inputs alone.

One bad input never stops the good ones: it is named in the report, with what to do about it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph import assets, iris
from msqgraph.corroboration import Witness, corroborate, witnesses
from msqgraph.countries import is_user_assigned
from msqgraph.errors import NoCountryNamed, UnreadableInput, readable, unbuilt
from msqgraph.forgetting import without_forgotten
from msqgraph.forgotten_elsewhere import (
    forget_in_sources,
    is_anyone_nameless,
    neutral,
    refuse_names,
    with_neutral_files,
)
from msqgraph.hiding import Hiding, tells
from msqgraph.identity import identify
from msqgraph.inference import entail
from msqgraph.inputs import Inputs, find_inputs, open_input, response_in
from msqgraph.interpret import interpret
from msqgraph.links import FOLDER as LINKS_FOLDER
from msqgraph.links import Links, accepted_links
from msqgraph.mapping import map_answers, map_facts
from msqgraph.person_names import hidden
from msqgraph.personal import withhold
from msqgraph.public_conflicts import public_conflicts
from msqgraph.published import background, countries_in, published_graphs, user_assigned_country
from msqgraph.questionnaire import load_questionnaire
from msqgraph.records import as_json
from msqgraph.registry import Registry, load_registry
from msqgraph.response import Response
from msqgraph.reviews.applying import Conflict, reviewed
from msqgraph.source_validation import validate_source
from msqgraph.sources import Source, read_sources
from msqgraph.terms import term, text_of
from msqgraph.validation import Validation, validate
from msqgraph.withdrawals import Withdrawal, read_withdrawals

if TYPE_CHECKING:
    import pyoxigraph as ox

    Graphs = dict[str, list[ox.Triple]]


@dataclass(slots=True)
class Unit:
    """What became of one response: its public graphs by path, its personal graph, what the shapes found, and which
    decisions of people were not applied, in public words."""

    source: str
    response: Response
    graphs: Graphs
    personal: list[ox.Triple]
    validation: Validation
    conflicts: list[Conflict] = field(default_factory=list)
    forgotten: tuple[str, ...] = ()  # names that are withheld; they are written nowhere


@dataclass(slots=True)
class Build:
    """Everything that a build made, in the order of country and edition, what it took over, and could not read."""

    base: str
    units: list[Unit] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    unreadable: list[UnreadableInput] = field(default_factory=list)
    superseded: list[Path] = field(default_factory=list)
    links: Links = field(default_factory=Links)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)  # what is withdrawn, and described all the same


def build_unit(
    response: Response,
    source: Path,
    registry: Registry | None = None,
    base: str = assets.DEFAULT_BASE,
    asked: Sequence[Witness] = (),
    conflicts: Mapping[str, Conflict] | None = None,
    forgotten: Collection[str] = (),
    withheld_names: Collection[str] = (),
) -> Unit:
    """Interpret, identify, withhold, map, corroborate, infer, validate one response.

    :param asked: the sources that are asked about its statements.
    :param conflicts: decisions of people, by question, that could not be laid over the response.
    :param forgotten: paths of officials of whom nothing is said; where there is one, nothing personal is kept at all,
        because nobody can tell whose mailbox or number it is.
    :param withheld_names: names of people who are forgotten elsewhere.
    :raises MappingLoss: if a value of the response cannot be kept as RDF.

    >>> from msqgraph.inputs import read_input
    >>> path = Path("tests/cases/paraguay/answers.yaml")
    >>> sorted(build_unit(read_input(path), path).graphs)
    ['graph/facts/2020/PRY', 'graph/inferred/2020/PRY', 'graph/response/2020/PRY']
    """
    form = load_questionnaire(response.edition)
    identified = identify(interpret(response, form), registry, form, base)
    identified, own_names = without_forgotten(identified, form, forgotten, base)
    names = tuple(sorted({*own_names, *withheld_names}))
    public = withhold(identified, form, names)
    answers = sorted(map_answers(as_json(public, base), base), key=str)
    facts = map_facts(answers, base)
    said = [triple for witness in asked for triple in corroborate(answers, facts, witness, base)]
    key = response.country_iso3, response.edition
    own = user_assigned_country(key[0], base) if is_user_assigned(key[0]) else []
    known = [*background(base), *countries_in([*answers, *facts], base), *own]
    validation = validate([*known, *answers, *facts, *said], base)
    graphs = {
        iris.graph("response", *key): answers,
        iris.graph("facts", *key): facts,
        iris.graph("inferred", *key): entail([*answers, *facts], base),
    }
    if own:
        graphs[iris.user_assigned(key[0])] = own
    if said:
        graphs[iris.graph("corroboration", *key)] = sorted(set(said), key=str)
    shown = readable(source)
    if shown.endswith(response.document.file_name):  # a file's name, too, can tell who filled in the form
        shown = shown.removesuffix(response.document.file_name) + public.document.file_name
    withheld = [] if names else sorted(set(map_answers(as_json(identified, base), base)) - set(answers), key=str)
    said_of_conflicts = public_conflicts(conflicts or {}, identified, public, form, names)
    return Unit(hidden(shown, names), public, graphs, withheld, validation, said_of_conflicts, names)


def build(
    paths: Sequence[Path | str],
    *,
    base: str = assets.DEFAULT_BASE,
    country_iso3: str | None = None,
    progress: Callable[[Iterable[Path]], Iterable[Path]] = iter,
) -> Build:
    """All responses under the paths, built, and the graphs of other sources, taken over; nothing is written.

    :param country_iso3: the country of documents that do not name their own.
    :param progress: wraps the files that are worked through, for a progress bar.
    :raises UnreadableInput: if a list of what is withdrawn cannot be read: nobody is published for want of it.

    >>> built = build(["responses"])
    >>> [unit.response.country_iso3 for unit in built.units], built.unreadable
    (['PRY'], [])
    """
    inputs = find_inputs(paths)
    withdrawals = read_withdrawals(inputs.withdrawals, base)
    forgotten = {one.path for one in withdrawals if one.code == "forgotten"}
    sources, problems = read_sources(inputs.sources, base)
    names, left_out = forget_in_sources(sources, {iris.absolute(path, base) for path in forgotten})
    asked = witnesses(sources, base)
    result = Build(base, sources=sources, unreadable=[*inputs.unreadable, *problems], superseded=inputs.superseded)
    result.withdrawals = withdrawals
    seen: dict[tuple[str, str], Path] = {}
    nameless: list[Path] = []
    again: dict[tuple[str, str], Callable[..., Unit]] = {}
    for path in progress(inputs.files):
        try:
            read = reviewed(_read(path, country_iso3, nameless), path)
            response = read.response
            key = response.country_iso3, response.edition
            if key in seen:
                problem = f"answers the same edition for the same country as {seen[key]}"
                raise UnreadableInput(path, problem, "keep one of the two")
            registry = _registry(inputs, response.country_iso3)
            build_it = partial(build_unit, response, path, registry, base, asked, read.conflicts, forgotten)
            unit = build_it()
        except Exception as error:  # noqa: BLE001 - one bad input never stops the good ones, not even by a fault of ours
            result.unreadable.append(unbuilt(error, path))
        else:
            if forgotten:
                again[key] = build_it
            seen[key] = path
            result.units.append(unit)
            result.unreadable += read.problems
    result.units.sort(key=lambda unit: (unit.response.country_iso3, unit.response.edition))
    found = {(unit.response.country_iso3, unit.response.edition) for unit in result.units if unit.forgotten}
    hiding = Hiding(filter(tells, names.union(*(unit.forgotten for unit in result.units))))
    refuse_names(withdrawals, hiding)
    _forget_elsewhere(result, hiding, again, seen)
    for source in sources:
        source.validation = validate_source((t for triples in source.graphs.values() for t in triples), base)
    if any((folder / LINKS_FOLDER).is_dir() for folder in inputs.registries):
        result.links = accepted_links(inputs.registries, _agencies(result), base)
        result.unreadable += result.links.unreadable
        result.links.triples = hiding.triples(result.links.triples)
        result.links.left_out = [
            one for one in result.links.left_out if not hiding.is_shown_in([one.subject, one.object])
        ]
    result.withdrawals, result.contradictions = _buried(result)
    result.contradictions += left_out
    _hide(result, {*names, *(name for unit in result.units for name in unit.forgotten)})
    if is_anyone_nameless(forgotten, found):
        result.unreadable = with_neutral_files(result.unreadable, [*inputs.files, *result.superseded])
        result.superseded = [Path(neutral(path)) for path in result.superseded]
    return result


def _forget_elsewhere(
    built: Build,
    hiding: Hiding,
    again: Mapping[tuple[str, str], Callable[..., Unit]],
    files: Mapping[tuple[str, str], Path],
) -> None:
    """Hides names in all responses and sources: a response that shows one is built again without it."""
    if not hiding.names:
        return
    units = []
    for unit in built.units:
        key = unit.response.country_iso3, unit.response.edition
        if not set(hiding.names) <= set(unit.forgotten) and hiding.is_shown_in(unit):
            try:
                unit = again[key](withheld_names=hiding.names)
            except Exception as error:  # noqa: BLE001 - as above
                built.unreadable.append(unbuilt(error, files[key]))
                continue
        hidden_graphs = {path: hiding.triples(triples) for path, triples in unit.graphs.items()}
        if hidden_graphs != unit.graphs:  # what does not come of the response, such as a label of the registry
            unit.graphs, unit.validation = hidden_graphs, hiding.validation(unit.validation)
        units.append(unit)
    built.units = units
    for source in built.sources:
        source.graphs = {path: hiding.triples(triples) for path, triples in source.graphs.items()}


def _buried(built: Build) -> tuple[list[Withdrawal], list[str]]:
    """The withdrawals that stand, and what to say of the others: what the build describes is not withdrawn.

    One of the two is wrong, and the description stands.
    """
    withdrawn = {iris.absolute(one.path, built.base): one for one in built.withdrawals}
    graphs = [
        published_graphs(built.base),
        *(source.graphs for source in built.sources),
        *(unit.graphs for unit in built.units),
    ]
    triples = (triple for by_path in graphs if withdrawn for one in by_path.values() for triple in one)
    described = withdrawn.keys() & {text_of(triple.subject) for triple in triples}
    problem = "is withdrawn there, and is described all the same: the description stands"
    remedy = "delete its entry, or see why it is still there"
    return (
        [one for iri, one in withdrawn.items() if iri not in described],
        [f"{withdrawn[iri].file}: {iri} {problem} — {remedy}" for iri in sorted(described)],
    )


def _hide(built: Build, names: Collection[str]) -> None:
    """Withholds the names of the forgotten where files are named, or a message quotes one."""
    if names:
        built.superseded = [Path(hidden(readable(path), names)) for path in built.superseded]
        built.unreadable = [
            type(e)(hidden(e.file, names), hidden(e.problem, names), e.remedy) for e in built.unreadable
        ]
        built.contradictions = [hidden(text, names) for text in built.contradictions]
        for source in built.sources:
            source.path = Path(hidden(readable(source.path), names))


def _read(path: Path, country_iso3: str | None, nameless: list[Path]) -> Response:
    """The response in a file; the country that was given is that of one document alone, since it cannot be of two."""
    opened = open_input(path)
    try:
        return response_in(opened, path)
    except NoCountryNamed as error:
        if country_iso3 is None:
            raise
        if nameless:
            problem = f"names no country, and {country_iso3} was taken for {nameless[0]}"
            raise NoCountryNamed(path, problem, "build it apart, with a --country of its own") from error
        response = response_in(opened, path, country_iso3)
        nameless.append(path)
        return response


def _agencies(built: Build) -> set[str]:
    """The IRIs of the agencies that responses and sources describe."""
    is_a, agency = term("rdf:type", built.base), term("msq:Agency", built.base)
    graphs = [*(unit.graphs for unit in built.units), *(source.graphs for source in built.sources)]
    triples = (triple for by_path in graphs for triples in by_path.values() for triple in triples)
    return {text_of(triple.subject) for triple in triples if triple.predicate == is_a and triple.object == agency}


def _registry(inputs: Inputs, iso3: str) -> Registry:
    """A country's entries in all registry folders of the inputs."""
    entries = [entry for folder in inputs.registries for entry in load_registry(folder / f"{iso3}.yaml").entries]
    return Registry(tuple(entries))
