"""Who is the same as whom: every mention gets the IRI of the thing it names, and the thing its label.

Two mentions of a kind are one entity if a person said so (the registry), or if they share a *strong* key: the folded
name without its article, the acronym, the act's type, number and year. A mention that has no strong key (an agency
given as an address, a law without number) joins an entity by a *weak* key (address, acronym as the host's first
label, name) only where exactly one entity has it. An address alone never makes two names one: Paraguay gives two
ministries one address.
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msqgraph import iris
from msqgraph.assets import DEFAULT_BASE
from msqgraph.folding import words_of
from msqgraph.questionnaire import Part, Questionnaire, load_questionnaire
from msqgraph.registry import Entry, Registry
from msqgraph.response import Answer, Mention, Response


def identify(
    response: Response, registry: Registry | None = None, form: Questionnaire | None = None, base: str = DEFAULT_BASE
) -> Response:
    """The same response, its mentions referring to entities by IRI.

    >>> from msqgraph import load_response
    >>> identified = identify(load_response("tests/cases/paraguay/answers.yaml"))
    >>> understood = [identified.answers[number].understood for number in ("3", "16", "contact")]
    >>> {mention.refers_to for one in understood for mention in one.mentions}
    {'https://w3id.org/msqgraph/id/agency/PRY/ministerio-de-tecnologias-de-la-informacion-y-comunicacion'}
    """
    identified = copy.deepcopy(response)
    form = form or load_questionnaire(response.edition)
    _Identification(identified, registry or Registry(), form).run()
    for _, mention in _mentions(identified):
        for name in ("refers_to", "post", "issued_by", "partner_in", "partner_country"):
            path = getattr(mention, name)
            if path:
                setattr(mention, name, iris.absolute(path, base))
    return identified


def _mentions(response: Response) -> Iterator[tuple[str, Mention]]:
    for number, answer in response.answers.items():
        for mention in answer.understood.mentions if answer.understood else []:
            yield number, mention


@dataclass(slots=True)
class _Entity:
    """Mentions that name one thing."""

    mentions: list[Mention] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    entry: Entry | None = None
    iri: str = ""

    def take(self, other: _Entity) -> None:
        self.mentions += other.mentions
        self.keys |= other.keys
        self.entry = self.entry or other.entry

    def labels(self) -> dict[str | None, str]:
        """The preferred name by language: the registry's, else the fullest form in mixed case that was written."""
        found: dict[str | None, str] = {}
        for mention in self.mentions:
            if mention.name and not _is_acronym(mention):
                name = iris.without_article(_cleaned(mention.name))
                found[mention.language] = max(found.get(mention.language, name), name, key=_fullness)
        if self.entry:
            found.update(self.entry.names)
        return found


