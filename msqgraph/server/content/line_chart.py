"""Where the lines of a chart run: numbers over years as points in a box, broken where nothing may be joined."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 12, 30  # room around the lines, for what stands at the axes


@dataclass(frozen=True, slots=True)
class Point:
    """A number of a year, and its place: ``x`` to the right, ``y`` down, in units of the drawing."""

    year: int
    value: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """All points of a series, and the runs of them that are joined, each as ``points`` of a polyline."""

    slug: str
    points: tuple[Point, ...]
    runs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines in a box of ``width`` times ``height``, with the places of the marks on both axes."""

    width: int
    height: int
    lines: tuple[Line, ...]
    years: tuple[tuple[int, float], ...]
    levels: tuple[tuple[float, float], ...]
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def line_chart(
    years: Sequence[int],
    series: Mapping[str, Sequence[float | None]],
    breaks: Collection[tuple[str, int]] = (),
) -> LineChart:
    """Series of numbers from 0 to 1 as lines; None is no point, and no line runs over it.

    :param years: in order; each series has a value for each.
    :param breaks: of which series the line ends at which year, to begin anew at the next.

    >>> chart = line_chart([2018, 2020, 2022, 2024], {"egdi": [0.5, None, 0.6, 0.7]})
    >>> [point.year for point in chart.lines[0].points], len(chart.lines[0].runs)
    ([2018, 2022, 2024], 1)
    """
    first, last = (years[0], years[-1]) if years else (0, 0)
    room = WIDTH - LEFT - RIGHT

    def x(year: int) -> float:
        return round(LEFT + room * ((year - first) / (last - first) if last > first else 0.5), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(max(value, 0.0), 1.0), 1)

    lines = []
    for slug, values in series.items():
        runs: list[list[Point]] = [[]]
        for year, value in zip(years, values, strict=True):
            if value is None:
                runs.append([])
                continue
            runs[-1].append(Point(year, value, x(year), y(value)))
            if (slug, year) in breaks:
                runs.append([])
        joined = tuple(" ".join(f"{p.x:g},{p.y:g}" for p in run) for run in runs if len(run) > 1)
        lines.append(Line(slug, tuple(point for run in runs for point in run), joined))
    levels = tuple((level / 4, y(level / 4)) for level in range(5))
    return LineChart(WIDTH, HEIGHT, tuple(lines), tuple((year, x(year)) for year in years), levels)
