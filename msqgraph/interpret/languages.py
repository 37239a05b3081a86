"""Which language a text is in: by its script and commonest words; a statistical model only where these cannot tell."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from msqgraph.interpret import addresses

# words that are common in one of the languages; those shared by several count for each
_COMMON = {
    "en": (
        "the of and to in is are for on with by has have from that this which it its there been not we our "
        "through their or an be at as yes no will a i you if but also when what who than these those into about "
        "under only can may must should would could being had having do does did so all any each more most "
        "other such very new used using without within between both some they"
    ),
    "es": (
        "el la los las de del y en se que por con para una un es al su sus como más está están si sí desde "
        "hay lo no e o a ha sin ley datos través según mediante fue son ser entre sobre también este esta estos"
    ),
    "fr": (
        "le la les de des du et en est sont pour par avec une un dans sur au aux qui que ce cette il elle "
        "ne pas oui non nous l d a été ont leur leurs ces ses son sa entre mais plus sans comme être fait ou"
    ),
    "pt": (
        "o os as de da do das dos e em no na nos nas um uma é são para por com que se ao à pelo pela não "
        "sim foi mais lei dados ou entre sobre sem também está estão como seu sua tem"
    ),
    "de": "der die das und ist sind für mit von zu im in auf nicht ein eine wird werden des dem den ja",
    "it": "il lo la gli le di del della dei delle e è sono per con che un una nel nella non si",
    "nl": "de het een van en is zijn voor met op niet dat die wordt worden ja nee",
}
_ENDINGS = {
    "es": re.compile(r"(?:ción|ciones|dad|dades)$"),
    "pt": re.compile(r"(?:ção|ções|ções|dade|dades)$"),
    "fr": re.compile(r"(?:ité|ités|eaux|ique|iques|ère|ères|ments?|tions?|ence|ance)$|^[dl]['’]"),
    "en": re.compile(r"(?:ing|ments?|ity|ities|ry|ries|cy|cies|tions?|ence|ance|gy|ed|ly)$"),
}
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCRIPTS = (
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("ar", re.compile("[\u0620-\u064a]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    (
        "und",
        re.compile(
            "[\u3040-\u30ff\uac00-\ud7af\u0e00-\u0e7f\u0900-\u0d7f\u10a0-\u13ff\u0590-\u05ff\u0370-\u03ff\u1780-\u17ff]"
        ),
    ),
)
_OTHER_CYRILLIC = re.compile("[іїєґўјљњћђџќѓѕәғқңөұүһҳӣӯҷ]", re.I)
_OTHER_ARABIC = re.compile("[پچژگکیےٹڈڑںې]")
_OTHER_CHINESE = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_ENOUGH_WORDS = 5
_MODEL_WORDS = 6


def language_of(text: str, likely: str | None = None, is_model_allowed: bool = True) -> str | None:
    """The language of a text as a BCP 47 tag; None if it has no words, ``und`` if it is too short or unlike any.

    :param likely: the language around it, which it is taken to be in if its words do not speak against that.
    :param is_model_allowed: whether a statistical model may be asked, whose loading takes a second.

    >>> [language_of(text) for text in ("Se publican a través de los informes", "80%", "MITIC", "Да.")]
    ['es', None, None, 'ru']
    """
    text = _without_addresses(text)
    words = _WORDS.findall(text)
    if not words or (
        len(words) <= 3 and all(word.isupper() and word.isascii() and len(word) <= 8 for word in words if word)
    ):
        return None if not words or not any(word.lower() in _yes_no_words() for word in words) else "und"
    has_model = is_model_allowed and len(words) >= _MODEL_WORDS
    if script := _by_script(text, has_model):
        return script
    if told := _by_words(words):
        return told
    scores = _scores(words)
    best = max(scores.values(), default=0)
    if likely and scores.get(likely, 0) >= best and (scores or not has_model):
        return likely
    if has_model and (told := _by_model(text)):
        return told
    leaders = [language for language, score in scores.items() if score == best]
    if likely and leaders:  # the words speak for another language, or for several
        return leaders[0] if len(leaders) == 1 and leaders[0] in _ENDINGS else "und"
    return likely or "und"


def language_of_name(name: str | None, around: str | None) -> str | None:
    """The language of a name: its own if its words tell, else that of the text around; None for an acronym or no name.

    >>> language_of_name("Ministerio de Hacienda", "es"), language_of_name("MITIC", "es"), language_of_name("Да", "en")
    ('es', None, 'ru')
    """
    words = _WORDS.findall(name or "")
    if name is None or not words or (len(words) == 1 and sum(c.isupper() for c in words[0]) > 1 and len(words[0]) < 13):
        return None
    if " " not in name.strip() and name.isupper():
        return None
    script = _by_script(name, False)
    if script:
        return around if around and around.split("-")[0] != script and _same_script(around, script) else script
    scores = _scores(words)
    best = max(scores, key=lambda language: scores[language], default=None)
    is_clear = best and scores[best] >= 3 and all(scores[best] >= 2 * n for other, n in scores.items() if other != best)
    return best if is_clear else around


def dominant_language(languages: dict[str, str | None], texts: dict[str, str]) -> str | None:
    """The language in which most words of a response are, given what each text by itself is told to be.

    >>> dominant_language({"6": "es", "7": "und"}, {"6": "Los ODS se encuentran vinculados", "7": "Si."})
    'es'
    """
    weights: Counter[str] = Counter()
    for key, language in languages.items():
        if language not in (None, "und"):
            weights[str(language)] += len(texts[key])
    if weights:
        return max(sorted(weights), key=lambda language: weights[language])
    together = language_of(" \n".join(texts.values()))
    return None if together in (None, "und") else together


def _by_script(text: str, has_model: bool) -> str | None:
    letters = sum(c.isalpha() for c in text)
    for language, pattern in _SCRIPTS:
        if letters and len(pattern.findall(text)) * 2 > letters:
            is_other = (
                (language == "ru" and _OTHER_CYRILLIC.search(text))
                or (language == "ar" and _OTHER_ARABIC.search(text))
                or (language == "zh" and _OTHER_CHINESE.search(text))
                or language == "und"
            )
            if not is_other:
                return language
            return (_by_model(text) if has_model else None) or "und"
    return None


def _by_words(words: list[str]) -> str | None:
    scores = _scores(words)
    if len(words) < _ENOUGH_WORDS or not scores:
        return None
    (best, score), *others = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    runner_up = others[0][1] if others else 0.0
    is_clear = score >= 2 and score >= 1.25 * runner_up and score / len(words) > 0.12
    return best if is_clear and best in _ENDINGS else None


def _scores(words: list[str]) -> dict[str, float]:
    scores: dict[str, float] = {}
    for word in words:
        lower = word.lower()
        for language, common in _SETS.items():
            if lower in common or (re.split("['’]", lower)[0] in common and language == "fr"):
                scores[language] = scores.get(language, 0) + 1
        for language, ending in _ENDINGS.items():
            if ending.search(lower):
                scores[language] = scores.get(language, 0) + 1
    return scores


def _by_model(text: str) -> str | None:
    language, probability = _model().classify(text)
    return str(language) if float(probability) > 0.9 else None


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # costs a second: only when words do not tell

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _same_script(language: str, script: str) -> bool:
    same = {"ru": ("uk", "be", "bg", "kk", "ky", "mk", "mn", "sr", "tg"), "ar": ("fa", "ur", "ps", "ku"), "zh": ("ja",)}
    return language.split("-")[0] in same.get(script, ())


def _without_addresses(text: str) -> str:
    return addresses.mask(text, addresses.scan(text).masked).replace("\ufffc", " ")


@cache
def _yes_no_words() -> frozenset[str]:
    from msqgraph.interpret.yes_no import WORDS

    return WORDS
