"""Terms of other people's code lists in a catalogue, each with the few triples that a validator looks for.

A portal's validator asks for the class of every value (``sh:class``) and looks only into the catalogue itself. So each
term of an authority comes with its type, the list it is in, and a short English label (that of its list where it could
be looked up).

Codes: the EU's authority lists (http://publications.europa.eu/resource/authority/), ADMS 1.0, IANA's media types, the
UNBIS Thesaurus (the numbers that ``ontology/alignments/unbis.ttl`` verified), SPDX.
"""

from __future__ import annotations

from msqgraph.imports.describing import Description
from msqgraph.release.layout import Format

EU = "http://publications.europa.eu/resource/authority/"
_ADMS = "http://purl.org/adms/"
_IANA = "https://www.iana.org/assignments/media-types/"
_UNBIS = "http://metadata.un.org/thesaurus/"
SHA_256 = "spdx:checksumAlgorithm_sha256"
DATA_THEMES = f"{EU}data-theme"

# name of a list: its title, what its terms are besides concepts
_LISTS = {
    "access-right": ("Access right", "dct:RightsStatement"),
    "country": ("Country", "dct:Location"),
    "data-theme": ("Data theme", None),
    "file-type": ("File type", "dct:MediaTypeOrExtent"),
    "frequency": ("Frequency", "dct:Frequency"),
    "language": ("Language", "dct:LinguisticSystem"),
    "planned-availability": ("Planned availability", None),
}
_LABELS = {
    "access-right/PUBLIC": "public",
    "data-theme/GOVE": "Government and public sector",
    "data-theme/TECH": "Science and technology",
    "file-type/SPARQLQ": "SPARQL",
    "file-type/TXT": "Plain text",
    "frequency/BIENNIAL": "biennial",
    "planned-availability/AVAILABLE": "available",
    "licencetype/Attribution": "Attribution",
    "publishertype/NonProfitOrganisation": "Non-Profit Organisation",
    "1001805": "e-government",
    "1002722": "government information",
    "1003205": "information technology",
    "1005240": "public administration",
}
# ISO 639: the two-letter codes that answers are tagged with, and the three letters that the EU's list has for them
_ISO_639 = """
aa:AAR ab:ABK ae:AVE af:AFR ak:AKA am:AMH an:ARG ar:ARA as:ASM av:AVA ay:AYM az:AZE ba:BAK be:BEL bg:BUL bi:BIS bm:BAM
bn:BEN bo:BOD br:BRE bs:BOS ca:CAT ce:CHE ch:CHA co:COS cr:CRE cs:CES cu:CHU cv:CHV cy:CYM da:DAN de:DEU dv:DIV dz:DZO
ee:EWE el:ELL en:ENG eo:EPO es:SPA et:EST eu:EUS fa:FAS ff:FUL fi:FIN fj:FIJ fo:FAO fr:FRA fy:FRY ga:GLE gd:GLA gl:GLG
gn:GRN gu:GUJ gv:GLV ha:HAU he:HEB hi:HIN ho:HMO hr:HRV ht:HAT hu:HUN hy:HYE hz:HER ia:INA id:IND ie:ILE ig:IBO ii:III
ik:IPK io:IDO is:ISL it:ITA iu:IKU ja:JPN jv:JAV ka:KAT kg:KON ki:KIK kj:KUA kk:KAZ kl:KAL km:KHM kn:KAN ko:KOR kr:KAU
ks:KAS ku:KUR kv:KOM kw:COR ky:KIR la:LAT lb:LTZ lg:LUG li:LIM ln:LIN lo:LAO lt:LIT lu:LUB lv:LAV mg:MLG mh:MAH mi:MRI
mk:MKD ml:MAL mn:MON mr:MAR ms:MSA mt:MLT my:MYA na:NAU nb:NOB nd:NDE ne:NEP ng:NDO nl:NLD nn:NNO no:NOR nr:NBL nv:NAV
ny:NYA oc:OCI oj:OJI om:ORM or:ORI os:OSS pa:PAN pi:PLI pl:POL ps:PUS pt:POR qu:QUE rm:ROH rn:RUN ro:RON ru:RUS rw:KIN
sa:SAN sc:SRD sd:SND se:SME sg:SAG sh:HBS si:SIN sk:SLK sl:SLV sm:SMO sn:SNA so:SOM sq:SQI sr:SRP ss:SSW st:SOT su:SUN
sv:SWE sw:SWA ta:TAM te:TEL tg:TGK th:THA ti:TIR tk:TUK tl:TGL tn:TSN to:TON tr:TUR ts:TSO tt:TAT tw:TWI ty:TAH ug:UIG
uk:UKR ur:URD uz:UZB ve:VEN vi:VIE vo:VOL wa:WLN wo:WOL xh:XHO yi:YID yo:YOR za:ZHA zh:ZHO zu:ZUL
"""
LANGUAGE_CODES = dict(pair.split(":") for pair in _ISO_639.split())


