"""A query's answer as a table of Python values, and from there as a frame, a file or a chart.

Frames, files and charts need the extra: ``pip install 'msqgraph[analysis]'``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.errors import UsageError
from msqgraph.values import Kind, Row, Value, is_year, kind_of, value_of

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from msqgraph.exports.charts import Chart
    from msqgraph.queries import Query
    from msqgraph.store import Results, Store


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of Python values under the variables of a query; ``None`` where a variable has no value.

    IRIs and text are ``str``, numbers ``int`` or ``float``, years ``int``; what each column holds is in ``kinds``.
    ``title`` is the question, ``name`` the query that asked it, ``setting`` its parameters, ``source`` whose figures
    they are; charts state them.

    >>> table = Table(("iso3", "portals"), (("PRY", 14), ("URY", None)))
    >>> table.kinds, len(table), table.column("portals")
    (('text', 'integer'), 2, [14, None])
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    kinds: tuple[Kind, ...] = ()
    title: str = ""
    name: str = ""
    setting: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if not self.kinds:
            columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.variables)
            object.__setattr__(self, "kinds", tuple(map(kind_of, columns)))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Each row as a dictionary."""
        return (dict(zip(self.variables, row, strict=True)) for row in self.rows)

    def column(self, variable: str) -> list[Value]:
        """The values of a column.

        :raises UsageError: if there is no such column.
        """
        if variable not in self.variables:
            raise UsageError(f"no column {variable!r}: there are {', '.join(self.variables)}")
        at = self.variables.index(variable)
        return [row[at] for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame: ``Int64``, ``float64``, ``boolean``, ``string`` or ``datetime64`` columns; blanks stay blank.

        :raises UsageError: if the extra is not installed.
        """
        from msqgraph.exports.frames import pandas_frame

        return pandas_frame(self.variables, self.rows, self.kinds)

    def to_polars(self) -> pl.DataFrame:
        """A polars frame: ``Int64``, ``Float64``, ``Boolean``, ``String``, ``Date`` or ``Datetime`` columns.

        :raises UsageError: if the extra is not installed.
        """
        from msqgraph.exports.frames import polars_frame

        return polars_frame(self.variables, self.rows, self.kinds)

    def chart(self, kind: str | None = None, columns: Sequence[str] = ()) -> Chart:
        """A bar, line or world map of the rows, whichever the columns are made for.

        :param kind: ``bar``, ``line`` or ``map``, if it shall be that one.
        :param columns: the columns to draw, where the table has more than a chart can take.
        :raises UsageError: if the columns make no chart, or the extra is not installed.
        """
        from msqgraph.exports.charts import draw

        about = {"title": self.title, "name": self.name, "setting": self.setting, "source": self.source}
        return draw(self.variables, self.rows, self.kinds, about=about, kind=kind, columns=columns)

    def _repr_html_(self) -> str:
        """The table for a notebook: escaped, links for IRIs on the web only."""
        from msqgraph.exports.html import html

        return html(self.variables, self.rows, self.kinds, self.title).decode()


def table_of(result: Results, title: str = "", name: str = "", setting: str = "", source: str = "") -> Table:
    """The answer of a store as a table; yes or no as one cell.

    :raises UsageError: if the answer is a graph.
    """
    import pyoxigraph as ox

    if isinstance(result, ox.QueryTriples):
        raise UsageError("the query makes a graph, which is no table — use -f turtle, or msqgraph.run")
    if isinstance(result, ox.QueryBoolean):
        return Table(("answer",), ((bool(result),),), (), title, name, setting, source)
    variables = tuple(variable.value for variable in result.variables)
    terms = [tuple(solution[variable] for variable in result.variables) for solution in result]
    rows = tuple(tuple(map(value_of, row)) for row in terms)
    return Table(variables, rows, tuple(_kinds(len(variables), terms, rows)), title, name, setting, source)


def ask(name_or_file: str | Path, *, data: str | Path | Store, **params: str | int) -> Table:
    """The answer to a question as a table.

    :param name_or_file: a question of the package (``msqgraph questions`` lists them), or a file with a query.
    :param data: a dataset folder, the address of a SPARQL endpoint, or a store.
    :param params: parameters of the question, such as ``country="PRY"``.
    :raises UsageError: if there is no such question, parameter or dataset, or the query makes a graph.

    >>> from msqgraph.store import EmbeddedStore
    >>> ask("which-portals-does-a-country-name", data=EmbeddedStore(), country="PRY").variables
    ('iso3', 'kind', 'website')
    """
    from msqgraph.assets import DEFAULT_BASE
    from msqgraph.queries import load_query, run
    from msqgraph.store import open_store

    store, base = open_store(str(data)) if isinstance(data, str | Path) else (data, DEFAULT_BASE)
    query = load_query(str(name_or_file), base)
    values = {name: str(value) for name, value in params.items()}
    return table_of(run(store, query, values, base), **about(query, values, base))


def about(query: Query, values: Mapping[str, str], base: str) -> dict[str, str]:
    """What a table and a chart say about themselves: ``title``, ``name``, ``setting`` and ``source``.

    >>> from msqgraph.queries import load_query
    >>> told = about(load_query("which-indicators-are-stated"), {"country": "PRY"}, "https://w3id.org/msqgraph/")
    >>> told["setting"], told["source"]
    ('country PRY', 'answers of governments to the UN Member States Questionnaire (self-reported)')
    """
    from msqgraph.queries import setting

    return {
        "title": query.summary or query.name,
        "name": query.name,
        "setting": ", ".join(f"{name} {value}" for name, value in setting(query, dict(values), base)),
        "source": _source(query),
    }


def _source(query: Query) -> str:
    """Whose figures they are, by the tags of a question: ``egdi``, and ``section-1`` and so on for the form's."""
    index, form = (
        "the EGDI of the UN E-Government Survey (compiled)",
        ("answers of governments to the UN Member States Questionnaire (self-reported)"),
    )
    if "egdi" not in query.tags:
        return form if query.tags else f"{form}, or what else the query reads"
    return f"{index}; {form}" if any(tag.startswith("section-") for tag in query.tags) else index


def _kinds(width: int, terms: list[tuple[object, ...]], rows: tuple[Row, ...]) -> Iterator[Kind]:
    for at in range(width):
        kind = kind_of([row[at] for row in rows])
        years = all(is_year(row[at]) for row in terms if row[at] is not None)
        yield "year" if kind == "integer" and years else kind
