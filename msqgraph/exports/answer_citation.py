"""How one answer is cited, from what is known of it: by its government, in the year of its edition, with its quote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msqgraph.exports.citation_forms import Citation
from msqgraph.release.about import Release

LONGEST_TITLE, LONGEST_QUOTE = 160, 600


@dataclass(frozen=True, slots=True)
class CitedAnswer:
    """What the citation of an answer needs to know. ``wording`` is the question's, ``form`` the title of the form,
    ``author`` what the country is called, ``dated`` the date in the words of the response. ``quote`` is left out where
    it names a person.
    """

    iri: str
    number: str
    wording: str = ""
    form: str = ""
    author: str | None = None
    year: str | None = None
    dated: str | None = None
    quote: str = ""
    page: str | None = None
    language: str | None = None


def cite_answer(answer: CitedAnswer, release: Release) -> Citation:
    """How an answer in a release is cited.

    >>> from msqgraph.release.about import About
    >>> release = Release(About(version="1.0", title="Answers"))
    >>> iri = "https://w3id.org/msqgraph/id/response/2020/PRY/5f"
    >>> cited = CitedAnswer(iri, "5f", "Environment", "questionnaire of 2020", "Paraguay", "2020")
    >>> cite_answer(cited, release).title
    'Answer to question 5f (‘Environment’) of the questionnaire of 2020'
    """
    about = release.about
    return Citation(
        key=key_of(answer.iri, release.base),
        author=answer.author or about.publisher.name,
        title=f"Answer {to_question(answer.number, answer.wording, answer.form)}",
        publisher=about.publisher.name,
        version=about.version,
        url=answer.iri,
        issued=answer.year or about.issued,
        container=about.title,
        dated=answer.dated,
        note=f"“{shortened(answer.quote, LONGEST_QUOTE)}”" if answer.quote else None,
        page=answer.page,
        language=answer.language,
    )


def to_question(number: str, wording: str, form: str) -> str:
    """The words that say which question something answers.

    >>> to_question("5f", "Environment", "questionnaire of 2020")
    'to question 5f (‘Environment’) of the questionnaire of 2020'
    """
    asked = shortened(wording, LONGEST_TITLE)
    return f"to question {number}{f' (‘{asked}’)' if asked else ''} of the {form}"


def key_of(iri: str, base: str) -> str:
    """The key of a thing's citation, from its IRI.

    >>> key_of("https://w3id.org/msqgraph/id/response/2020/PRY/5f", "https://w3id.org/msqgraph/")
    'msq-response-2020-PRY-5f'
    """
    return "msq-" + re.sub(r"[^A-Za-z0-9.]+", "-", iri.removeprefix(base).removeprefix("id/"))


def shortened(text: str, most: int) -> str:
    """A text in one line, cut between words where it has more than so many characters.

    >>> shortened("one  two three", 9)
    'one two…'
    """
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]}…"
