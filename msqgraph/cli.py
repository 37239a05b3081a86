"""The command line: arguments in, one call, exit code out.

Exit codes: 0 fine, 1 findings (violations or warnings), 2 usage, 3 input that cannot be read. Results go to stdout,
everything else to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from msqgraph.answers import AnswerFormat, ChartKind, deliver, write_file
from msqgraph.arguments import Base, Country, Version
from msqgraph.commands.check_iris import check_iris
from msqgraph.commands.cite import cite
from msqgraph.commands.forget import forget
from msqgraph.commands.w3id import w3id
from msqgraph.imports.command import app as import_app
from msqgraph.loading.command import load
from msqgraph.release.command import export
from msqgraph.reviews.command import review
from msqgraph.server.command import serve
from msqgraph.site.command import site
from msqgraph.terminal import open_console, say, warn_of_personal

if TYPE_CHECKING:
    from msqgraph.build import Build

FINDINGS, USAGE, UNREADABLE = 1, 2, 3

app = typer.Typer(
    help="Turn answers to the UN Member States Questionnaire into a validated knowledge graph.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(import_app, name="import")


@app.callback()
def _options(
    _version: Version = False,
) -> None:
    pass


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="The document of one response.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write the transcript; else to stdout.")
    ] = None,
    country: Country = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a transcript that is there.")] = False,
) -> None:
    """Read a document into a transcript that a person can correct."""
    from msqgraph.inputs import read_input
    from msqgraph.interpret import interpret
    from msqgraph.report import doubts

    if output and output.resolve() == file.resolve():
        raise typer.BadParameter("the transcript would overwrite the document", param_hint="--output")
    if output and output.exists() and not force:
        problem = f"{output} is there, and may hold corrections: give another name, or --force"
        raise typer.BadParameter(problem, param_hint="--output")
    response = interpret(read_input(file, country))
    _write(response.to_yaml().encode(), output)
    name = f"{response.country_iso3} {response.edition}"
    if country and country != response.country_iso3:
        say(f"{file}: the document says that it is of {name[:3]}, so --country {country} is not used")
    if output:
        say(f"{output}: {len(response.answers)} answers of {name}, {len(doubts(response))} doubtful places")


app.command()(review)


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(help="Documents, transcripts, imported .nq files, folders of them.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write the dataset to.")],
    country: Country = None,
    base: Base = None,
    include_personal: Annotated[
        bool, typer.Option("--include-personal", help="Also write personal.nq: what is withheld from everything else.")
    ] = False,
) -> None:
    """Build a dataset: store, RDF files, report."""
    import msqgraph
    from msqgraph.assets import DEFAULT_BASE
    from msqgraph.summary import print_summary

    built = msqgraph.build(paths, base=base or DEFAULT_BASE, country_iso3=country, progress=_progress)
    for error in built.unreadable:
        say(f"not read: {error}")
    for contradiction in built.contradictions:
        say(contradiction)
    if not built.units and not built.sources:
        say("nothing was built")
        raise typer.Exit(UNREADABLE)
    msqgraph.write_dataset(built, output, include_personal)
    print_summary(built, str(output), open_console())
    if include_personal:
        warn_of_personal(sum(len(unit.personal) for unit in built.units), output / "personal.nq")
    raise typer.Exit(_exit_code(built))


@app.command()
def validate(
    dataset: Annotated[Path, typer.Argument(help="A folder that `msqgraph build` wrote.")],
) -> None:
    """Validate a dataset again, response by response, and print what the shapes find."""
    from msqgraph.revalidation import revalidate
    from msqgraph.terminal import printable

    code = 0
    console = open_console()
    for name, validation in revalidate(dataset):
        looked_at = sum(validation.focus_nodes.values())
        console.print(f"{name}: {len(validation.focus_nodes)} shapes looked at {looked_at} focus nodes", markup=False)
        for finding in validation.findings:
            line = f"  {finding.severity:<10} {finding.message}  ({finding.focus_node})"
            console.print(printable(line), markup=False, soft_wrap=True, highlight=False)
            code = max(code, FINDINGS if finding.severity != "Info" else 0)
    raise typer.Exit(code)


@app.command()
def query(
    name_or_file: Annotated[
        str, typer.Argument(help="A question of the package (see `msqgraph questions`), or a file.")
    ],
    data: Annotated[str, typer.Option("--data", help="A dataset folder, or the address of a SPARQL endpoint.")],
    format: Annotated[
        AnswerFormat | None, typer.Option("-f", "--format", help="Default: table, or turtle for graphs.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write; else stdout.")] = None,
    chart: Annotated[Path | None, typer.Option(help="Draw the answer as FILE.svg, .png or .html.")] = None,
    kind: Annotated[ChartKind | None, typer.Option(help="The chart; else what the columns are made for.")] = None,
    columns: Annotated[str | None, typer.Option(help="What to draw, as a,b, if there are too many columns.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", help="A parameter as name=value; may be repeated.")
    ] = None,
    default_graph: Annotated[
        str | None, typer.Option("--default-graph", help="IRI of the merge on an endpoint such as Virtuoso's.")
    ] = None,
) -> None:
    """Ask a question of a dataset."""
    from msqgraph.queries import load_query, run
    from msqgraph.store import open_store
    from msqgraph.tables import about

    store, base = open_store(data, default_graph)
    question, values = load_query(name_or_file, base), dict(map(_pair, param or []))
    result = run(store, question, values, base)
    deliver(result, base, open_console(), format, output, chart, kind, columns, about(question, values, base))


@app.command()
def questions() -> None:
    """List the questions that come with the package."""
    from msqgraph.queries import load_query, query_names

    console = open_console()
    for name in query_names():
        question = load_query(name)
        parameters = "".join(f" --param {key}=..." for key in question.parameters)
        console.print(f"[bold]{name}[/bold]{parameters}\n  {question.summary}", soft_wrap=True, highlight=False)


app.command()(export)
app.command()(load)
app.command()(serve)
app.command()(site)
app.command()(cite)
app.command()(w3id)
app.command()(check_iris)
app.command()(forget)


@app.command()
def link(
    dataset: Annotated[str, typer.Argument(help="A dataset folder.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The list to write.")] = Path("candidates.yaml"),
    decided: Annotated[
        Path | None, typer.Option(help="A folder of decisions, such as responses/identity/links.")
    ] = None,
) -> None:
    """Propose agencies that may be the same, for a person to decide."""
    from msqgraph.linking import propose, save
    from msqgraph.links import decided_pairs

    candidates = propose(dataset, decided_pairs(decided))
    save(candidates, output)
    say(f"{output}: {len(candidates)} candidates")


def main() -> None:
    """Run the command line; errors that a user can mend are printed without a stack trace."""
    from msqgraph.errors import MsqgraphError, UnreadableInput

    try:
        app()
    except UnreadableInput as error:
        say(f"not read: {error}")
        sys.exit(UNREADABLE)
    except MsqgraphError as error:
        say(f"error: {error}")
        sys.exit(USAGE)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has what it wanted
        sys.exit(0)


def _exit_code(built: Build) -> int:
    if built.unreadable:
        return UNREADABLE
    validations = [*(unit.validation for unit in built.units), *(source.validation for source in built.sources)]
    grave = sum(validation.count(severity) for validation in validations for severity in ("Violation", "Warning"))
    return FINDINGS if grave or built.contradictions else 0


def _progress(files: Iterable[Path]) -> Iterator[Path]:
    """A progress bar on stderr, if that is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    files = list(files)
    if console.is_terminal:
        yield from track(files, "Building", console=console, transient=True)
    else:
        yield from files


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"{text!r} is not of the form name=value", param_hint="--param")
    return name, value


def _write(data: bytes, path: Path | None) -> None:
    if path is not None:
        return write_file(path, data)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return None
