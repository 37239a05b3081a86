"""Official names of countries in seven languages, as ``reference/official-names.csv``, from Debian's iso-codes.

``make reference`` writes the file anew from the package pycountry, which carries iso-codes with its translations; the
package itself is not needed to run. The six languages of the United Nations and Portuguese: responses come in these.
"""

from __future__ import annotations

import csv
import gettext
import io
from collections.abc import Iterator

from msqgraph import assets

_LOCALES = {"ar": "ar", "en": "", "es": "es", "fr": "fr", "pt": "pt", "ru": "ru", "zh": "zh_CN"}


def official_names() -> Iterator[tuple[str, str, str]]:
    """Code (ISO 3166-1 alpha-3), language and name: official names, and short ones as ISO 3166-1 has them.

    >>> ("KGZ", "zh", "吉尔吉斯共和国") in official_names()
    True
    """
    import pycountry

    known = {row["iso3"] for row in csv.DictReader(assets.read_text("reference/countries.csv").splitlines())}

    for language, locale in _LOCALES.items():
        translated = (
            gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [locale]).gettext if locale else gettext.gettext
        )
        for country in pycountry.countries:
            for key in ("official_name", "name", "common_name"):
                name = getattr(country, key, "")
                shown = translated(name)
                if name and country.alpha_3 in known and (language == "en" or shown != name):
                    yield country.alpha_3, language, shown


def as_csv() -> str:
    """The table with its header, each name once, sorted."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("iso3", "language", "name"))
    writer.writerows(sorted(set(official_names())))
    return text.getvalue()
