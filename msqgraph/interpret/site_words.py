"""Words about a site beside a name that are no part of it: labels before an address, notes that there is no site."""

from __future__ import annotations

import re

_LABELS = {
    "en": r"url|links?|(?:the )?(?:official )?(?:web ?sites?|web(?:[ -]?page|[ -]?portal)?|home ?page|internet|site)"
    r"(?: address)?|web address|online at|available at|accessible at|at",
    "es": r"enlaces?|(?:el )?(?:sitio|p[aá]gina|portal|direcci[oó]n)(?:s)?(?: de)?(?: (?:web|internet|"
    r"electr[oó]nic[oa]))"
    r"?(?: oficial)?|disponible en",
    "fr": r"liens?|(?:le )?(?:sites?|page|adresse|portail)(?: (?:web|internet|officiel|[eé]lectronique|du site))*",
    "pt": r"(?:o )?(?:s[ií]tios?|p[aá]gina|endere[cç]o|portal)(?: (?:da|na|de))?"
    r"(?: (?:web|internet|eletr[oó]nico|eletr[oô]nico|electr[oó]nico|oficial))*|hiperliga[cç][aã]o",
    "ru": r"(?:адрес\w* )?(?:официальн\w+ )?(?:интернет-|веб-|web-)?(?:сайта?|портала?|ресурс|страниц[аы]|ссылка)"
    r"(?: в (?:сети )?(?:интернет\w*)?)?",
    "ar": r"(?:ال)?(?:رابط|موقع|بوابة|عنوان)(?: (?:ال)?[إا]لكتروني[ةه]?)?(?: (?:ال)?رسمي[ةه]?)?"
    r"(?: على (?:ال)?(?:شبكة )?(?:ال)?[إا]نترنت)?",
    "zh": "官方网址|官方网站|网站地址|网站链接|网址|网站|官网|链接|网页|主页|门户网站|网址为|网站为",
}
#: A label that introduces an address, without its colon; without case.
SITE_LABEL = rf"(?:{'|'.join(_LABELS.values())})"
_LABEL_BEHIND = re.compile(rf"(?:^|[\s,;،؛，；、.(（\[–—-]+){SITE_LABEL}\s*[:：]?\s*$", re.I)
_STRONG_LABEL_BEHIND = re.compile(
    r"(?:^|[\s,;،؛，；、.。(（\[–—-]+)(?:url|web ?sites?|website|web|sitio web|p[aá]gina web|site (?:web|internet|"
    r"officiel)"
    r"|сайт|веб-сайт|официальный сайт|الموقع (?:الإ|الا)لكتروني(?: الرسمي)?|网址|官网|(?:官方)?网站|链接)"
    r"(?:\s+(?:is|es|est|é|at)|为|是)?\s*[:：]?\s*$|\s+(?:available )?(?:at|on)\s*$",
    re.I,
)

