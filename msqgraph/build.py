"""Many responses → one dataset. A response is a unit of work: its quads and its report depend on its own inputs alone.

One bad input never stops the good ones: it is named in the report, with what to do about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph import assets, iris
from msqgraph.corroboration import Witness, corroborate, witnesses
from msqgraph.errors import MappingLoss, UnreadableInput, readable
from msqgraph.identity import identify
from msqgraph.inference import entail
from msqgraph.inputs import Inputs, find_inputs, read_input
from msqgraph.interpret import interpret
from msqgraph.keys import term
from msqgraph.links import FOLDER as LINKS_FOLDER
from msqgraph.links import Links, accepted_links
from msqgraph.mapping import map_answers, map_facts
from msqgraph.personal import withhold
from msqgraph.published import background, countries_in
from msqgraph.questionnaire import load_questionnaire
from msqgraph.records import as_json
from msqgraph.registry import Registry, load_registry
from msqgraph.response import Response
from msqgraph.source_validation import validate_source
from msqgraph.sources import Source, read_sources
from msqgraph.terms import text_of
from msqgraph.validation import Validation, validate

if TYPE_CHECKING:
    import pyoxigraph as ox

    Graphs = dict[str, list[ox.Triple]]


@dataclass(slots=True)
class Unit:
    """What became of one response: its public graphs by path, its personal graph, and what the shapes found."""

    source: str
    response: Response
    graphs: Graphs
    personal: list[ox.Triple]
    validation: Validation


@dataclass(slots=True)
class Build:
    """Everything that a build made, in the order of country and edition, what it took over, and could not read."""

    base: str
    units: list[Unit] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    unreadable: list[UnreadableInput] = field(default_factory=list)
    superseded: list[Path] = field(default_factory=list)
    links: Links = field(default_factory=Links)


def build_unit(
    response: Response,
    source: Path,
    registry: Registry | None = None,
    base: str = assets.DEFAULT_BASE,
    asked: Sequence[Witness] = (),
) -> Unit:
    """Interpret, identify, withhold, map, corroborate, infer, validate one response.

    :param asked: the sources that are asked about its statements.
    :raises MappingLoss: if a value of the response cannot be kept as RDF.

    >>> path = Path("tests/cases/paraguay/answers.yaml")
    >>> sorted(build_unit(read_input(path), path).graphs)
    ['graph/facts/2020/PRY', 'graph/inferred/2020/PRY', 'graph/response/2020/PRY']
    """
    form = load_questionnaire(response.edition)
    identified = identify(interpret(response, form), registry, form, base)
    public = withhold(identified, form)
    answers = sorted(map_answers(as_json(public, base), base), key=str)
    facts = map_facts(answers, base)
    said = [triple for witness in asked for triple in corroborate(answers, facts, witness, base)]
    known = [*background(base), *countries_in([*answers, *facts], base)]
    validation = validate([*known, *answers, *facts, *said], base)
    key = response.country_iso3, response.edition
    graphs = {
        iris.graph("response", *key): answers,
        iris.graph("facts", *key): facts,
        iris.graph("inferred", *key): entail([*answers, *facts], base),
    }
    if said:
        graphs[iris.graph("corroboration", *key)] = sorted(set(said), key=str)
    shown = readable(source)
    if shown.endswith(response.document.file_name):  # a file's name, too, can tell who filled in the form
        shown = shown.removesuffix(response.document.file_name) + public.document.file_name
    withheld = sorted(set(map_answers(as_json(identified, base), base)) - set(answers), key=str)
    return Unit(shown, public, graphs, withheld, validation)


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

    >>> built = build(["responses"])
    >>> [unit.response.country_iso3 for unit in built.units], built.unreadable
    (['PRY'], [])
    """
    inputs = find_inputs(paths)
    sources, problems = read_sources(inputs.sources, base)
    for source in sources:
        source.validation = validate_source((t for triples in source.graphs.values() for t in triples), base)
    asked = witnesses(sources, base)
    result = Build(base, sources=sources, unreadable=[*inputs.unreadable, *problems], superseded=inputs.superseded)
    seen: dict[tuple[str, str], Path] = {}
    for path in progress(inputs.files):
        try:
            response = read_input(path, country_iso3)
            key = response.country_iso3, response.edition
            if key in seen:
                problem = f"answers the same edition for the same country as {seen[key]}"
                raise UnreadableInput(path, problem, "keep one of the two")
            unit = build_unit(response, path, _registry(inputs, response.country_iso3), base, asked)
        except UnreadableInput as error:
            result.unreadable.append(error)
        except MappingLoss as error:
            result.unreadable.append(UnreadableInput(path, str(error), "nothing of this response was built"))
        except Exception as error:  # noqa: BLE001 - one bad input never stops the good ones, not even by a fault of ours
            problem = f"{type(error).__name__}: {error}"
            result.unreadable.append(UnreadableInput(path, problem, "this is a fault of the program: please report it"))
        else:
            seen[key] = path
            result.units.append(unit)
    result.units.sort(key=lambda unit: (unit.response.country_iso3, unit.response.edition))
    if any((folder / LINKS_FOLDER).is_dir() for folder in inputs.registries):
        result.links = accepted_links(inputs.registries, _agencies(result), base)
        result.unreadable += result.links.unreadable
    return result


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
