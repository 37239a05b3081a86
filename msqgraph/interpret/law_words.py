"""Words for legal acts in the questionnaire's languages, by the type they tell; words for bills; what else has numbers.

All patterns are for folded text (no case, no accents). The types are the slugs of ``code/law-type``.
"""

from __future__ import annotations

import re

from msqgraph.folding import plain


def folded(pattern: str) -> str:
    """A pattern whose letters are folded as texts are, its own signs (``\\W``, ``(?P``) left alone.

    >>> folded(r"(?P<day>пятый)\\W")
    '(?P<day>пятыи)\\\\W'
    """
    return "".join(letter if letter.isascii() else plain(letter) for letter in pattern)


_AR = "[وف]?(?:[بلك]?(?:ال)?|لل)"
_RU_NOUN = "(?:а|у|ом|е|ы|ов|ам|ами|ах)?"
_RU_NEUTER = "(?:е|я|ю|ем|и|ий|ям|ями|ях)"

# the first that fits decides: what is made of two words comes before its parts
_ACTS: tuple[tuple[str, str], ...] = (
    (
        "decree",
        r"decretos?(?: con (?:rango,? valor y fuerza|fuerza|rango) de |[- ])(?:ley(?:es)?|leis?)|decrets?[- ]lois?|"
        r"decrets? portant lois?|decree[- ]laws?|law[- ]decrees?|"
        r"(?:executive|presidential|royal|government|amiri|emiri) orders?|orders? in council|"
        r"orders? of the (?:president|government|council of ministers|king|prime minister|cabinet)|"
        r"acuerdos? (?:gubernativos?|ejecutivos?|presidencial(?:es)?)|medidas? provisorias?|"
        r"указ\w{0,3},? имеющ\w+ силу закона|"
        rf"{_AR}مرسوم(?: \w+)? [بك]قانون|{_AR}قرار بقانون",
    ),
    (
        "resolution",
        r"постановлени\w{1,2}(?= (?:министерств|минист?ра|мин[а-я]+|национальн\w+ банк|парламент|палат|сенат|мажилис|"
        r"жогорку|верховн|коллеги|пленум|центральн))|"
        r"acuerdos?(?= (?:ministerial|interministerial|municipal|plenari|regional|administrativ|"
        r"(?:(?:n[°o.]\S*|nro\.?|num\.?) ?[\d/-]+ )?del? (?:la )?"
        r"(?:consejo|directorio|concejo|gabinete|junta|pleno|corte|comision|camara|secretari|ministr|director)))",
    ),
    ("regulation", r"by-?laws?|(?:statutory|legislative) instruments?|l\.\s?i\.(?= )|s\.\s?i\.(?= )"),
    (
        "constitution",
        rf"constitutions?|constitucion(?:es)?|constituicao|конституци(?:я|и|ю|ей)|{_AR}دستور|carta magna",
    ),
    (
        "decree",
        rf"(?:sub-?)?decrees?|decretos?|decrets?|dahirs?|указ{_RU_NOUN}|декрет{_RU_NOUN}|постановлени{_RU_NEUTER}|"
        rf"{_AR}مرسوم(?:ان|ين|ه|ها)?|{_AR}مراسيم|{_AR}(?:امر|اوامر)|{_AR}ظهير|d\.?\s?s\.|d\.?\s?l\.|d\.?\s?leg\.",
    ),
    (
        "resolution",
        r"resolutions?|decisions?|deliberations?|orders?|resolucion(?:es)?|resolucao|resolucoes|decision(?:es)?|"
        r"disposicion(?:es)?|providencias?|orden(?:es)?|arretes?|deliberacao|deliberacoes|decisao|decisoes|"
        r"portarias?|"
        rf"despachos?|diplomas? ministeria(?:l|is)|решени{_RU_NEUTER}|приказ{_RU_NOUN}|распоряжени{_RU_NEUTER}|"
        rf"резолюци(?:я|и|ю|ей|й)|{_AR}قرار(?:ان|ين|ات|ه|ها)?|{_AR}مقرر|r\.?\s?m\.",
    ),
    (
        "regulation",
        r"regulations?|reglamentos?|reglements?|regulamentos?|ordinances?|ordonnances?(?:-lois?)?|ordenanzas?|"
        rf"instruc(?:ao|oes) normativas?|положени{_RU_NEUTER}|регламент{_RU_NOUN}|{_AR}(?:لائح(?:ة|ته|تها)|لوائح|نظام)",
    ),
    (
        "agreement",
        r"agreements?|treat(?:y|ies)|conventions?|convenios?|"
        r"(?<!de )acuerdos?|tratados?|(?<!d')accords?(?:-cadres?)?|traites?|"
        r"(?<!de )acordos?|"
        rf"соглашени{_RU_NEUTER}|договор{_RU_NOUN}(?! (?:подряд|поставк|аренд|купли|оказани|на|с))|конвенци(?:я|и|"
        rf"ю|ей)|{_AR}(?:اتفاقية|اتفاقيات|اتفاق|معاهدة)",
    ),
    (
        "law",
        r"laws?|acts?|statutes?|proclamations?|ley(?:es)?|lois?(?:-cadres?|-programmes?)?|leis?(?:-quadro)?|"
        rf"закон{_RU_NOUN}|кодекс{_RU_NOUN}|фз|codes?|codigos?|{_AR}قانون(?:ان|ين|ي)?|{_AR}قوانين",
    ),
    ("other", rf"directives?|directivas?|circulars?|circulares|circulaires?|директив[аыуе]|циркуляр{_RU_NOUN}|"
              rf"{_AR}(?:منشور|تعميم|توجيه)"),
)  # fmt: skip

