"""The data files of a release: all parsers read the same out of them; one changed answer changes its own lines."""

from __future__ import annotations

import difflib
import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import msqgraph
from msqgraph.assets import DEFAULT_BASE
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.exports import graph_segments, rdf
from msqgraph.exports.dump import write_data
from msqgraph.terms import to_rdflib
from tests.conftest import ROOT
from tests.system import require

WHOLE = ("data/msqgraph.trig", "data/msqgraph.nq.gz", "data/msqgraph.jsonld")
MERGE = ("data/msqgraph.ttl", "data/msqgraph.rdf")
OF_2020 = ("editions/2020/msq-2020.trig", "editions/2020/msq-2020.nq.gz")
CONTEXT = "data/context.jsonld"
TRANSCRIPT = ROOT / "tests" / "cases" / "paraguay" / "answers.yaml"
HOSTILE = {
    "quotes": "\"'\\\"' \"\"\" ''' \\ \\n \\u0041",
    "lines": "\n\n \t\r\n\r \n",
    "markup": "]]> <![CDATA[ &< &amp; &#13; <!-- -- --> <?x ?> </rdf:RDF>",
    "separators": "\x7f\x85\u2028\u2029\u00a0",
    "right-to-left": "\u200f\u202eעברית\u202c العربية\u061c",
    "astral": "\U0001f600\U00010348e\u0301\ufeff",
    "space": "  ",
    "empty": "",
    "looks-like-json": '{"@id": "x"}',
    "looks-like-an-iri": "https://example.org/",
    "looks-like-a-name": "msq:country",
}
CONTROL = "a\x00b\x01c\x1b"
E = "http://example.org/"


