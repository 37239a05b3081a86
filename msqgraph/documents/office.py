"""Old office files (``.doc``, ``.rtf``): LibreOffice converts them to ``.docx``, which the docx reader reads.

What a file is, its first bytes tell, not its name: a web page, text, PDF or ``.docx`` that is named ``.doc`` goes to
its own reader. LibreOffice runs for one file, in a folder and with a profile of its own that are removed afterwards,
without macros, and is ended after ``TIMEOUT_S``.

Findings (LibreOffice 7.4.7, watched by a local HTTP server): converting a ``.doc`` with a linked picture fetches the
picture. Neither "block links from untrusted documents" nor "never update links" stops that, since a conversion has no
document that would be untrusted. A proxy that is not there does stop it, so the profile names one; the two options and
the highest macro security are set besides. Without a proper beginning any bytes are converted "well", as text, which is
why the first bytes are looked at. A conversion takes about 1.5 s.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from msqgraph.documents.document import Block, ImageOnly
from msqgraph.documents.isolation import OCR_TIMEOUT_S, read_isolated
from msqgraph.errors import UnreadableInput

TIMEOUT_S = 120.0
_OLE, _RTF, _ZIP, _PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rt", b"PK\x03\x04", b"%PDF-"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<table", b"<p>", b"<div", b"<!--")
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS", r"C:\Program Files\LibreOffice\program")
_REMEDY = "open it in the program it was made with and save it as .docx"
_SETTINGS = {
    "Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "Office.Writer/Content/Update": {"Link": "0", "Field": "false", "Chart": "false"},
    "Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetNoProxy": "",
        # the discard port of this very machine: whatever is linked is not found
        **{f"ooInet{kind}ProxyName": "127.0.0.1" for kind in ("HTTP", "HTTPS", "FTP")},
        **{f"ooInet{kind}ProxyPort": "9" for kind in ("HTTP", "HTTPS", "FTP")},
    },
}


def read(path: Path, data: bytes) -> list[Block]:
    """The blocks of an old office file, as the docx reader finds them in its conversion.

    :raises UnreadableInput: if LibreOffice is not installed, cannot convert the file or takes too long, if it is no
        document of these kinds, or if the reader of what it really is says so.
    """
    kind = actual_kind(data)
    if kind is None:
        raise UnreadableInput(path, "no Word document or rich text, whatever its name says", _REMEDY)
    if kind == "text":
        from msqgraph.documents import text

        return text.read(path, data)
    if kind in ("doc", "rtf"):
        data, kind = converted(path, data, kind), "docx"
    try:
        return read_isolated(kind, path, data)
    except ImageOnly:
        return read_isolated("scan", path, data, OCR_TIMEOUT_S)


def actual_kind(data: bytes) -> str | None:
    """What a file named ``.doc`` or ``.rtf`` is, told by its first bytes; None if that is nothing we know.

    >>> [actual_kind(data) for data in (b"{\\\\rtf1 A}", b"<html><p>A", b"%PDF-1.7", b"1. What is", b"\\x00\\x01")]
    ['rtf', 'html', 'pdf', 'text', None]
    """
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if data.startswith(_OLE):
        return "doc"
    if head.startswith(_RTF):
        return "rtf"
    if data.startswith(_ZIP):
        return "odt" if _ODT in data[:120] else "docx"
    if head.startswith(_PDF):
        return "pdf"
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        if head.lower().startswith(_HTML) or (head.startswith(b"<?xml") and b"<html" in head.lower()):
            return "html"
        if any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
            return None
    return "text"


def converted(path: Path, data: bytes, kind: str) -> bytes:
    """The bytes of the ``.docx`` that LibreOffice makes of a file; ``kind``: ``doc`` or ``rtf``.

    :raises UnreadableInput: if LibreOffice is not installed, fails, or takes longer than ``TIMEOUT_S``.
    """
    program = _program()
    if program is None:
        remedy = "install LibreOffice, or save the file as .docx"
        raise UnreadableInput(path, "reading old office files needs LibreOffice, which is not installed", remedy)
    # LibreOffice may still write to its profile while it is being ended
    with tempfile.TemporaryDirectory(prefix="msqgraph-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        source = folder / f"document.{kind}"
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        _run(command, path, folder)
        try:
            return (folder / "out" / "document.docx").read_bytes()
        except FileNotFoundError:
            problem = "LibreOffice cannot convert it (damaged, encrypted, or no text document)"
            raise UnreadableInput(path, problem, _REMEDY) from None


def _program() -> str | None:
    places = os.pathsep.join((os.environ.get("PATH", ""), *_PLACES))
    return next(filter(None, (shutil.which(name, path=places) for name in _PROGRAMS)), None)


def _registry() -> str:
    """The settings of the profile, as LibreOffice stores them."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{node}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for node, settings in _SETTINGS.items()
        for name, value in settings.items()
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def _run(command: list[str], path: Path, folder: Path) -> None:
    """Run LibreOffice to its end; its launcher starts other processes, so that all of its group is ended."""
    environment = {**os.environ, "HOME": str(folder), "GIO_USE_VFS": "local", "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(  # noqa: S603 - a fixed command, the document's name is ours
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            _end(process)
            problem = f"LibreOffice did not convert it within {TIMEOUT_S:g} s"
            raise UnreadableInput(path, problem, _REMEDY) from None
        except BaseException:  # an interrupted build leaves nothing running
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):  # all of them may have just ended
        os.killpg(process.pid, signal.SIGKILL)
