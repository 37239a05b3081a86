"""The words of the pages in six languages: nothing untranslated, no placeholder lost, catalogues up to date."""

from __future__ import annotations

import pytest

from msqgraph.server.catalogues import missing, said, translated, updated
from msqgraph.server.languages import LANGUAGES, direction
from msqgraph.server.messages import LOCALE, messages

TRANSLATED = LANGUAGES[1:]


def test_templates_say_something() -> None:
    """The gate below would pass on nothing: there are words to translate, in the six official languages."""
    assert len([message for message in said() if message.id]) > 100
    assert sorted(LANGUAGES) == ["ar", "en", "es", "fr", "ru", "zh"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    """No page mixes English into another language, and no number or name is lost in translation."""
    assert list(missing(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogues_are_up_to_date(language: str) -> None:
    """`make messages` changes nothing: no message is left over from a page that has gone."""
    assert (LOCALE / f"{language}.po").read_bytes() == updated(language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_forms(language: str) -> None:
    """Each plural message has all the forms that its language has, and a number picks one of them."""
    plurals = [message for message in translated(language) if message.id and not isinstance(message.id, str)]
    assert plurals
    for message in plurals:
        one, several = tuple(message.id)
        forms = tuple(message.string or ())
        assert len(forms) == translated(language).num_plurals, message.id
        for number in (0, 1, 2, 3, 11, 21, 100, 103):
            assert messages(language).ngettext(one, several, number) in forms


def test_direction_of_words() -> None:
    """Arabic runs from right to left, and words of no known language as their letters do."""
    assert [direction(tag) for tag in ("ar", "fa-IR", "fr", "", "und")] == ["rtl", "rtl", "ltr", "auto", "auto"]
