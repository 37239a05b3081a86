"""The name in a statement about a body: what is said before it ("matters are handled by the ...") and behind it.

Names of public bodies hold no finite verb; where one stands, the name ends before it or begins behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msqgraph.interpret.name_phrases import without_article

_VERBS = {
    "en": r"is|are|was|were|has|have|had|does|leads?|led|lies|rests?|falls?|comes?|belongs?|reports?|serves?|acts?|"
    r"oversees|manages?|managed|handles?|handled|coordinates?|runs?|operates?|supervises?|implements?|deals?|covers?|"
    r"works?|provides?|established|was|will|can|may|should|shall|must|includes?|consists?|lead|headed|responsible|"
    r"in charge of|which|who|that|under the responsibility|remains?|carries|exists?|performs?|administers?|we|there|"
    r"involved|working|dealing|through|via",
    "es": r"es|son|est[aá]n?|fue|era|ha|han|tiene|tienen|lidera|dirige|coordina|depende|recae|corresponde|compete|"
    r"pertenece|gestiona|administra|ejecuta|supervisa|act[uú]a|funciona|existe|existen|"
    r"que|cual|cuenta|trabaja|trabajan|ser[aá]|incluye|a cargo|mediante|participa[n]?|hay|se|impulsa|desarrolla|"
    r"a trav[eé]s de",
    "fr": r"est|sont|a [eé]t[eé]|ont|rel[eè]ve(?:nt)?|d[eé]pend(?:ent)?|incombe|revient|appartient|pilote|coordonne|"
    r"g[eè]re|dirige|assure|supervise|qui|confi[eé]e?s?|assur[eé]e?s?|travaille|dispose|"
    r"s['’]agit|agit|existe|existent|comprend|g[eé]r[eé]e?s?|pilot[eé]e?s?|il|sera|exerce|intervient|à travers|"
    r"via|par le biais",
    "pt": r"é|s[aã]o|est[aá]|est[aã]o|foi|foram|tem|t[eê]m|cabe|compete|lidera|coordena|depende|pertence|gere|"
    r"gerencia|"
    r"administra|dirige|atua|funciona|existe|existem|que|trabalha|inclui|ser[aá]|"
    r"a cargo|tutela(?:do|da)? por|h[aá]|executa|supervisiona|desenvolve|atrav[eé]s d[aeo]s?|por meio d[aeo]s?",
    "ru": r"является|являются|отвечает|отвечают|занимается|занимаются|осуществляет|осуществляют|координирует|"
    r"курирует|"
    r"возлож\w+|находится|находятся|относ\w+|руководит|выступает|обеспечивает|ведает|реализует|определ[её]н\w*|"
    r"ответственн\w+(?= за)|который|которая|которое|которые|создан[аоы]?|действует|работает|функционирует|входит|"
    r"подчин\w+|назначен\w*|был[аои]?|имеет|имеется|через|в лице|на базе",
}
_VERB = re.compile(rf"(?<![\w'’-])(?:{'|'.join(_VERBS.values())})(?![\w'’-])")
_LOWER_WORDS = re.compile(r"[\s:,]*(?:(?:[dl]['’](?=[^\W\d_A-ZÀ-Þ])|[a-zà-ÿа-яё][\w-]*['’]?|[(])\s*)*")
_ELIDED = re.compile(r"[dl]['’](?=[A-ZÀ-Þ])")
_ARABIC_VERB = re.compile(
    r"(?<![\u0620-\u065f])[وف]?(?:هي|هو|هم|تتولى|يتولى|تشرف|يشرف|تقوم|يقوم|تعمل|يعمل|تعد|يعد|تعتبر|يعتبر|مسؤول\S*|"
    r"المسؤول\S*|المختص\S*|المعني\S*|تدير|يدير|تقود|يقود|تتبع|يتبع|عن طريق|من خلال|من قبل|تحت إشراف|باشراف|بإشراف|"
    r"التي|الذي|يوجد|توجد|تنفذ|ينفذ|على عاتق|تختص|يختص|تعنى|يعنى|تضطلع|ضمن|كان|كانت)(?![\u0620-\u065f])"
)
_HAN_BEFORE = re.compile(
    r"^.{0,40}?(?:部门|单位|机构|部委)(?:是|为|有|包括)|^.{0,30}?(?:工作|事务|事项|主要|目前|分别|是|统一)由|"
    r"^.{0,30}?(?:归口|隶属于?|归属于?)|^(?:由|是|包括|设有|设立了?|成立了?|我国设有|我国成立了?|有)(?=[\u4e00-\u9fff《“])"
)
_HAN_BEHIND = re.compile(
    r"(?:共同|主要|具体|统一|牵头|联合|分别|统筹|全面|总体)*(?:负责|主管|牵头|承担|管理|协调|统筹|推进|主导|是|为|从事|开展|"
    r"参与|实施|指导)[^，。；]*$"
)
_GENERIC = re.compile(
    r"\W*(?:(?:the|el|la|le|l['’]|o|a|los|las|les|as?|os?)\s*)?(?:"
    r"(?!(?-i:Government Office)\W*$)(?:lead|leading|responsible|competent|main|relevant|coordinating|implementing|"
    r"key|other|concerned|"
    r"government|line)"
    r" (?:agenc(?:y|ies)|ministr(?:y|ies)|bod(?:y|ies)|institutions?|departments?|authorit(?:y|ies)|offices?|units?|"
    r"organi[sz]ations?)(?: in charge| responsible| concerned)?|"
    r"(?:agenc(?:y|ies)|ministr(?:y|ies)|bod(?:y|ies)|institutions?|departments?) (?:in charge|responsible|"
    r"concerned)|"
    r"(?:organismo|entidad|instituci[oó]n|autoridad|[oó]rgano|ministerio|agencia|ente|dependencia)(?:e?s)?"
    r" (?:encargad|responsable|rector|competente|l[ií]der|ejecutor|principal|p[uú]blic)\w*|"
    r"(?:organisme|institution|autorit[eé]|minist[eè]re|structure|administration|service)s?"
    r" (?:charg[eé]|responsable|comp[eé]tent|de tutelle|pilote|chef de file|concern[eé])\w*|"
    r"(?:entidade|[oó]rg[aã]o|institui[cç][aã]o|autoridade|minist[eé]rio|organismo)s?"
    r" (?:respons[aá]ve|competente|coordenador|encarregad|principa)\w*|"
    r"(?:ответственн|уполномоченн|компетентн|профильн|головн)\w+ (?:орган\w*|министерств\w+|ведомств\w+|"
    r"государственный орган)|"
    r"(?:ال)?(?:جهة|وزارة|مؤسسة|هيئة|جهات|وزارات) (?:ال)?(?:مسؤولة|مختصة|معنية|مشرفة|رئيسية)|"
    r"(?:主管|负责|牵头|责任|相关|有关)(?:的)?(?:部门|单位|机构)"
    r")\W*",
    re.I,
)


def name_in_statement(text: str, is_body: Callable[[str], bool]) -> tuple[int, int] | None:
    """The stretch of the name in a text if that makes a statement about it; an empty one if the statement names none.

    :param is_body: whether a whole text looks like the name of a body.

    >>> text = "Technical matters are handled by the Data Office"
    >>> text[slice(*name_in_statement(text, lambda words: "Office" in words))]
    'Data Office'
    >>> name_in_statement("Data Office", lambda words: "Office" in words) is None
    True
    """
    if re.search("[\u4e00-\u9fff]", text):
        return _in_chinese(text, is_body)
    if re.search("[\u0620-\u064a]", text):
        return _in_arabic(text, is_body)
    verbs = list(_VERB.finditer(text[:1].lower() + text[1:]))
    if not verbs:
        return None
    before = text[: verbs[0].start()].rstrip(" ,:;(–—-")
    if is_body(before) and _is_whole(before) and not is_generic(before):
        return 0, len(before)
    start = verbs[0].end()
    while start < len(text):
        lower = _LOWER_WORDS.match(text, start)
        start = lower.end() if lower else start
        if elided := _ELIDED.match(text, start):
            start = elided.end()
        following = next((verb for verb in verbs if verb.start() > start), None)
        end = following.start() if following else len(text)
        candidate = text[start:end].rstrip(" ,:;(–—-.")
        if candidate and is_body(candidate):
            return start, start + len(candidate)
        following_word = re.compile(r"\S+\s*").match(text, start)
        if following_word is None:
            break
        start = following_word.end()
    return 0, 0


def _is_whole(words: str) -> bool:
    """Whether what stands before a verb can be a name: it is no "office that", "body", "there"."""
    name = words[without_article(words, 0, len(words)) :]
    return name[:1].isupper() and (" " in name or name.isupper())


def is_generic(text: str) -> bool:
    """Whether words only say that there is a body in charge, and not which.

    >>> is_generic("Lead agency"), is_generic("主管部门"), is_generic("Lead Agency for Water")
    (True, True, False)
    """
    return _GENERIC.fullmatch(text) is not None


def _in_arabic(text: str, is_body: Callable[[str], bool]) -> tuple[int, int] | None:
    verbs = list(_ARABIC_VERB.finditer(text))
    if not verbs:
        return None
    before = text[: verbs[0].start()].rstrip(" ،:؛(–—-")
    if before and is_body(before) and len(before.split()) > 1 and not is_generic(before):
        return 0, len(before)
    for word in re.finditer(r"(?<![\u0620-\u065f])[\u0620-\u065f]+", text[verbs[0].end() :]):
        start = verbs[0].end() + word.start()
        end = next((verb.start() for verb in verbs if verb.start() > start), len(text))
        candidate = text[start:end].rstrip(" ،:؛(–—-.")
        if is_body(candidate) and len(candidate.split()) > 1:
            return start, start + len(candidate)
    return 0, 0


def _in_chinese(text: str, is_body: Callable[[str], bool]) -> tuple[int, int] | None:
    start, end = 0, len(text)
    if (opening := _HAN_BEFORE.match(text)) and opening.end() < end:
        start = opening.end()
    if not is_body(text[start:]):
        behind = _HAN_BEHIND.search(text, start + 2)
        while behind and not is_body(text[start : behind.start()]):
            behind = _HAN_BEHIND.search(text, behind.start() + 1)
        if behind is None:
            return None
        end = behind.start()
    return (start, end) if (start, end) != (0, len(text)) else None