class _Identification:
    def __init__(self, response: Response, registry: Registry, form: Questionnaire) -> None:
        self.response, self.registry = response, registry
        self.iso3, self.edition = response.country_iso3, response.edition
        self.questions: dict[str, Part] = {part.path: part for part in form.questions()}
        self.taken: dict[str, _Entity] = {}

    def run(self) -> None:
        for kind in ("Agency", "Strategy", "Organization"):
            self._name(self._entities(kind), kind)
        for number, answer in self.response.answers.items():
            if answer.understood:
                self._issuers(answer)
                self._post_and_holder(self.questions[number], answer)
        self._name(self._entities("Law"), "Law")
        self._portals()
        for number, mention in _mentions(self.response):
            question = self.questions[number]
            if mention.names == "Organization":
                self._partner(question, mention)
            elif mention.names == "Observation" and self._has_value(number):
                mention.refers_to = iris.observation("msq-indicators", question.measure, self.edition, self.iso3)

    def _entities(self, kind: str) -> list[_Entity]:
        """Strong keys first, then weak ones, each in the order of the document."""
        by_key: dict[str, _Entity] = {}
        loose = []
        for _, mention in _mentions(self.response):
            if mention.names != kind or mention.country_iso3:
                continue
            entry = self._entry(mention)
            strong = _strong_keys(mention) | ({f"entry:{entry.iri}"} if entry else set())
            entity = _Entity([mention], strong | _weak_keys(mention), entry)
            if not strong:
                loose.append(entity)
                continue
            for other in {id(by_key[key]): by_key[key] for key in sorted(strong) if key in by_key}.values():
                other.take(entity)
                entity = other
            by_key |= dict.fromkeys(sorted(key for key in entity.keys if not key.startswith("weak:")), entity)
        entities = list({id(entity): entity for entity in by_key.values()}.values())
        for entity in loose:
            candidates = [other for other in entities if other.keys & entity.keys]
            if len(candidates) == 1:
                candidates[0].take(entity)
            elif entity.keys:
                entities.append(entity)
        return entities

    def _entry(self, mention: Mention) -> Entry | None:
        """The registry's entry that a mention's name or acronym stands for, or its site where it has neither."""
        called = {_folded(text) for text in (mention.name, mention.acronym) if text}
        for entry in self.registry.entries:
            known = {_folded(text) for text in (*entry.names.values(), *entry.aliases, *entry.acronyms)}
            if called & known:
                return entry
        if called or not mention.website:
            return None
        address = iris.normalised_address(mention.website)
        sites = [e for e in self.registry.entries if address in map(iris.normalised_address, e.sites)]
        return sites[0] if len(sites) == 1 else None

    def _name(self, entities: Iterable[_Entity], kind: str) -> None:
        for entity in entities:
            labels = entity.labels()
            entity.iri = entity.entry.iri if entity.entry else self._mint(entity, kind, labels)
            if not entity.iri:
                continue
            self.taken[entity.iri] = entity
            for mention in entity.mentions:
                mention.refers_to = entity.iri
                mention.partner_country = entity.entry.country if entity.entry else None
            self._label(entity, kind)

    def _label(self, entity: _Entity, kind: str) -> None:
        """Gives mentions the label in their language, at least one of them, and what else they call the thing."""
        labels = entity.labels()
        # CPOV wants every label of an agency in a language; an acronym alone is in none
        language = next(iter(labels), self.response.language) or "und" if kind == "Agency" else None
        for mention in entity.mentions:
            mention.label_language = mention.language if mention.language in labels else language
            mention.label = labels.get(mention.language) if mention.name and not _is_acronym(mention) else None
            spellings = [iris.without_article(_cleaned(mention.name))] if mention.label and mention.name else []
            spellings += [mention.acronym] if mention.acronym and labels else []
            mention.other_names = [name for name in dict.fromkeys(spellings) if name != mention.label]
        if not any(mention.label for mention in entity.mentions):
            first = next((m for m in entity.mentions if not (m.website and m.citation)), entity.mentions[0])
            first.label = next(iter(labels.values()), None) or self._stand_in(first)
            first.label_language = next(iter(labels), language if kind != "Law" else self.response.language)

    def _stand_in(self, mention: Mention) -> str | None:
        """What labels a thing that no mention gives a name: an acronym, a citation, an address."""
        site = iris.normalised_address(mention.website) if mention.website else None
        return mention.name or mention.acronym or (mention.quote if mention.citation else site)

    def _mint(self, entity: _Entity, kind: str, labels: dict[str | None, str]) -> str:
        first = next((m for m in entity.mentions if m.citation and m.citation.number), entity.mentions[0])
        if kind == "Law" and first.citation and first.citation.number:
            issuer = first.issued_by.rpartition("/")[2] if first.issued_by else None
            return iris.law(self.iso3, first.citation.type, first.citation.number, first.citation.year, issuer)
        name = labels.get(self.response.language) or next(iter(labels.values()), None)
        name = name or next((m.name or m.acronym for m in entity.mentions if m.name or m.acronym), None)
        if not name:
            site = next((m.website for m in entity.mentions if m.website), None)
            name = iris.slug_of_host(site) if site else None
        if not name:
            return ""
        path = self._path(kind, iris.slug(name))
        return path if path not in self.taken else self._path(kind, iris.slug(name, distinct=True))

    def _path(self, kind: str, name_slug: str) -> str:
        if kind == "Agency":
            return iris.agency(self.iso3, name_slug)
        if kind == "Strategy":
            return iris.strategy(self.iso3, name_slug)
        return iris.named_law(self.iso3, name_slug) if kind == "Law" else iris.organization(name_slug)

    def _issuers(self, answer: Answer) -> None:
        """A resolution is issued by the agency that the answer names last before it."""
        mentions = answer.understood.mentions if answer.understood else []
        acts: dict[str, str] = {}
        for mention in mentions:
            if mention.citation and mention.citation.type == "resolution":
                before = [m for m in mentions if m.names == "Agency" and m.refers_to and m.start < mention.start]
                key = f"{mention.citation.number}/{mention.citation.year}"
                mention.issued_by = acts.get(key) or (before[-1].refers_to if before else None)
                if mention.issued_by:
                    acts[key] = mention.issued_by

    def _post_and_holder(self, question: Part, answer: Answer) -> None:
        scheme, _, role = question.concerns.partition("/")
        if scheme != "role":
            return
        named = [m for m in answer.understood.mentions if m.names == "Official"] if answer.understood else []
        for count, mention in enumerate(named, 1):
            mention.post = iris.post(self.iso3, role)
            if mention.name:
                edition = self.edition if count == 1 else f"{self.edition}-{count}"
                mention.refers_to = iris.official(self.iso3, role, edition)
                mention.label, mention.label_language = mention.name, mention.language

    def _portals(self) -> None:
        """A portal is its address; its label is the first name it is given, failing that the address."""
        named = [(iris.portal(m.website), m) for _, m in _mentions(self.response) if m.website]
        labels: dict[str, Mention] = {}
        for path, mention in named:
            if mention.names == "Portal" and (path not in labels or (mention.name and not labels[path].name)):
                labels[path] = mention
        for path, mention in named:
            if mention.names == "Portal":
                first = labels[path]
                mention.refers_to = path
                if mention is first:
                    mention.label = mention.name or iris.normalised_address(mention.website or "")
                elif mention.name and mention.name != first.name:
                    mention.other_names = [mention.name]
                mention.label_language = mention.language
            elif mention.names == "Address" and path in labels:
                mention.refers_to = path

    def _has_value(self, number: str) -> bool:
        """Whether an answer gives the point value that an observation needs."""
        understood = self.response.answers[number].understood
        return bool(self.questions[number].measure and understood and understood.quantity and understood.quantity.value)

    def _partner(self, question: Part, mention: Mention) -> None:
        """A partner is an organisation, or a country itself."""
        if mention.country_iso3:
            mention.refers_to, mention.partner_country = iris.country(mention.country_iso3), mention.country_iso3
        kind = next((name for name in question.names if name in ("Cooperation", "Partnership")), None)
        if kind and mention.refers_to:
            mention.partner_in = iris.joint_work(kind, self.iso3, mention.refers_to)
        if mention.partner_country:
            mention.partner_country = iris.country(mention.partner_country)


