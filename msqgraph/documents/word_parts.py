"""The parts of a Word file that its main part refers to: relationships, styles, lists, notes."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from msqgraph.documents.package import Element, Package
from msqgraph.documents.word_names import W
from msqgraph.documents.word_numbering import Numbering
from msqgraph.documents.word_styles import Styles

NOTE_KINDS = ("footnote", "endnote")


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship to another part of the package, or (``is_external``) to an address."""

    kind: str
    target: str
    is_external: bool


NOWHERE = Relation("", "", False)


def relations_of(package: Package, part: str) -> dict[str, Relation]:
    """The relationships of a part (of the package itself: "") by identifier.

    :raises UnreadableInput: if they cannot be read.
    """
    folder, name = posixpath.split(part)
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, Relation] = {}
    for element in package.xml(where) if where in package else ():
        target, is_external = element.get("Target", ""), element.get("TargetMode") == "External"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        found[element.get("Id", "")] = Relation(kind, target, is_external)
    return found


class Parts:
    """What a document's main part refers to. Parts that are missing are empty.

    :raises UnreadableInput: if one of them cannot be read.
    """

    def __init__(self, package: Package, main: str) -> None:
        self.package = package
        self.relations = relations_of(package, main)
        names = {relation.kind: relation.target for relation in self.relations.values() if not relation.is_external}

        def root(kind: str) -> Element | None:
            name = names.get(kind, "")
            return package.xml(name) if name in package else None

        self.styles = Styles(root("styles"))
        self.numbering = Numbering(root("numbering"), lambda style: self.styles.get(style).num_id)
        self.notes: dict[tuple[str, str], Element] = {}
        self.note_relations: dict[str, dict[str, Relation]] = {}
        for kind in NOTE_KINDS:
            notes: Element | None = root(f"{kind}s")
            if notes is not None:
                self.notes |= {(kind, note.get(f"{W}id", "")): note for note in notes}
                self.note_relations[kind] = relations_of(package, names[f"{kind}s"])
