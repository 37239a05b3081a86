"""Names that are not in the graph but in the CLDR: what a country calls itself, and what a language is called."""

from __future__ import annotations

from msqgraph.server.content.texts import Text


def own_names(iso2: str) -> tuple[Text, ...]:
    """The names of a country in its official languages, each name once.

    Nothing for a code that CLDR does not have; a language that it has no words of is left out.

    >>> own_names("DZ")
    (Text(value='الجزائر', language='ar'), Text(value='Algérie', language='fr'))
    >>> own_names("XX")
    ()
    """
    from babel import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    found: dict[str, Text] = {}
    for language in get_official_languages(iso2):
        try:
            name = Locale.parse(language).territories.get(iso2)
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            found.setdefault(str(name), Text(str(name), language.replace("_", "-")))
    return tuple(found.values())


def language_name(tag: str, reader: str) -> Text:
    """What a language is called in the language of a reader; its tag if that is not known, nothing without one.

    >>> language_name("es", "en"), language_name("und", "en"), language_name("x-none", "en")
    (Text(value='Spanish', language='en'), Text(value='', language=''), Text(value='x-none', language=''))
    """
    from babel import Locale

    if tag in ("", "und", "zxx", "mul"):
        return Text("")
    name = Locale.parse(reader).languages.get(tag.partition("-")[0])
    return Text(str(name), reader) if name else Text(tag)
