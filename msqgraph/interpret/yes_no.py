"""Yes or no: from the ticked box, or from the answer's own first words in its language; None where it is not clear."""

from __future__ import annotations

import re

from msqgraph.interpret.short_answers import denies_what_is_asked, said_otherwise
from msqgraph.questionnaire import Part
from msqgraph.response import Answer

_YES = {"en": "yes", "es": "sí|si\u0301|si", "fr": "oui", "pt": "sim", "ru": "да", "ar": "نعم|أجل", "zh": "是的|是|有"}
_NO = {"en": "no", "fr": "non", "pt": "não|nao", "ru": "нет", "ar": "لا|كلا", "zh": "不是|否"}
# words that may be something else in a sentence ("si" is "if"): they need punctuation or the end behind them
_NEEDS_PUNCTUATION = frozenset(("si", "是", "有", "不是", "لا", "não", "nao", "нет", "non", "no"))
_OPENING = re.compile(r"[\s\W_]*")
_CLOSES = re.compile(r"\s*(?:[.,;:!。，；：！،؛—–(（-]|$|\n|\ufffc)")

#: All the words that say yes or no by themselves, in lower case.
WORDS = frozenset(word for table in (_YES, _NO) for words in table.values() for word in words.split("|"))

_PATTERNS = [
    (
        re.compile(
            (
                rf"(?:{'|'.join(sorted({w for ws in table.values() for w in ws.split('|')}, key=len, reverse=True))})"
                rf"(?:(?!\w)|(?<=是的))"
            ),
            re.I,
        ),
        says,
    )
    for table, says in ((_YES, True), (_NO, False))
]


def read_yes_no(text: str) -> tuple[bool | None, int]:
    """Whether a text begins by saying yes or no, and where that word ends (0 if it does not).

    >>> read_yes_no("Sí, El Ministerio"), read_yes_no("No."), read_yes_no("Si bien no"), read_yes_no("No information")
    ((True, 3), (False, 3), (None, 0), (None, 0))
    """
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    for pattern, says in _PATTERNS:
        match = pattern.match(text, start)
        if match is None:
            continue
        end = start + len(match[0])
        word = match[0].lower()
        rest = text[end:]
        if _other_word_next(rest, says):
            return None, 0
        if _CLOSES.match(rest):
            is_number = re.match(r"\s*[.:]?\s*\d", rest) and word == "no"
            return (None, 0) if is_number else (says, end + (1 if rest[:1] in ".,;:!。，；：！،؛" and rest else 0))
        if word not in _NEEDS_PUNCTUATION:
            return says, end
    return said_otherwise(text)


def affirmation(answer: Answer, question: Part) -> tuple[bool | None, list[str], int]:
    """What an answer says to a yes-no question, the doubts about it, and where its yes or no word ends.

    >>> yes, no = Part("10/yes", "Option", affirms=True), Part("10/no", "Option", affirms=False)
    >>> both = Answer("answered", ticks={"yes": "ticked", "no": "ticked"})
    >>> affirmation(both, Part("10", "Question", parts=[yes, no]))
    (None, ['conflicting-signals'], 0)
    """
    affirming = {o.path.rpartition("/")[2]: o.affirms for o in question.options if o.affirms is not None}
    ticked = {affirming[slug] for slug, tick in answer.ticks.items() if tick == "ticked" and slug in affirming}
    said, end = read_yes_no(answer.text) if answer.text else (None, 0)
    if said is None and answer.text and denies_what_is_asked(answer.text, question):
        said = False
    signals = ticked | ({said} if said is not None else set())
    if len(signals) > 1:
        return None, ["conflicting-signals"], end
    return next(iter(signals), None), [], end


def _other_word_next(rest: str, says: bool) -> bool:
    """Whether the opposite follows at once: what is left of two boxes, not an answer."""
    return (
        re.match(
            rf"[\W_]*(?:{'no|non|não|нет|لا|否' if says else 'yes|s[ií]|oui|sim|да|نعم|是'})(?:[\W_]*$|\s*[/☐☑☒□■])",
            rest,
            re.I,
        )
        is not None
    )