_CHINESE = (
    ("constitution", "宪法|憲法"),
    ("regulation", "条例|條例|行政法规|行政法規|法规|规定|規定|办法|規章|规章|细则|规则"),
    ("decree", "法令|政令|命令|令"),
    ("resolution", "决议|決議|决定|決定"),
    ("agreement", "协定|協定|协议|条约|條約|公约|公約"),
    ("law", "法律|法典|法"),
)
#: An act in Chinese, as the last characters of its name; never a bill, a court, a legal person.
HAN_ACT = (
    "(?:" + "|".join(words for _, words in _CHINESE) + ")(?!草案|案|律|令|规|規|典|院|庭|人|定|制|治|官|学|系|修正案)"
)
HAN_ACT_FIRST = "(?:法律|" + "|".join(words for _, words in _CHINESE) + ")"

_GROUPS = "|".join(f"(?P<{slug}_{place}>{folded(words)})" for place, (slug, words) in enumerate(_ACTS))
#: A word for an act, or several that make one; ``lastgroup`` begins with its type.
ACT = re.compile(rf"(?:(?<![\w'-])|(?<=\b[dl]'))(?:{_GROUPS})(?!\w|-[a-z]|'[a-z])")
_CHINESE_ENDS = [(slug, re.compile(f"(?:{words})$")) for slug, words in _CHINESE]

