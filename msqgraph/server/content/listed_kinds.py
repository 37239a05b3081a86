"""What the lists of agencies, laws, strategies and portals have: columns, filters, and what they are sorted by."""

from __future__ import annotations

from dataclasses import dataclass

# properties whose own name stands in a list, not their value: the country that an agency leads something for
LEADING = ("msq:leadsEGovernment", "msq:leadsNewTechnologies")


@dataclass(frozen=True, slots=True)
class ListedKind:
    """Things of a class. Patterns are of SPARQL, about ``?thing``; a filter's binds ``VALUES ?<name of the filter>``.

    ``columns`` have the properties whose values stand in them; ``naming`` are the properties whose words are looked
    through. ``schemes`` are the code lists that filters choose from. ``sorts`` bind ``?sorted``.
    """

    name: str
    type: str
    columns: dict[str, tuple[str, ...]]
    filters: dict[str, str]
    schemes: dict[str, str]
    sorts: dict[str, str]
    naming: tuple[str, ...] = ("skos:prefLabel", "skos:altLabel")

    @property
    def in_edition(self) -> str:
        """The pattern of what a response of an edition names: by the statement of its class."""
        return (
            f"VALUES ?edition {{ }} ?typing rdf:object {self.type} ; rdf:predicate rdf:type ; rdf:subject ?thing ; "
            "msq:edition ?named_in FILTER(?named_in = ?edition)"
        )

    @property
    def by_government(self) -> str:
        """The pattern of what any response names."""
        return f"?said rdf:object {self.type} ; rdf:predicate rdf:type ; rdf:subject ?thing ."

    @property
    def properties(self) -> tuple[str, ...]:
        """All properties that are asked for."""
        return tuple(dict.fromkeys(name for names in self.columns.values() for name in names))


_BY_NAME = "OPTIONAL { ?thing skos:prefLabel ?label BIND(LCASE(STR(?label)) AS ?sorted) }"
_BY_TITLE = "OPTIONAL { ?thing dct:title ?label BIND(LCASE(STR(?label)) AS ?sorted) }"
_BY_COUNTRY = """\
OPTIONAL {
  ?thing msq:country ?place . ?place skos:prefLabel ?called
  FILTER(LANG(?called) = "en") BIND(LCASE(STR(?called)) AS ?sorted)
}"""
_BY_YEAR = "OPTIONAL { ?thing msq:year ?sorted }"
_BY_WEBSITE = "OPTIONAL { ?thing msq:website ?address BIND(STR(?address) AS ?sorted) }"

AGENCIES = ListedKind(
    "agencies",
    "msq:Agency",
    {
        "name": ("skos:prefLabel",),
        "other_names": ("skos:altLabel",),
        "country": ("msq:country",),
        "responsible": ("msq:responsibleFor",),
        "leads": LEADING,
        "website": ("msq:website",),
    },
    {"area": "VALUES ?area { } ?thing msq:responsibleFor ?area ."},
    {"area": "policy-area"},
    {"name": _BY_NAME, "country": _BY_COUNTRY, "website": _BY_WEBSITE},
)
LAWS = ListedKind(
    "laws",
    "msq:Law",
    {
        "name": ("dct:title",),
        "type": ("eli:type_document",),
        "number": ("eli:number",),
        "year": ("msq:year",),
        "date": ("eli:date_document",),
        "topic": ("msq:legalTopic",),
        "issuer": ("eli:passed_by",),
        "country": ("msq:country",),
        "website": ("msq:website",),
    },
    {
        "type": "VALUES ?type { } ?thing eli:type_document ?type .",
        "topic": "VALUES ?topic { } ?thing msq:legalTopic ?topic .",
    },
    {"type": "law-type", "topic": "legal-topic"},
    {"name": _BY_TITLE, "year": _BY_YEAR, "country": _BY_COUNTRY},
    ("dct:title", "eli:number"),
)
STRATEGIES = ListedKind(
    "strategies",
    "msq:Strategy",
    {
        "name": ("skos:prefLabel",),
        "type": ("msq:strategyType",),
        "feature": ("msq:hasFeature",),
        "year": ("msq:year",),
        "country": ("msq:country",),
        "website": ("msq:website",),
    },
    {
        "type": "VALUES ?type { } ?thing msq:strategyType ?type .",
        "feature": "VALUES ?feature { } ?thing msq:hasFeature ?feature .",
    },
    {"type": "strategy-type", "feature": "strategy-feature"},
    {"name": _BY_NAME, "country": _BY_COUNTRY, "year": _BY_YEAR},
)
PORTALS = ListedKind(
    "portals",
    "msq:Portal",
    {
        "name": ("skos:prefLabel",),
        "type": ("msq:portalType",),
        "country": ("msq:country",),
        "website": ("msq:website",),
    },
    {"type": "VALUES ?type { } ?thing msq:portalType ?type ."},
    {"type": "portal-type"},
    {"name": _BY_NAME, "country": _BY_COUNTRY, "website": _BY_WEBSITE},
)
LISTED_KINDS = {kind.name: kind for kind in (AGENCIES, LAWS, STRATEGIES, PORTALS)}
