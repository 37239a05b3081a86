"""Agencies that an answer gives behind its "yes": read as a list where it is one, else as running text."""

from __future__ import annotations

import re

from msqgraph.folding import word_set
from msqgraph.interpret.agencies import agency_phrases, mentions_of
from msqgraph.interpret.agency_heads import is_body
from msqgraph.interpret.agency_names import names_in
from msqgraph.interpret.name_phrases import NamePhrase
from msqgraph.interpret.passages import Passage
from msqgraph.response import Mention

# "le ministère de l'Économie"
_LOWER_MINISTRY = re.compile(r"(?:minist[eè]re|minist[eé]rio|ministry|министерств\w+)\s.*[^\W\d_a-zà-ÿа-яё]\w")
_LONGEST_NAME = 18  # words
_NO_BODIES = word_set("AI IA ИИ ICT ICTs TIC TICs ИКТ IoT VR AR XR ML SDG SDGs ODS ODD ЦУР PPP APP GIS IT UN API")


def find_answered_agencies(passage: Passage, said: int) -> list[Mention]:
    """The agencies that an answer names, with acronym and the site that directly follows.

    :param said: where the yes word ends with which the text begins (0: there is none).

    >>> passage = Passage("Sí: el Laboratorio Digital y el Consejo Nacional. Trabajan con la Agencia de Datos.", "es")
    >>> [m.name for m in find_answered_agencies(passage, 3)]
    ['Laboratorio Digital', 'Consejo Nacional', 'Agencia de Datos']
    """
    listed: list[NamePhrase] = []
    position = said
    for address in (*passage.addresses, None):
        if address is None or address.start >= position:
            listed += names_in(passage, position, address.start if address else len(passage.text))
        position = max(position, address.end) if address else position
    phrases = [phrase for phrase in listed if _is_name(phrase)]
    taken = [(phrase.start, phrase.end) for phrase in phrases]
    phrases += [p for p in agency_phrases(passage) if not any(p.start < end and start < p.end for start, end in taken)]
    return mentions_of(passage, sorted(phrases, key=lambda phrase: phrase.start))


def _is_name(phrase: NamePhrase) -> bool:
    """Whether a stretch is surely a body's name: it may as well be any words that follow a yes."""
    name = phrase.name
    return bool(
        (not name[:1].islower() or _LOWER_MINISTRY.match(name))
        and name not in _NO_BODIES
        and is_body(f"{name} ({phrase.acronym})" if phrase.acronym else name)
        and len(name.split()) <= _LONGEST_NAME
        and (len(name) > 2 or name.isupper())
    )