#: Several acts: what follows may be a list of their numbers.
PLURAL = re.compile(
    folded(
        r"laws|acts|decrees|orders|resolutions|decisions|regulations|agreements|leyes|decretos.*|resoluciones|"
        r"acuerdos.*|"
        r"lois.*|decrets.*|arretes|ordonnances|leis.*|portarias|resolucoes|ordinances|statutes|proclamations|"
        r"законы|законов|законам\w*|законах|указы|указов|указам\w*|указах|приказы|приказов|приказам\w*|приказах|"
        r"постановлений|постановлениям\w*|решений|решениям\w*|распоряжений|постановления|решения|распоряжения|"
        rf"{_AR}قانون(?:ان|ين|ي)|{_AR}قوانين|{_AR}مرسوم(?:ان|ين)|{_AR}مراسيم|{_AR}قرار(?:ان|ين|ات)|{_AR}اوامر"
    )
)
#: Before an act's word: it is not in force yet.
BILL = re.compile(
    folded(
        r"(?:(?:ante)?proyectos? de (?:la |nueva )?|iniciativas? de |propuestas? de |borrador(?:es)? (?:de|"
        r"del) (?:la )?|"
        r"(?:avant-?)?projets? (?:de |d'|du )(?:la )?|propositions? de |(?:ante)?projetos? de |propostas? de |"
        r"minutas? d[aeo] |"
        r"(?:^|[^-\w])(?:draft|proposed|planned|future) (?:\w+ ){0,4}|проект\w* (?:\w+ ){0,2}|"
        r"законопроект\w* (?:\w+ ){0,2}|"
        r"(?:مشروع|مسودة|مقترح|مشاريع|مسودات)[يى]? (?:\w+ )?)[«\"“'(]?\s*$"
    )
)
#: Before an act's word: the act it is in approves or amends this one, and has the number.
APPROVED = re.compile(
    folded(
        r"(?:об утверждении|утвержда\w+|aprueba (?:el|la)|aprova [oa]|approving the|portant|approuvant (?:le|la)|"
        r"regulamenta [oa]|о порядке \w+|بشأن|المتعلقة? ب|الخاصة? ب|باعتماد|اعتماد|بإصدار)\s*$"
    )
)
#: Words before a number that is not an act's: gazettes, articles, pages, standards, telephones, contracts.
NOT_AN_ACT = re.compile(
    folded(
        r"(?<!\w)(?:gazettes?|journal|bulletin|boletin|diario|gaceta|oficial|officiel|official|registro|"
        r"articles?|arts?|articulos?|artigos?|section|sec|chapter|cap|capitulo|chapitre|annex|anexo|annexe|"
        r"schedule|part|title|titulo|titre|item|paragraph|page|pages|pag|pagina|pp|volume|vol|tomo|tome|version|form|"
        r"formulario|formulaire|iso|iec|itu(?:-t)?|uit|recommendation|recomendacion|recommandation|recomendacao|"
        r"tel|telephone|telefono|telefone|phone|fax|line|linea|ligne|contract|contrato|contrat|tender|licitacion|"
        r"loan|credit|prestamo|pret|emprestimo|project|proyecto|projet|projeto|programme|expediente|account|goal|sdg|"
        r"ods|odd|цур|objetivo|objectif|target|meta|phase|fase|"
        r"floor|piso|room|flat|apartment|building|box|bp|"
        r"edificio|batiment|дом|зал|школа|office no|serie|edicion|edition|edicao|"
        r"bill|proyectos?|projetos?|ст|статьи|статья|статье|статьей|статьями|пункт\w*|п|стр|страниц\w*|газет\w*|"
        r"собрани\w* законодательства|сборник\w*|ведомост\w*|вестник\w*|журнал\w*|бюллетен\w*|тел|телефон\w*|"
        r"приложени\w*|глав[аыеу]|раздел\w*|форм[аыеу]|договор подряда|контракт\w*|законопроект\w*|мсэ|"
        r"(?:ال)?(?:مادة|فصل|فصول|باب|بند|فقرة|صفحة|جريدة|رائد|هاتف|ملحق|نموذج|عقد|طبعة|رسمية|رسمي))(?!\w)"
    )
)
#: Words that end the name of an act: what follows them is said about it.
PREDICATE = re.compile(
    folded(
        r"(?<!\w)(?:is|are|was|were|be|been|has|have|had|shall|will|may|must|requires?|provides?|establish(?:es|ed)|"
        r"which|that|who|since|until|covers|applies|esta|estan|fue|fueron|ha|han|tiene|tienen|establece|dispone|"
        r"crea|creo|obliga|permite|vigente|desde|hasta|son|est|sont|ont|prevoit|dispose|oblige|permet|depuis|qui|"
        r"jusqu'en|sao|foi|foram|tem|estabelece|dispoe|cria|criou|entrou|entro|является|имеет|действу\w+|"
        r"устанавлива\w+|предусматрива\w+|вступил\w*|которы\w+|ينص|تنص|يتضمن|يلزم|التي|الذي|منذ|حتى|يوجد)(?!\w)"
    )
)


def type_of(name: str) -> str | None:
    """The type of act that a folded name begins (or, in English and Chinese, ends) with.

    >>> type_of("ley de acceso"), type_of("freedom of information act"), type_of("电子签名法"), type_of("plan")
    ('law', 'law', 'law', None)
    """
    name = re.sub(r",?\s+(?:of\s+)?(?:1[89]|20)\d\d$", "", name)
    if begins := ACT.match(name):
        return slug_of(begins)
    ends = [match for match in ACT.finditer(name) if match.end() == len(name)]
    return slug_of(ends[-1]) if ends else type_of_chinese(name)


def type_of_chinese(name: str) -> str | None:
    """The type of act that a Chinese name ends with.

    >>> type_of_chinese("政府信息公开条例"), type_of_chinese("国务院令"), type_of_chinese("发展规划")
    ('regulation', 'decree', None)
    """
    return next((slug for slug, pattern in _CHINESE_ENDS if pattern.search(name)), None)


def slug_of(match: re.Match[str]) -> str:
    """The type that a match of ``ACT`` tells."""
    return (match.lastgroup or "other").partition("_")[0]
