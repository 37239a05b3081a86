"""The whole numbers up to a hundred in words, folded, as they stand before "per cent"."""

from __future__ import annotations

from msqgraph.folding import plain

_UNITS = {
    "en": (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen"
    ),
    "es": (
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
        "diecisiete dieciocho diecinueve"
    ),
    "fr": (
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
        "dix-sept dix-huit dix-neuf"
    ),
    "pt": (
        "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis "
        "dezessete dezoito dezenove"
    ),
    "ru": "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать "
    "шестнадцать семнадцать восемнадцать девятнадцать",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "vingt trente quarante cinquante soixante soixante-dix quatre-vingt quatre-vingt-dix",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
    "ar": "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون",
}
_JOINS = {"en": ("-", " "), "es": (" y ",), "fr": ("-", " et ", " "), "pt": (" e ",), "ru": (" ",)}
_HUNDREDS = "one hundred|a hundred|hundred|cien|cent|cem|сто|مائة"
_IRREGULAR = {
    "veinti" + unit: 20 + n
    for n, unit in enumerate(("un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"), 1)
}


def _all() -> dict[str, int]:
    words: dict[str, int] = {plain(word): value for word, value in _IRREGULAR.items()}
    for language, names in _UNITS.items():
        units = names.split()
        words |= {plain(unit): value for value, unit in enumerate(units)}
        for ten, name in enumerate(_TENS[language].split(), 2):
            reaches = 20 if language == "fr" and name in ("soixante", "quatre-vingt") else 10
            for join in _JOINS[language]:
                words |= {plain(name + join + unit): ten * 10 + n for n, unit in enumerate(units[:reaches]) if n}
    for names in _TENS.values():
        words |= {plain(name): ten * 10 for ten, name in enumerate(names.split(), 2)}
    words |= {plain(name): ten * 10 for name, ten in (("quatre-vingts", 8), ("quatre vingts", 8), ("quatre vingt", 8))}
    return words | dict.fromkeys(map(plain, _HUNDREDS.split("|")), 100)


#: A number's folded words, and the number.
NUMBER_WORDS: dict[str, int] = _all()
