"""Charts of answers: bar, line, world map; as SVG, PNG, or a page that needs no network.

Every chart states of how many countries it speaks, where its figures come from, and that shapes and names are no
statement about any territory. The same rows make the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import msqgraph
from msqgraph.errors import UsageError
from msqgraph.exports.chart_columns import Choice, choose
from msqgraph.exports.extra import needed_for
from msqgraph.values import Kind, Row

if TYPE_CHECKING:
    import altair as alt

WIDTH = 760
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_VEGA_LITE = "6.4"  # the version that Altair 6 writes
_NAMES = (
    "Names of countries and areas are those of the data. They imply no opinion of anyone on the legal status of a "
    "country or area, and no endorsement by the United Nations."
)
_SHAPES = (
    "Borders are drawn as Natural Earth has them (public domain, 1:110 million): it shows who is in control. "
    "Circles stand for countries too small to be seen. Neither borders nor names imply an opinion of anyone on the "
    "legal status of a country, area or border, and none is endorsed by the United Nations. See also the UN's own "
    "disclaimer on its maps."
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body {{ margin: 1rem; font-family: sans-serif }} #chart {{ max-width: 100%; overflow-x: auto }}</style>
</head>
<body>
<div id="chart" role="img" aria-label="{label}"></div>
<noscript>{label}. This page draws its chart with JavaScript of its own.</noscript>
<script>{program}</script>
<script>vegaEmbed("#chart", {specification}, {options}).catch(console.error);</script>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn answer. ``altair`` is the chart to go on working with; ``drawing`` is bar, line or map."""

    drawing: str
    title: str
    subtitle: str
    altair: alt.VConcatChart

    def svg(self) -> str:
        """The chart as SVG, with its text as text."""
        import vl_convert as vlc

        drawn = vlc.vegalite_to_svg(self._specification(), vl_version=_VEGA_LITE, allowed_base_urls=[])
        start, end, rest = drawn.partition(">")
        return f"{start}{end}<title>{escape(self.title)}</title><desc>{escape(self.subtitle)}</desc>{rest}"

    def png(self, scale: float = 2.0) -> bytes:
        """The chart as PNG; ``scale`` is pixels per unit of the SVG."""
        import vl_convert as vlc

        return vlc.vegalite_to_png(self._specification(), vl_version=_VEGA_LITE, scale=scale, allowed_base_urls=[])

    def html(self) -> str:
        """A page with the chart, its data and the program that draws it, which tells the values under the pointer."""
        # no sign of the data may end the script element; in the bundle itself the minifier would undo this
        specification = json.dumps(self._specification(), ensure_ascii=False).replace("<", "\\u003c")
        options = '{"renderer": "svg", "actions": false, "ast": false}'
        return _PAGE.format(
            title=escape(self.title),
            label=escape(f"{self.title} {self.subtitle}"),
            program=_program(),
            specification=specification,
            options=options,
        )

    def save(self, file: Path | str) -> None:
        """Writes the chart to ``FILE.svg``, ``.png`` or ``.html``.

        :raises UsageError: if the suffix is none of these, or the file cannot be written.
        """
        path, data = Path(file), b""
        match path.suffix.lower():
            case ".svg":
                data = self.svg().encode()
            case ".png":
                data = self.png()
            case ".html":
                data = self.html().encode()
            case _:
                raise UsageError(f"{path}: a chart is written as .svg, .png or .html")
        try:
            path.write_bytes(data)
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror}) — check the folder") from None

    def _repr_svg_(self) -> str:
        return self.svg()

    def _specification(self) -> dict[str, Any]:
        specification: dict[str, Any] = self.altair.to_dict()
        return specification


@cache
def _program() -> str:
    """Vega, Vega-Lite and Vega-Embed, to be run in a page; it takes 2 s to put together."""
    import vl_convert as vlc

    return vlc.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=_VEGA_LITE)


def draw(
    variables: Sequence[str],
    rows: Sequence[Row],
    kinds: Sequence[Kind],
    *,
    about: Mapping[str, str] | None = None,
    kind: str | None = None,
    columns: Sequence[str] = (),
) -> Chart:
    """The rows as the chart that :func:`msqgraph.exports.chart_columns.choose` finds for them.

    :raises UsageError: if the columns make no chart, there are too many bars, lines or categories, or the extra is not
        installed.
    """
    with needed_for("a chart"):
        import altair as alt
        import vl_convert  # noqa: F401 - a chart that cannot be drawn is of no use
    from msqgraph.exports import chart_marks, world_map

    told = {"title": "", "name": "", "setting": "", "source": "", **(about or {})}
    choice = choose(variables, rows, kinds, kind, columns)
    if choice.drawing == "map":
        body, datasets, omitted = world_map.draw(choice, WIDTH)
    else:
        body, datasets = chart_marks.draw(choice, WIDTH), {}
        broken = ", ".join(map(str, choice.broken_years))
        omitted = f"dotted: a break in the method after {broken}" if broken else ""
    subtitle = "; ".join(part for part in (told["setting"], choice.coverage, choice.setting, omitted) if part)
    heading = alt.TitleParams(text=wrap(told["title"] or told["name"], 80) or [""], subtitle=wrap(subtitle, 120))
    framed = _framed(body.properties(title=heading), choice, told)
    framed.datasets = datasets or alt.Undefined
    return Chart(choice.drawing, told["title"] or told["name"], subtitle, framed)


def _framed(body: Any, choice: Choice, told: Mapping[str, str]) -> alt.VConcatChart:
    """The chart over its source and the note on names and borders."""
    import altair as alt

    query = f", query {told['name']}" if told["name"] else ""
    figures = f". Figures: {told['source']}" if told["source"] else ""
    source = (
        f"Source: dataset of msqgraph {msqgraph.__version__} on the UN Member States Questionnaire{query}{figures}."
    )
    note = wrap(source, 130) + wrap(_SHAPES if choice.drawing == "map" else _NAMES, 130)
    foot = (
        alt.Chart(alt.InlineData(values=[{}]))
        .mark_text(align="left", baseline="top", fontSize=11, color="#555555", lineHeight=14, aria=False)
        .encode(x=alt.value(0), y=alt.value(0), text=alt.value(note))
        .properties(width=WIDTH, height=14 * len(note))
    )
    framed: alt.VConcatChart = (
        alt.vconcat(body, foot, spacing=14, background="white", padding=12)
        .resolve_scale(color="independent", strokeDash="independent")
        .configure(font=_FONT)
        .configure_title(anchor="start", frame="group", fontSize=16, subtitleFontSize=12, subtitleColor="#444444")
        .configure_axis(labelLimit=360, labelFontSize=11, titleFontSize=11, titleFontWeight="normal")
        .configure_legend(labelLimit=260, labelFontSize=11, titleFontSize=11, titleFontWeight="normal")
        .configure_view(stroke=None)
    )
    return framed
