"""Web addresses in text: where they stand, as written, and in the normal form of RFC 3986, section 6.2.

Only http and https are addresses; other schemes and e-mail addresses are found too, so that nothing else is read inside
them, but they never become a website.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import quote, urlsplit

from msqgraph.folding import word_set

_COUNTRY_TLDS = word_set(
    "ac ad ae af ag ai al am ao ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by "
    "bz ca cc cd cf cg ch ci ck "
    "cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge "
    "gf gg gh gi gl gm gn gp "
    "gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn "
    "kp kr kw ky kz la lb lc "
    "li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne "
    "nf ng ni nl no np nr nu "
    "nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm "
    "sn so sr ss st su sv sx "
    "sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
_TLDS = _COUNTRY_TLDS | word_set(
    "com org net edu gov int mil example test info biz asia africa online site app dev tech digital рф бел укр срб "
    "қаз қаз السعودية امارات "
    "مصر الاردن قطر عمان تونس المغرب الجزائر فلسطين سورية عراق موريتانيا"
)
# two labels only: these endings are words of the questionnaire's languages, or file names' endings
_WORD_TLDS = word_set(
    "ad al am as at be by co de do es et id il in is it la lo ma me mi my na ne no pa re se si so st to us va"
)
_FILE_TLDS = word_set("ai cc md mk pl ps py rs sh so")
_OFFICIAL = re.compile(r"(?:e-?)?(?:gov|gob|gouv|govt|portal|data|datos)", re.I)

_STOP = '\\s<>"“”„«»‹›，。；：、！？（）【】《》「」『』،؛؟\u3000\u4e00-\u9fff\ufffc'
_BODY = rf"(?:(?![,;|]+(?:[hH][tT]{{2}}[pP][sS]?:|[wW]{{3}}\.))[^{_STOP}])"
_LABEL = "[^\\W_\u4e00-\u9fff](?:[\\w-]{0,61}[^\\W_])?"
_ANY = re.compile(
    rf"""
      (?P<link>\[(?P<label>[^\[\]\n]{{0,200}})\]
        \(\s*<?(?P<target>[^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+["'][^"'\n]{{0,99}}["'])?\s*\))
    | (?P<bracket><\s*(?P<inside>[^<>]{{1,2000}}?)\s*>)
    | (?P<mail>(?:(?i:mailto):)?[\w.+%'-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+)
    | (?P<web>(?<![^\W_\u4e00-\u9fff])(?i:https?)(?::/+|//|:\\+){_BODY}+)
    | (?P<other>(?<![^\W_\u4e00-\u9fff])
        (?:[a-zA-Z][a-zA-Z0-9+.-]{{1,20}}://|(?i:javascript|vbscript|data|file|mailto|tel|blob|about):(?=\S))\S*)
    | (?P<www>(?<![^\W_\u4e00-\u9fff])(?i:www)\.(?=[^\W_]){_BODY}+)
    | (?P<bare>(?<![^\W\u4e00-\u9fff])(?<![@./-])
        (?:{_LABEL}\.){{1,8}}[^\W\d_\u4e00-\u9fff]{{2,24}}(?![^\W\u4e00-\u9fff]|@|-\w)
        (?::\d{{1,5}}(?!\d))?(?:[/?\#]{_BODY}*)?)
    """,
    re.X,
)
_ADDRESS = re.compile(rf"(?i:https?)(?::/+|//|:\\+)\S|(?i:www)\.\S|(?:{_LABEL}\.)+[^\W\d_]{{2,24}}(?:[:/?#]|$)")
_SCHEME = re.compile(r"https?://", re.I)
_HOST_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_REDIRECT_TARGET = re.compile(r"[?&](?:url|q)=https?(?::|%3A)", re.I)


@dataclass(frozen=True, slots=True)
class Address:
    """A stretch (brackets included) with the address as written in it, and its normal form where it has one.

    ``shown``: the words of a hyperlink whose target is not written in the text; the stretch then stands behind them.
    """

    start: int
    end: int
    written: str
    website: str | None
    is_scheme_guessed: bool = False
    is_truncated: bool = False
    doubts: tuple[str, ...] = ()
    shown: tuple[int, int] | None = None


@dataclass(slots=True)
class Scan:
    """What :func:`scan` found: addresses, and the stretches in which no words are to be read."""

    addresses: list[Address] = field(default_factory=list)
    masked: list[tuple[int, int]] = field(default_factory=list)


def find_addresses(text: str, is_asked_for: bool = False) -> list[Address]:
    """The web addresses in a text, in order.

    :param is_asked_for: whether the text answers a question for addresses, so that ``norge.no`` is one.

    >>> [a.website for a in find_addresses("Véase <https://www.paraguay.gov.py>, www.ips.gov.py (N.º 5, a@b.org).")]
    ['https://www.paraguay.gov.py/', 'http://www.ips.gov.py/']
    """
    return scan(text, is_asked_for).addresses


def scan(text: str, is_asked_for: bool = False) -> Scan:
    """The addresses of a text with the stretches that are addresses of any kind."""
    found, position = Scan(), 0
    while match := _ANY.search(text, position):
        position = max(_take(match, found, is_asked_for), match.start() + 1)
    for name, address in pairwise(list(found.addresses)):
        if _is_name_of(text, name, address):
            found.addresses.remove(name)
            found.masked.remove((name.start, name.end))
    return found


def normalise(written: str) -> str | None:
    """An address in normal form; ``http`` where no scheme is written; None if it is not a valid http(s) address.

    >>> normalise("HTTPS://WWW.Mitic.gov.py:443"), normalise("www.a.gov/x y|%zz"), normalise("javascript:alert(1)")
    ('https://www.mitic.gov.py/', 'http://www.a.gov/x%20y%7C%25zz', None)
    """
    written = re.sub(r"\s*[\r\n]+\s*", "", written.strip())
    if not _SCHEME.match(written):
        if re.match(r"https?[:/\\]|[a-z][a-z0-9+.-]*:(?!\d+(?:/|$))", written, re.I):
            return None
        written = "http://" + written
    try:
        parts = urlsplit(written)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return None
    valid = _host(host.rstrip("."))
    if valid is None or "@" in parts.netloc or "[" in parts.netloc:
        return None
    authority = valid if port is None or port == _DEFAULT_PORTS.get(parts.scheme) else f"{valid}:{port}"
    query = "?" + _encode(parts.query, "/?:@!$&'()*+,;=") if parts.query else ""
    fragment = "#" + _encode(parts.fragment, "/?:@!$&'()*+,;=") if parts.fragment else ""
    path = _without_dots(_encode(parts.path, "/:@!$&'()*+,;=")) or "/"
    return f"{parts.scheme}://{authority}{path}{query}{fragment}"


def mask(text: str, stretches: list[tuple[int, int]]) -> str:
    """The text, as long as before, with a neutral character in place of the stretches."""
    for start, end in reversed(stretches):
        text = text[:start] + "\ufffc" * (end - start) + text[end:]
    return text


def _take(match: re.Match[str], found: Scan, is_asked_for: bool) -> int:
    """Add what a match is to ``found``; where to go on."""
    kind, start, end = match.lastgroup or "", match.start(), match.end()
    if match["link"] is not None:
        label, target = match["label"], match["target"]
        if _ADDRESS.match(label.strip()) or "@" in label or not label.strip():
            found.masked.append((start, end))
        else:  # a name: it stays readable, the address begins behind it
            found.masked.append((start + 1 + len(label), end))
            start += 1 + len(label)
        if _ADDRESS.match(target):
            found.addresses.append(_address(start, end, target, target))
        return end
    if match["bracket"] is not None:
        inside = match["inside"]
        if "@" in inside or re.match(r"[a-z][a-z0-9+.-]*:", inside, re.I) or _ADDRESS.match(inside):
            found.masked.append((start, end))
            if _ADDRESS.match(inside) and not re.match(r"[^/]*@", inside):
                found.addresses.append(_address(start, end, inside, inside))
            return end
        return start + 1
    if match["mail"] is not None or match["other"] is not None:
        found.masked.append((start, end))
        return end
    raw = match.group()
    written = _without_closing(raw)
    if kind == "bare" and not _is_host(re.split(r"[:/?#]", written)[0], len(written), is_asked_for):
        return start + len(re.split(r"[:/?#]", raw)[0])
    end = start + len(written)
    if raw[len(written) :].startswith(("...", "…")):
        end += len(raw[len(written) :]) - len(raw[len(written) :].lstrip(".…"))
    elif text_after := match.string[start + len(raw) : start + len(raw) + 1]:
        raw += "…" if text_after == "…" else ""
    found.masked.append((start, end))
    found.addresses.append(_address(start, end, match.string[start:end], raw))
    return end


def _is_name_of(text: str, name: Address, address: Address) -> bool:
    """Whether what looks like a host ("Ghana.gov") is the name of the address in brackets or behind a dash."""
    is_host = name.is_scheme_guessed and re.fullmatch(r"(?!(?i:www)\.)[^/:?#<>\[\]]+", text[name.start : name.end])
    between = re.fullmatch(r"\s*[(（]\s*|\s+[-–—]+\s*|\s*[:：]\s*", text[name.end : address.start])
    return bool(is_host and between and re.match(r"\W*https?:", text[address.start : address.end], re.I))


def _address(start: int, end: int, written: str, raw: str) -> Address:
    bare = re.sub(r"(?:\.{3,}|…)+$", "", written)
    website = normalise(bare)
    is_truncated = bare != written or re.search(r"(?:\.{3}|…)\W*$", raw) is not None or _ends_early(website or "")
    doubts = (*(["truncated-address"] if is_truncated else []), *([] if website else ["malformed-address"]))
    return Address(start, end, written, website, not re.match(r"https?[:/\\]", written, re.I), is_truncated, doubts)


def _ends_early(website: str) -> bool:
    """Whether an address breaks off inside an escape, or is a search engine's redirect without its target."""
    redirect = re.match(r"https?://(?:www\.)?google\.[a-z.]{2,6}/url\?", website)
    return (
        bool(redirect and not _REDIRECT_TARGET.search(website)) or re.search(r"%25[0-9A-Fa-f]?$", website) is not None
    )


def _without_closing(raw: str) -> str:
    """An address without the punctuation of the sentence around it; brackets that it opens itself stay."""
    while raw:
        last = raw[-1]
        if last in ".,;:!?'’*_\\…|`>" or (last in ")]}" and raw.count(last) > raw.count("([{"[")]}".index(last)])):
            raw = raw[:-1]
        else:
            break
    return raw


def _is_host(host: str, length: int, is_asked_for: bool) -> bool:
    labels = host.split(".")
    ending = labels[-1].lower()
    if len(labels) < 2 or ending not in _TLDS or (labels[-1].istitle() and labels[-1].isascii()):
        return False
    if all(len(label) == 1 for label in labels[:-1]) and ending in _COUNTRY_TLDS:
        return False
    if len(labels) > 2 or length > len(host) + 1 or ending not in _COUNTRY_TLDS:
        return True
    if ending in _FILE_TLDS:
        return bool(_OFFICIAL.fullmatch(labels[0]))
    return is_asked_for or ending not in _WORD_TLDS or any(map(_OFFICIAL.fullmatch, labels[0].split("-")))


def _host(host: str) -> str | None:
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    labels = host.lower().split(".")
    is_valid = len(labels) > 1 and len(host) < 254 and all(_HOST_LABEL.fullmatch(label) for label in labels)
    if not is_valid or (labels[0] == "www" and len(labels) < 3):
        return None
    if labels[-1].isdigit():
        return ".".join(labels) if len(labels) == 4 and all(x.isdigit() and int(x) < 256 for x in labels) else None
    return ".".join(labels) if len(labels[-1]) > 1 else None


def _encode(text: str, safe: str) -> str:
    def escape(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%25"
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else f"%{match[1].upper()}"

    return quote(_PERCENT.sub(escape, text), safe=safe + "%", errors="replace")


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept) + ("/" if segments[-1] in (".", "..") and kept[-1:] != [""] else "")
