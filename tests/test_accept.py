"""Content negotiation: which form of an answer a client gets, whatever its headers say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msqgraph.server.protocol.accept import joined, preferred, preferred_language

TURTLE, XML, JSON_LD, HTML = "text/turtle", "application/rdf+xml", "application/ld+json", "text/html"
OFFERED = (TURTLE, XML, JSON_LD, HTML)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
PROFILE = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'
MEDIA_TYPES = [
    # what is sent · what is chosen
    (None, TURTLE),
    ("", TURTLE),
    ("*/*", TURTLE),
    ("application/rdf+xml", XML),
    ("APPLICATION/RDF+XML", XML),
    ("application/*", XML),
    ("text/*", TURTLE),
    ("text/html", HTML),
    ("image/png", None),
    (BROWSER, HTML),
    ("*; q=.2, text/html; q=.3", HTML),
    # weights
    ("text/turtle;q=0.5, application/rdf+xml;q=0.8", XML),
    ("text/turtle;q=0.5,application/rdf+xml;q=0.50", TURTLE),
    ("text/turtle;q=0.001, application/ld+json;q=0.002", JSON_LD),
    ("text/turtle ; Q=0.1 , application/ld+json ; q = 0.2", JSON_LD),
    ("application/ld+json;q=1.000, text/turtle", TURTLE),
    # the most specific range says the weight, however low, and wherever it stands
    ("text/*;q=0.9, text/turtle;q=0.1, application/rdf+xml;q=0.5", HTML),
    ("*/*, text/*;q=0.1", XML),
    ("text/turtle;q=0.1, */*", XML),
    # nothing is taken that is excluded
    ("text/turtle;q=0", None),
    ("*/*;q=0", None),
    ("text/turtle;q=0, */*", XML),
    ("text/turtle;q=0.000, text/*;q=0.3", HTML),
    ("*/*;q=0, application/ld+json", JSON_LD),
    ("text/turtle, */*;q=0.0", TURTLE),
    # what is named wins over what only a wildcard covers, at the same weight
    ("application/ld+json, */*", JSON_LD),
    ("*/*, application/ld+json", JSON_LD),
    # parameters
    ("text/turtle;charset=utf-8", TURTLE),
    ("text/turtle;charset=UTF-8;q=0.3, text/html;q=0.2", TURTLE),
    ("text/turtle;charset=iso-8859-1", None),
    ("text/html;level=1", None),
    ("text/html;level=1, text/html;q=0.1", HTML),
    ("text/html;level=1;q=0, text/html", HTML),
    (PROFILE, JSON_LD),
    (f"{PROFILE};q=0.1, text/turtle;q=0.5", TURTLE),
    ('text/turtle;x="a,b;q=0.9", application/ld+json;q=0.1', JSON_LD),
    ('text/turtle;x="\\"", application/ld+json;q=0.1', JSON_LD),
    # what cannot be read is left out; if that is everything, the header counts as none
    ("text/turtle;q=2, application/rdf+xml;q=0.1", XML),
    ("text/turtle;q=-1, application/rdf+xml;q=0.1", XML),
    ("text/turtle;q=x, application/rdf+xml;q=0.1", XML),
    ("text/turtle;q=, application/rdf+xml;q=0.1", XML),
    ("text/turtle;q=nan, application/rdf+xml;q=0.1", XML),
    ("text/turtle;q=1e-1, application/rdf+xml;q=0.1", XML),
    ("turtle, application/rdf+xml;q=0.1", XML),
    ("*/turtle, application/rdf+xml;q=0.1", XML),
    ("text /turtle, application/rdf+xml;q=0.1", XML),
    ("text/turtle/x, application/rdf+xml;q=0.1", XML),
    (", ,application/rdf+xml,, ;", XML),
    ("application/rdf+xml;;q=0.5;", XML),
    ("turtle", TURTLE),
    (",", TURTLE),
    (";q=1", TURTLE),
    ('"', TURTLE),
    ('application/rdf+xml, text/turtle;x="unclosed, text/html', XML),
    ("application/rdf+xml\x00, text/html", HTML),
]
LANGUAGES = [
    (None, "en"),
    ("", "en"),
    ("*", "en"),
    ("es", "es"),
    ("ES-py", "es"),
    ("de, fr;q=0.2", "fr"),
    ("de", "en"),
    ("fr;q=0.1, es;q=0.2", "es"),
    ("fr, es", "fr"),
    ("es, fr", "es"),
    ("zh-Hant-TW", "zh"),
    ("zh-x-private", "zh"),
    ("de-CH-1996, *", "en"),
    ("en;q=0, *", "es"),
    ("en;q=0", "es"),
    ("en;q=0.1, *;q=0.5", "es"),
    ("en;q=0, es;q=0, fr;q=0, zh;q=0", "en"),
    ("es;q=0, es-PY", "en"),
    ("espanol, fr;q=0.1", "fr"),
    ("es;q=7, fr;q=0.1", "fr"),
    ("fr_FR, es;q=0.1", "es"),
    (",;q=1,\x00", "en"),
]


@pytest.mark.parametrize(("accept", "expected"), MEDIA_TYPES)
def test_media_types(accept: str | None, expected: str | None) -> None:
    """RFC 9110, 12.5.1: weights, the most specific range, exclusions, parameters, and headers that make no sense."""
    assert preferred(accept, OFFERED) == expected


def test_an_offer_with_parameters() -> None:
    """A range with parameters covers only what has them, and more closely than a range without."""
    offered = ["text/html;level=2", 'text/html; level="1"', HTML]
    assert preferred("text/html;level=1, */*;q=0.9", offered) == 'text/html; level="1"'
    assert preferred("text/html;level=2;q=0.3, text/html;q=0.2", offered) == "text/html;level=2"
    assert preferred("text/html;level=1;q=0.3, text/html;q=0.2, text/html;level=2;q=0", offered) == offered[1]


def test_nothing_offered() -> None:
    """With nothing to offer there is nothing to choose."""
    assert preferred(None, []) is None
    assert preferred("*/*", ()) is None


def test_headers_sent_several_times_are_one_list() -> None:
    """A proxy may split a list over several headers: each of them counts."""
    sent = [(b"accept", b"image/png"), (b"accept-language", b"es"), (b"accept", b"text/turtle;q=0.2, text/html;q=0.1")]
    assert preferred(joined(sent, b"accept"), OFFERED) == TURTLE
    assert joined(sent, b"cookie") is None
    assert joined([(b"accept", b"\xff")], b"accept") == "ÿ"


@given(st.text(alphabet='ab/*;q=.,"\\ 01', max_size=60) | st.text(max_size=60))
def test_no_header_breaks_it(header: str) -> None:
    """Whatever a stranger sends, one of the offered forms or none comes out."""
    assert preferred(header, OFFERED) in (*OFFERED, None)
    assert preferred_language(header, ["en", "es"]) in ("en", "es")


def test_a_header_of_any_length() -> None:
    """Of a long header the beginning is read: quotes, escapes, many elements and many subtags are no trap."""
    assert preferred("image/png," * 90 + "application/ld+json", OFFERED) == JSON_LD
    assert preferred("image/png," * 50_000 + "application/ld+json", OFFERED) is None
    assert preferred_language("x-" + "a-" * 50_000 + "a, fr;q=0.1", ["en", "fr"]) == "fr"
    assert preferred('text/html;x="' + '\\"' * 50_000, OFFERED) is None
    assert preferred('"' * 100_001, OFFERED) == TURTLE
    assert preferred_language("de-" * 30_000 + "de, fr;q=0.1", ["en", "fr"]) == "fr"


@pytest.mark.parametrize(("accept_language", "expected"), LANGUAGES)
def test_languages(accept_language: str | None, expected: str) -> None:
    """RFC 4647, 3.4: the longest match first, weights, exclusions, and the first offered if nothing fits."""
    assert preferred_language(accept_language, ["en", "es", "fr", "zh"]) == expected


def test_a_language_with_a_region() -> None:
    """What is offered for one region is not taken for the language as a whole, but for a longer tag."""
    assert preferred_language("pt", ["en", "pt-BR"]) == "en"
    assert preferred_language("pt-br-x-old", ["en", "pt-BR"]) == "pt-BR"
