"""Acts cited by number after their word (Ley N° 5, Закон ... № 5, القانون عدد 5), alone or in a list that shares it.

It is led by the numbers: each belongs to the nearest word for an act before it, unless what stands between says that
it numbers something else. In front of the number and behind it stand its date or year.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from msqgraph.folding import plain, word_set
from msqgraph.interpret.citation_dates import when_behind
from msqgraph.interpret.cited import Cited
from msqgraph.interpret.dates import When, date_candidates, dates_in, when_at
from msqgraph.interpret.law_words import ACT, APPROVED, BILL, NOT_AN_ACT, PLURAL, PREDICATE, slug_of
from msqgraph.interpret.passages import Passage
from msqgraph.response import Citation

_SIGN = (
    r"(?:(?<!\w)(?:n\s?[.°]?\s?[o°]s?\.?|n\.?\s?os\.?|n\s?°|n[.:]|n(?=\s?\d)|num(?:ero|eros|\.)?|numbers?|nr(?:os|"
    r"o)?\.?|"
    r"номер\w*)[\s:]*|#\s*|(?:(?<!\w)|(?<=\sو))و?(?:(?:تحت|ذو|ذي|ذات)\s+)?(?:ال)?(?:عدد|رقم|ارقام|رقمي)\s*[:.]?\s*)"
)
_PREFIX = r"(?:[a-zа-я]{1,5}\s?[-/.]\s?|[اأمقب]\s?/\s?|[a-zа-я]{1,2}(?=\d))?"
_TAIL = (
    r"(?:\s?/\s?\d{1,5}(?:\.\d\d(?=/))?(?!\d)|[-–‐]\n?\d{1,5}(?!\d)|\s-\s(?:19|20)\d\d(?!\d)|[-/–‐][^\W\d_]{1,9}(?!\w)|"
    r"\s[-–]\s[^\W\d_](?!\w)|(?<=\d)[a-z](?!\w))*"
)
_NUMBER = re.compile(
    rf"(?P<sign>{_SIGN})?(?P<open>\(\s*)?(?P<number>(?(sign){_PREFIX}|(?:(?<![\w.,/-])(?:[a-z]/)?|"
    rf"(?<=\sو)))\d(?:[\d.,]*\d)?)(?P<tail>{_TAIL})"
    r"(?P<series>\s(?:зрк|зру|фз|кр)(?!\w))?(?(open)\s*\)|)"
)
_BARE = re.compile(
    r"(?:\s+(?!(?:n|no|of|de|du|del|la|as|is|in|es|en|от|за|для|في|من)\b)[^\W\d]{2,20}){0,3}\s*(?:\([a-z]{2,4}\)\s*)?"
)
_PLACE_OR_TIME = re.compile(
    r"(?<!\w)(?:in|en|em|since|desde|depuis|от|с|до|до|of|from|to|hasta|a|por|con|with|на|в)\s*$"
)
_AND = re.compile(
    r"\s*(?:[,،]\s*(?:y|e|et|and|и|و)?|(?:\s(?:y|e|et|and|и|as well as|так ?же|а также)\s|&|\sو))\s*(?:la\s|el\s|"
    r"le\s|the\s)?"
)
_DATED = re.compile(r"(?:от|of|du|del?)\s+(?=\d)")
_YEAR_BEFORE = re.compile(
    r"(?:^|(?<!\w)(?:of|de|du|del|do|от|لسنة|سنة|لعام|عام))\s*,?\s+((?:1[89]|20)\d\d)(?:\s*(?:года|г\.?))?\D{0,12}$|"
    r"(?<!\w)((?:1[89]|20)\d\d)\s*(?:года|г\.)\W{0,4}$"
)
# acts that are cited by number alone in small letters too; what is counted: "la ley 24 horas"
_LOWER = word_set("ley leyes loi lois lei leis decreto decretos decret decrets resolucion resoluciones")
_COUNTED = re.compile(
    r"\s+(?!(?:y|e|et|and|o|ou|or|del?|du|da|do|of|on|sobre|sur|que|para|pour|por|par|as|in|en|em|which|is|was|are)\b|"
    r"relativ|portant|regul|establec)[a-z]{3,}"
)
# عدد is "number" and "a number of"
_NUMBER_OF = re.compile(r"\s+(?!ال|و|ب|ل|مورخ|صادر|في|حول|من|على)[\u0620-\u064a]{3,}")
_CLOSED = re.compile(r"\s*[)\]]")
_ENCLOSED = re.compile(
    r"«[^»]{1,300}»|“[^”]{1,300}”|„[^“”]{1,300}[“”]|\"[^\"\n]{1,300}\"|\([^()]{1,200}\)|《[^》]{1,100}》"
)
_ENCLOSED_HERE = re.compile(rf"\s*(?:{_ENCLOSED.pattern})")
_NEXT = re.compile(rf"{_AND.pattern}(?:(?:от|of|du|del?)\s[^,;()]{{5,30}}?)?{_SIGN}")
_BREAK = re.compile(
    r"[;!?؛؟]|\n\s*(?:[-•*·–]|\d+[.)]|[a-z][.)])\s|\n\s*\n|[^\W\d]{3,}(?<!\bart)(?<!\bmin)(?<!\bgov)(?<!\bpub)(?<!\bgen)(?<!\bred)(?<!\bред)(?<!\bрес)(?<!\bгос)\.\s|\d\.\s(?!\s*г)|:\s*\S{3}"
)
_YEAR_NUMBER = re.compile(r"(?:1[89]|20)\d\d")
_LONGEST_GAP = 260


@dataclass(frozen=True, slots=True)
class _Act:
    """A word for an act in the folded text."""

    start: int
    end: int
    slug: str
    word: str


class _Reader:
    def __init__(self, passage: Passage) -> None:
        self.passage, self.text = passage, passage.folded.text
        self.enclosures = [match.span() for match in _ENCLOSED.finditer(self.text)]
        self.dates = dates_in(self.text)
        self.acts = [_Act(m.start(), m.end(), slug_of(m), m[0]) for m in ACT.finditer(self.text)]
        self._starts = [act.start for act in self.acts]

    def run(self) -> list[Cited]:
        found: list[Cited] = []
        position = 0
        while match := _NUMBER.search(self.text, position):
            position = match.end()
            if self._is_in_date(match):
                continue
            act = self._act_before(match)
            if act is None or (cited := self._cited(act, match)) is None:
                continue
            items, position = self._listed(act, cited)
            if not BILL.search(self.text[max(0, act.start - 40) : act.start]):
                found += items
        return found

    def _is_in_date(self, match: re.Match[str]) -> bool:
        if match["sign"]:
            return False
        return any(start <= match.start("number") < when.end for start, when in self.dates)

    def _act_before(self, match: re.Match[str]) -> _Act | None:
        """The nearest word for an act that the number can belong to."""
        place = match.start("sign") if match["sign"] else match.start()
        for act in reversed(self.acts[: bisect_right(self._starts, place)]):
            if act.end > place or place - act.end > _LONGEST_GAP:
                if act.end > place:
                    continue
                return None
            if any(start < act.start < end <= place for start, end in self.enclosures):
                continue  # in a title in quotes, or in brackets
            if act.slug == "regulation" and APPROVED.search(self.text[max(0, act.start - 30) : act.start]):
                continue
            return act if self._fits(act, place, match) else None
        return None

    def _fits(self, act: _Act, place: int, match: re.Match[str]) -> bool:
        gap = self.text[act.end : place]
        if act.word in ("code", "codes", "codigo", "order", "orders") and not self._is_capital(act):
            return False
        number = match["number"] + match["tail"]
        if not match["sign"] and not re.fullmatch(
            r"\d[\d.,]*\s?[-/]\s?(?:1[89]|20)\d\d|(?:1[89]|20)\d\d\s?/\s?\d+|[a-z]/(?:19|20).*", number
        ):
            return _BARE.fullmatch(gap) is not None and not NOT_AN_ACT.search(gap) and not PREDICATE.search(gap)
        for start, when in reversed(self.dates):
            if act.end <= start and when.end <= place:
                gap = gap[: start - act.end] + " " * (when.end - start) + gap[when.end - act.end :]
        said = _ENCLOSED.sub(" ", gap).strip()
        said = re.sub(r"\b(?:1[89]|20)\d\d\b(?:\s*(?:года|г\.))?", " ", said)
        if _BREAK.search(gap := _ENCLOSED.sub(" ", gap)) or PREDICATE.search(said) or re.search(r"(?<!\w)\d", said):
            return False
        if (
            match["sign"]
            and "عدد" in match["sign"]
            and (said.endswith(("،", ",")) or _NUMBER_OF.match(self.text, match.end()))
        ):
            return False
        words = said.split()
        if len(words) > 22 or (not match["sign"] and (len(words) > 6 or _PLACE_OR_TIME.search(said))):
            return False
        return not NOT_AN_ACT.search(" ".join(words[-3:]).strip("(, "))

    def _is_capital(self, act: _Act) -> bool:
        return self.passage.masked[self.passage.folded.at(act.start)].isupper()

    def _cited(self, act: _Act, match: re.Match[str], is_listed: bool = False) -> Cited | None:
        """What is said from the act's word, or in a list from the number, to the date."""
        number, year = self._number_and_year(match)
        before = None if is_listed else self._when_before(act, match.start())
        when = None if before and before.day else when_behind(self.text, match.end())
        if when is not None and when.day_and_month and not (year or when.year):
            short = re.fullmatch(r"(\d+)[/-](\d\d)", number)
            if short and "/" in number:  # Lei n.º 19/91, de 3 de Agosto
                number, year = short[1], ("19" if int(short[2]) > 30 else "20") + short[2]
        if not match["sign"] and not self._is_bare(act, match, number, year, when, is_listed):
            return None
        citation = Citation(act.slug, number, None, year)
        end = match.end()
        for found in (before, when):
            if found is None:
                continue
            if found.day_and_month:
                days = date_candidates(f"{found.day_and_month} {citation.year}") if citation.year else []
                citation.date = days[0] if len(days) == 1 else None
                end = max(end, found.end) if days else end
                continue
            if found is when or when is None:
                citation.date, citation.year = found.day, found.year or citation.year
                end = max(end, found.end)
        start = match.start() if is_listed else act.start
        if end > match.end() and self.text[match.end() : end].count("(") and (closed := _CLOSED.match(self.text, end)):
            end = closed.end()
        if citation.year is None and (led := re.fullmatch(r"((?:1[89]|20)\d\d)[-‑/]\d.*|.*/((?:19|20)\d\d)", number)):
            citation.year = led[1] or led[2]  # loi 2008-12: the year leads, the number is stated with it
        at = self.passage.folded.at
        first, last = self.passage.trim(at(start), at(end))
        return Cited(first, last, citation)

    def _number_and_year(self, match: re.Match[str]) -> tuple[str, str | None]:
        """The number as stated, and the year that stands behind its slash or hyphen."""
        at, text = self.passage.folded.at, self.passage.text
        tail = re.sub(r"\s", "", match["tail"])
        stated = text[at(match.start("number")) : at(match.end("number"))]
        if (split := re.fullmatch(r"[-–‐/]((?:1[89]|20)\d\d)(?:[-–‐/].*)?", tail)) and not (
            _YEAR_NUMBER.fullmatch(match["number"]) and "/" not in tail
        ):
            return stated, split[1]
        suffix = re.sub(r"\s*([-–‐‑/])\s*", r"\1", text[at(match.start("tail")) : at(match.end("tail"))])
        series = text[at(match.start("series")) : at(match.end("series"))] if match["series"] else ""
        return stated + suffix + series, None

    def _is_bare(
        self, act: _Act, match: re.Match[str], number: str, year: str | None, when: When | None, is_listed: bool
    ) -> bool:
        """Whether a number without a number sign is one: with a year or date, or right behind the act's word."""
        if year is not None or (when is not None and (when.year or when.day)):
            led = re.match(r"\s+(?:de|of|du|del|от)\s", self.text[match.end() :])
            return year is not None or led is not None or not _YEAR_NUMBER.fullmatch(number)
        if _YEAR_NUMBER.fullmatch(number) or re.match(
            r"\s\d{3}|\s?(?:%|per ?cent|por ?cento|por ciento|pour ?cent)", self.text[match.end() :]
        ):
            return False
        if is_listed:
            return True
        if re.fullmatch(r"(?:[a-z]/)?(?:19|20)\d\d/\d.*", number.lower()):
            return True
        if not re.fullmatch(r"\d[\d.]*(?:/\d\d)?|\d+(?:-\d+)+|\d+-[a-zа-я]{1,3}", plain(number)) or act.word == "code":
            return False
        if re.fullmatch(r"\d\.\d", number):
            return False  # "Law 2.0"
        if number.isdecimal() and len(number) < 3 and _COUNTED.match(self.text, match.end()):
            return False
        is_latin = act.word[:1].isascii()
        if is_latin and not (self._is_capital(act) or act.word in _LOWER):
            return False
        if not is_latin and number.isdecimal():
            return False
        return act.word[1:] in (".i.", ". i.") or (
            act.slug in ("law", "decree", "resolution") and act.word not in ("order", "orden", "decision")
        )

    def _when_before(self, act: _Act, place: int) -> When | None:
        """The last full date between the act's word and its number."""
        between = [when for start, when in self.dates if act.end <= start and when.end <= place]
        between = [w for w in between if not any(a < w.end <= b <= place for a, b in self.enclosures)]
        if between:
            return between[-1]
        year = _YEAR_BEFORE.search(self.text[act.end : place])
        return When(place, None, year[1] or year[2]) if year else None

    def _listed(self, act: _Act, first: Cited) -> tuple[list[Cited], int]:
        """The citations of a list that shares one word for an act, and where it ends in the folded text."""
        items = [first]
        end = self._folded_place(first.end)
        is_plural = PLURAL.fullmatch(act.word) is not None
        while joined := _AND.match(self.text, self._behind_title(end)):
            led = _DATED.match(self.text, joined.end())
            dated = when_at(self.text, led.end()) if led else None
            match = _NUMBER.match(self.text, dated.end + 1 if dated else joined.end())
            if match is None or (not match["sign"] and any(s == match.start("number") for s, _ in self.dates)):
                break
            is_number = match["sign"] or is_plural or re.match(r"\s?[-/]\s?(?:1[89]|20)\d\d", match["tail"])
            if not is_number or (item := self._cited(act, match, is_listed=True)) is None:
                break
            if dated and dated.year:
                item = replace(item, citation=replace(item.citation, date=dated.day, year=dated.year))
            if (
                not match["sign"]
                and match["number"].isdecimal()
                and not match["tail"]
                and re.match(
                    r"\s+(?!(?:y|e|et|and|и|of|de|du|del|от|on|sur|sobre|о|об|regarding|relative\w*)\b)[a-zа-я]{4,}",
                    self.text[self._folded_place(item.end) :],
                )
                and item.citation.year is None
            ):
                break  # "leyes 5, 7 reglamentos"
            items.append(item)
            end = self._folded_place(item.end)
        if is_plural and len(items) > 1 and all(item.citation.year is None for item in items[:-1]):
            last = items[-1].citation
            items = [replace(i, citation=replace(i.citation, date=last.date, year=last.year)) for i in items]
        return items, end

    def _behind_title(self, place: int) -> int:
        """Behind what a list says of an act in quotes or brackets, if its next number follows there."""
        title = _ENCLOSED_HERE.match(self.text, place)
        return title.end() if title and _NEXT.match(self.text, title.end()) else place

    def _folded_place(self, place: int) -> int:
        """The first place of the folded text that comes from here in the original."""
        folded = self.passage.folded
        low, high = 0, len(folded.text)
        while low < high:
            middle = (low + high) // 2
            if folded.at(middle) < place:
                low = middle + 1
            else:
                high = middle
        return low


def find_numbered(passage: Passage) -> list[Cited]:
    """The acts that a text cites by number behind their word, in order.

    >>> [c.citation.number for c in find_numbered(Passage("Leyes N° 5189 y 5282 de 2014"))]
    ['5189', '5282']
    >>> [c.citation for c in find_numbered(Passage("Указом Президента от 14 декабря 2016 г. № 471"))]
    [Citation(type='decree', number='471', date='2016-12-14', year='2016')]
    """
    return _Reader(passage).run()
