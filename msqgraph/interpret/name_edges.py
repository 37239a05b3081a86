"""Where a name begins and ends once the punctuation and conjunctions of the list around it are dropped."""

from __future__ import annotations

import re

#: What stands at the edges of a name and is no part of it.
EDGES = " \t\r\n\u00a0,;:.–—-_*•·→>|/([（\"'“”«»،、，；：؛]）<)&。《》「」『』"
_JOINTLY = {
    "en": r"together with|jointly with|along with|alongside|in (?:(?:close|full|direct) )?(?:co-?operation|"
    r"collaboration|"
    r"partnership|co-?ordination|conjunction|consultation|association) with|with (?:the )?(?:support|participation|"
    r"involvement|assistance|help) of|(?:supported|assisted) by",
    "es": r"(?:con)?juntamente con|junto (?:con|a)|en (?:estrecha )?(?:colaboración|cooperación|coordinación|conjunto|"
    r"asociación|alianza|articulación|concertación) con|con (?:el apoyo|la colaboración|la participación|"
    r"la asistencia) "
    r"del?|de la mano (?:con|del?)",
    "fr": r"conjointement avec|de concert avec|aux côtés d(?:es?|u)|en (?:étroite )?(?:collaboration|coopération|"
    r"coordination|partenariat|liaison|concertation|association|lien) avec|avec (?:l['’]appui|le soutien|le concours|"
    r"la (?:participation|collaboration)) d(?:es?|u)",
    "pt": r"(?:con)?juntamente com|em (?:estreita )?(?:colaboração|cooperação|coordenação|parceria|articulação|"
    r"conjunto) "
    r"com|com (?:o apoio|a participação|a colaboração) d[aeo]s?",
    "ru": r"(?:совместно|вместе|наряду) со?|с участием|(?:в (?:тесном )?|во )(?:сотрудничестве|взаимодействии|"
    r"партн[её]рстве|координации|кооперации) со?|при (?:(?:активном|активной) )?(?:участии|поддержке|"
    r"содействии|помощи)",
    "ar": r"و?بال(?:تعاون|اشتراك|تنسيق|شراكة|تشارك)(?: وال(?:تعاون|تنسيق|شراكة))? مع|و?بمشاركة|و?بدعم من|"
    r"(?:جنبا إلى جنب|جنباً إلى جنب) مع",
}
#: What says that bodies act together, followed by a blank; no name holds it. Without case.
JOINTLY = rf"(?:{'|'.join(_JOINTLY.values())})"
#: The same in Chinese, where no blank follows.
JOINTLY_HAN = "(?:会同|协同|连同)"
#: What joins the last two things of a list, in Latin and Cyrillic script; without case.
LIST_AND = (
    r"and|as well as|together with|along with|plus|y|e|así como|además del?|junto (?:con|a)|et|ainsi que|de même que|"
    r"bem como|assim como|além d[aeo]s?|em conjunto com|и|а также|совместно с|вместе с"
)
_ARABIC_HEAD = (
    r"ال|وزارة|وكالة|هيئة|هيأة|بوابة|موقع|منصة|مجلس|ديوان|إدارة|مركز|جهاز|لجنة|أمانة|مؤسسة|مصلحة|معهد|رئاسة|"
    r"صندوق|سلطة|"
    r"شركة|مصرف|بنك|وحدة|مديرية|دائرة|قطاع|منظمة|اتحاد|مكتب|برنامج|جامعة|كتابة|مندوبية|محافظة|غرفة|مختبر|فريق|"
    r"مدينة|حكومة"
)
#: The Arabic conjunction where it is written together with the name of a body or a portal.
ARABIC_AND = rf"و(?={_ARABIC_HEAD})"
_CONJUNCTION = re.compile(
    rf"(?:{LIST_AND}|و|وكذلك|وكذا|وأيضا|بالإضافة إلى|إضافة إلى)\s+|{ARABIC_AND}|(?:以及|和|与|及)(?=[\u4e00-\u9fff\[])",
    re.I,
)
_CONJUNCTION_BEHIND = re.compile(rf"\s+(?:{LIST_AND}|و|和|与|及)$", re.I)
_OPENING_OF = {"》": "《", ")": "(", "]": "[", "）": "（", "”": "“", "»": "«"}
_CLOSING_OF = {"“": "”", "«": "»"}


def trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without what is at its edges; brackets and quotation marks that it opens itself stay.

    >>> text = "Portal A (x), y Portal «B» (MH) – "
    >>> text[slice(*trim_name(text, 11, len(text)))]
    'Portal «B» (MH)'
    """
    is_first = not text[:start].strip(EDGES)
    while True:
        before = (start, end)
        while start < end and text[start] in EDGES and not _opens_inside(text, start, end):
            start += 1
        if not is_first and (conjunction := _CONJUNCTION.match(text, start, end)) and conjunction.end() < end:
            start = conjunction.end()
        while end > start and text[end - 1] in EDGES and not _closes_own(text, start, end):
            end -= 1
        if behind := _CONJUNCTION_BEHIND.search(text[start:end]):
            end = start + behind.start()
        if (start, end) == before:
            return start, end


def _opens_inside(text: str, start: int, end: int) -> bool:
    closing = _CLOSING_OF.get(text[start])
    return closing is not None and closing in text[start:end].rstrip(EDGES.replace(closing, ""))[:-1]


def _closes_own(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last == '"':
        return text.count('"', start, end) % 2 == 0
    return last in _OPENING_OF and _OPENING_OF[last] in text[start:end]
