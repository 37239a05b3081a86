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
    "name": r"(?:full |first |last )?names?|nombres?(?: y apellidos?)?|noms?(?: et prenoms?)?|nome|"
    r"имя|ф\.?и\.?о\.?|фамилия|الاسم|姓名",
    "title": r"(?:job )?title|position|cargo|titulo|puesto|titre|fonction|poste|должность|المنصب|"
    r"المسمى الوظيفي|职务|职位",
    "organization": r"organi[sz]ation|organi[sz]a(?:cion|cao)|institution|instituicao|institucion|organisme|"
    r"организация|المؤسسة|المنظمة|机构|单位",
    "email": r"e[\W_]?mails?(?: address)?|correo(?: electronico)?|courriel|электронная почта|эл\. ?почта|"
    r"البريد الالكتروني|电子邮件|邮箱",
    "phone": r"(?:tele)?phones?(?: number)?|tel\.?|tele(?:fono|phone|fone)s?|mobile|телефон|الهاتف|电话",
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
        with_colon = rf"(?<!\w)(?:{label})(?:[ \t]*\([^)\n]*\))?[*_ \t]*[:：][*_]*"
        at_line = rf"(?:^|(?<=\n))[^\w\n]*(?:{label})(?!\w)[*_ \t]*[:：]?[*_]*"
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
