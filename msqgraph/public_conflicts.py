"""Decisions of people that could not be applied, in words that may be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from msqgraph.personal import withhold
from msqgraph.questionnaire import Questionnaire
from msqgraph.response import Response
from msqgraph.reviews.applying import Conflict


def public_conflicts(
    conflicts: Mapping[str, Conflict], response: Response, public: Response, form: Questionnaire, names: Iterable[str]
) -> list[Conflict]:
    """Conflicts without what is personal; words of then are looked through as if they stood in today's response.

    :param names: those of people who are forgotten.

    >>> from msqgraph.questionnaire import load_questionnaire
    >>> from msqgraph.response import Source
    >>> response = Response("PRY", "2020", Source("f.md", "0", "text/plain"))
    >>> public_conflicts({}, response, response, load_questionnaire("2020"), [])
    []
    """
    found = []
    for question, conflict in conflicts.items():
        decision = conflict.decision
        then = replace(response.answers[question], text=decision.quote, understood=None, review=decision.review)
        whole = replace(response, answers={**response.answers, question: then})
        seen = withhold(whole, form, names).answers[question]
        by = seen.review.by if seen.review else ""
        decision = replace(decision, quote=seen.text, by=by, understood=None, note=None)
        found.append(replace(conflict, decision=decision, quote_now=public.answers[question].text))
    return found
