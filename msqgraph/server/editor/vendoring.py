"""The SPARQL editor as npm carries it: ``python -m msqgraph.server.editor.vendoring FOLDER`` with packed packages.

``static/vendor/yasgui/`` holds two files of ``@zazuko/yasgui``, byte for byte, and ``LICENSES.txt`` with the licence of
everything that is bundled in them. Which packages those are is read from the bundle's own source map, so that none is
forgotten when the editor is renewed.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tarfile
from pathlib import Path
from typing import Any

from msqgraph.errors import UnreadableInput

EDITOR = "@zazuko/yasgui@4.6.2"
SHA256 = {
    "yasgui.min.js": "55034eaac74c55f55fbd1eeed008ae38a79053651cbed2b453f1fcfd895a4b75",
    "yasgui.min.css": "085b94556b97f9928981bdedb6848fd11ad4d8d950e821f0d698c58ca538fc55",
}
# what the editor's bundle holds of others, in the version that it holds
BUNDLED = (
    "@fortawesome/free-solid-svg-icons@5.15.4",
    "@json2csv/formatters@7.0.8",
    "@json2csv/plainjs@7.0.8",
    "@tarekraafat/autocomplete.js@7.2.0",
    "autosuggest-highlight@3.3.4",
    "base64-js@1.5.1",
    "buffer@6.0.3",
    "codemirror@5.65.21",
    "column-resizer@1.4.0",
    "datatables.net@2.3.8",
    "decode-uri-component@0.2.2",
    "dompurify@3.4.13",
    "events@3.3.0",
    "filter-obj@1.1.0",
    "ieee754@1.2.1",
    "jquery@3.7.1",
    "jsuri@1.3.1",
    "lodash-es@4.18.1",
    "n3@1.26.0",
    "papaparse@5.6.0",
    "query-string@6.14.1",
    "sortablejs@1.15.7",
    "split-on-first@1.1.0",
    "store@2.0.12",
    "strict-uri-encode@2.0.0",
)
INSIDE = ("datatables.net-dt@2.3.8", "string-hash@1.1.3")  # in the style sheet, and within column-resizer
PACKAGES = (EDITOR, *BUNDLED, *INSIDE)
TARGET = Path(__file__).parent.parent / "static" / "vendor" / "yasgui"
_FROM = re.compile(r".*node_modules/((?:@[^/]+/)?[^/]+)/")
_LICENCE_FILE = re.compile(r"package/licen[cs]e(\.txt|\.md)?", re.IGNORECASE)
_HEAD = f"""\
yasgui.min.js and yasgui.min.css are those of {EDITOR}, unchanged. They hold parts of the packages below, each under
its own licence. Where a package has no licence file, what its package.json says of authors and licence is given.
"""
_MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def vendor(folder: Path) -> dict[str, bytes]:
    """The three files of ``static/vendor/yasgui`` by name, from a folder with all ``PACKAGES`` as npm packs them.

    :raises UnreadableInput: if a package is not there, a file is not the one that is expected, or the bundle holds a
        package that is not in ``BUNDLED``.
    """
    data = {}
    with tarfile.open(_archive(folder, EDITOR)) as package:
        for name, expected in SHA256.items():
            data[name] = _read(package, f"package/build/{name}")
            if hashlib.sha256(data[name]).hexdigest() != expected:
                raise UnreadableInput(folder, f"{name} is not that of {EDITOR}", f"run: npm pack {EDITOR}")
        found = bundled_in(_read(package, "package/build/yasgui.min.js.map"))
    if found != {_name(package) for package in BUNDLED}:
        differing = sorted(found ^ {_name(package) for package in BUNDLED})
        raise UnreadableInput(folder, f"the bundle and BUNDLED differ in {', '.join(differing)}", "correct BUNDLED")
    notices = "".join(_notice(folder, package) for package in PACKAGES)
    return {**data, "LICENSES.txt": f"{_HEAD}{notices}".encode()}


def bundled_in(source_map: bytes) -> set[str]:
    """The names of the packages that a bundle was made of, from its source map; without the editor's own parts.

    >>> sorted(bundled_in(b'{"sources": ["../../node_modules/@a/b/c.js", "../node_modules/d/e/f.js", "../src/g.ts"]}'))
    ['@a/b', 'd']
    """
    return {match[1] for source in json.loads(source_map)["sources"] if (match := _FROM.match(source))}


def _notice(folder: Path, package: str) -> str:
    with tarfile.open(_archive(folder, package)) as archive:
        about = json.loads(_read(archive, "package/package.json"))
        files = sorted(name for name in archive.getnames() if _LICENCE_FILE.fullmatch(name))
        words = _read(archive, files[0]).decode().replace("\r\n", "\n") if files else _declared(about)
    licence = about.get("license") or "see below"
    return f"\n{'=' * 120}\n{package} ({licence})\n{'=' * 120}\n\n{words.strip()}\n"


def _declared(about: dict[str, Any]) -> str:
    """What a package without a licence file says in its package.json, with the text of the licence that it names."""
    people = [about.get("author"), *about.get("contributors", [])]
    names = ", ".join(one["name"] if isinstance(one, dict) else one for one in people if one)
    words = f"By {names}. The package names its licence: {about['license']}.\n"
    return f"{words}\n{_MIT}" if about["license"] == "MIT" else words


def _archive(folder: Path, package: str) -> Path:
    """The file of a package, as ``npm pack`` names it."""
    path = folder / f"{package.lstrip('@').replace('/', '-').replace('@', '-')}.tgz"
    if not path.is_file():
        raise UnreadableInput(path, "is not there", f"run: npm pack {package}")
    return path


def _name(package: str) -> str:
    return package.rpartition("@")[0]


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(name)
    return member.read() if member else b""


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for file, content in vendor(Path(sys.argv[1])).items():
        (TARGET / file).write_bytes(content)
