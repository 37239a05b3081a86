"""How every IRI of the project is spelled: slugs, and one function per kind of thing.

An IRI is a path under the base (``id/agency/PRY/ministerio-de-hacienda``); :func:`absolute` puts the base before it.
Slugs are ``[a-z0-9-]``. Names are transliterated with anyascii, whose tables are pinned. A name that is not in Latin
script also gets six hexadecimal digits of the SHA-256 of its normalised original, because transliteration alone
collides.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import urlsplit

from msqgraph.assets import DEFAULT_BASE

MAX_SLUG = 200
# articles that a name may or may not carry: the same ministry with and without one has one IRI
_ARTICLES = re.compile(r"(?:the|el|la|los|las|le|les|o|os|as)\s+|l['’]", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)[.,\s](?=\d{3}(?!\d))")


def absolute(path: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a path under the base.

    >>> absolute("id/edition/2020")
    'https://w3id.org/msqgraph/id/edition/2020'
    """
    return base + path


def six_hex(text: str) -> str:
    """The first six hexadecimal digits of the SHA-256 of a text in its composed form.

    >>> six_hex("datos.gov.py")
    '47c170'
    """
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:6]


def without_article(name: str) -> str:
    """A name without its leading article.

    >>> without_article("La Agenda Digital"), without_article("Las")
    ('Agenda Digital', 'Las')
    """
    match = _ARTICLES.match(name)
    return name[match.end() :] if match and name[match.end() :].strip() else name


def slug(name: str, *, distinct: bool = False) -> str:
    """The slug of a name; ``distinct`` adds the hash, for a slug that is already taken.

    >>> slug("El Ministerio de Tecnologías de la Información y Comunicación")
    'ministerio-de-tecnologias-de-la-informacion-y-comunicacion'
    >>> slug("Министерство финансов"), slug("财政部")
    ('ministerstvo-finansov-826986', 'caizhengbu-88199b')
    """
    name = without_article(" ".join(name.split()))
    spelled = _spelled(name)
    if len(spelled) > MAX_SLUG:
        spelled, distinct = spelled[:MAX_SLUG].rpartition("-")[0] or spelled[:MAX_SLUG], True
    if distinct or not spelled or not _is_latin(name):
        spelled = f"{spelled}-{six_hex(name.casefold())}".lstrip("-")
    return spelled


def _spelled(text: str) -> str:
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")


def _is_latin(name: str) -> bool:
    return all("LATIN" in unicodedata.name(char, "") for char in name if char.isalpha())


def normalised_address(website: str) -> str:
    """What two spellings of one address share: no scheme, no ``www.``, no default port, no fragment, no final slash.

    >>> normalised_address("HTTPS://www.Paraguay.gov.py:443/")
    'paraguay.gov.py'
    >>> normalised_address("http://datos.gov.py/dataset/x?y=1#top"), normalised_address("www.datos.gov.py")
    ('datos.gov.py/dataset/x?y=1', 'datos.gov.py')
    """
    parts = urlsplit(website if "://" in website else f"http://{website}")
    host = (parts.hostname or "").removeprefix("www.")
    try:
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # a port that is no number is part of what was written
        host, port = parts.netloc.lower().removeprefix("www."), ""
    return host + port + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def host_of(website: str) -> str:
    """The host of an address without ``www.``.

    >>> host_of("https://www.mitic.gov.py/agenda-digital")
    'mitic.gov.py'
    """
    return (urlsplit(website).hostname or "").removeprefix("www.")


def country(iso3: str) -> str:
    """The path of a country.

    >>> country("PRY")
    'id/country/PRY'
    """
    return f"id/country/{iso3}"


def user_assigned(iso3: str) -> str:
    """The path of the graph that describes a country with a user-assigned code.

    >>> user_assigned("XAA")
    'graph/reference/user-assigned-XAA'
    """
    return f"graph/reference/user-assigned-{iso3}"


def response(iso3: str, edition: str) -> str:
    """The path of a country's response to an edition; answers, mentions and quotes hang below it.

    >>> response("PRY", "2020") + "/5c/1/quote"
    'id/response/2020/PRY/5c/1/quote'
    """
    return f"id/response/{edition}/{iso3}"


def reading(iso3: str, edition: str) -> str:
    """The path of the activity by which a response was read from its document.

    >>> reading("PRY", "2020")
    'id/activity/reading/2020/PRY'
    """
    return f"id/activity/reading/{edition}/{iso3}"


def review(iso3: str, edition: str, question: str, at: str) -> str:
    """The path of the activity by which a person decided about an answer, by its time.

    >>> review("PRY", "2020", "5c", "2026-11-24T15:30:00Z")
    'id/activity/review/2020/PRY/5c/2026-11-24t15-30-00z'
    """
    return f"id/activity/review/{edition}/{iso3}/{question}/{_spelled(at)}"


def graph(kind: str, iso3: str, edition: str) -> str:
    """The path of a response's named graph: ``response``, ``facts``, ``inferred``, ``corroboration`` or ``personal``.

    >>> graph("facts", "PRY", "2020")
    'graph/facts/2020/PRY'
    """
    return f"graph/{kind}/{edition}/{iso3}"


