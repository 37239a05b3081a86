"""Which country a text names: looked up, never guessed.

The names are the labels of ``reference/countries.ttl``, the names of ``reference/official-names.csv`` and further ones
of ``reference/country-names.csv``, compared without case, accents, punctuation and leading articles. Official forms
that a rule can build from a name ("Republic of X", "X (República de)") count too, for Member States only, in the
language of that name.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache

from msqgraph import assets
from msqgraph.folding import plain

_COUNTRIES = assets.DEFAULT_BASE + "id/country/"
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"(?:the|les?|la|l|el|los|las) (?=.)")
_NO_RULE = {"CHN"}  # "Republic of China" names another government

_EN = (
    r"(?:(?:people s|people s democratic|islamic|arab|federal|federative|federal democratic|democratic socialist|"
    r"socialist|plurinational|bolivarian|hashemite|co operative|cooperative|united) )?"
    r"(?:republic|kingdom|principality|sultanate|grand duchy|union)|"
    r"(?:plurinational|federated|independent) states?"
)
_FR = (
    r"republique(?: islamique| arabe| federale| federative| democratique federale| democratique socialiste| socialiste|"
    r" bolivarienne| cooperative| populaire| unie)?|royaume(?: hachemite)?|principaute|sultanat|grand duche|union|"
    r"etat plurinational|etats federes|etat independant"
)
_ES = (
    r"republica(?: islamica| arabe| federal| federativa| democratica federal| democratica socialista| socialista|"
    r" bolivariana| cooperativa| popular| unida)?|reino(?: hachemita)?|principado|sultanato|gran ducado|union|"
    r"estado plurinacional|estados federados|estado independiente"
)
_FORMS = {
    "en": [rf"(?:{_EN}) of (?:the )?(?P<name>.+)", rf"(?P<name>.+) (?:{_EN}) of(?: the)?"],
    "fr": [
        rf"(?:{_FR}) (?:du|des|de la|de l|de|d) (?P<name>.+)",
        rf"(?P<name>.+) (?:{_FR})(?: (?:du|des|de la|de l|de|d))?",
    ],
    "es": [
        rf"(?:{_ES}) (?:del|de los|de las|de la|de) (?P<name>.+)",
        rf"(?P<name>.+) (?:{_ES})(?: (?:del|de los|de las|de la|de))?",
    ],
    "ru": [r"(?:республика|королевство) (?P<name>.+)", r"(?P<name>.+) (?:республика|королевство)"],
    "ar": [r"(?:جمهورية|مملكة) (?P<name>.+)"],
    "zh": [r"(?P<name>.+)(?:共和国|王国)"],
}


@dataclass(slots=True)
class _Names:
    """Names by folded form (``known``), the same per language, and each country's own labels."""

    known: dict[str, set[str]] = field(default_factory=dict)
    by_language: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    by_m49: dict[str, str] = field(default_factory=dict)

    def add(self, iso3: str, language: str, name: str) -> None:
        self.known.setdefault(_fold(name), set()).add(iso3)
        self.by_language.setdefault((language, _fold(name)), set()).add(iso3)


def iso3_by_name(text: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of the country that the whole text names; None if it names none, or more than one.

    >>> iso3_by_name("  república del PARAGUAY "), iso3_by_name("Republic of Korea"), iso3_by_name("Korea")
    ('PRY', 'KOR', None)
    """
    folded = _fold(text)
    names = _names()
    if folded in names.known:
        return _only(names.known[folded])
    found: set[str] = set()
    for language, forms in _FORMS.items():
        for form in forms:
            if match := re.fullmatch(form, folded):
                named = names.by_language.get((language, _without_article(match["name"])), set())
                found |= named & names.members - _NO_RULE
    return _only(found)


def exists(iso3: str) -> bool:
    """Whether a country or area has this ISO 3166-1 alpha-3 code.

    >>> exists("PRY"), exists("XYZ")
    (True, False)
    """
    return iso3 in _names().labels


def is_user_assigned(iso3: str) -> bool:
    """Whether ISO 3166-1 leaves this code to its users and will never give it to a country.

    The ranges are AAA, QMA to QZZ, XAA to XZZ and ZZZ (ISO 3166-1:2020, section 8.1.3).

    >>> is_user_assigned("XAA"), is_user_assigned("PRY"), is_user_assigned("QAT")
    (True, False, False)
    """
    return re.fullmatch(r"AAA|Q[M-Z][A-Z]|X[A-Z]{2}|ZZZ", iso3) is not None


def is_code(iso3: str) -> bool:
    """Whether a response may come under this code: a country's, or a user-assigned one.

    >>> is_code("PRY"), is_code("XAA"), is_code("PYR")
    (True, True, False)
    """
    return exists(iso3) or is_user_assigned(iso3)


def iso3_by_m49(code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of the country or area with this M49 code; None if there is none.

    >>> iso3_by_m49("600"), iso3_by_m49("999")
    ('PRY', None)
    """
    return _names().by_m49.get(code)


def is_un_member(iso3: str) -> bool:
    """Whether a country is a Member State of the United Nations.

    >>> is_un_member("PRY"), is_un_member("ATA")
    (True, False)
    """
    return iso3 in _names().members


def name(iso3: str, language: str = "en") -> str:
    """The country's short name in a language (``es-PY`` counts as ``es``), in English if there is none in it.

    :raises KeyError: if there is no such country.

    >>> name("PRY", "ru"), name("CHE", "de")
    ('Парагвай', 'Switzerland')
    """
    labels = _names().labels[iso3]
    return labels.get(language.partition("-")[0].lower(), labels["en"])


@cache
def _names() -> _Names:
    import pyoxigraph as ox

    names = _Names()
    for triple in ox.parse(assets.read_text("reference/countries.ttl"), format=ox.RdfFormat.TURTLE):
        subject, value, term = triple.subject, triple.object, triple.predicate.value
        if not (isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal)):
            continue
        if not subject.value.startswith(_COUNTRIES):
            continue
        iso3 = subject.value.removeprefix(_COUNTRIES)
        if term.endswith("#prefLabel"):
            names.labels.setdefault(iso3, {})[value.language or ""] = value.value
            names.add(iso3, value.language or "", value.value)
        elif term.endswith("#isUnMember") and value.value == "true":
            names.members.add(iso3)
        elif term.endswith("#m49"):
            names.by_m49[value.value] = iso3
    for table in ("country-names", "official-names"):
        for row in csv.DictReader(assets.read_text(f"reference/{table}.csv").splitlines()):
            names.add(row["iso3"], row["language"], row["name"])
    return names


def _fold(text: str) -> str:
    return _without_article(" ".join(_WORD.findall(plain(text.replace("&", " and ")))))


def _without_article(folded: str) -> str:
    return _ARTICLE.sub("", folded, count=1) if _ARTICLE.match(folded) else folded


def _only(found: set[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None
