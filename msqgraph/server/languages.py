"""The languages of the pages: the six official ones of the United Nations."""

from __future__ import annotations

NAMES = {"en": "English", "ar": "العربية", "es": "Español", "fr": "Français", "ru": "Русский", "zh": "中文"}
LANGUAGES = tuple(NAMES)  # the first is the one that is taken where none fits
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
_UNKNOWN = {"", "und", "mul", "zxx"}


def direction(language: str) -> str:
    """The value of ``dir`` for words in a language: ``auto`` where it is not known.

    >>> direction("ar-EG"), direction("es"), direction("und")
    ('rtl', 'ltr', 'auto')
    """
    primary = language.lower().partition("-")[0]
    if primary in _UNKNOWN:
        return "auto"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"
