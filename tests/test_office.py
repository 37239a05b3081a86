"""Old office files: read through LibreOffice, which fetches nothing and is always ended."""

from __future__ import annotations

import io
import os
import subprocess
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from msqgraph.documents import office, read_document
from msqgraph.errors import UnreadableInput
from tests import system

FIELD = r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres%d\ffdefres%d}}}{\fldrslt}}"
RTF = (
    r"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1\fnil\fcharset2 Wingdings;}}\pard 10. Statistics?\par "
    + f"{FIELD % (1, 0)} Yes {FIELD % (0, 0)} No\\par {FIELD % (25, 1)} preset\\par "
    + r"{\f1\'fe} Sign {\f1\'a8} none\par "
    + r'{\field{\*\fldinst HYPERLINK "https://www.gov.example/"}{\fldrslt portal}} A\u241?o\par}'
)


def libreoffice() -> str:
    """The program, or a skipped test."""
    return system.require("soffice", "libreoffice-writer")


def test_rich_text(tmp_path: Path) -> None:
    """Form fields, signs of symbol fonts, links and letters survive the conversion."""
    libreoffice()
    (tmp_path / "form.rtf").write_text(RTF, "ascii")
    document = read_document(tmp_path / "form.rtf")
    assert document.media_type == "application/rtf"
    states = [[box.state for box in block.boxes] for block in document.blocks]
    assert states == [[], ["ticked", "empty"], ["ticked"], ["ticked", "empty"], []]
    assert document.blocks[4].text == "portal Año"
    assert document.blocks[4].links[0].target == "https://www.gov.example/"


class Listener(BaseHTTPRequestHandler):
    """Answers nothing, but remembers that it was asked."""

    asked: list[str] = []  # noqa: RUF012 - of all requests

    def handle_one_request(self) -> None:
        """Take down the first line of a request."""
        self.asked.append(self.rfile.readline().decode("ascii", "replace"))
        self.close_connection = True


@pytest.fixture
def address() -> Iterator[str]:
    """An address whose requests are remembered."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/picture.png"
        server.shutdown()
        thread.join()


def test_nothing_is_fetched(tmp_path: Path, address: str) -> None:
    """A linked picture is fetched by LibreOffice as it comes, which makes the file for this test, but not by ours."""
    program = libreoffice()
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0" '
        f'xmlns:draw="{space}:drawing:1.0" xmlns:svg="{space}:svg-compatible:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text><text:p>Hello'
        '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image '
        f'xlink:href="{address}" xlink:type="simple"/></draw:frame></text:p></office:text></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(tmp_path / "x.odt", "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    Listener.asked.clear()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "x.odt"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert any("picture.png" in line for line in Listener.asked), "nothing was fetched, so that this test shows nothing"
    data = (tmp_path / "x.doc").read_bytes()
    assert address.encode("utf-16-le") in data or address.encode() in data
    Listener.asked.clear()
    assert [block.text for block in office.read(Path("x.doc"), data)] == ["Hello"]
    assert Listener.asked == []


def test_what_a_file_really_is(tmp_path: Path) -> None:
    """A page, a text or a Word file under the name of an old one is read as what it is, without LibreOffice."""
    import docx

    word = docx.Document()
    word.add_paragraph("Año")
    stored = io.BytesIO()
    word.save(stored)
    file = tmp_path / "form.doc"
    for data in (
        "<html><meta charset=utf-8><p>Año".encode(),
        "Año".encode(),
        "Año".encode("utf-16"),
        stored.getvalue(),
    ):
        file.write_bytes(data)
        assert read_document(file).text == "Año"


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """Bytes that are nothing, and a document that is cut off, are errors: LibreOffice would convert the former."""
    file = tmp_path / "form.doc"
    file.write_bytes(b"\x01\x02" * 500)
    with pytest.raises(UnreadableInput, match=r"form\.doc: no Word document or rich text"):
        read_document(file)
    libreoffice()
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    with pytest.raises(UnreadableInput, match=r"form\.doc: LibreOffice cannot convert it"):
        read_document(file)


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no LibreOffice is told what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_PLACES", ())
    with pytest.raises(UnreadableInput, match=r"install LibreOffice, or save the file as \.docx"):
        office.read(Path("x.rtf"), RTF.encode())


def test_no_process_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conversion that does not end is ended, with all that it started."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {tmp_path}/child\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(office, "TIMEOUT_S", 1.0)
    with pytest.raises(UnreadableInput, match="LibreOffice did not convert it within 1 s"):
        office.read(Path("x.rtf"), RTF.encode())
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        stat = Path(f"/proc/{child}/stat")
        if not stat.exists() or ") Z " in stat.read_text():
            return
        time.sleep(0.05)
    pytest.fail(f"process {child} still runs")
