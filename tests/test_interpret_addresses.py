"""Addresses are found as written, normalised to valid IRIs, and never invented."""

from __future__ import annotations

import pytest

from msqgraph.interpret.addresses import find_addresses, normalise
from msqgraph.interpret.passages import Passage
from msqgraph.interpret.portals import find_portals

GOOGLE = "https://www.google.com/url?sa=t&rct=j&q=&esrc=s&source=web&cd=1&cad=rja&uact=8&ved=2ahUK"


@pytest.mark.parametrize(
    ("text", "websites"),
    [
        (
            "www.gobiernoabierto.gov.py, pnt.paraguay.gov.py",
            ["http://www.gobiernoabierto.gov.py/", "http://pnt.paraguay.gov.py/"],
        ),
        (
            "<https://www.paraguay.gov.py>, <https://a.gov/x>",
            ["https://www.paraguay.gov.py/", "https://a.gov/x"],
        ),
        ("[Portal](https://a.gov) y [https://b.gov](https://b.gov).", ["https://a.gov/", "https://b.gov/"]),
        ("(véase https://a.gov/b_(c)).", ["https://a.gov/b_(c)"]),
        ("www.a.gov;http://b.gov,www.c.gov", ["http://www.a.gov/", "http://b.gov/", "http://www.c.gov/"]),
        ("请访问www.gov.cn了解。", ["http://www.gov.cn/"]),
        ("الموقع www.a.gov.sa، و", ["http://www.a.gov.sa/"]),
        ("economía digital – bigdata.mitic.gov.py", ["http://bigdata.mitic.gov.py/"]),
        ("HTTPS://WWW.A.gov:443/%7Ex/../y?q=a b", ["https://www.a.gov/y?q=a"]),
        ("<https://a.gov/a b>", ["https://a.gov/a%20b"]),
    ],
)
def test_every_address_is_found_and_normalised(text: str, websites: list[str]) -> None:
    """Several in a line, with and without scheme, in brackets, as Markdown links, in text without blanks."""
    assert [address.website for address in find_addresses(text)] == websites


@pytest.mark.parametrize(
    "text",
    [
        "Decreto N.º 5, e.g. file.md, plan.py, etc.La a.m. U.S. versión 2.0",
        "someone@example.gov, mailto:someone@example.gov",
        "javascript:alert(www.x.gov) data:text/html,http://x.gov ftp://www.x.gov",
        "[x](javascript:alert(1)) [4](#)",
        "<br> <someone@example.gov>",
        "información.No disponible",
    ],
)
def test_what_is_no_address_is_none(text: str) -> None:
    """Abbreviations, file names, e-mail addresses and schemes other than http and https are no websites."""
    assert find_addresses(text) == []


@pytest.mark.parametrize("text", ["https://www.x.gov...", "www.x.gov…", GOOGLE, f"<{GOOGLE}>", "https://x.gov/a%2"])
def test_a_truncated_address_is_flagged(text: str) -> None:
    """What a converter or a search engine cut off is kept, and doubted."""
    (address,) = find_addresses(text)
    assert address.is_truncated and address.doubts == ("truncated-address",) and address.website


@pytest.mark.parametrize(
    "text", ["http//www.a.gov", "http:/www.a.gov", "http://a,b.gov/", "http://u:p@x.gov", "https://x.gov:99999"]
)
def test_a_malformed_address_has_no_website(text: str) -> None:
    """What cannot be made a valid address is quoted, never repaired."""
    (address,) = find_addresses(text)
    assert address.website is None and "malformed-address" in address.doubts and address.written == text


@pytest.mark.parametrize(
    ("written", "website"),
    [
        ("www.x.gov", "http://www.x.gov/"),
        ("http://x.gov:8080", "http://x.gov:8080/"),
        ("https://x.gov/a|b{c}^`\\%zz%2f%41", "https://x.gov/a%7Cb%7Bc%7D%5E%60%5C%25zz%2FA"),
        ("http://münchen.de/ä", "http://xn--mnchen-3ya.de/%C3%A4"),
        ("ftp://x.gov", None),
        ("https://localhost", None),
        ("", None),
    ],
)
def test_the_normal_form_is_that_of_rfc_3986(written: str, website: str | None) -> None:
    """Scheme and host in lower case, no default port, no empty path, no illegal character."""
    assert normalise(written) == website


