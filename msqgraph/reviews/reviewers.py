"""The names under which people decide. They are published, so they are chosen, and an e-mail address is refused."""

from __future__ import annotations

import re

from msqgraph import iris
from msqgraph.assets import DEFAULT_BASE
from msqgraph.contact_details import personal_mailboxes, phone_numbers


def unpublishable(by: str) -> str | None:
    """What stands against a name under which a decision is published; None if nothing does.

    >>> unpublishable("Statistics Office"), unpublishable("ana@example.org")
    (None, "'ana@example.org' holds an e-mail address or a telephone number, which is not published")
    >>> unpublishable(" - ")
    "' - ' is no name"
    """
    if not any(map(str.isalnum, by)) or not by.isprintable():
        return f"{by!r} is no name"
    if "@" in by or any(personal_mailboxes(by)) or any(() if orcid(by) else phone_numbers(by)):
        return f"{by!r} holds an e-mail address or a telephone number, which is not published"
    return None


def orcid(by: str) -> str | None:
    """The ORCID iD that a name is, as an https IRI; None if it is none, or its check digit (ISO 7064 mod 11-2) differs.

    >>> orcid("https://orcid.org/0000-0002-1825-0097"), orcid("0000-0002-1825-0097")
    ('https://orcid.org/0000-0002-1825-0097', 'https://orcid.org/0000-0002-1825-0097')
    >>> orcid("0000-0002-1825-0098"), orcid("Ana")
    (None, None)
    """
    match = re.fullmatch(r"(?:https?://(?:www\.)?orcid\.org/)?((?:[0-9]{4}-){3}[0-9]{3}[0-9X])/?", by.strip())
    if not match:
        return None
    digits = match[1].replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return f"https://orcid.org/{match[1]}" if "0123456789X"[(12 - total % 11) % 11] == digits[-1] else None


def reviewer_iri(by: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a person or office that decided about answers: its ORCID iD, else by the name it chose.

    >>> reviewer_iri("Statistics Office"), reviewer_iri("0000-0002-1825-0097")
    ('https://w3id.org/msqgraph/id/reviewer/statistics-office', 'https://orcid.org/0000-0002-1825-0097')
    """
    return orcid(by) or iris.absolute(f"id/reviewer/{iris.slug(by)}", base)
