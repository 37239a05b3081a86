"""What a publisher says of a release, in a YAML file of their own: who publishes it, where, and in which version.

Nothing here is taken from the clock or the machine, so that the same dataset and the same file give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msqgraph
from msqgraph.assets import DEFAULT_BASE
from msqgraph.characters import without_control_characters
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.plain_yaml import load_yaml
from msqgraph.typed_yaml import converted
from msqgraph.withdrawals import is_date

ABOUT = "release.yaml"
"""The file of a release that has it."""
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_VERSION = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]+")
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes; ``iri`` is their own, or else one is minted under the base."""

    name: str = "msqgraph contributors"
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to: an office, never a person."""

    name: str = "msqgraph contributors"
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a release. Addresses of folders end in a slash."""

    version: str = msqgraph.__version__
    issued: str | None = None
    title: str = "Member States Questionnaire: what governments state about their digital government"
    description: str = (
        "Answers of governments to the Member States Questionnaire of the United Nations E-Government Survey, word "
        "for word, and the facts understood from them about agencies, posts, portals, strategies and laws. Every "
        "fact leads back to the quote it was understood from."
    )
    address: str | None = None  # where this folder is served; else a path under the base that is to redirect there
    site: str | None = None  # where the IRIs under the base are answered
    endpoint: str | None = None  # a SPARQL endpoint that holds this release
    licence: str = CC_BY
    publisher: Publisher = field(default_factory=Publisher)
    contact: Contact = field(default_factory=Contact)


@dataclass(frozen=True, slots=True)
class Release:
    """What every part of a release is told: what the publisher says, and the base IRI of the dataset."""

    about: About
    base: str = DEFAULT_BASE

    @property
    def address(self) -> str:
        """Where the release folder is served.

        >>> Release(About(version="1.0")).address
        'https://w3id.org/msqgraph/release/1.0/'
        """
        return self.about.address or f"{self.base}release/{self.about.version}/"

    @property
    def iri(self) -> str:
        """The IRI of the release itself.

        >>> Release(About(version="1.0")).iri
        'https://w3id.org/msqgraph/id/release/1.0'
        """
        return f"{self.base}id/release/{self.about.version}"


def load_about(path: Path | str | None = None, version: str | None = None, issued: str | None = None) -> About:
    """What a file says of a release; without one, the defaults. A version or date given here wins.

    :raises UnreadableInput: if the file is no YAML, or has an unknown key or a value of the wrong kind.
    :raises UsageError: if a version, date or address has not the form it needs.

    >>> load_about(version="2.1").version
    '2.1'
    """
    data: Any = {}
    if path is None and version is None and issued is None:
        return About()  # what we say ourselves is not searched for persons, which takes long to begin
    if path is not None:
        try:
            data = load_yaml(Path(path).read_text(encoding="utf-8")) or {}
        except (OSError, ValueError) as error:
            raise UnreadableInput(path, str(error), "mend the line that is named") from None
    about: About = converted(data, About, path or ABOUT)
    about = replace(about, version=version or about.version, issued=issued or about.issued)
    try:
        return _checked(about)
    except ValueError as error:
        raise UsageError(f"{path}: {error}" if path else str(error)) from None


def _checked(about: About) -> About:
    """What was said, with addresses made ready; ValueError tells what is wrong with it."""
    if not _VERSION.fullmatch(about.version):
        raise ValueError(f"version {about.version!r}: use digits and letters joined by dots or hyphens, as 1.2.0")
    if about.issued and not is_date(about.issued):
        raise ValueError(f"issued {about.issued!r}: write the date as 2026-11-24")
    texts = {"title": about.title, "description": about.description}
    texts |= {"publisher/name": about.publisher.name, "contact/name": about.contact.name}
    for name, text in texts.items():
        _check_text(name, text)
    if about.contact.email and not _MAILBOX.fullmatch(about.contact.email):
        raise ValueError(f"contact/email {about.contact.email!r}: give a mailbox, as info@data.example.org")
    if about.contact.email and any(_personal_in(about.contact.email)):
        raise ValueError("contact/email: looks like a person's — give that of an office (info@, data@ ...), or a url")
    about = replace(about, address=about.address and about.address.replace("{version}", about.version))
    named = {"address": about.address, "site": about.site, "endpoint": about.endpoint, "licence": about.licence}
    named |= {"publisher/iri": about.publisher.iri, "contact/url": about.contact.url}
    for name, address in named.items():
        if address is not None and not _ADDRESS.fullmatch(address):
            raise ValueError(f"{name} {address!r}: give an address that begins with http:// or https://")
        if address and name in ("address", "site") and ("?" in address or "#" in address):
            raise ValueError(f"{name} {address!r}: is to be that of a folder, without ? and #")
    return replace(about, address=_folder(about.address), site=_folder(about.site))


def _check_text(name: str, text: str) -> None:
    if not text.strip():
        raise ValueError(f"{name}: is empty — say it, or leave the key out")
    if "\n" in text or "\r" in text or without_control_characters(text) != text or "\ufffd" in text:
        raise ValueError(f"{name}: holds a line end or a control character — write it in one line")
    if kinds := sorted(set(_personal_in(text))):
        raise ValueError(f"{name}: shows {' and '.join(kinds)} — leave it out")


def _personal_in(text: str) -> Iterator[str]:
    from msqgraph.release.personal_gate import personal_in  # heavy, and only for what a publisher says

    return personal_in(text)


def _folder(address: str | None) -> str | None:
    return f"{address.rstrip('/')}/" if address else None