class CatalogDescription(Description):
    """What a catalogue says, together with what its values are."""

    def english(self, subject: str, predicate: str, text: str) -> None:
        """A text in English."""
        self.say(subject, predicate, text, language="en")

    def eu(self, list_name: str, code: str, label: str | None = None) -> str:
        """A term of one of the EU's authority lists.

        >>> CatalogDescription("https://example.org/").eu("frequency", "BIENNIAL")
        'http://publications.europa.eu/resource/authority/frequency/BIENNIAL'
        """
        title, kind = _LISTS[list_name]
        iri = f"{EU}{list_name}/{code}"
        self._concept(iri, label or _LABELS[f"{list_name}/{code}"], f"{EU}{list_name}", title)
        if kind:
            self.a(iri, kind)
        return iri

    def adms(self, list_name: str, code: str) -> str:
        """A term of a list of the Asset Description Metadata Schema: ``licencetype``, ``publishertype``."""
        iri = f"{_ADMS}{list_name}/{code}"
        title = {"licencetype": "Licence type", "publishertype": "Publisher type"}[list_name]
        self._concept(iri, _LABELS[f"{list_name}/{code}"], f"{_ADMS}{list_name}/1.0", title)
        return iri

    def unbis(self, number: str) -> str:
        """A subject of the UNBIS Thesaurus."""
        iri = _UNBIS + number
        self.a(iri, "skos:Concept")
        self.english(iri, "skos:prefLabel", _LABELS[number])
        return iri

    def file_type(self, kind: Format) -> str | None:
        """A format in the EU's list; None if it has none."""
        if not kind.eu_code:
            return None
        return self.eu("file-type", kind.eu_code, _LABELS.get(f"file-type/{kind.eu_code}", kind.name))

    def media_type(self, name: str) -> str:
        """One of IANA's media types. Its label is its name, by which CKAN knows it."""
        iri = _IANA + name
        self.a(iri, "dct:MediaType")
        self.say(iri, "rdfs:label", name)
        return iri

    def language(self, tag: str) -> str | None:
        """A language by its two-letter code; None if ISO 639 has none.

        >>> CatalogDescription("https://example.org/").language("es")
        'http://publications.europa.eu/resource/authority/language/SPA'
        """
        from babel import Locale

        code = LANGUAGE_CODES.get(tag)
        return self.eu("language", code, Locale("en").languages[tag]) if code else None

    def location(self, iri: str, label: str) -> str:
        """A country or region, by the UN's or the EU's code."""
        if iri.startswith(f"{EU}country/"):
            return self.eu("country", iri.rpartition("/")[2], label)
        self.a(iri, "dct:Location")
        self.english(iri, "skos:prefLabel", label)
        return iri

    def standard(self, iri: str, title: str) -> str:
        """A specification that data conform to."""
        self.a(iri, "dct:Standard")
        self.english(iri, "dct:title", title)
        return iri

    def page(self, iri: str, title: str) -> str:
        """A page for people."""
        self.a(iri, "foaf:Document")
        self.english(iri, "dct:title", title)
        return iri

    def _concept(self, iri: str, label: str, scheme: str, title: str) -> None:
        self.a(iri, "skos:Concept")
        self.english(iri, "skos:prefLabel", label)
        self.link(iri, "skos:inScheme", scheme)
        self.a(scheme, "skos:ConceptScheme")
        self.english(scheme, "dct:title", title)
