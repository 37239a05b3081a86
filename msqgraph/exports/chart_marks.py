"""Bars and lines."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from msqgraph.errors import UsageError
from msqgraph.exports.chart_columns import NOT_KNOWN, Choice
from msqgraph.values import Value, figure_of

# after Okabe and Ito, for any colour vision; yellow and grey are kept for what is not known
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#7F3C8D", "#000000")
MAX_BARS, MAX_LINES = 300, 2 * len(COLOURS)
_DASHES = ([1, 0], [5, 3])


def draw(choice: Choice, width: int) -> Any:
    """The bars, in the order of the rows, or the lines, one per name.

    :raises UsageError: if there are too many to be told apart.
    """
    return _bars(choice, width) if choice.drawing == "bar" else _lines(choice, width)


def _bars(choice: Choice, width: int) -> Any:
    """A bar per row; where the number is not known, the words instead of a bar."""
    import altair as alt

    names = choice.names
    if len(names) > MAX_BARS:
        raise UsageError(f"{len(names)} bars are too many to read (at most {MAX_BARS}) — let the query LIMIT them")
    known = [value for value in choice.value.values if isinstance(value, int | float)]
    data = [
        {"name": name, "value": value, "words": _words(value) + (f"  ({told})" if told else "")}
        for name, value, told in zip(names, choice.value.values, choice.denominators, strict=True)
    ]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        tooltip=[alt.Tooltip("name:N", title=_title(choice.text.name if choice.text else "")),
                 alt.Tooltip("words:N", title=_title(choice.value.name))],
    )  # fmt: skip
    scale = alt.Scale(domain=[min([0, *known]), max([0, *known]) or 1], nice=True)
    x = alt.X("value:Q", title=_title(choice.value.name), scale=scale, axis=alt.Axis(tickCount=6))
    bars = base.transform_filter("isValid(datum.value)").mark_bar(color=COLOURS[0]).encode(x=x)
    blanks = (
        base.transform_filter("!isValid(datum.value)")
        .mark_text(align="left", dx=4, color="#6B5900", fontStyle="italic")
        .encode(x=alt.datum(0, type="quantitative"), text="words:N")
    )
    figures = (
        base.transform_filter("isValid(datum.value)")
        .mark_text(align="left", dx=4, color="#333333", aria=False)
        .encode(x=x, text="words:N")
    )
    return alt.layer(bars, figures, blanks).properties(width=width, height=alt.Step(20))


def _lines(choice: Choice, width: int) -> Any:
    """A line per name with a point per year; it breaks where a number is not known, and after a break in the method."""
    import altair as alt

    assert choice.year is not None  # noqa: S101 - a line has years
    names = choice.names
    order = list(dict.fromkeys(names))
    if len(order) > MAX_LINES:
        raise UsageError(
            f"{len(order)} lines are too many to tell apart (at most {MAX_LINES}) — choose some in the query"
        )
    colours = [COLOURS[n % len(COLOURS)] for n in range(len(order))]
    points_of = [
        (order.index(name), year, {"name": name, "year": year, "value": value, "words": _words(value)})
        for name, year, value in zip(names, choice.year.values, choice.value.values, strict=True)
        if isinstance(year, int)
    ]
    years = sorted({year for _, year, _ in points_of})
    midway = {before: (before + after) / 2 for before, after in pairwise(years)}
    # no value between two years that do not compare: the line is not drawn across
    gaps = [
        (order.index(name), midway[year], {"name": name, "year": midway[year], "value": None, "words": ""})
        for name, year in choice.broken
    ]
    data = [row for _, _, row in sorted([*points_of, *gaps], key=lambda point: point[:2])]
    ticks = years if len(years) <= 20 else alt.Undefined
    legend = alt.Legend(title=_title(choice.text.name), orient="right", symbolSize=400) if choice.text else None
    colour = alt.Scale(domain=order, range=colours)
    dashes = alt.Scale(domain=order, range=[_DASHES[n // len(COLOURS)] for n in range(len(order))])
    x = alt.X("year:Q", title=_title(choice.year.name), axis=alt.Axis(format="d", values=ticks, grid=False),
              scale=alt.Scale(domain=[years[0], years[-1]], nice=False, zero=False, padding=10))  # fmt: skip
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=x,
        y=alt.Y("value:Q", title=_title(choice.value.name), scale=alt.Scale(zero=False, nice=True)),
        tooltip=["name:N", alt.Tooltip("year:Q", format="d"),
                 alt.Tooltip("words:N", title=_title(choice.value.name))],
    )  # fmt: skip
    lines = base.mark_line(invalid="break-paths-show-path-domains", strokeWidth=2).encode(
        color=alt.Color("name:N", sort=order, scale=colour, legend=legend),
        strokeDash=alt.StrokeDash("name:N", sort=order, scale=dashes, legend=legend),
    )
    points = base.transform_filter("isValid(datum.value)").mark_circle(size=40, opacity=1)
    dots = points.encode(color=alt.Color("name:N", sort=order, scale=colour, legend=None))
    breaks = [{"year": midway[year], "words": f"a break in the method after {year}"} for year in choice.broken_years]
    rules = (
        alt.Chart(alt.InlineData(values=breaks))
        .mark_rule(strokeDash=[2, 4], color="#555555", strokeWidth=1.5)
        .encode(x=x, description="words:N", tooltip="words:N")
    )
    return (
        alt.layer(*([rules] if breaks else []), lines, dots)
        .resolve_scale(color="independent", strokeDash="independent")
        .properties(width=width, height=380)
    )


def _title(name: str) -> str:
    return name.replace("_", " ")


def _words(value: Value) -> str:
    return NOT_KNOWN if value is None else figure_of(value)
