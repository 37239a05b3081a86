"""A text being read: its addresses, the text with them masked, its folded words and its sentences, each made once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from msqgraph.folding import Folded, word_set
from msqgraph.interpret import addresses
from msqgraph.interpret.addresses import Address
from msqgraph.interpret.hyperlinks import with_links
from msqgraph.response import Mention, ShownLink

_ABBREVIATIONS = word_set(
    "n no nro num art arts sr sra dr dra lic ing mr mrs ms st inc vol pp p cf etc eg ie г гг ст им п"
)
_END = re.compile(
    "(?P<stop>[.!?؟]+)[\"'”»)\\]]*(?=\\s|$)|[。！？；]|\\n[ \\t]*\\n|"
    "\\n(?=[ \\t]*(?:[-•*·–]|\\d+[.)]|[^\\Wa-zа-яà-ÿ\\d_]))"
)
#: What may stand between a name and the address that belongs to it.
SEPARATOR = re.compile(
    r"[\s:–—\-(\[\]<,;|/→=>*_（：、，\"”»》)]*"
    r"(?:(?:url|links?|enlace|lien|web ?site|website|web|site(?: web| internet)?|sitio(?: web)?|"
    r"p[aá]gina(?: web)?|портал|сайт|网址|网站|الموقع)"
    r"[\s:–—\-：]+)?",
    re.I,
)
_CLOSE = re.compile('[ \\t]*[:–—\\-(\\[\\]<→=（："”»》),]*[ \\t]*(?:\\n[ \\t]*)?')
_DASHED = re.compile('[ \\t"”»]*[:–—\\-→：][ \\t]*\\n\\s*')


class Passage:
    """An answer's text with what has been found out about it so far.

    >>> passage = Passage("La Agenda Digital: www.mitic.gov.py. Otra frase.")
    >>> passage.addresses[0].website, [passage.text[start:end] for start, end in passage.sentences][1]
    ('http://www.mitic.gov.py/', 'Otra frase.')
    """

    def __init__(
        self,
        text: str,
        language: str | None = None,
        is_for_addresses: bool = False,
        links: Sequence[ShownLink] = (),
    ) -> None:
        self.text = text
        self.language = language
        found = addresses.scan(text, is_for_addresses)
        if links:
            found = with_links(text, found, links)
        self.addresses: list[Address] = found.addresses
        self.masked = addresses.mask(text, found.masked)
        self._claimed: set[int] = set()

    @cached_property
    def folded(self) -> Folded:
        """The text without addresses, folded."""
        return Folded(self.masked)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The stretches of the sentences, in order, without the blanks around them."""
        stretches, start = [], 0
        for match in _END.finditer(self.masked):
            if match["stop"] == "." and self._is_abbreviation(match.start()):
                continue
            stretches.append((start, match.end()))
            start = match.end()
        stretches.append((start, len(self.text)))
        return [trimmed for stretch in stretches if (trimmed := self.trim(*stretch))[0] < trimmed[1]]

    @cached_property
    def is_in_capitals(self) -> bool:
        """Whether capital letters tell nothing here, because nearly all are."""
        letters = [c for c in self.masked if c.isupper() or c.islower()]
        return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.6 * len(letters)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """A stretch without the blanks at its edges."""
        stretch = self.text[start:end]
        return start + len(stretch) - len(stretch.lstrip()), max(start, start + len(stretch.rstrip()))

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text behind a stretch of its folded form, without the blanks at its edges."""
        return self.trim(self.folded.at(start), self.folded.at(end))

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence in which a character stands."""
        return next((s for s in self.sentences if s[0] <= offset < s[1]), (offset, len(self.text)))

    def address_after(self, end: int) -> Address | None:
        """The free address that directly follows the name ending at ``end``: in its line, or below a dash."""
        following = next((a for a in self.addresses if a.start >= end and a.start not in self._claimed), None)
        if following is None or following.start - end > 60:
            return None
        between = self.masked[end : following.start]
        if not SEPARATOR.fullmatch(between) or ";" in between:
            return None
        return following if _CLOSE.fullmatch(between) or _DASHED.fullmatch(between) or "\n" not in between else None

    def attach(self, mention: Mention, address: Address) -> Mention:
        """The mention with its address, its quote reaching to the address's end; the address is then taken."""
        self._claimed.add(address.start)
        mention.website_as_written, mention.website = address.written, address.website
        mention.is_scheme_guessed, mention.is_truncated = address.is_scheme_guessed, address.is_truncated
        mention.doubts += [doubt for doubt in address.doubts if doubt not in mention.doubts]
        end = max(address.end, mention.start + len(mention.quote))
        if address.start > mention.start and self.text[address.start - 1] + self.text[end : end + 1] in (
            "()",
            "（）",
            "[]",
        ):
            end += 1
        start = min(mention.start, address.start)
        if self.text[address.start : address.start + 2] == "](":  # a Markdown link: its name opens with a bracket
            opening = self.text.rfind("[", 0, address.start)
            start = opening if opening >= 0 and (opening == start - 1 or start == address.start) else start
        if address.shown:
            start, end = min(start, address.shown[0]), max(end, address.shown[1])
        mention.start, mention.quote = start, self.text[start:end]
        return mention

    def is_taken(self, address: Address) -> bool:
        """Whether an address belongs to a mention already."""
        return address.start in self._claimed

    def _is_abbreviation(self, stop: int) -> bool:
        word = re.search(r"([^\W\d_]+)$", self.masked[max(0, stop - 12) : stop])
        if word is None:
            return False
        rest = self.masked[stop + 1 : stop + 3].strip()
        return (len(word[1]) == 1 and word[1].isupper()) or (
            word[1].lower() in _ABBREVIATIONS and not (rest == "" and stop + 2 > len(self.text))
        )
