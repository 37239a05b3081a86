"""The catalogues of the pages' words, brought up to date with the templates: ``python -m msqgraph.server.catalogues``.

New messages are added without a translation, those that no template says any more are taken out, and what is
translated stays. A catalogue holds no date and no places, so that it changes only when words do.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from msqgraph.server.languages import LANGUAGES
from msqgraph.server.messages import LOCALE

_TEMPLATES = Path(__file__).parent / "templates"
_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}
_HEADER = """\
# Words of the pages. Updated by `make messages`: keep every %%(name)s, and add what is not translated.
msgid ""
msgstr ""
"Language: %s\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: %s\\n"

"""


def said() -> Catalog:
    """The messages of all templates, without translations.

    >>> "Countries" in said()
    True
    """
    catalog = Catalog()
    found = extract_from_dir(
        _TEMPLATES, [("**.html", "jinja2.ext.babel_extract")], {"**.html": _OPTIONS}, comment_tags=("NOTE",)
    )
    for _file, _line, message, _comments, context in sorted(found, key=lambda item: (item[0], item[1])):
        catalog.add(message, context=context)
    return catalog


def translated(language: str) -> Catalog:
    """The catalogue of a language as it stands; an empty one if there is none yet."""
    file = LOCALE / f"{language}.po"
    if not file.is_file():
        return Catalog(locale=language)
    with file.open("rb") as text:
        return read_po(text, locale=language)


def updated(language: str) -> bytes:
    """The catalogue of a language with the messages of today, in the order of the English words."""
    before, after = translated(language), Catalog(locale=language)
    for message in said():
        if message.id:
            known = before.get(message.id)
            after.add(message.id, known.string if known else None)
    body = io.BytesIO()
    write_po(body, after, omit_header=True, no_location=True, sort_output=True, width=0)
    return (_HEADER % (language, after.plural_forms)).encode() + body.getvalue().strip() + b"\n"


def missing(language: str) -> Iterator[str]:
    """The messages that a language has no translation of, or one whose placeholders differ."""
    catalog = translated(language)
    for message in said():
        known = catalog.get(message.id) if message.id else None
        if message.id and (known is None or not known.string or not all(_strings(known.string)) or _differs(known)):
            yield str(message.id)


def _strings(string: object) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)  # type: ignore[arg-type]


def _differs(message: object) -> bool:
    """Whether a translation has other placeholders; a plural form may leave the number out, as Arabic does."""
    import re

    names = re.compile(r"%\((\w+)\)s")
    wanted = {name for one in _strings(message.id) for name in names.findall(one)}  # type: ignore[attr-defined]
    is_plural = not isinstance(message.id, str)  # type: ignore[attr-defined]
    for one in _strings(message.string):  # type: ignore[attr-defined]
        found = set(names.findall(one))
        if found - wanted or (not is_plural and found != wanted):
            return True
    return False


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    for code in LANGUAGES[1:]:
        (LOCALE / f"{code}.po").write_bytes(updated(code))
        left = sum(1 for _ in missing(code))
        sys.stderr.write(f"{code}.po: {left} messages without a translation\n")
