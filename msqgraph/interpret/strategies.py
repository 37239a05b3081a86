"""Strategies, plans, agendas and programmes named in text."""

from __future__ import annotations

import re

from msqgraph.interpret.languages import language_of_name
from msqgraph.interpret.name_phrases import NamePhrase, find_names, line_label, one_line, with_acronym, without_article
from msqgraph.interpret.passages import Passage
from msqgraph.response import Mention

_HEADS = {
    "en": (
        "strategy|strategies|plan|agenda|programme|program|roadmap|road map|master ?plan|vision|policy|"
        "blueprint|action plan"
    ),
    "es": "agenda|plan|estrategia|programa|hoja de ruta|política|visión|plan maestro",
    "fr": "stratégie|plan|agenda|programme|feuille de route|politique|vision|schéma directeur",
    "pt": "estratégia|plano|agenda|programa|roteiro|política|visão",
    "ru": (
        "стратеги[яиюей]+|план(?:а|ом|е)?|программ[аыуе]|программой|концепци[яиюей]+|дорожн(?:ая|ой|ую) "
        "карт[аыуое]й?|повестк[аиу]"
    ),
}
_HEAD = re.compile(rf"(?<![\w-])(?<![^dl]['’])(?:{'|'.join(_HEADS.values())})(?![\w'’-])", re.I)
_ARABIC = "[\u0620-\u065f]+"
_EAST = re.compile(
    "(?<![\u0620-\u065f])[وبفلك]{0,2}?(?P<ar>(?:ال)?(?:استراتيجية|إستراتيجية|خطة|رؤية|أجندة|خارطة طريق)"
    rf"(?:\s+(?!و?ال(?:خطة|استراتيجية|إستراتيجية|رؤية))(?:[وب]?ال{_ARABIC}|لل{_ARABIC}|20\d\d|[٠-٩]{{4}})){{1,7}})"
    "|《(?P<zh>[^》\n]{2,60}(?:战略|规划|计划|纲要|方案|议程|愿景)[^》\n]{0,20})》"
    "|(?:^|(?<=[，。；、：\\s由是为和及与在]))(?P<han>[\u4e00-\u9fff]{2,18}?(?:战略|规划|纲要|议程))(?=[，。；、）\\s\ufffc（]|$)"
)


def find_strategies(passage: Passage) -> list[Mention]:
    """The strategies that a text names, with acronym and the site that directly follows.

    >>> passage = Passage("La Agenda Digital y el Plan Nacional de Desarrollo PND2030.")
    >>> [(mention.name, mention.acronym) for mention in find_strategies(passage)]
    [('Agenda Digital', None), ('Plan Nacional de Desarrollo', 'PND2030')]
    """
    mentions: list[Mention] = []
    for address in passage.addresses:
        if not passage.is_taken(address) and (label := line_label(passage, _HEAD, address.start)):
            mention = _mention(passage, with_acronym(passage.masked, *label))
            mentions.append(passage.attach(mention, address))
    for phrase in find_names(passage, _HEAD, _EAST):
        if any(m.start < phrase.end and phrase.start < m.start + len(m.quote) for m in mentions):
            continue
        start = without_article(passage.masked, phrase.start, phrase.end)
        mention = _mention(passage, NamePhrase(start, phrase.end, phrase.name[start - phrase.start :], phrase.acronym))
        if address_behind := passage.address_after(phrase.end):
            passage.attach(mention, address_behind)
        mentions.append(mention)
    return _first_of_each(sorted(mentions, key=lambda mention: mention.start))


def _mention(passage: Passage, phrase: NamePhrase) -> Mention:
    quote = passage.text[phrase.start : phrase.end]
    name = one_line(phrase.name)
    language = language_of_name(name, passage.language)
    return Mention("Strategy", quote, phrase.start, "stated-in-text", name, language, phrase.acronym)


def _first_of_each(mentions: list[Mention]) -> list[Mention]:
    """Without those that say no more than an earlier one of the same name."""
    seen: set[str | None] = set()
    kept = []
    for mention in mentions:
        if mention.name not in seen or mention.acronym or mention.website_as_written:
            kept.append(mention)
        seen.add(mention.name)
    return kept