@pytest.fixture(scope="module", params=["sample", "world"])
def datasets(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A dataset's folder, and one with its data files."""
    dataset: Path = request.getfixturevalue("dataset" if request.param == "sample" else "world")
    folder = tmp_path_factory.mktemp("release")
    write_data(dataset, folder, DEFAULT_BASE)
    return dataset, folder


def text(folder: Path, name: str) -> bytes:
    """A file's bytes, unpacked."""
    data = (folder / name).read_bytes()
    return gzip.decompress(data) if name.endswith(".gz") else data


def parsed(folder: Path, name: str) -> list[ox.Quad]:
    """What pyoxigraph reads out of a file."""
    kind = {"ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML, "trig": ox.RdfFormat.TRIG,
            "gz": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}[name.rsplit(".", 1)[1]]  # fmt: skip
    return list(ox.parse(text(folder, name), format=kind))


def expected(dataset: Path, name: str) -> set[ox.Quad]:
    """What a file must hold, by the dataset's own files."""
    if name in MERGE:
        return set(ox.parse(path=str(dataset / "dataset.ttl"), format=ox.RdfFormat.TURTLE))
    quads = set(ox.parse(path=str(dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS))
    return quads if name in WHOLE else {quad for quad in quads if "/2020/" in str(quad.graph_name)}


def small(folder: Path, quads: set[ox.Quad]) -> Path:
    """A dataset folder of these quads."""
    folder.mkdir()
    (folder / "dataset.nq").write_bytes(rdf.nquads(quads))
    (folder / "dataset.ttl").write_bytes(rdf.turtle(quad.triple for quad in quads))
    (folder / "report.json").write_text(json.dumps({"base": DEFAULT_BASE}), encoding="utf-8")
    return folder


def said(value: ox.Literal | ox.NamedNode, name: str = "p", graph: str = "graph/response/2020/PRY") -> ox.Quad:
    """A quad that says something of a thing."""
    return ox.Quad(ox.NamedNode(E + "s"), ox.NamedNode(E + name), value, ox.NamedNode(DEFAULT_BASE + graph))


@pytest.mark.parametrize("name", [*WHOLE, *MERGE, *OF_2020])
def test_pyoxigraph_reads_what_the_dataset_holds(datasets: tuple[Path, Path], name: str) -> None:
    """The same quads, each once."""
    dataset, folder = datasets
    found, wanted = parsed(folder, name), expected(dataset, name)
    assert len(wanted) > 5000
    assert len(found) == len(wanted)
    assert set(found) == wanted


@pytest.mark.parametrize("name", [*WHOLE, *MERGE])
def test_rdflib_reads_the_same(datasets: tuple[Path, Path], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same triples in the same graphs, with their lexical forms."""
    dataset, folder = datasets
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    wanted = {(*to_rdflib(quad.triple), graph_name(quad)) for quad in expected(dataset, name)}
    found = by_rdflib(folder, name)
    assert len(found) == len(wanted) > 5000
    assert found == wanted


def by_rdflib(folder: Path, name: str) -> set[tuple[object, ...]]:
    """What rdflib reads out of a file, each triple with the name of its graph."""
    kind = {"ttl": "turtle", "rdf": "xml", "trig": "trig", "gz": "nquads", "jsonld": "json-ld"}[name.rsplit(".", 1)[1]]
    if name in MERGE:
        return {(*triple, "") for triple in rdflib.Graph().parse(data=text(folder, name), format=kind)}
    quads = rdflib.Dataset()
    quads.parse(data=text(folder, name), format=kind)
    return {(s, p, o, str(g)) for s, p, o, g in quads.quads()}


def graph_name(quad: ox.Quad) -> str:
    """The IRI of a quad's graph; none for the default graph."""
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def test_pyld_reads_the_same(datasets: tuple[Path, Path]) -> None:
    """A processor of JSON-LD 1.1 that passes the W3C's tests, with the context that is inside."""
    dataset, folder = datasets
    assert by_pyld(folder, "data/msqgraph.jsonld") == expected(dataset, "data/msqgraph.jsonld")


def by_pyld(folder: Path, name: str) -> set[ox.Quad]:
    """What PyLD reads out of a file."""
    from pyld import jsonld  # type: ignore[import-untyped]

    nquads = jsonld.to_rdf(json.loads(text(folder, name)), {"format": "application/n-quads"})
    return set(ox.parse(nquads.encode(), format=ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize("name", [MERGE[0], WHOLE[0], OF_2020[0]])
def test_serd_reads_the_same(datasets: tuple[Path, Path], name: str) -> None:
    """A strict parser in C for Turtle and TriG."""
    dataset, folder = datasets
    assert by_serd(folder, name) == expected(dataset, name)


def by_serd(folder: Path, name: str) -> set[ox.Quad]:
    """What serdi reads out of a file."""
    syntax = "trig" if name.endswith(".trig") else "turtle"
    command = [require("serdi", "serdi"), "-i", syntax, "-o", "nquads", str(folder / name)]
    read = subprocess.run(command, capture_output=True, check=True)
    assert read.stderr == b""
    return set(ox.parse(read.stdout, format=ox.RdfFormat.N_QUADS))


@pytest.mark.parametrize("name", MERGE)
def test_raptor_reads_the_same(datasets: tuple[Path, Path], name: str) -> None:
    """An old parser in C that many tools are built on."""
    dataset, folder = datasets
    assert by_raptor(folder, name) == expected(dataset, name)


def by_raptor(folder: Path, name: str) -> set[ox.Quad]:
    """What rapper reads out of a file of the merge."""
    syntax = "rdfxml" if name.endswith(".rdf") else "turtle"
    command = [require("rapper", "raptor2-utils"), "-q", "-i", syntax, "-o", "ntriples", str(folder / name)]
    read = subprocess.run(command, capture_output=True, check=True)
    assert read.stderr == b""
    return set(ox.parse(read.stdout, format=ox.RdfFormat.N_TRIPLES))


if RIOT := shutil.which("riot"):  # no package of Debian's brings it, so nothing can ask for it

    @pytest.mark.parametrize("name", [*WHOLE, *MERGE])
    def test_jena_counts_the_same(datasets: tuple[Path, Path], name: str) -> None:
        """Where Apache Jena is installed."""
        dataset, folder = datasets
        read = subprocess.run([str(RIOT), "--count", str(folder / name)], capture_output=True, check=True, text=True)
        assert f"{len(expected(dataset, name)):,}" in read.stdout + read.stderr


def test_two_writings_are_the_same_bytes(datasets: tuple[Path, Path], tmp_path: Path) -> None:
    """No clock, name of a folder or order of files is in any."""
    dataset, folder = datasets
    write_data(dataset, tmp_path / "again", DEFAULT_BASE)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert names == sorted([*WHOLE, *MERGE, CONTEXT, *OF_2020])
    assert [name for name in names if (folder / name).read_bytes() != (tmp_path / "again" / name).read_bytes()] == []
    assert {(folder / name).read_bytes()[3:8] for name in names if name.endswith(".gz")} == {b"\0\0\0\0\0"}


def test_one_changed_answer_changes_its_own_lines(tmp_path: Path) -> None:
    """In every text format: as many lines go as come, all about this answer, and none moves."""
    old, new = "publican a través de informes", "publican mediante informes"
    transcript = TRANSCRIPT.read_text(encoding="utf-8")
    assert transcript.count(old) == 1
    for name, words in (("before", transcript), ("after", transcript.replace(old, new))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "PRY.yaml").write_text(words, encoding="utf-8")
        msqgraph.write_dataset(msqgraph.build([tmp_path / name / "PRY.yaml"]), tmp_path / name / "build")
        write_data(tmp_path / name / "build", tmp_path / name / "release", DEFAULT_BASE)
    changed = {}
    for name in (*WHOLE, *MERGE, *OF_2020):
        before, after = (text(tmp_path / of / "release", name).decode().split("\n") for of in ("before", "after"))
        lines = [
            line for line in difflib.unified_diff(before, after, n=0, lineterm="") if line[:3] not in ("---", "+++")
        ]
        gone, came = ([line[1:] for line in lines if line[0] == sign] for sign in "-+")
        assert [line.replace(old, new) for line in gone] == came, name
        assert all(old in line for line in gone), name
        changed[name] = len(gone)
    triples = changed["data/msqgraph.nq.gz"]
    assert triples > 0
    assert set(changed.values()) == {triples}
    assert text(tmp_path / "before" / "release", CONTEXT) == text(tmp_path / "after" / "release", CONTEXT)


def test_the_context_is_the_one_inside(datasets: tuple[Path, Path]) -> None:
    """The published context and that of the documents are one, and neither says what processors disagree on."""
    _, folder = datasets
    published, inside = text(folder, CONTEXT).decode(), text(folder, "data/msqgraph.jsonld").decode()
    context = json.loads(published)["@context"]
    assert json.loads(inside)["@context"] == context
    assert inside.startswith(published.removesuffix("}\n"))
    assert len(context) > 80
    assert not any(word in published for word in ("@container", "@index", "@language", "@vocab", "@base"))


def test_a_document_is_written_by_hand(datasets: tuple[Path, Path], tmp_path: Path) -> None:
    """With the published context, names are short and IRIs are strings."""
    _, folder = datasets
    document = {
        **json.loads(text(folder, CONTEXT)),
        "@id": E + "agency",
        "@type": "msq:Agency",
        "skos:prefLabel": {"@value": "Ministerio", "@language": "es"},
        "msq:country": f"{DEFAULT_BASE}id/country/PRY",
        "msq:responsibleFor": ["policy-area:health", "policy-area:education"],
    }
    (tmp_path / "own.jsonld").write_text(json.dumps(document), encoding="utf-8")
    wanted = """
        @prefix msq: <https://w3id.org/msqgraph/ontology#> .
        @prefix area: <https://w3id.org/msqgraph/code/policy-area/> .
        <http://example.org/agency> a msq:Agency ; <http://www.w3.org/2004/02/skos/core#prefLabel> "Ministerio"@es ;
        msq:country <https://w3id.org/msqgraph/id/country/PRY> ; msq:responsibleFor area:health , area:education ."""
    assert set(parsed(tmp_path, "own.jsonld")) == set(ox.parse(wanted, format=ox.RdfFormat.TURTLE))


def hostile_quads() -> set[ox.Quad]:
    """Every hostile text as a plain string, in a language, with a type, and where an IRI is expected."""
    own = ox.NamedNode(E + "type")
    quads = {said(ox.Literal(words), name) for name, words in HOSTILE.items()}
    quads |= {said(ox.Literal(words, language="ar"), name) for name, words in HOSTILE.items()}
    quads |= {said(ox.Literal(words, datatype=own), name) for name, words in HOSTILE.items()}
    quads.add(said(ox.Literal("30.0", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))))
    quads.add(said(ox.NamedNode("http://example.org/a//b?x=1&y='2'#é")))
    quads.add(said(ox.NamedNode(f"{DEFAULT_BASE}code/policy-area//x")))
    country = ox.NamedNode(f"{DEFAULT_BASE}ontology#country")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for value in (ox.Literal("msq:country"), ox.Literal("x", language="es"), ox.NamedNode(E + "y")):
        quads.add(ox.Quad(ox.NamedNode(E + "s"), country, value, ox.NamedNode(E + "g")))
    quads.add(
        ox.Quad(ox.NamedNode(E + "s"), kind, ox.NamedNode(f"{DEFAULT_BASE}ontology#Agency"), ox.NamedNode(E + "g"))
    )
    return quads


@pytest.mark.parametrize("name", [*WHOLE, *MERGE])
def test_hostile_texts_survive(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotes, line ends of all kinds, markup, marks of direction, characters beyond the basic plane, odd IRIs."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    dataset = small(tmp_path / "build", hostile_quads())
    write_data(dataset, tmp_path, DEFAULT_BASE)
    wanted = expected(dataset, name)
    assert len(wanted) > 3 * len(HOSTILE)
    assert set(parsed(tmp_path, name)) == wanted
    assert by_rdflib(tmp_path, name) == {(*to_rdflib(quad.triple), graph_name(quad)) for quad in wanted}
    if name in MERGE:
        assert by_raptor(tmp_path, name) == wanted
    if name.endswith(".jsonld"):
        assert by_pyld(tmp_path, name) == wanted
    if name.endswith((".trig", ".ttl")):
        assert by_serd(tmp_path, name) == wanted


@pytest.mark.parametrize("format_", ["trig", "nquads", "jsonld"])
def test_control_characters_survive_where_they_can(tmp_path: Path, format_: str) -> None:
    """Formats with escapes keep them."""
    dataset = small(tmp_path / "build", {said(ox.Literal(CONTROL))})
    kind = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}[format_]
    assert set(ox.parse(rdf.export(dataset, format_), format=kind)) == {said(ox.Literal(CONTROL))}


@pytest.mark.parametrize(
    ("quad", "message"),
    [
        (said(ox.Literal("a\x01b")), "U+0001"),
        (said(ox.Literal("\uffff")), "U+FFFF"),
        (said(ox.Literal("x"), "123"), f"<{E}123>"),
        (said(ox.Literal("x"), "a%20"), f"<{E}a%20>"),
        (said(ox.Literal("x"), ""), f"<{E}>"),
        (said(ox.NamedNode("msq:country")), "scheme is a prefix"),
    ],
)
def test_what_a_format_cannot_say_is_named(tmp_path: Path, quad: ox.Quad, message: str) -> None:
    """It is refused, never lost; and no file is left that is not part of a release."""
    dataset = small(tmp_path / "build", {quad})
    with pytest.raises(UsageError, match=r".* — ") as caught:
        write_data(dataset, tmp_path / "release", DEFAULT_BASE)
    assert message in str(caught.value)
    names = {path.relative_to(tmp_path / "release").as_posix() for path in (tmp_path / "release").rglob("*.*")}
    assert names <= {*WHOLE, *MERGE, CONTEXT, *OF_2020}


def test_a_dataset_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    """A line without a graph is named, and no temporary file stays."""
    dataset = small(tmp_path / "build", {said(ox.Literal("x"))})
    (dataset / "dataset.nq").write_text('<http://a> <http://b> "c" .\n', encoding="utf-8")
    with pytest.raises(UnreadableInput, match="no quad of a named graph"):
        write_data(dataset, tmp_path / "release", DEFAULT_BASE)
    assert sorted(path.name for path in (tmp_path / "release").iterdir()) == ["data"]


def test_a_graph_larger_than_the_buffer(datasets: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Many extents, which cut through graphs and subjects, make the same segments."""
    dataset, _ = datasets
    with (dataset / "dataset.nq").open("rb") as lines, graph_segments.graph_segments(lines) as segments:
        at_once = [(segment.graph, list(segment.lines()), list(segment.quads())) for segment in segments]
    monkeypatch.setattr(graph_segments, "_PARSED_LINES", 7)
    with (dataset / "dataset.nq").open("rb") as lines, graph_segments.graph_segments(lines, None, 10_000) as segments:
        in_pieces = [(segment.graph, list(segment.lines()), list(segment.quads())) for segment in segments]
    assert in_pieces == at_once
    assert len(in_pieces) > 5


def test_trig_reads_like_turtle(datasets: tuple[Path, Path]) -> None:
    """Each graph's block is what the same triples are as Turtle."""
    dataset, folder = datasets
    name = f"{DEFAULT_BASE}graph/facts/2020/PRY"
    triples = [quad.triple for quad in expected(dataset, WHOLE[0]) if graph_name(quad) == name]
    block = text(folder, WHOLE[0]).decode().split(f"<{name}> {{\n", 1)[1].split("\n}\n", 1)[0]
    alone = rdf.turtle(triples, declared=rdf.declared_prefixes()).decode()
    body = [line for line in alone.splitlines() if not line.startswith("@prefix")]
    assert [line.removeprefix("\t") for line in block.splitlines()] == body


def test_the_export_is_the_file_of_the_release(datasets: tuple[Path, Path]) -> None:
    """One writer per format."""
    dataset, folder = datasets
    files = {"turtle": MERGE[0], "trig": WHOLE[0], "nquads": WHOLE[1], "jsonld": WHOLE[2]}
    assert set(files) == set(rdf.FORMATS)
    assert [format_ for format_, name in files.items() if rdf.export(dataset, format_) != text(folder, name)] == []


def test_nothing_personal_is_read(tmp_path: Path) -> None:
    """A personal graph beside the dataset reaches no file of a release."""
    dataset = small(tmp_path / "build", {said(ox.Literal("public"))})
    secret = said(ox.Literal("secret"), graph="graph/personal/2020/PRY")
    (dataset / "personal.nq").write_bytes(rdf.nquads({secret}))
    write_data(dataset, tmp_path / "release", DEFAULT_BASE)
    files = [path for path in (tmp_path / "release").rglob("*") if path.is_file()]
    assert len(files) == 8
    assert [path for path in files if b"secret" in text(path.parent, path.name)] == []
    with_it = set(ox.parse(rdf.export(dataset, "trig", include_personal=True), format=ox.RdfFormat.TRIG))
    assert with_it == {said(ox.Literal("public")), secret}
    lines = rdf.export(dataset, "nquads", include_personal=True).splitlines()
    assert len(lines) == 2
    assert lines == sorted(lines)


def test_a_stream_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    """The temporary file is gone when the lines end in an error."""

    def lines() -> Iterator[bytes]:
        yield b"<http://a> <http://b> <http://c> <http://g> .\n"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"), graph_segments.graph_segments(lines(), tmp_path, 1):
        pass
    assert list(tmp_path.iterdir()) == []


def test_each_edition_is_a_file(tmp_path: Path) -> None:
    """Years are found in the names of graphs; what is of no edition is in none."""
    graphs = ["graph/response/2018/PRY", "graph/corroboration/2020/PRY", "graph/codes", "graph/questionnaire/2022"]
    write_data(small(tmp_path / "b", {said(ox.Literal(g), graph=g) for g in graphs}), tmp_path, DEFAULT_BASE)
    assert sorted(path.name for path in (tmp_path / "editions").iterdir()) == ["2018", "2020"]
    assert [quad.object.value for quad in parsed(tmp_path, "editions/2018/msq-2018.trig")] == [graphs[0]]  # type: ignore[union-attr]
