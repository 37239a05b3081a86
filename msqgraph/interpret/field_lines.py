"""Labelled lines ("Name: ...", "Correo electrónico: ..."): where each value begins and ends, by the field's role.

The labels are the form's own wording and what forms that were translated call the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from msqgraph.folding import Folded, plain
from msqgraph.questionnaire import Part

# by role, as patterns on folded text: no case, no accents
_LABELS = {
    "name": r"(?:full |first |last )?names?(?: of (?:the )?(?:cio|official))?|"
    r"nombres?(?: completo)?(?: y apellidos?)?|"
    r"(?:pre)?noms?(?: complet)?(?: et (?:pre)?noms?)?|nomes?(?: completo)?(?: e apelidos?)?|"
    r"фамилия,? имя(?:,? отчество)?|имя(?:,? фамилия| и фамилия)?|ф\.?\s?и\.?\s?о\.?|фамилия|"
    r"(?:ال)?اسم(?: ال?كامل| الثلاثي| المسوول)?|姓名|名字",
    "title": r"(?:job |official )?tit[li]e|position|designation|cargo|titulo|puesto|titre|fonction|poste|qualite|"
    r"intitule du poste|"
    r"funcao|должность|звание|(?:ال)?منصب|(?:ال)?وظيفة|(?:ال)?مسمى (?:ال)?وظيفي|(?:ال)?صفة|职务|职位|职称|头衔|职衔",
    "organization": r"organi[sz]ation|organi[sz]a(?:cion|cao)|institution|instituicao|institucion|organismo?|"
    r"organisme|organo|"
    r"organe|orgao|entidade?|dependencia|structure|etablissement|ministere|instance|organizacao|"
    r"организация|учреждение|ведомство|орган|место работы|(?:ال)?موسسة|(?:ال)?منظمة|(?:ال)?جهة(?: ال?عمل)?|جهة العمل|"
    r"(?:工作|所属)?(?:机构|单位)|组织|所属部门",
    "email": r"e[\W_]?mails?(?: address| адрес)?|correo(?: electronico)?|courriel|courrier electronique|"
    r"adresse (?:e-?mail|electronique)|mel|correio eletronico|endereco eletronico|"
    r"(?:адрес )?электронно[ий] почт[аы]|электронная почта|эл\. ?(?:почта|адрес)|"
    r"(?:ال)?بريد(?: (?:ال)?الكتروني)?|الايميل|"
    r"电子邮[件箱]|邮箱|电邮",
    "phone": r"(?:tele)?phones?(?: numbers?)?|tel\.?|tele(?:fono|phone|fone)s?|mobile|movil|celular|portable|fax|"
    r"(?:контактныи )?телефоны?|тел\.?|(?:رقم )?(?:ال)?هاتف|(?:ال)?جوال|联系电话|电话(?:号码)?|手机",
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A labelled line: its role, where its label begins, and the stretch up to the next label."""

    role: str
    label_start: int
    start: int
    end: int


def field_lines(folded: Folded, question: Part, needs_colon: bool = True) -> list[FieldLine]:
    """The labelled lines of an answer, in order; offsets count in the original text.

    :param needs_colon: whether a label at the beginning of a line counts only with a colon behind it.

    >>> question = Part("4", "Question", parts=[Part("4/n", "Field", "Name:", role="name")])
    >>> [(line.role, line.start, line.end) for line in field_lines(Folded("Name: Ana Paz"), question)]
    [('name', 5, 13)]
    """
    found: dict[int, tuple[int, str]] = {}
    for part in question.fields:
        wording = r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", plain(part.wording))))
        label = "|".join(filter(None, (wording, _LABELS.get(part.role))))
        if not part.role or not label:
            continue
        again = rf"(?:(?:[ \t]*[/／|\\–-][ \t]*|[ \t]+)(?:{label}))*(?:[ \t]*\([^)\n]*\))?"  # in a second language
        with_colon = rf"(?<!\w)(?:{label}){again}[*_ \t]*[:：][*_]*"
        at_line = rf"(?:^|(?<=\n))[^\w\n]*(?:{label}){again}(?!\w)[*_ \t]*[:：]?[*_]*"
        pattern = with_colon if needs_colon else f"{at_line}|{with_colon}"
        for match in re.finditer(pattern, folded.text):
            found.setdefault(folded.at(match.start()), (folded.at(match.end()), part.role))
    if not found:
        return []
    starts = sorted(found)
    return [
        FieldLine(found[place][1], place, found[place][0], max(found[place][0], following))
        for place, following in zip(starts, [*starts[1:], len(folded.original)], strict=True)
    ]
