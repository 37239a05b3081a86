"""Acts cited in Chinese by number (2016年第53号法律, 国务院令第727号) or by title and year (电子签名法（2005年）)."""

from __future__ import annotations

import re

from msqgraph.interpret.cited import Cited
from msqgraph.interpret.dates import when_at
from msqgraph.interpret.law_words import HAN_ACT, HAN_ACT_FIRST, type_of_chinese
from msqgraph.interpret.passages import Passage
from msqgraph.response import Citation

_HAN = "\u4e00-\u9fff"
_DIGITS = "〇零○一二三四五六七八九"
_YEAR = rf"(?:(?:1[89]|20)\d\d|[一二][{_DIGITS}]{{3}})"
_NUMBER = rf"(?:\d+|[{_DIGITS}十百千两]+)"
_ISSUED = (
    rf"(?P<before>{_YEAR})\s*年\s*(?:\d{{1,2}}\s*月\s*)?(?:\d{{1,2}}\s*日\s*)?"
    r"(?:颁布|公布|通过|发布|颁发|出台|制定|生效|施行|实施|签署)?的?\s*"
)
_COUNTED = rf"第?\s*(?P<number>{_NUMBER})\s*(?:/\s*(?P<slashed>(?:19|20)\d\d))?\s*[号號]"
#: 法律第12号, 国务院令第711号, 内阁决议第21号; the issuer before the word may have the year before it.
_ACT_FIRST = re.compile(
    rf"(?:{_ISSUED}(?:[{_HAN}]{{0,14}}?))?(?<!草案)(?P<act>{HAN_ACT_FIRST})\s*(?:编号\s*)?:?\s*{_COUNTED}(?!公报|公報|"
    f"案|法案)"
)
#: 第53号法律, 第5号部长决议, 第5/2018号法令.
_NUMBER_FIRST = re.compile(
    rf"(?:{_ISSUED})?{_COUNTED}\s*(?P<issuer>(?:(?!{HAN_ACT_FIRST})[{_HAN}]){{0,8}}?)(?P<act>{HAN_ACT})"
)
#: 《隐私法》（第10号，2012年）, 电子政务法（2013年第8号）.
_IN_BRACKETS = re.compile(
    rf"(?:《[^》\n]{{1,60}}?(?P<act>{HAN_ACT})》|"
    rf"[{_HAN}、]{{2,24}}?(?P<act2>{HAN_ACT}))\s*[(]\s*(?:(?P<before>{_YEAR})\s*年\s*)?"
    f"{_COUNTED}(?![{_HAN}])"
)
#: The title that a bracket follows: its own last word tells the type.
_TITLE = re.compile(rf"(?:《(?P<marked>[^》\n]{{2,80}})》|(?P<bare>[{_HAN}、]{{2,40}}))\s*[(]\s*[^()]{{0,24}}$")
_TITLED_YEAR = re.compile(
    rf"(?:{_ISSUED})?"
    rf"(?:《(?P<marked>[^》\n]{{1,60}}?(?P<act>{HAN_ACT}))》|(?P<bare>(?:(?!{_YEAR}|"
    f"年)[{_HAN}、]){{2,24}}?(?P<act2>{HAN_ACT})|(?P<act3>宪法|憲法)))"
    rf"(?P<bracket>\s*[(]\s*(?:于|自)?\s*(?={_YEAR}\s*年))?"
)
_ISSUER = re.compile(
    f"(?:国务院|[国全]家主席|主席|总统|总理|首相|国王|内阁|部长会议|议会|政府|[{_HAN}]{{1,6}}(?:部|委员会|局))$"
)
_BEHIND = re.compile(r"\s*[(,，、]?\s*(?:于|自)?\s*")
# a date outside brackets is the act's where the clause ends with it: not "第5号法律，2018年12月，国务院..."
_ENDS = re.compile(r"[^,，、;；。.()\n]{4,14}?(?:公布|通过|颁布|发布|签署|施行|实施)?(?=[;；。.)\n]|$)")
_NOT_OF_THE_ACT = re.compile(r"\s*(?:起|将|开始|底|以来|至|到|-|–|—|前|后|度|期间)")
_DRAFT = re.compile("草案|征求意见稿|征求意見稿|送审稿|法案|议案")
_VALUES = {**{digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}, "〇": "0", "○": "0"}


