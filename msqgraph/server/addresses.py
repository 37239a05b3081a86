"""Where the page of a thing is: local addresses of what has an IRI under the base."""

from __future__ import annotations

import re
from functools import lru_cache

_SLUG = "[A-Za-z0-9-]+"
# the path of an IRI under the base, and that of its page below the language
_PAGES = (
    (re.compile(rf"id/country/({_SLUG})"), r"countries/\1"),
    (re.compile(rf"id/agency/({_SLUG})/({_SLUG})"), r"agencies/\1/\2"),
    (re.compile(rf"id/law/({_SLUG})/({_SLUG})"), r"laws/\1/\2"),
    (re.compile(rf"id/strategy/({_SLUG})/({_SLUG})"), r"strategies/\1/\2"),
    (re.compile(rf"id/portal/({_SLUG})"), r"portals/\1"),
    (re.compile(rf"questionnaire/({_SLUG})/({_SLUG})"), r"questions/\1/\2"),
    (re.compile(rf"id/response/({_SLUG})/({_SLUG})"), r"countries/\2?edition=\1"),
    (re.compile(rf"id/response/({_SLUG})/({_SLUG})/({_SLUG})"), r"answers/\1/\2/\3"),
)


@lru_cache(maxsize=10_000)  # a page names the same things many times
def page_path(path: str) -> str:
    """The path of a thing's page below the language, from the path of its IRI under the base.

    Whether there is such a thing is for others to know. What has no page of its own kind has one among ``things``.

    >>> page_path("id/country/PRY"), page_path("id/response/2020/PRY/5c"), page_path("code/basis/ticked")
    ('countries/PRY', 'answers/2020/PRY/5c', 'things/code/basis/ticked')
    """
    for pattern, replacement in _PAGES:
        if match := pattern.fullmatch(path):
            return match.expand(replacement)
    return f"things/{path}"


def page_of(path: str, language: str) -> str:
    """The local address of a thing's page.

    >>> page_of("id/agency/PRY/gabinete-social", "fr")
    '/fr/agencies/PRY/gabinete-social'
    """
    return f"/{language}/{page_path(path)}"
