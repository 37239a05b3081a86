"""``python -m tests.corpus.render [names...]``: the documents of the corpus, written anew from its transcripts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from msqgraph.errors import UnreadableInput
from tests.corpus import render_markup as markup
from tests.corpus import render_pdf as pdf
from tests.corpus import render_word as word
from tests.corpus.render_office import convert
from tests.corpus.render_scan import scanned_pdf, scanned_png
from tests.corpus.transcripts import CORPUS, FILE_NAME, Transcript, load_transcripts
from tests.corpus.word_form import WordForm

PICTURE_UNTIL = "5i"  # what a picture of the first pages shows


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a document is made, and what it can show.

    ``family``: the container that accuracy is told by; ``links``: whether a name's address can be opened
    (``markdown``: it stands in the text); ``until``: the last question shown, if the document is not whole.
    """

    suffix: str
    family: str
    render: Callable[[Transcript], bytes]
    links: Literal["real", "markdown", "none"] = "real"
    until: str | None = None


RENDERINGS: dict[str, Rendering] = {
    "docx-controls": Rendering("docx", "docx", lambda t: word.Controls(t).render()),
    "docx-legacy": Rendering("docx", "docx", lambda t: word.Legacy(t).render(), links="none"),
    "docx-symbols": Rendering("docx", "docx", lambda t: word.Symbols(t).render()),
    "docx-table": Rendering("docx", "docx", lambda t: word.Table(t).render()),
    "docx-textboxes": Rendering("docx", "docx", lambda t: word.TextBoxes(t).render(), links="none"),
    "docx-tracked": Rendering("docx", "docx", lambda t: word.Tracked(t).render()),
    "docx-hyperlinks": Rendering("docx", "docx", lambda t: word.Hyperlinks(t).render()),
    "docx-glyphs": Rendering("docx", "docx", lambda t: WordForm(t).render()),
    "docx-split": Rendering("docx", "docx", lambda t: word.Split(t).render()),
    "odt-office": Rendering("odt", "odt", lambda t: convert(word.Hyperlinks(t).render(), "odt")),
    "odt-controls": Rendering("odt", "odt", lambda t: convert(word.BoxControls(t).render(), "odt")),
    "odt-legacy": Rendering("odt", "odt", lambda t: convert(word.Legacy(t).render(), "odt"), links="none"),
    "doc": Rendering("doc", "doc", lambda t: convert(word.Paper(t).render(), "doc")),
    "rtf": Rendering("rtf", "rtf", lambda t: convert(word.Paper(t).render(), "rtf")),
    "pdf-office": Rendering("pdf", "pdf text", lambda t: convert(word.Paper(t).render(), "pdf")),
    "pdf-columns": Rendering("pdf", "pdf text", lambda t: pdf.Columns(t).render()),
    "pdf-table": Rendering("pdf", "pdf text", lambda t: pdf.Table(t).render()),
    "pdf-dingbats": Rendering("pdf", "pdf text", lambda t: pdf.Dingbats(t).render()),
    "pdf-form": Rendering("pdf", "pdf form", lambda t: pdf.Form(t).render(), links="none"),
    "pdf-drawn": Rendering("pdf", "pdf drawn", lambda t: pdf.Drawn(t).render()),
    "html-form": Rendering("html", "html", markup.html_form),
    "html-page": Rendering("html", "html", markup.html_page),
    "md": Rendering("md", "md", markup.markdown, links="markdown"),
    "txt": Rendering("txt", "txt", markup.plain_text, links="none"),
    "txt-marks": Rendering("txt", "txt", markup.marked_text, links="none"),
    "scan-pdf": Rendering("pdf", "scan pdf", lambda t: scanned_pdf(pdf.Drawn(t).render()), links="none"),
    "scan-png": Rendering(
        "png", "png", lambda t: scanned_png(pdf.Drawn(t, PICTURE_UNTIL).render()), links="none", until=PICTURE_UNTIL
    ),
}


def documents_of(transcript: Transcript) -> dict[str, Path]:
    """The documents that a transcript lists, by the name of their rendering.

    :raises UnreadableInput: if there is no rendering of a name.
    """
    for name in transcript.renderings:
        if name not in RENDERINGS:
            raise UnreadableInput(
                transcript.folder / FILE_NAME,
                f"no rendering is called {name!r}",
                f"give some of {', '.join(RENDERINGS)}",
            )
    return {name: transcript.folder / f"{name}.{RENDERINGS[name].suffix}" for name in transcript.renderings}


def main() -> int:
    """Write the documents; those that no transcript lists any more are removed."""
    parser = argparse.ArgumentParser(description="Writes the documents of the corpus from its transcripts.")
    parser.add_argument("names", nargs="*", help="folders to write (all)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the folder of the corpus")
    given = parser.parse_args()
    transcripts = [t for t in load_transcripts(given.corpus) if not given.names or t.name in given.names]
    if not transcripts:
        parser.error(f"no folder is called {' or '.join(given.names)}")
    jobs = []
    for transcript in transcripts:
        documents = documents_of(transcript)
        for file in sorted(transcript.folder.iterdir()):
            if file.stem in RENDERINGS and file not in documents.values():
                file.unlink()
        jobs += [(transcript, name, path) for name, path in documents.items()]
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(_write, jobs):
            sys.stdout.write(line)
    return 0


def _write(job: tuple[Transcript, str, Path]) -> str:
    transcript, name, path = job
    path.write_bytes(RENDERINGS[name].render(transcript))
    return f"{transcript.name}/{path.name}: {path.stat().st_size / 1024:.0f} KB\n"


if __name__ == "__main__":
    sys.exit(main())