def find_chinese(passage: Passage) -> list[Cited]:
    """The acts that a text cites in Chinese, by number or by title and year, in order.

    >>> text = "《政府信息公开条例》（国务院令第727号，2018年11月20日公布）；2016年第53号法律"
    >>> [(c.citation.type, c.citation.number, c.citation.year) for c in find_chinese(Passage(text))]
    [('regulation', '727', '2018'), ('law', '53', '2016')]
    """
    text = passage.folded.text
    if not re.search(f"[{_HAN}]", text):
        return []
    found: list[Cited] = []
    for pattern, read in (
        (_ACT_FIRST, _numbered),
        (_NUMBER_FIRST, _numbered),
        (_IN_BRACKETS, _numbered),
        (_TITLED_YEAR, _titled),
    ):
        for match in pattern.finditer(text):
            cited = read(passage, match)
            if cited and not any(cited.overlaps(other) for other in found):
                found.append(cited)
    return sorted(found, key=lambda cited: cited.start)


def _numbered(passage: Passage, match: re.Match[str]) -> Cited | None:
    text, at = passage.folded.text, passage.folded.at
    slug, start = type_of_chinese(match["act"] or match.groupdict().get("act2") or ""), match.start()
    if slug is None:
        return None
    title = _TITLE.search(text, max(0, start - 110), start)
    name = (title["marked"] or title["bare"]) if title else ""
    if (
        _DRAFT.search(name)
        or _DRAFT.match(text[match.end() :].lstrip("( "))
        or _DRAFT.search(text[max(0, start - 3) : start])
    ):
        return None
    if title and (of_title := type_of_chinese(name)):
        slug, start = of_title, title.start()
    elif issuer := _ISSUER.search(text[max(0, start - 14) : start]):
        start -= len(issuer[0])
    stated = passage.text[at(match.start("number")) : at(match.end("number"))]
    citation = Citation(slug, stated, None, match["slashed"] or _year(match["before"]))
    end = match.end()
    if title and citation.year is None and (place := text.rfind("(", title.start(), match.start()) + 1):
        _dated(text, place, citation)  # （2016年11月7日，主席令第53号）
    if citation.year is None:
        behind = _BEHIND.match(text, end)
        if behind and ("(" in behind[0] or text[start:end].count("(") or _ENDS.match(text, behind.end())):
            end = max(end, _dated(text, behind.end(), citation))
    if "(" in text[start:end] and (closing := re.match(r"[^()\d]{0,8}\)", text[end:])):
        end += closing.end()
    return Cited(at(start), at(end), citation)


def _titled(passage: Passage, match: re.Match[str]) -> Cited | None:
    """An act of which only title and year are given, the year in front (2012年《数据保护法》) or in brackets behind."""
    text, at = passage.folded.text, passage.folded.at
    slug = type_of_chinese(match["act"] or match["act2"] or match["act3"])
    if slug is None or (slug in ("decree", "resolution") and not match["marked"]):
        return None
    if _DRAFT.search(match[0]) or _DRAFT.match(text[match.end() :].lstrip("( ")):
        return None
    citation = Citation(slug, None, None, _year(match["before"]))
    end = match.end()
    if match["bracket"]:
        end = _dated(text, end, citation)
    if citation.year is None and match["marked"] and (led := re.match(rf"({_YEAR})\s*年", match["marked"])):
        citation.year = _year(led[1])  # 《2016年数据保护法》
    if citation.year is None:
        return None
    closing = re.match(r"[^()\d]{0,8}\)", text[end:]) if match["bracket"] else None
    if match["bracket"] and closing is None:
        return None
    return Cited(at(match.start()), at(end + (closing.end() if closing else 0)), citation)


def _dated(text: str, place: int, citation: Citation) -> int:
    """Where the date or year ends that stands at a place; the citation is then dated."""
    if (when := when_at(text, place)) and when.year and "年" in text[place : when.end]:
        if _NOT_OF_THE_ACT.match(text, when.end):
            return place
        citation.date, citation.year = when.day, when.year
        return when.end
    if (when := when_at(text, place)) and when.year and re.match(r"\s*\)", text[when.end :]):
        citation.date, citation.year = when.day, when.year
        return when.end
    if match := re.compile(rf"({_YEAR})\s*年").match(text, place):
        citation.year = _year(match[1])
        return match.end()
    return place


def _year(stated: str | None) -> str | None:
    return "".join(_VALUES.get(digit, digit) for digit in stated) if stated else None
