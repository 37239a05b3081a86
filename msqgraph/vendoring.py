"""The shapes of the world map, from the npm package that carries them: ``python -m msqgraph.vendoring PACKAGE.tgz``.

``msqgraph/exports/world-110m.json`` is the package's file, byte for byte: TopoJSON of Natural Earth's countries at
1:110 million, whose ids are M49 codes. At that scale 28 Member States are too small to have a shape; for those
``world-points.json`` says where they are, computed from the same package's file at 1:10 million.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from msqgraph.errors import UnreadableInput

PACKAGE = "world-atlas@2.0.2"
SHA256 = {
    "package/countries-110m.json": "2516c915867c7baf18ddec727aec46c315541a07cfb3d79a6559b05d5e94eee8",
    "package/countries-10m.json": "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79",
}
_SHAPES, _DETAILS = SHA256
TARGET = Path(__file__).parent / "exports"


def vendor(archive: Path) -> dict[str, bytes]:
    """The two files by name, from the package as npm packs it.

    :raises UnreadableInput: if a file of the package is not the one that is expected.
    """
    data = {}
    with tarfile.open(archive) as package:
        for name, expected in SHA256.items():
            member = package.extractfile(name)
            data[name] = member.read() if member else b""
            if hashlib.sha256(data[name]).hexdigest() != expected:
                raise UnreadableInput(archive, f"{name} is not that of {PACKAGE}", f"run: npm pack {PACKAGE}")
    shapes = {shape.get("id") for shape in _countries(json.loads(data[_SHAPES]))}
    topology = json.loads(data[_DETAILS])
    points = {
        shape["id"]: _middle(topology, shape)
        for shape in sorted(_countries(topology), key=_area_last(topology))
        if "id" in shape and shape["id"] not in shapes
    }
    lines = ",\n".join(f'"{m49}": {json.dumps(point)}' for m49, point in sorted(points.items()))
    return {"world-110m.json": data[_SHAPES], "world-points.json": f"{{\n{lines}\n}}\n".encode()}


def _countries(topology: Any) -> list[Any]:
    return list(topology["objects"]["countries"]["geometries"])


def _area_last(topology: Any) -> Any:
    """Orders shapes by area, so that of two under one code the larger one comes last and wins."""
    return lambda shape: max((abs(_area(ring)) for ring in _rings(topology, shape)), default=0.0)


def _middle(topology: Any, shape: Any) -> list[float]:
    """Longitude and latitude of the middle of the largest part, to a hundredth of a degree."""
    ring = max(_rings(topology, shape), key=lambda ring: abs(_area(ring)))
    (x, y), area = ring[0], _area(ring)
    if not area:
        return [round(x, 2), round(y, 2)]
    near = [(a - x, b - y) for a, b in ring]
    turns = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(near)]
    return [round(ring[0][n] + sum((a[n] + b[n]) * turn for a, b, turn in turns) / (6 * area), 2) for n in (0, 1)]


def _area(ring: list[tuple[float, float]]) -> float:
    x, y = ring[0]
    return sum((a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y) for a, b in pairwise(ring)) / 2


def _rings(topology: Any, shape: Any) -> list[list[tuple[float, float]]]:
    """The outer rings of a shape in degrees."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [[point for arc in polygon[0] for point in _arc(topology, arc)] for polygon in polygons]


def _arc(topology: Any, number: int) -> list[tuple[float, float]]:
    """An arc's points; TopoJSON stores differences, and a negative number is an arc read backwards."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for step_x, step_y in topology["arcs"][~number if number < 0 else number]:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + shift_x, y * scale_y + shift_y))
    return points[::-1] if number < 0 else points


if __name__ == "__main__":
    for file, content in vendor(Path(sys.argv[1])).items():
        (TARGET / file).write_bytes(content)
