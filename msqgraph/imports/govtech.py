"""The World Bank's GovTech data set of December 2020: agencies, portals, strategies and laws of some 190 economies.

An independent source beside the governments' answers, in a graph of its own. Only portals, which are identified by
their address, share IRIs with those of responses. Everything leads back to the row it was taken from. The file is not
part of the project: docs/sources.md says where to get it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from msqgraph import assets, countries, iris
from msqgraph.imports import Imported
from msqgraph.imports.describing import Description
from msqgraph.imports.rows import Row, Table, country_of, read_table, shown
from msqgraph.interpret.addresses import normalise

NAME = "govtech-2020"
_TITLE = "World Bank GovTech data set, December 2020"
_YEARS = range(1700, 2021)  # the oldest law on access to information is Sweden's of 1766
# the World Bank's own codes of what ISO 3166-1 spells otherwise; KSV (Kosovo) is not in M49 and stays unknown
_CODES = {"ADO": "AND", "ROM": "ROU", "TMP": "TLS", "WBG": "PSE", "ZAR": "COD"}
_PORTALS = {
    "egovernment_url": "national",
    "eservices_url": "e-services",
    "participation_url": "e-participation",
    "open_data_url": "open-government-data",
    "eprocurement_url": "public-procurement",
}


@dataclass(frozen=True, slots=True)
class _Task:
    """What an agency is named for, and the columns of its name (if it has one) and address."""

    purpose: str
    name: str
    website: str
    policy_area: str = ""


_TASKS = (
    _Task("e-government", "egovernment_agency", "egovernment_agency_url"),
    _Task("public-finance", "finance_agency", "finance_agency_url", "finance-taxation"),
    _Task("taxation", "", "tax_agency_url", "finance-taxation"),
    _Task("customs", "", "customs_agency_url"),
    _Task("personal-data-protection", "data_protection_agency", "data_protection_agency_url"),
    _Task("cybersecurity", "cybersecurity_agency", "cybersecurity_agency_url"),
)
# legal topic → the columns of name (if there is one), address and year
_LAWS = {
    "personal-data-protection": ("data_protection_law", "data_protection_law_url", "data_protection_law_year"),
    "access-to-information": ("", "access_to_information_law_url", "access_to_information_law_year"),
}
_STRATEGY = ("strategy_url", "strategy_year")
# what is known and not taken: pages of others about a government, and platforms that our model has no class for
LEFT_OUT = (
    "budget_data_url",
    "digital_signature_url",
    "digital_signature_year",
    "eprocurement_year",
    "interoperability_platform",
    "interoperability_url",
    "open_government_url",
)
# our name of a column → the names that a file may give it; the workbook calls the first two Code and Economy
COLUMNS = {
    "iso3": ("iso3", "Code"),
    **{column: (column,) for task in _TASKS for column in (task.name, task.website) if column},
    **{column: (column,) for column in (*_PORTALS, "eprocurement_system", *_STRATEGY)},
    **{column: (column,) for columns in _LAWS.values() for column in columns if column},
}


def import_govtech(path: Path | str, base: str = assets.DEFAULT_BASE) -> Imported:
    """The graph ``graph/reference/govtech-2020`` from a file.

    :raises UnreadableInput: if the file cannot be read, or is no such table.
    """
    table = read_table(Path(path), COLUMNS, left_out=LEFT_OUT)
    about = Description(base)
    _describe_source(about)
    named = [(row, iso3) for row in table.rows if (iso3 := country_of(row, table, _CODES)) is not None]
    imported = 0
    for row, iso3 in table.unique(named, "the country"):
        _Record(row, iso3, table, about).describe()
        imported += 1
    return Imported(NAME, about.sorted(), sorted(table.problems), table.rows_read, imported)


class _Record:
    """One row: what it says of one country."""

    def __init__(self, row: Row, iso3: str, table: Table, about: Description) -> None:
        self.row, self.iso3, self.table, self.about = row, iso3, table, about
        self.country, self.source = iris.country(iso3), iris.source(NAME, iso3)

    def describe(self) -> None:
        """The record, and everything in it."""
        self.about.a(self.source, "prov:Entity")
        label = f"{countries.name(self.iso3)} in the {_TITLE}"
        self.about.say(self.source, "rdfs:label", label, language="en")
        self.about.link(self.source, "dct:isPartOf", iris.source(NAME))
        self.about.link(self.source, "msq:country", self.country)
        for task in _TASKS:
            self._agency(task)
        for column, kind in _PORTALS.items():
            self._portal(column, kind)
        self._strategy()
        for topic, columns in _LAWS.items():
            self._law(topic, *columns)

    def _agency(self, task: _Task) -> None:
        website, name = self._website(task.website), self._text(task.name)
        if not (website or name):
            return
        agency = iris.agency(self.iso3, self._slug(name, website))
        self.about.a(agency, "msq:Agency", "m8g:PublicOrganisation", "org:Organization")
        self._entity(agency, website)
        self.about.say(agency, "skos:prefLabel", name or iris.normalised_address(website))
        self.about.link(agency, "dct:spatial", self.country)
        self.about.link(agency, "org:purpose", f"code/agency-purpose/{task.purpose}")
        if task.purpose == "e-government":
            self.about.link(agency, "msq:leadsEGovernment", self.country)
        if task.policy_area:
            self.about.link(agency, "msq:responsibleFor", f"code/policy-area/{task.policy_area}")

    def _portal(self, column: str, kind: str) -> None:
        if not (website := self._website(column)):
            return
        portal = iris.portal(website)
        self.about.a(portal, "msq:Portal", "foaf:Document")
        self._entity(portal, website)
        self.about.say(
            portal, "skos:prefLabel", iris.normalised_address(website)
        )  # as a response's portal without name
        if kind == "public-procurement" and (system := self._text("eprocurement_system")):
            self.about.say(portal, "skos:altLabel", system)
        self.about.link(portal, "msq:portalType", f"code/portal-type/{kind}")

    def _strategy(self) -> None:
        website_column, year = _STRATEGY
        if not (website := self._website(website_column)):
            return
        strategy = iris.strategy(self.iso3, self._slug("", website))
        self.about.a(strategy, "msq:Strategy", "m8g:ReferenceFramework")
        self._entity(strategy, website)
        self.about.say(strategy, "skos:prefLabel", iris.normalised_address(website))
        self.about.link(strategy, "msq:strategyType", "code/strategy-type/e-government")
        self._year(strategy, year)

    def _law(self, topic: str, name_column: str, website_column: str, year: str) -> None:
        website, name = self._website(website_column), self._text(name_column)
        if not (website or name):
            return
        law = iris.named_law(self.iso3, self._slug(name, website))
        self.about.a(law, "msq:Law", "eli:LegalResource")
        self._entity(law, website)
        self.about.say(law, "dct:title", name or iris.normalised_address(website))
        self.about.link(law, "eli:jurisdiction", self.country)
        self.about.link(law, "msq:legalTopic", f"code/legal-topic/{topic}")
        self._year(law, year)

    def _entity(self, entity: str, website: str) -> None:
        """What everything has: its country, its address, and where it comes from."""
        self.about.link(entity, "msq:country", self.country)
        if website:
            self.about.link(entity, "msq:website", website)
        self.about.link(entity, "dct:source", iris.source(NAME))
        self.about.link(entity, "prov:wasDerivedFrom", self.source)

    def _slug(self, name: str, website: str) -> str:
        """A slug that no entity of a response has, by name or, where there is none, by address."""
        if name:
            return f"{NAME}-{iris.slug(name)}"
        return f"{NAME}-{iris.slug_of_host(website)}-{iris.six_hex(iris.normalised_address(website))}"

    def _text(self, column: str) -> str:
        return " ".join(self.row.cells.get(column, "").split())

    def _website(self, column: str) -> str:
        written = self.row.cells.get(column, "")
        website = normalise(written) if written and not re.search(r"\s[›>»]\s", written) else None
        if written and website is None:
            problem, remedy = f"{shown(written)} is no web address", "correct it; the rest of the row was imported"
            self.table.report(self.row, column, problem, remedy)
        return website or ""

    def _year(self, entity: str, column: str) -> None:
        written = self.row.cells.get(column, "")
        if re.fullmatch(r"[0-9]{4}", written) and int(written) in _YEARS:
            self.about.say(entity, "msq:year", written, datatype="gYear")
        elif written:
            problem = f"{shown(written)} is no year from {_YEARS[0]} to {_YEARS[-1]}"
            self.table.report(self.row, column, problem, "correct it; the rest of the row was imported")


def _describe_source(about: Description) -> None:
    source = iris.source(NAME)
    about.a(source, "prov:Entity")
    about.say(source, "rdfs:label", _TITLE, language="en")
    about.say(source, "dct:title", _TITLE, language="en")
    about.say(source, "dct:publisher", "World Bank", language="en")
    about.say(source, "dct:issued", "2020-12", datatype="gYearMonth")
    about.link(source, "foaf:page", "https://datacatalog.worldbank.org/search/dataset/0037889/govtech-dataset")
    rights = "The licence of this edition was not confirmed: ask the World Bank before you publish what was made of it."
    about.say(source, "dct:rights", rights, language="en")
