"""Names in a row that are followed by just as many sites in a row: which site is whose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msqgraph.interpret.addresses import Address
from msqgraph.interpret.name_edges import LIST_AND
from msqgraph.interpret.name_phrases import NamePhrase
from msqgraph.interpret.passages import Passage

#: What joins two sites of one body, or two bodies.
ONE_MORE = re.compile(rf"[ \t]*(?:[,/&،、，;；]|{LIST_AND}|و|o|or|ou|или|أو|或|或者|和|与|及)[ \t]*", re.I)
_LINE = re.compile(r"[ \t,;]*\n[ \t]*(?:[-–—•*·]+[ \t]+)?")
_SIGNS = str.maketrans("،、，；", ",,,;")
_ARTICLE = re.compile(r"(?<=\s)(?:the|el|la|los|las|le|les|o|a|os|as|l['’])\s*\Z", re.I)
_INTRODUCES = re.compile(r"\s*[:：–—-]+\s*")
_BESIDE = re.compile(r"[ \t]*[:：–—(（,-]*[ \t]*")


def paired_sites(passage: Passage, names: Sequence[NamePhrase], sites: Sequence[Address]) -> list[Address]:
    """The sites of several names, in their order; none if it is not clear which is whose.

    :param names: all that stand before the first site and behind the site before it.
    :param sites: the first site and all that follow it.

    Names on lines of their own want sites on lines of their own; after a colon or dash, any signs may join either.

    >>> text = "A Agency and B Agency: www.a.example, www.b.example"
    >>> passage, names = Passage(text), [NamePhrase(0, 8, "A Agency"), NamePhrase(13, 21, "B Agency")]
    >>> [site.written for site in paired_sites(passage, names, passage.addresses)]
    ['www.a.example', 'www.b.example']
    >>> paired_sites(passage, names, passage.addresses[:1])
    []
    """
    masked, count = passage.masked, len(names)
    if count < 2 or len(sites) < count:
        return []
    own = list(sites[:count])
    if len(sites) > count and _joint(masked[own[-1].end : sites[count].start]):
        return []  # more sites than names
    of_names = {_joint(_ARTICLE.sub("", masked[a.end : b.start])) for a, b in pairwise(names)}
    of_sites = {_joint(masked[a.end : b.start]) for a, b in pairwise(own)}
    if "" in of_names | of_sites:
        return []
    between = masked[names[-1].end : own[0].start]
    if "line" in of_names | of_sites:
        is_clear = of_names == of_sites and _joint(between) == "line"
    elif _INTRODUCES.fullmatch(between):
        is_clear = ";" not in of_names or ";" in of_sites  # "A; B: a, b" may give both to B
    else:
        is_clear = of_names == of_sites and _BESIDE.fullmatch(between) is not None
    return own if is_clear else []


def _joint(between: str) -> str:
    """What joins two things of a row: its sign, "and" or "line"; empty if something else stands between them."""
    if _LINE.fullmatch(between):
        return "line"
    if ONE_MORE.fullmatch(between) is None:
        return ""
    sign = between.strip()[:1].translate(_SIGNS)
    return sign if sign in ",;/" else "and"