def document(sha256: str) -> str:
    """The path of a source document.

    >>> document("a5b2a3a0a0a00000")
    'id/document/a5b2a3a0a0a0'
    """
    return f"id/document/{sha256[:12]}"


def portal(website: str) -> str:
    """The path of a portal, by its address.

    >>> portal("https://www.datos.gov.py/"), portal("http://datos.gov.py")
    ('id/portal/datos-gov-py-47c170', 'id/portal/datos-gov-py-47c170')
    """
    return f"id/portal/{slug_of_host(website)}-{six_hex(normalised_address(website))}"


def slug_of_host(website: str) -> str:
    """A host without ``www.``, dots as hyphens; international hosts in their transliterated form.

    >>> slug_of_host("http://www.set.gov.py/portal")
    'set-gov-py'
    """
    return _spelled(host_of(website))


def agency(iso3: str, name_slug: str) -> str:
    """The path of an agency, by the slug of its full official name.

    >>> agency("PRY", slug("Ministerio de Hacienda"))
    'id/agency/PRY/ministerio-de-hacienda'
    """
    return f"id/agency/{iso3}/{name_slug}"


def post(iso3: str, role: str) -> str:
    """The path of a post, by the slug of its role.

    >>> post("PRY", "chief-information-officer")
    'id/post/PRY/chief-information-officer'
    """
    return f"id/post/{iso3}/{role}"


def official(iso3: str, role: str, edition: str) -> str:
    """The path of a post's holder in an edition. No name in it: the person can be forgotten.

    >>> official("PRY", "chief-information-officer", "2020")
    'id/official/PRY/chief-information-officer/2020'
    """
    return f"id/official/{iso3}/{role}/{edition}"


def strategy(iso3: str, name_slug: str) -> str:
    """The path of a strategy.

    >>> strategy("PRY", slug("La Agenda Digital"))
    'id/strategy/PRY/agenda-digital'
    """
    return f"id/strategy/{iso3}/{name_slug}"


def law(iso3: str, kind: str, number: str, year: str | None, issuer_slug: str | None = None) -> str:
    """The path of a legal act: type, issuer (of a resolution), number without thousands separators, year.

    >>> law("PRY", "decree", "2.794", "2014")
    'id/law/PRY/decree-2794-2014'
    >>> law("PRY", "resolution", "66", "2018", "ministerio-de-hacienda")
    'id/law/PRY/resolution-ministerio-de-hacienda-66-2018'
    """
    parts = [kind, issuer_slug, slug(_THOUSANDS.sub("", number)), year]
    return f"id/law/{iso3}/" + "-".join(part for part in parts if part)


def named_law(iso3: str, name_slug: str) -> str:
    """The path of a legal act that is cited by its name alone.

    >>> named_law("PRY", slug("Ley de acceso a la información"))
    'id/law/PRY/ley-de-acceso-a-la-informacion'
    """
    return f"id/law/{iso3}/{name_slug}"


def organization(name_slug: str) -> str:
    """The path of an organisation that is no agency of the country.

    >>> organization(slug("MOIS-KOREA"))
    'id/organization/mois-korea'
    """
    return f"id/organization/{name_slug}"


def joint_work(kind: str, iso3: str, partner: str) -> str:
    """The path of a country's cooperation or partnership with a partner.

    >>> joint_work("Cooperation", "PRY", "id/organization/iadb")
    'id/cooperation/PRY/iadb'
    """
    return f"id/{kind.lower()}/{iso3}/{partner.rpartition('/')[2].lower()}"


def source(name: str, iso3: str | None = None) -> str:
    """The path of a source outside the questionnaire, or of its record of a country.

    >>> source("govtech-2020"), source("govtech-2020", "PRY")
    ('id/source/govtech-2020', 'id/source/govtech-2020/PRY')
    """
    return f"id/source/{name}/{iso3}" if iso3 else f"id/source/{name}"


def is_agency(path: str) -> bool:
    """Whether a path is that of an agency.

    >>> is_agency("id/agency/PRY/ministerio-de-hacienda"), is_agency("id/law/PRY/law-5189-2014")
    (True, False)
    """
    return re.fullmatch(r"id/agency/[A-Z]{3}/[a-z0-9-]+", path) is not None


def link(subject: str, other: str) -> str:
    """The path of the mapping that links two agencies.

    >>> link("id/agency/PRY/ministerio-de-hacienda", "id/agency/PRY/almanac-ministry-of-finance")
    'mapping/links/pry-ministerio-de-hacienda-almanac-ministry-of-finance'
    """
    return "mapping/links/" + slug(" ".join([*subject.split("/")[2:], other.rpartition("/")[2]]))


def observation(cube: str, measure: str, edition: str, iso3: str) -> str:
    """The path of an observation, by the local name of its measure property.

    >>> observation("msq-indicators", "staffUsingIctShare", "2020", "PRY")
    'id/observation/msq-indicators/staff-using-ict-share/2020/PRY'
    """
    return f"id/observation/{cube}/{re.sub(r'(?=[A-Z])', '-', measure).lower()}/{edition}/{iso3}"