@pytest.mark.parametrize(
    ("text", "portals"),
    [
        ("Portal Único: www.a.gov, b.gov.py", [("Portal Único", "http://www.a.gov/"), (None, "http://b.gov.py/")]),
        ("1. National portal - https://a.gov", [("National portal", "https://a.gov/")]),
        ("www.a.gov (Portal Nacional)", [("Portal Nacional", "http://www.a.gov/")]),
        ("[My Services](https://a.gov)", [("My Services", "https://a.gov/")]),
        ("The portal is www.a.gov and norge.no", [(None, "http://www.a.gov/"), (None, "http://norge.no/")]),
    ],
)
def test_a_portal_has_the_name_that_is_written_at_its_address(text: str, portals: list[tuple[str | None, str]]) -> None:
    """A label is a name; the words of a sentence are not."""
    mentions = find_portals(Passage(text, "en", is_for_addresses=True))
    assert [(m.name, m.website) for m in mentions] == portals
    assert all(text[m.start : m.start + len(m.quote)] == m.quote and m.basis == "field" for m in mentions)


@pytest.mark.parametrize(
    ("text", "portals"),
    [
        ("Portal A (https://a.gov), Portal B (https://b.gov)", ["Portal A", "Portal B"]),
        ("[Alpha](https://a.gov), [Beta](https://b.gov)", ["Alpha", "Beta"]),
        ("Portal A: https://a.gov y Portal B: https://b.gov", ["Portal A", "Portal B"]),
        ("Portail A: https://a.gov et Portail B: https://b.gov", ["Portail A", "Portail B"]),
        ("Portal A: https://a.gov e Portal B: https://b.gov", ["Portal A", "Portal B"]),
        ("Portal A: https://a.gov and Portal B: https://b.gov", ["Portal A", "Portal B"]),
        ("A-Portal: https://a.gov, as well as B-Portal: https://b.gov", ["A-Portal", "B-Portal"]),
        ("Портал А: https://a.gov и Портал Б: https://b.gov", ["Портал А", "Портал Б"]),
        ("البوابة الوطنية: https://a.gov و البوابة الثانية: https://b.gov", ["البوابة الوطنية", "البوابة الثانية"]),
        ("البوابة الوطنية: https://a.gov والبوابة الثانية: https://b.gov", ["البوابة الوطنية", "البوابة الثانية"]),
        ("国家门户：https://a.gov 和数据门户：https://b.gov", ["国家门户", "数据门户"]),
        ("E-Data (https://a.gov); «Porta» Nova (x) – https://b.gov", ["E-Data", "«Porta» Nova (x)"]),
        ("Ghana.gov (https://www.ghana.gov.gh)", ["Ghana.gov"]),
        ("Ghana.gov - https://www.ghana.gov.gh, norge.no", ["Ghana.gov", None]),
        ("www.a.gov, https://b.gov", [None, None]),
    ],
)
def test_a_portal_has_its_name_and_nothing_else(text: str, portals: list[str | None]) -> None:
    """No punctuation or conjunction of the list around it; a host before an address is its name, no second portal."""
    mentions = find_portals(Passage(text, "en", is_for_addresses=True))
    assert [mention.name for mention in mentions] == portals
    assert all(text[m.start : m.start + len(m.quote)] == m.quote for m in mentions)


@pytest.mark.parametrize(
    ("text", "portals"),
    [
        ("Consultations: https://a.example/ (user guide: https://a.example/docs/Guide.pdf)", ["https://a.example/"]),
        ("Portal: https://a.example/ - guía del usuario: https://a.example/guia", ["https://a.example/"]),
        ("Portail : https://a.example/ (guide d'utilisation : https://a.example/aide)", ["https://a.example/"]),
        ("Портал: https://a.example/, инструкция: https://a.example/help", ["https://a.example/"]),
        ("البوابة: https://a.example/ (دليل المستخدم: https://a.example/guide)", ["https://a.example/"]),
        ("门户网站：https://a.example/（用户手册：https://a.example/help）", ["https://a.example/"]),
        ("https://a.example/, https://b.example/", ["https://a.example/", "https://b.example/"]),
        ("https://a.example/index.pdf", ["https://a.example/index.pdf"]),
    ],
)
def test_a_guide_is_no_portal(text: str, portals: list[str]) -> None:
    """A guide or a document named beside a portal is an address; the only address of an answer is its portal."""
    mentions = find_portals(Passage(text, None, is_for_addresses=True))
    assert [mention.website for mention in mentions if mention.names == "Portal"] == portals
    assert all(text[m.start : m.start + len(m.quote)] == m.quote and m.website for m in mentions)