_SITE = {
    "en": r"(?:(?:web|internet|official|own|dedicated|separate|public)[ -]?)*(?:web ?sites?|website|web ?page|"
    r"site|url|"
    r"portal|link|address|domain)",
    "es": r"(?:sitio|p[aá]gina|portal|url|enlace|direcci[oó]n|web)(?: (?:de )?(?:web|internet|propi[oa]|oficial))*",
    "fr": r"(?:site|page|portail|url|lien|adresse)(?: (?:web|internet|propre|officiel|d[eé]di[eé]))*",
    "pt": r"(?:s[ií]tio|site|website|p[aá]gina|portal|url|endere[cç]o)(?: (?:web|da internet|na internet|"
    r"pr[oó]pri[oa]|"
    r"oficial|eletr[oô]nico))*",
    "ru": r"(?:собственн\w+ |официальн\w+ |своего |отдельн\w+ )*(?:интернет-|веб-|web-)?(?:сайт|портал|ресурс|"
    r"страниц)\w*",
    "ar": r"(?:ل[ههاه]+ )?(?:ال)?(?:موقع(?:ا|اً)?|بوابة|رابط)(?: (?:ال)?[إا]?لكترون\S*)?(?: خاص\S*| رسمي\S*|"
    r" مستقل\S*)*",
    "zh": "(?:官方|独立|专门|自己的|自有)?(?:网站|网址|官网|网页|链接|主页)",
}
_WORKS = {
    "en": r"(?:(?:web ?site|website|site|portal|web ?page|page) (?:is )?(?:currently )?)?(?:under (?:construction|"
    r"development|maintenance|renovation|redesign)|being (?:built|developed|redesigned)|in (?:development|"
    r"preparation)|"
    r"coming soon|not (?:yet )?(?:available|online|operational|launched)|down|unavailable|offline)",
    "es": r"(?:(?:sitio|p[aá]gina|portal)(?: web)? )?(?:actualmente )?en (?:construcci[oó]n|desarrollo|mantenimiento|"
    r"preparaci[oó]n|proceso)|(?:sitio|p[aá]gina|portal)(?: web)? no disponible|pr[oó]ximamente",
    "fr": r"(?:(?:site|page|portail)(?: web| internet)? )?(?:actuellement )?en (?:cours de (?:construction|refonte|"
    r"cr[eé]ation|d[eé]veloppement|r[eé]alisation)|construction|maintenance|refonte|pr[eé]paration|d[eé]veloppement)|"
    r"(?:site|page|portail)(?: web| internet)? (?:indisponible|non disponible|inaccessible)|bient[oô]t en ligne",
    "pt": r"(?:(?:s[ií]tio|site|p[aá]gina|portal)(?: web)? )?(?:atualmente )?em (?:constru[cç][aã]o|desenvolvimento|"
    r"manuten[cç][aã]o|prepara[cç][aã]o|reformula[cç][aã]o)|(?:s[ií]tio|site|p[aá]gina|"
    r"portal)(?: web)? indispon[ií]vel",
    "ru": r"(?:(?:сайт|портал) )?(?:находится )?(?:в (?:разработке|стадии разработки|процессе разработки)|"
    r"на реконструкции|разрабатывается|создается|временно недоступен|не работает)",
    "ar": r"(?:(?:ال)?موقع \S*\s*)?(?:قيد|تحت) (?:ال)?(?:[إا]نشاء|تطوير|[إا]عداد|بناء|صيانة|تحديث)",
    "zh": "(?:网站|官网|网页)?(?:正在)?(?:建设中|建设|开发中|维护中|筹建中|改版中|升级中)",
}
_HAS_NONE = {
    "en": rf"(?:it |which )?(?:currently |still )?(?:has|have|with|there is|does not (?:yet )?have|do not have|"
    rf"without|no"
    rf"|lacks?)(?: (?:no|not|any|an?|its|own|yet|currently|at present))*\s+{_SITE['en']}"
    r"(?: (?:yet|available|of its own|at present|so far|exists|at the moment|currently))*",
    "es": rf"(?:a[uú]n |todav[ií]a |actualmente )*(?:sin|no (?:tiene|posee|cuenta con|dispone de|hay|existe))"
    rf"(?: (?:a[uú]n|todav[ií]a|un|una|ning[uú]n|su))*\s+{_SITE['es']}(?: (?:a[uú]n|todav[ií]a|por el momento|"
    rf"disponible))*",
    "fr": rf"(?:sans|pas (?:encore )?de|n['’]a pas(?: encore)? de|ne (?:dispose|"
    rf"poss[eè]de) pas(?: encore)?(?: d['’]un| de)?"
    rf"|aucun|il n['’]y a pas de)\s+{_SITE['fr']}(?: (?:pour le moment|actuellement|à ce jour|disponible))*",
    "pt": rf"(?:ainda |atualmente )*(?:sem|n[aã]o (?:tem|possui|disp[oõ]e de|h[aá]|existe)|nenhum)"
    rf"(?: (?:ainda|um|uma|seu))*\s+{_SITE['pt']}(?: (?:ainda|por enquanto|dispon[ií]vel))*",
    "ru": rf"(?:(?:пока )?(?:не имеет|не имеется|нет|без|отсутствует)(?: пока)?\s+{_SITE['ru']}|{_SITE['ru']}\s+"
    r"(?:пока )?(?:нет|не имеется|отсутствует|отсутствуют|не создан|недоступен))",
    "ar": rf"(?:ليس(?:ت)? (?:ل\S+ |لديها |لديه )?|لا (?:يوجد|توجد|يملك|تملك|يتوفر|تتوفر)(?: (?:له|لها|لديه|"
    rf"لديها|على))*\s*|"
    rf"بدون |دون |من دون ){_SITE['ar']}(?: (?:حاليا|حالياً|بعد))*",
    "zh": rf"(?:暂时?|尚|目前|现)?(?:无|没有|未有|未建立?|未开通|未设)(?:独立|专门|官方)?{_SITE['zh']}",
}
_NOTES = "|".join((*_HAS_NONE.values(), *_WORKS.values()))
_NOTE = re.compile(
    rf"(?:^|\s*[,،，;；؛:：(（\[–—-]\s*|[ \t\n]+(?:and |y |et |e |и |و)?)(?:{_NOTES})[\s.。)）\]]*$", re.I
)
_NOTE_ALONE = re.compile(rf"[\W_]*(?:{_NOTES})[\W_]*", re.I)
_POSSESSIVE = r"(?:(?:its|their|the|whose|su|el|la|cuyo|cuya|son|le|sa|dont le|seu|sua|o|a|его|ее|её|其)\s*)?"
_COPULA = r"(?:\s*(?:is|are|can be found at|es|est|é|为|是|هو))?"
#: What may stand between a body's name and its site: the rest of the sentence, and a label of the address.
UP_TO_SITE = re.compile(
    rf"[^.;;；؛。\n\ufffc]{{0,100}}?[\s.,;:،؛，；。：()（）\[\]<>\"”»》|/–—→=*_-]*"
    rf"(?:{_POSSESSIVE}{SITE_LABEL}{_COPULA})?[\s:：–—(（<\[-]*",
    re.I,
)


def end_before_site_words(name: str) -> int:
    """Where a name ends before a label of the address that follows it, or a note that it has no site.

    >>> names = ("Ministry of Water — no website", "Agencia Digital, sitio web:", "教育部，网址：", "Post Office")
    >>> [name[: end_before_site_words(name)] for name in names]
    ['Ministry of Water', 'Agencia Digital', '教育部', 'Post Office']
    """
    if note := _NOTE.search(name):
        return note.start()
    has_colon = name.rstrip().endswith((":", "："))
    label = (_LABEL_BEHIND if has_colon else _STRONG_LABEL_BEHIND).search(name)
    return label.start() if label else len(name)


def is_note(text: str) -> bool:
    """Whether a text says nothing but that there is no site.

    >>> is_note("(sin página web)"), is_note("сайт в разработке"), is_note("Ministry of Sites")
    (True, True, False)
    """
    return _NOTE_ALONE.fullmatch(text) is not None
