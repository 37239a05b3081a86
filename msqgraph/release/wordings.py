"""Pieces of sentences in Markdown: names for IRIs, quotations, what is different in two texts, questions in order."""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST_QUOTED = 200  # characters
_AROUND = 3  # words that are kept on either side of a difference


def in_words(node: str, labels: Mapping[str, str]) -> str:
    """A label; else what the end of a property's or code's IRI spells; a web address or text as it is.

    >>> in_words("http://data.europa.eu/eli/ontology#passed_by", {}), in_words("http://purl.org/dc/terms/isPartOf", {})
    ('passed by', 'is part of')
    >>> in_words("https://www.mds.gov.py/", {})
    'https://www.mds.gov.py/'
    """
    if node in labels:
        return " ".join(labels[node].split())
    if not (match := re.fullmatch(r"\w+://(?:purl\.org|www\.w3\.org|[^#]*ontology\b|[^#]*#).*?(\w+)", node)):
        return " ".join(node.split())
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", match[1]).replace("_", " ").lower()


def quoted(text: str) -> str:
    """A text in quotation marks, cut where it is long.

    >>> quoted("5%")
    '“5%”'
    """
    return f"“{text[:MOST_QUOTED]}{'…' if len(text) > MOST_QUOTED else ''}”"


def changed_part(old: str, new: str) -> tuple[str, str]:
    """The part in which two texts differ, with a few words around it; short texts as a whole.

    >>> changed_part("a 5%", "a 7%")
    ('a 5%', 'a 7%')
    >>> changed_part("so " * 90 + "we spent 5% of it " + "on" * 90, "so " * 90 + "we spent 7% of it " + "on" * 90)[1]
    '… so we spent 7% of it …'
    """
    if max(len(old), len(new)) <= MOST_QUOTED:
        return old, new
    olds, news = old.split(), new.split()
    shorter = min(len(olds), len(news))
    start = next((i for i in range(shorter) if olds[i] != news[i]), shorter)
    end = next((i for i in range(shorter - start) if olds[-1 - i] != news[-1 - i]), shorter - start)
    first, last = max(0, start - _AROUND), max(0, end - _AROUND + 1)

    def part(words: list[str]) -> str:
        kept = words[first : len(words) - last]
        return " ".join([*(["…"] if first else []), *kept, *(["…"] if last else [])])

    return part(olds), part(news)


def natural(question: str) -> tuple[tuple[int, str], ...]:
    """What questions are sorted by, as they are on the form.

    >>> sorted(["13", "2c", "17", "5f"], key=natural)
    ['2c', '5f', '13', '17']
    """
    return tuple((int(number or 0), letters) for number, letters in re.findall(r"(\d+)|(\D+)", question))


def escaped(text: str) -> str:
    """A text in a line of Markdown, as it stands.

    >>> escaped("a_b")
    'a\\\\_b'
    """
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", text)
