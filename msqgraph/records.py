"""A response's records as the JSON that ``mappings/response.context.jsonld`` maps: the same field names, with IRIs.

What the context cannot say is done here: the regrouping of ticks by their state, and the evidence (quotes, places) with
IRIs of its own. Numbers and dates are strings, since JSON numbers would lose their lexical form.
"""

from __future__ import annotations

import re
from typing import Any

from msqgraph import iris
from msqgraph.assets import DEFAULT_BASE
from msqgraph.interpret.dates import date_candidates
from msqgraph.response import Answer, Mention, Response
from msqgraph.reviews.reviewers import reviewer_iri

_PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
_TEXT_FRAGMENT = "http://tools.ietf.org/rfc/rfc5147"
_TICK_KEYS = {"ticked": "ticked", "unticked": "unticked", "unknown": "tick_unknown"}

Node = dict[str, Any]


def as_json(response: Response, base: str = DEFAULT_BASE) -> Node:
    """The JSON object of an identified response.

    >>> from msqgraph import identify, load_response
    >>> node = as_json(identify(load_response("tests/cases/paraguay/answers.yaml")))
    >>> node["country"], node["date_candidate"]
    ('https://w3id.org/msqgraph/id/country/PRY', ['2019-02-12', '2019-12-02'])
    """
    key = response.country_iso3, response.edition
    iri = iris.absolute(iris.response(*key), base)
    source = response.document
    candidates = date_candidates(response.date_as_stated) if response.date_as_stated else []
    document = _filled(
        id=iris.absolute(iris.document(source.sha256), base),
        type="SourceDocument",
        file_name=source.file_name,
        sha256=source.sha256,
        media_type=source.media_type,
    )
    form = iris.absolute(f"questionnaire/{response.edition}", base)
    return _filled(
        id=iri,
        type="Response",
        country=iris.absolute(iris.country(response.country_iso3), base),
        edition=iris.absolute(f"id/edition/{response.edition}", base),
        questionnaire=form,
        date_as_stated=response.date_as_stated,
        date_candidate=candidates,
        unassigned=response.unassigned,
        doubts=response.doubts + (["ambiguous-date"] if len(candidates) > 1 else []),
        document=document,
        activity={"id": iris.absolute(iris.reading(*key), base), "type": "Activity", "used": document["id"]},
        answers=[
            _answer(answer, f"{iri}/{number}", f"{form}/{number}", document["id"])
            | _review(answer, f"{iri}/{number}", number, response, base)
            for number, answer in response.answers.items()
        ],
    )


def _answer(answer: Answer, iri: str, question: str, document: str) -> Node:
    understood = answer.understood
    quantity = understood.quantity if understood else None
    place = _place(answer, iri)
    ticks: dict[str, list[str]] = {}
    for slug, tick in answer.ticks.items():
        ticks.setdefault(_TICK_KEYS[tick], []).append(f"{question}/{slug}")
    mentions = understood.mentions if understood else []
    return _filled(
        id=iri,
        type="Answer",
        question=question,
        status=answer.status,
        doubts=sorted(set(answer.doubts)),
        text=_tagged(answer.text, answer.language),
        **ticks,
        boxes=[
            _filled(
                id=f"{iri}/box/{slug}",
                type="TickBox",
                option=f"{question}/{slug}",
                sign=sign,
                selectors=[_fragment(f"{iri}/box/{slug}/place", answer.tick_places[slug])]
                if slug in answer.tick_places
                else [],
            )
            for slug, sign in answer.tick_evidence.items()
        ],
        affirms=understood.affirms if understood else None,
        value=_decimal(quantity.value) if quantity else None,
        lower_bound=_decimal(quantity.lower_bound) if quantity else None,
        upper_bound=_decimal(quantity.upper_bound) if quantity else None,
        is_approximate=(quantity.is_approximate or None) if quantity else None,
        unit=quantity.unit if quantity else None,
        reference_year=quantity.reference_year if quantity else None,
        document=document,
        selectors=[*([_quote(answer.text, iri)] if answer.text else []), *([place] if place else [])],
        mentions=[_mention(mention, f"{iri}/{number}", place) for number, mention in enumerate(mentions, 1)],
    )


def _review(answer: Answer, iri: str, question: str, response: Response, base: str) -> Node:
    """Who confirmed or corrected an answer; what stood there before gets an IRI, but none of its words."""
    if answer.review is None:
        return {}
    key, said = (response.country_iso3, response.edition), answer.review
    before = {
        "id": f"{iri}/as-read",
        "type": "Entity",
        "caption": {"en": f"Question {question} of {key[0]} {key[1]} as the program read it"},
        "activity": iris.absolute(iris.reading(*key), base),
    }
    review = {
        "id": iris.absolute(iris.review(*key, question, said.at), base),
        "type": ["Review", "Activity"],
        "decision": said.decision,
        "ended": said.at,
        "used": before,
        "reviewer": {
            "id": reviewer_iri(said.by, base),
            "type": "Agent",
            "caption": {"@none": said.by},
        },
    }
    return {"review": review} | ({"revision_of": before["id"]} if said.decision == "corrected" else {})


def _mention(mention: Mention, iri: str, place: Node | None) -> Node:
    act = mention.citation
    return _filled(
        id=iri,
        type="Mention",
        names="Country" if mention.country_iso3 else mention.names,
        basis=mention.basis,
        doubts=sorted(set(mention.doubts)),
        name=_tagged(mention.name, mention.language),
        acronym=mention.acronym,
        title=_tagged(mention.title, mention.language),
        website_as_written=mention.website_as_written,
        website=mention.website,
        is_scheme_guessed=mention.is_scheme_guessed or None,
        is_truncated=mention.is_truncated or None,
        cited_type=act.type if act else None,
        cited_number=act.number if act else None,
        cited_date=act.date if act else None,
        cited_year=act.year if act else None,
        concept=mention.concept,
        refers_to=mention.refers_to,
        label=_tagged(mention.label, mention.label_language),
        other_names={mention.label_language or "@none": mention.other_names} if mention.other_names else None,
        post=mention.post,
        issued_by=mention.issued_by,
        partner_in=mention.partner_in,
        partner_country=mention.partner_country,
        selectors=[_quote(mention.quote, iri), *([place["id"]] if place else [])],
    )


def _quote(text: str, iri: str) -> Node:
    return {"id": f"{iri}/quote", "type": "TextQuoteSelector", "exact": text}


def _place(answer: Answer, iri: str) -> Node | None:
    fragment = f"page={answer.page}" if answer.page else answer.place
    if not fragment:
        return None
    return _fragment(f"{iri}/place", fragment)


def _fragment(iri: str, fragment: str) -> Node:
    standard = _PDF_FRAGMENT if fragment.startswith("page=") else _TEXT_FRAGMENT
    return {"id": iri, "type": "FragmentSelector", "fragment": fragment, "conforms_to": standard}


def _tagged(text: str | None, language: str | None) -> Node | None:
    """A JSON-LD language map; ``@none`` is a plain literal."""
    return {language or "@none": text} if text else None


def _decimal(number: str | None) -> str | None:
    """A number in XSD's canonical lexical form, which has a fraction."""
    return number if number is None or not re.fullmatch(r"-?\d+", number) else f"{number}.0"


def _filled(**values: Any) -> Node:
    return {key: value for key, value in values.items() if value not in (None, [], {})}