def _strong_keys(mention: Mention) -> set[str]:
    if mention.names == "Law":
        act = mention.citation
        return (
            {f"act:{act.type}/{iris.slug(act.number)}/{act.year}/{mention.issued_by}"} if act and act.number else set()
        )
    return {f"name:{_folded(text)}" for text in (mention.name, mention.acronym) if text and _folded(text)}


def _weak_keys(mention: Mention) -> set[str]:
    """What a mention shares with others of its kind without being the same for that."""
    keys = set()
    if mention.names == "Law" and mention.name:
        keys.add(f"weak:name:{_folded(mention.name)}")
    if mention.names == "Agency":
        if mention.website:
            keys.add(f"weak:site:{iris.normalised_address(mention.website)}")
            if not (mention.name or mention.acronym):
                keys.add(f"weak:acronym:{iris.host_of(mention.website).partition('.')[0]}")
        if mention.acronym:
            keys.add(f"weak:acronym:{_folded(mention.acronym)}")
    return keys


def _folded(text: str) -> str:
    return " ".join(words_of(iris.without_article(" ".join(text.split()))))


def _cleaned(name: str) -> str:
    """A name for a label: one line, without invisible characters (joiners apart, which some scripts need)."""
    visible = [c for c in name if c.isspace() or c in "\u200c\u200d" or unicodedata.category(c)[0] != "C"]
    return " ".join("".join(visible).split())


def _is_acronym(mention: Mention) -> bool:
    return mention.name is not None and mention.name == mention.acronym


def _fullness(name: str) -> tuple[bool, int, int]:
    """Mixed case before capitals, then the longer form, then the one with more accents."""
    return name != name.upper() or name == name.lower(), len(words_of(name)), sum(not char.isascii() for char in name)
