"""Files that an office program writes: LibreOffice makes them of a Word file.

Dates and identifiers that it puts in are set to fixed values afterwards, as far as the format lets us.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from tests.corpus.word_parts import dated

_SOFFICE_TIMEOUT_S = 180
_DATE = b"2019-03-12T09:00:00"


def convert(word_file: bytes, suffix: str) -> bytes:
    """A Word file as ``odt``, ``doc``, ``rtf`` or ``pdf``.

    :raises RuntimeError: if the office program is missing or fails.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "questionnaire.docx").write_bytes(word_file)
        command = [
            "soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", suffix, "--outdir", str(folder / "out"), str(folder / "questionnaire.docx"),
        ]  # fmt: skip
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_SOFFICE_TIMEOUT_S,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1552381200", "TZ": "UTC"},
        )  # fmt: skip
        written = folder / "out" / f"questionnaire.{suffix}"
        if not written.exists():
            raise RuntimeError(f"soffice wrote no {suffix}: {done.stderr or done.stdout}")
        data = written.read_bytes()
    return {"odt": _steady_odt, "pdf": _steady_pdf, "rtf": _steady_rtf}.get(suffix, bytes)(data)


def _steady_odt(data: bytes) -> bytes:
    """Without the picture of the first page, with fixed dates, and names that are not drawn at random."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "meta.xml":
                content = re.sub(rb"(?<=>)\d{4}-\d\d-\d\dT[\d:.]+(?=<)", _DATE, content)
                content = re.sub(rb"PT\d[\w.]*S(?=<)", b"PT0S", content)
            elif name == "META-INF/manifest.xml":
                content = re.sub(rb'\s*<manifest:file-entry[^>]*"Thumbnails/[^>]*/>', b"", content)
            elif name == "settings.xml":
                content = re.sub(rb'("Rsid(?:Root)?" config:type="int">)\d+', rb"\g<1>1", content)
            elif name == "content.xml":
                content = re.sub(rb"(__Fieldmark__\d+)_\d+", rb"\1_1", _numbered_lists(content))
            if not name.startswith("Thumbnails/"):
                new.writestr(name, content)
    return dated(stream.getvalue())


def _numbered_lists(content: bytes) -> bytes:
    names = dict.fromkeys(re.findall(rb'(?<=")list\d+(?=")', content))
    numbers = {name: b"list%d" % number for number, name in enumerate(names, 1)}
    return re.sub(rb'(?<=")list\d+(?=")', lambda match: numbers[match[0]], content)


def _steady_pdf(data: bytes) -> bytes:
    """With a fixed date and identifier, as long as the old ones, so that offsets in the file stay right."""
    data = re.sub(rb"/CreationDate\(D:\d{14}", b"/CreationDate(D:20190312090000", data)
    data = re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, data)
    return re.sub(rb"<[0-9A-F]{32}>", b"<" + b"0" * 32 + b">", data)


def _steady_rtf(data: bytes) -> bytes:
    """Without the times of writing."""
    return re.sub(rb"\{\\(creatim|revtim|printim)[^}]*\}", b"", data)
