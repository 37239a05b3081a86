"""The codebook of the tables for survey archives: DDI Codebook 2.5 of the DDI Alliance.

Beside the variables of the files there is one for every question and every box of the form, with its wording and how
often each state occurs; its rows are those of ``answers`` or ``ticks`` that are about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import msqgraph
from msqgraph.exports.catalog_entries import rights_of
from msqgraph.exports.citation import cite_release
from msqgraph.exports.codebook import MISSING
from msqgraph.exports.coverage import Source
from msqgraph.exports.csvw import ESCAPING
from msqgraph.exports.table_counts import COVERING, Counts, Wordings
from msqgraph.release.about import Release

NAMESPACE = "ddi:codebook:2_5"
_SCHEMA = "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
_NUMERIC = ("integer", "decimal", "gYear")


def ddi_codebook(counts: list[Counts], wordings: Wordings, release: Release, sources: tuple[Source, ...]) -> bytes:
    """The file ``codebook.xml``."""
    root = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", "ID": "codebook", "xml:lang": "en"})
    root.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
    root.set("xsi:schemaLocation", f"{NAMESPACE} {_SCHEMA}")
    about = release.about
    _citation(SubElement(root, "docDscr"), f"Codebook: {about.title}", f"{release.address}tables/codebook.xml", release)
    _study(SubElement(root, "stdyDscr"), counts, wordings, release, sources)
    for counted in counts:
        _file(root, counted, release)
    data = SubElement(root, "dataDscr")
    for counted in counts:
        names = " ".join(_id(counted, name) for name in counted.table.columns)
        group = SubElement(data, "varGrp", {"ID": f"group-{counted.table.name}", "var": names})
        SubElement(group, "labl").text = counted.table.header.title
    for counted in counts:
        for name in counted.table.columns:
            _variable(data, counted, name, wordings)
    for counted in counts:
        _overview(data, counted, wordings)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _citation(parent: Element, title: str, ident: str, release: Release) -> None:
    about = release.about
    citation = SubElement(parent, "citation")
    titles = SubElement(citation, "titlStmt")
    SubElement(titles, "titl").text = title
    SubElement(titles, "IDNo").text = ident
    if parent.tag == "stdyDscr":
        authors = SubElement(citation, "rspStmt")
        SubElement(authors, "AuthEnty").text = about.publisher.name
    produced = SubElement(citation, "prodStmt")
    SubElement(produced, "producer").text = about.publisher.name
    if about.issued:
        SubElement(produced, "prodDate", {"date": about.issued}).text = about.issued
    SubElement(produced, "software", {"version": msqgraph.__version__}).text = "msqgraph"
    distributed = SubElement(citation, "distStmt")
    SubElement(distributed, "distrbtr", {"URI": release.address}).text = about.publisher.name
    contact = {"email": about.contact.email, "URI": about.contact.url}
    SubElement(distributed, "contact", {k: v for k, v in contact.items() if v}).text = about.contact.name
    SubElement(SubElement(citation, "verStmt"), "version").text = about.version
    SubElement(citation, "biblCit").text = cite_release(release).text()


def _study(
    study: Element, counts: list[Counts], wordings: Wordings, release: Release, sources: tuple[Source, ...]
) -> None:
    _citation(study, release.about.title, release.iri, release)
    info = SubElement(study, "stdyInfo")
    SubElement(SubElement(info, "subject"), "keyword").text = "digital government"
    SubElement(info, "abstract").text = release.about.description
    covered = SubElement(info, "sumDscr")
    years = [year for c in counts if c.table.name in COVERING for year in c.ranges.get("edition_year", ())]
    if years:
        for event, year in (("start", min(years)), ("end", max(years))):
            SubElement(covered, "timePrd", {"event": event, "date": str(year)}).text = str(year)
    for iso3 in sorted(wordings.covered):
        SubElement(covered, "nation", {"abbr": iso3}).text = wordings.countries.get(iso3) or iso3
    SubElement(covered, "anlyUnit").text = "Country"
    universe = "Governments of the Member States of the United Nations that returned the form"
    kind = "Survey data: answers word for word, and facts understood from them"
    if sources:
        universe += "; in observations also every country that a source has figures of"
        kind += "; figures and facts of other sources, marked as such"
    SubElement(covered, "universe").text = universe
    SubElement(covered, "dataKind").text = kind
    method = SubElement(SubElement(study, "method"), "dataColl")
    SubElement(method, "collMode").text = "Self-administered form, filled in by a government and returned as a document"
    if sources:
        taken = SubElement(method, "sources")
        for source in sources:
            SubElement(taken, "dataSrc").text = f"{source.title}{source.publisher and f' ({source.publisher})'}"
    access = SubElement(SubElement(study, "dataAccs"), "useStmt")
    SubElement(access, "restrctn").text = rights_of(sources)
    SubElement(access, "conditions").text = f"Licence: {release.about.licence}"
    SubElement(study, "notes").text = MISSING


def _file(root: Element, counts: Counts, release: Release) -> None:
    header, name = counts.table.header, counts.table.name
    described = SubElement(root, "fileDscr", {"ID": f"file-{name}", "URI": f"{release.address}tables/{name}.csv"})
    text = SubElement(described, "fileTxt")
    SubElement(text, "fileName").text = f"{name}.csv"
    SubElement(text, "fileCont").text = f"A row is {header.description}. The key is {', '.join(header.key)}."
    sizes = SubElement(text, "dimensns")
    SubElement(sizes, "caseQnty").text = str(counts.rows)
    SubElement(sizes, "varQnty").text = str(len(counts.table.columns))
    SubElement(text, "fileType").text = "text/csv, UTF-8"
    SubElement(described, "notes").text = ESCAPING


def _variable(data: Element, counts: Counts, name: str, wordings: Wordings) -> None:
    column, empty = counts.table.columns[name], counts.empty(name)
    variable = SubElement(data, "var", {"ID": _id(counts, name), "name": name, "files": f"file-{counts.table.name}"})
    if column.is_coded or column.datatype in _NUMERIC:
        variable.set("intrvl", "discrete" if column.is_coded else "contin")
    SubElement(variable, "labl").text = column.title
    for type_, count in (("vald", counts.rows - empty), ("invd", empty)):
        SubElement(variable, "sumStat", {"type": type_}).text = str(count)
    if name in counts.ranges:
        for type_, figure in zip(("min", "max"), counts.ranges[name], strict=True):
            SubElement(variable, "sumStat", {"type": type_}).text = str(figure)
    SubElement(variable, "txt").text = f"{column.description}."
    if column.is_coded:
        labels = wordings.code_labels(counts.table, name)
        _categories(variable, counts.codes.get(name, {}), labels, column.missing_codes)
    for reason, count in sorted(counts.missing.get(name, {}).items()):
        label = f"{column.missing}" + (f" ({column.missing_by}: {reason})" if reason else "")
        _category(variable, "", label, count, is_missing=True)
    SubElement(variable, "varFormat", {"type": "numeric" if column.datatype in _NUMERIC else "character"})
    if column.is_list and column.is_coded:
        SubElement(variable, "notes").text = "A row may have several codes; the counts are of codes."


def _overview(data: Element, counts: Counts, wordings: Wordings) -> None:
    """A variable for each question or box that the table has rows of."""
    overview = counts.table.header.overview
    if not overview:
        return
    column, table = counts.table.columns[overview.of], counts.table.name
    labels = wordings.code_labels(counts.table, overview.of)
    for iri, found in sorted(counts.overview.items()):
        option = wordings.options.get(iri)
        question = wordings.questions[option["question_iri"] if option else iri]
        name = f"q{question['question_id']}" + (f"_{option['option_id']}" if option else "")
        ident = f"question-{question['edition_year']}-{name[1:]}"
        variable = SubElement(data, "var", {"ID": ident, "name": name, "files": f"file-{table}", "intrvl": "discrete"})
        wording = (option or question)["wording_en"] or name
        SubElement(variable, "labl").text = f"{question['edition_year']}, question {question['question_id']}: {wording}"
        asked = SubElement(variable, "qstn")
        if option or question["part_of_wording_en"]:
            SubElement(asked, "preQTxt").text = question["wording_en" if option else "part_of_wording_en"]
        SubElement(asked, "qstnLit").text = wording
        SubElement(variable, "universe").text = f"Rows of {table}.csv whose {overview.by} is {iri}"
        _categories(variable, found, labels, column.missing_codes)
        SubElement(variable, "varFormat", {"type": "character"})


def _categories(variable: Element, found: Mapping[str, int], labels: Mapping[str, str], missing: list[str]) -> None:
    for code in sorted({*labels, *found}):
        _category(variable, code, labels.get(code, code), found.get(code, 0), is_missing=code in missing)


def _category(variable: Element, code: str, label: str, count: int, *, is_missing: bool) -> None:
    category = SubElement(variable, "catgry", {"missing": "Y"} if is_missing else {})
    SubElement(category, "catValu").text = code
    SubElement(category, "labl").text = label
    SubElement(category, "catStat", {"type": "freq"}).text = str(count)


def _id(counts: Counts, name: str) -> str:
    """An XML ID; neither part has a hyphen, so that two columns never make one ID."""
    return f"{counts.table.name}-{name}"
