"""The index: SQLite's full-text search over folded words, in a temporary file that vanishes with the server.

One row of the index is one text of one thing: a name, or something that it says. Beside it stand the names of its
country, its editions and its number, so that *Paraguay health* finds what Paraguay says on health; what has the words
only there is not found. The originals are kept apart, for the snippets.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from msqgraph.server.search.entries import Entry, Role
from msqgraph.server.search.words import line_of

_SCHEMA = """\
CREATE TABLE things (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, number TEXT, parent TEXT);
CREATE TABLE countries (thing INTEGER, value TEXT, PRIMARY KEY (thing, value)) WITHOUT ROWID;
CREATE TABLE editions (thing INTEGER, value TEXT, PRIMARY KEY (thing, value)) WITHOUT ROWID;
CREATE TABLE texts (id INTEGER PRIMARY KEY, thing INTEGER, role INTEGER, language TEXT COLLATE NOCASE, value TEXT);
CREATE VIRTUAL TABLE words USING fts5(name, says, beside, content = '', tokenize = 'ascii');
"""
# the words are folded before: whatever stands between blanks is a word, in any script
_FINISHED = """\
INSERT INTO words (words) VALUES ('optimize');
CREATE INDEX texts_of_things ON texts (thing, role);
CREATE INDEX things_by_iri ON things (iri);
CREATE TABLE places AS
SELECT DISTINCT countries.value FROM countries JOIN things ON things.id = countries.thing
WHERE things.kind <> 'country';
"""


class IndexWriter:
    """An index that is being made. For one thread at a time."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="msqgraph-search-")
        self._path = Path(self._folder.name) / "index.sqlite"
        self._database = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        # nothing has to survive: what breaks off is made anew
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;")
        self._database.executescript(_SCHEMA)
        self._country_names: dict[str, set[str]] = defaultdict(set)
        self.things = self.texts = 0

    def add(self, entries: Iterable[Entry]) -> None:
        """Adds things; countries before what belongs to them."""
        things, countries, editions, texts, words = [], [], [], [], []
        for entry in entries:
            self.things += 1
            beside = self._beside(entry)
            things.append((self.things, entry.iri, entry.kind, entry.number, entry.parent))
            countries += [(self.things, value) for value in sorted(entry.countries)]
            editions += [(self.things, value) for value in sorted(entry.editions)]
            for text, role in sorted(entry.words.items(), key=lambda one: (one[1], one[0])):
                self.texts += 1
                texts.append((self.texts, self.things, int(role), text.language, _storable(text.value)))
                line = line_of(text.value)
                words.append((self.texts, line if role < Role.SAYS else "", line if role == Role.SAYS else "", beside))
        execute = self._database.executemany
        self._database.execute("BEGIN")
        execute("INSERT INTO things VALUES (?, ?, ?, ?, ?)", things)
        execute("INSERT INTO countries VALUES (?, ?)", countries)
        execute("INSERT INTO editions VALUES (?, ?)", editions)
        execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", texts)
        execute("INSERT INTO words (rowid, name, says, beside) VALUES (?, ?, ?, ?)", words)
        self._database.execute("COMMIT")

    def finish(self, readers: int) -> list[sqlite3.Connection]:
        """Connections that read the index, each for one thread at a time. The file has no name any more."""
        self._database.executescript(_FINISHED)
        self._database.close()
        address = f"{self._path.as_uri()}?mode=ro&immutable=1"
        opened = [
            sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None) for _ in range(readers)
        ]
        for connection in opened:
            connection.execute("SELECT count(*) FROM things").fetchone()  # opens the file
        self._folder.cleanup()
        return opened

    def abandon(self) -> None:
        """Removes what there is."""
        self._database.close()
        self._folder.cleanup()

    def _beside(self, entry: Entry) -> str:
        """The words that stand beside those of a thing."""
        if entry.kind == "country":
            for iso3 in entry.countries:
                self._country_names[iso3] |= {line_of(text.value) for text in entry.words}
            return ""
        names = {name for iso3 in entry.countries for name in self._country_names[iso3]}
        return " ".join((*sorted(names), *sorted(entry.editions), line_of(entry.number)))


def _storable(text: str) -> str:
    """A text without characters that no UTF-8 has."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
