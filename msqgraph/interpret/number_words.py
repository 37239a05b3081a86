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
    "ar": "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
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
_HUNDREDS = "one hundred|a hundred|hundred|cien|cent|cem|сто|مائة|مئة"
# Russian numbers stand in the genitive behind "more than" and "about"
_GENITIVE = (
    ("двадцати", 20), ("тридцати", 30), ("сорока", 40), ("пятидесяти", 50), ("шестидесяти", 60), ("семидесяти", 70),
    ("восьмидесяти", 80), ("девяноста", 90), ("ста", 100), ("десяти", 10), ("пяти", 5),
)  # fmt: skip
_IRREGULAR = {
    "veinti" + unit: 20 + n
    for n, unit in enumerate(("un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"), 1)
}


def _all() -> dict[str, int]:
    words: dict[str, int] = {plain(word): value for word, value in _IRREGULAR.items()}
    for language, names in _UNITS.items():
        units = names.split()
        words |= {plain(unit): value for value, unit in enumerate(units)}
        if language == "ar":
            for ten, name in enumerate(_TENS[language].split(), 2):
                for form in (name, name.replace("ون", "ين")):
                    words |= {plain(f"{unit} و{form}"): ten * 10 + n for n, unit in enumerate(units[:10]) if n}
                    words[plain(form)] = ten * 10
            continue
        for ten, name in enumerate(_TENS[language].split(), 2):
            reaches = 20 if language == "fr" and name in ("soixante", "quatre-vingt") else 10
            for join in _JOINS[language]:
                words |= {plain(name + join + unit): ten * 10 + n for n, unit in enumerate(units[:reaches]) if n}
    for names in _TENS.values():
        words |= {plain(name): ten * 10 for ten, name in enumerate(names.split(), 2)}
    words |= {plain(name): ten * 10 for name, ten in (("quatre-vingts", 8), ("quatre vingts", 8), ("quatre vingt", 8))}
    words |= {plain(name): value for name, value in _GENITIVE}
    return words | dict.fromkeys(map(plain, _HUNDREDS.split("|")), 100)


#: A number's folded words, and the number.
NUMBER_WORDS: dict[str, int] = _all()


def chinese_number(number: str) -> str | None:
    """A Chinese number up to a hundred as decimal text; None if it is none.

    >>> chinese_number("四十五"), chinese_number("九点五"), chinese_number("一百")
    ('45', '9.5', '100')
    """
    digits = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
    whole, _, places = number.partition("点")
    if places:
        first = chinese_number(whole)
        is_decimal = first is not None and all(place in digits for place in places)
        return f"{first}.{''.join(str(digits[place]) for place in places)}" if is_decimal else None
    if whole in ("百", "一百"):
        return "100"
    tens, ten, units = whole.partition("十")
    if any(part and part not in digits for part in (tens, units)):
        return None
    if not ten:
        return str(digits[whole]) if whole in digits else None
    return str(digits.get(tens, 1) * 10 + digits.get(units, 0))


def chinese_tenths(number: str) -> str | None:
    """A share in tenths as per cent.

    >>> chinese_tenths("七成"), chinese_tenths("六成五"), chinese_tenths("八成半")
    ('70', '65', '85')
    """
    tens, _, units = number.partition("成")
    return chinese_number(f"{tens}十{'五' if units == '半' else units}")
