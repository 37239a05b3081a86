"""A citation in the forms that people and programs take it over: a line of text, BibTeX, CSL-JSON.

The elements and their order are those of DataCite and of APA style for data sets: author, year, title, version,
publisher, address. Authors are governments and offices, never persons, so a name is never taken apart.

Specifications: https://docs.citationstyles.org/en/stable/specification.html, https://ctan.org/pkg/biblatex
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

# braces have to balance even where they are escaped, so they are written as names
_TEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says. ``issued``: a year or a day as 2026-11-24; ``container``: the title of the data set that
    the thing is in, whose ``version`` and ``publisher`` are given; ``dated``: a date in the words of the source.
    """

    key: str
    author: str
    title: str
    publisher: str
    version: str
    url: str
    issued: str | None = None
    container: str | None = None
    note: str | None = None
    page: str | None = None
    language: str | None = None
    dated: str | None = None

    def text(self) -> str:
        """One line, in APA style.

        >>> Citation("x", "Paraguay", "An answer", "An office", "1.0", "https://x.example/a", "2020", "Answers").text()
        'Paraguay. (2020). An answer [Data set]. In An office, Answers (Version 1.0). https://x.example/a'
        """
        year = self.issued[:4] if self.issued else "n.d."
        # APA names the publisher only where it is not the author
        publisher = "" if self.publisher == self.author else self.publisher
        version = f"(Version {self.version})"
        if self.container:
            source = f"{self.title} [Data set]. In {publisher and f'{publisher}, '}{self.container} {version}. "
        else:
            source = f"{self.title} {version} [Data set]. {publisher and f'{publisher}. '}"
        return _one_line(f"{self.author}. ({year}). {source}{self.url}")

    def bibtex(self) -> str:
        """An entry ``@dataset``, which BibLaTeX knows and BibTeX treats as ``@misc``; in UTF-8, with TeX's own
        characters escaped.

        >>> print(Citation("x", "A & B", "100 % {of} it", "An office", "1.0", "https://x.example/a#b_c").bibtex())
        @dataset{x,
          author = {{A \\& B}},
          title = {{100 \\% \\textbraceleft{}of\\textbraceright{} it}},
          publisher = {{An office}},
          version = {1.0},
          url = {https://x.example/a#b_c}
        }
        """
        values = {
            "author": f"{{{_tex(self.author)}}}",
            "title": f"{{{_tex(self.title)}}}",
            "year": self.issued and self.issued[:4],
            "month": self.issued and self.issued[5:7].lstrip("0"),
            "booktitle": self.container and f"{{{_tex(self.container)}}}",
            "publisher": f"{{{_tex(self.publisher)}}}",
            "version": _tex(self.version),
            "pages": self.page,
            "language": self.language,
            "note": _tex("; ".join(filter(None, (self.note, self.dated and f"dated {self.dated}")))),
            "url": self.url,
        }
        fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in values.items() if value)
        return f"@dataset{{{self.key},\n{fields}\n}}"

    def csl(self) -> str:
        """A list of one item in CSL-JSON.

        >>> citation = Citation("x", "Paraguay", "T", "P", "1.0", "https://x.example/", "2020-05-01")
        >>> json.loads(citation.csl())[0]["issued"]
        {'date-parts': [[2020, 5, 1]]}
        """
        item: dict[str, Any] = {
            "id": self.key,
            "type": "dataset",
            "author": [{"literal": _one_line(self.author)}],
            "title": _one_line(self.title),
            "issued": self.issued and {"date-parts": [[int(part) for part in self.issued.split("-")]]},
            "original-date": self.dated and {"literal": self.dated},
            "container-title": self.container and _one_line(self.container),
            "publisher": _one_line(self.publisher),
            "version": self.version,
            "page": self.page,
            "language": self.language,
            "note": self.note and _one_line(self.note),
            "URL": self.url,
        }
        return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)


FORMS = {"text": Citation.text, "bibtex": Citation.bibtex, "csl": Citation.csl}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX)
