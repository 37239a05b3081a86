"""What every page needs to know of the dataset that it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msqgraph.server.languages import LANGUAGES
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.release.about import Release
    from msqgraph.server.asking import Asking

_EDITIONS = "SELECT DISTINCT ?edition { ?response a msq:Response ; msq:edition ?edition }"
_QUESTIONNAIRES = "SELECT DISTINCT ?questionnaire { ?questionnaire a msq:Questionnaire }"


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The title of the site, the dataset's version and base IRI, and the editions that there are, the latest first.

    ``editions`` have responses, ``questionnaires`` have a form in the data, too. ``public_url`` ends in a slash, or is
    empty where only the request tells it; ``is_static`` says that pages are written to files: nothing can be asked.
    ``languages`` are those of the pages. ``is_snapshot``: the data stay as they are as long as they are served.
    """

    base: str
    title: str = "Member States Questionnaire"
    version: str = ""
    licence: str = "https://creativecommons.org/licenses/by/4.0/"
    editions: tuple[str, ...] = ()
    questionnaires: tuple[str, ...] = ()
    public_url: str = ""
    is_static: bool = False
    is_snapshot: bool = False
    languages: tuple[str, ...] = LANGUAGES

    @property
    def release(self) -> Release:
        """What citations say of the dataset: the title, version and licence that the site goes by.

        >>> SiteFacts("https://w3id.org/msqgraph/", version="1.2").release.about.version
        '1.2'
        """
        from msqgraph.release.about import About, Release

        about = About()
        version = self.version or about.version
        return Release(replace(about, title=self.title, version=version, licence=self.licence), self.base)


async def site_facts(asking: Asking, **known: object) -> SiteFacts:
    """The facts of a dataset; ``known`` are fields that nobody has to ask for.

    :raises QueryRefused: if the engine does not answer.
    """

    async def ends(query: str) -> tuple[str, ...]:
        rows = await asking.rows(query)
        return tuple(sorted({text_of(term).rpartition("/")[2] for row in rows for term in row.values()}, reverse=True))

    editions, questionnaires = await ends(_EDITIONS), await ends(_QUESTIONNAIRES)
    return SiteFacts(asking.base, editions=editions, questionnaires=questionnaires, **known)  # type: ignore[arg-type]
