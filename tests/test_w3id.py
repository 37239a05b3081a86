"""Stable addresses lead to the right place: the redirects as a real Apache httpd serves them."""

from __future__ import annotations

import http.client
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import typer
from typer.testing import CliRunner

from msqgraph.assets import DEFAULT_BASE
from msqgraph.commands.w3id import w3id as command
from msqgraph.errors import UsageError
from msqgraph.exports.w3id import rules, write_w3id
from msqgraph.release.about import About, Contact
from tests.system import free_port, require, running

MODULES = ("mpm_event", "authz_core", "headers", "rewrite", "dir", "mime")
MODULE_FOLDER = "/usr/lib/apache2/modules"
SITE = "https://data.example.org/msqgraph/"
ANSWER, COUNTRY = "id/response/2020/PRY/5f", "id/country/PRY"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7"
OWL_API = "application/rdf+xml, application/xml; q=0.7, text/xml; q=0.6, text/plain; q=0.1, */*; q=0.09"
# path, Accept (None: no such header), status, where it leads under the site (None: nowhere)
CASES: list[tuple[str, str | None, int, str | None]] = [
    # one type
    (COUNTRY, "text/turtle", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, "application/ld+json", 303, f"{COUNTRY}.jsonld"),
    (COUNTRY, "application/n-triples", 303, f"{COUNTRY}.nt"),
    (COUNTRY, "text/html", 303, f"{COUNTRY}.html"),
    (COUNTRY, "application/xhtml+xml", 303, f"{COUNTRY}.html"),
    (COUNTRY, "application/json", 303, f"{COUNTRY}.jsonld"),
    (COUNTRY, "TEXT/Turtle", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, "text/turtle;charset=utf-8", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, 'application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"', 303, f"{COUNTRY}.jsonld"),
    # what the suffixes do not cover is the site's to decide
    (COUNTRY, None, 303, COUNTRY),
    (COUNTRY, "", 303, COUNTRY),
    (COUNTRY, "*/*", 303, COUNTRY),
    (COUNTRY, "application/rdf+xml", 303, COUNTRY),
    (COUNTRY, "image/png", 303, COUNTRY),
    (COUNTRY, "text/turtle-star", 303, COUNTRY),
    (COUNTRY, "x-text/turtle", 303, COUNTRY),
    (COUNTRY, "text/*;q=0.3, application/trig", 303, COUNTRY),
    # weights
    (COUNTRY, "text/html;q=0.5,text/turtle", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, "text/turtle;q=0.5,text/html", 303, f"{COUNTRY}.html"),
    (COUNTRY, "text/turtle;q=0.8, application/ld+json;q=0.9", 303, f"{COUNTRY}.jsonld"),
    (COUNTRY, "application/ld+json ; q=0.2 , application/n-triples ; q=0.7", 303, f"{COUNTRY}.nt"),
    (COUNTRY, "text/html;level=1;q=0.4, text/turtle;charset=utf-8;q=0.6", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, "text/turtle;q=1.000, text/html", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, "text/html, text/turtle", 303, f"{COUNTRY}.html"),
    (COUNTRY, "text/turtle;q=0, text/html;q=0.1", 303, f"{COUNTRY}.html"),
    (COUNTRY, "text/turtle;q=0.000", 303, COUNTRY),
    (COUNTRY, "text/turtle;q=0, */*", 303, COUNTRY),
    (COUNTRY, "text/turtle;q=0.01", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, "text/turtle;Q=0.3, text/html;q=0.2", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, "text/turtle;q=.3, text/html;q=.2", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, "text/turtle;q=high, text/html;q=0.2", 303, f"{COUNTRY}.html"),
    (COUNTRY, "text/html;q=0.2, */*;q=0.9", 303, COUNTRY),
    # clients as they are
    (COUNTRY, BROWSER, 303, f"{COUNTRY}.html"),
    (COUNTRY, "text/xml,application/xml,application/xhtml+xml,text/html;q=0.9,text/plain;q=0.8,*/*;q=0.5", 303,
     f"{COUNTRY}.html"),
    (COUNTRY, "image/gif, image/jpeg, image/pjpeg, application/x-shockwave-flash, */*", 303, COUNTRY),  # IE 8
    (COUNTRY, "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", 303, f"{COUNTRY}.html"),  # java.net
    (COUNTRY, f"{JENA},*/*;q=0.3", 303, f"{COUNTRY}.ttl"),
    (COUNTRY, f"{JENA},application/trig,application/n-quads;q=0.9,*/*;q=0.5", 303, f"{COUNTRY}.ttl"),
    ("ontology", OWL_API, 303, "ontology.nt"),
    ("ontology", "application/rdf+xml, */*;q=0.1", 303, "ontology.ttl"),
    # kinds of paths
    (ANSWER, BROWSER, 303, f"{ANSWER}.html"),
    ("ontology/0.1.0", "text/turtle", 303, "ontology/0.1.0.ttl"),
    ("catalog", "text/turtle", 303, "catalog.ttl"),
    ("graph/facts/2020/PRY", "text/turtle", 303, "graph/facts/2020/PRY.ttl"),
    ("", BROWSER, 302, ""),
    ("catalog.ttl", BROWSER, 302, "catalog.ttl"),
    (f"{COUNTRY}.jsonld", "text/html", 302, f"{COUNTRY}.jsonld"),
    ("context.jsonld", "application/ld+json", 302, "context.jsonld"),
    ("context.jsonld", "text/html", 302, "context.jsonld"),
    ("release/0.1.0/", "text/html", 302, "release/0.1.0/"),
    ("release/0.1.0/data/msqgraph.nq.gz", "*/*", 302, "release/0.1.0/data/msqgraph.nq.gz"),
    ("release/0.1.0/SHA256SUMS", "text/turtle", 302, "release/0.1.0/SHA256SUMS"),
    ("sparql", "application/sparql-results+json", 307, "sparql"),
    # queries are kept as they are
    ("sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D&format=json", "*/*", 307,
     "sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D&format=json"),
    (f"{COUNTRY}?lang=fr", "text/html", 303, f"{COUNTRY}.html?lang=fr"),
    (f"{COUNTRY}?x=%0d%0aSet-Cookie:a=b", "text/html", 303, f"{COUNTRY}.html?x=%0d%0aSet-Cookie:a=b"),
    (f"{COUNTRY}?x=$1%25{{ENV:PATH}}", "*/*", 303, f"{COUNTRY}?x=$1%25{{ENV:PATH}}"),
    # no address of ours, or spelled otherwise
    ("id%2Fcountry%2FPRY", "*/*", 404, None),
    ("id//country/PRY", "*/*", 303, COUNTRY),
    ("id/./country/PRY", "*/*", 303, COUNTRY),
    ("%69d/country/PRY", "*/*", 303, COUNTRY),
    ("id/country/PRY/", "*/*", 404, None),
    ("nothing", "text/turtle", 404, None),
    ("identity/PRY", "text/turtle", 404, None),
    ("https://evil.example/", "*/*", 404, None),
    ("/evil.example/id", "*/*", 404, None),
    ("id/country/PRY@evil.example", "*/*", 404, None),
    ("id/country/PRY%0d%0aSet-Cookie:%20a=b", "*/*", 404, None),
    ("id/country/PRY%0a", "*/*", 404, None),
    ("id/country/PRY%3fx=y", "*/*", 404, None),
    ("id/country/PRY%23x", "*/*", 404, None),
    ("id/country/%2e%2e%2f%2e%2e%2fetc", "*/*", 404, None),
    ("id/country/..%5c..", "*/*", 404, None),
    ("id/.htaccess", "*/*", 404, None),
    ("id/country/P%C3%A9rou", "*/*", 404, None),
    ("id/country/%E0%A4", "*/*", 404, None),
    ("release/../../x", "*/*", 404, None),
    ("release/0.1.0/w3id/.htaccess", "*/*", 404, None),
    ("sparql/update", "*/*", 404, None),
    (".htaccess", "*/*", 404, None),
]  # fmt: skip


@pytest.fixture(scope="module")
def httpd() -> Iterator[int]:
    """The port of an Apache httpd that serves the redirects under /msqgraph/, as w3id.org does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")  # not every user looks there
        program = require("apache2", "apache2-bin")
    # not below pytest's folder, which only its owner may enter: started by root, the server works as nobody
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o755)
        write_w3id(folder / "root" / "msqgraph", DEFAULT_BASE, SITE)
        user = "User nobody\nGroup nogroup\n" if os.geteuid() == 0 else ""
        (folder / "httpd.conf").write_text(
            f"ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\n"
            + "".join(f"LoadModule {one}_module {MODULE_FOLDER}/mod_{one}.so\n" for one in MODULES)
            + f"{user}ErrorLog {folder}/error.log\nTypesConfig /dev/null\nDocumentRoot {folder}/root\n"
            + f"<Directory {folder}/root>\nAllowOverride All\nRequire all granted\n</Directory>\n",
            encoding="utf-8",
        )
        command = [program, "-DFOREGROUND", "-f", str(folder / "httpd.conf")]
        with running(command, folder, f"http://127.0.0.1:{port}/"):
            yield port
        assert "[rewrite:error]" not in (folder / "error.log").read_text(encoding="utf-8")


def ask(
    port: int, path: str, accept: str | None = None, method: str = "GET"
) -> tuple[int, str | None, http.client.HTTPMessage]:
    """The status, Location and all headers of the answer to a request whose path is sent as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        headers = {} if accept is None else {"Accept": accept}
        connection.request(method, f"/msqgraph/{path}", headers=headers)
        with connection.getresponse() as answer:
            answer.read()
            return answer.status, answer.getheader("Location"), answer.headers
    finally:
        connection.close()


def test_every_case_leads_where_it_should(httpd: int) -> None:
    """By path, Accept header with weights, and query; what cannot be one of our addresses leads nowhere."""
    assert len(CASES) >= 40
    wrong = []
    for path, accept, status, target in CASES:
        got = ask(httpd, path, accept)[:2]
        expected = (status, None if target is None else SITE + target)
        if got != expected:
            wrong.append((path, accept, got, expected))
    assert wrong == []


def test_every_address_of_the_sample_leads_to_its_own(httpd: int, dataset: Path) -> None:
    """One of each pattern in the sample, and all of them by the rules' own expression, keep their path."""
    paths = set()
    for quad in ox.parse(path=str(dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS):
        for one in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(one, ox.NamedNode) and one.value.startswith(DEFAULT_BASE):
                paths.add(one.value.removeprefix(DEFAULT_BASE).partition("#")[0])  # a fragment is the client's
    by_pattern: dict[str, str] = {}
    for path in sorted(paths):
        top, *rest = path.split("/")
        kind = [rest[0]] if top in ("id", "graph") else []
        by_pattern.setdefault("/".join([top, *kind, str(len(rest))]), path)
    assert len(paths) > 1000
    assert len(by_pattern) > 25, by_pattern
    assert {path.split("/")[0] for path in paths} == {"code", "graph", "id", "mapping", "ontology", "questionnaire"}
    for path in by_pattern.values():
        assert ask(httpd, path, "text/turtle")[:2] == (303, f"{SITE}{path}.ttl")
    [pattern] = re.findall(r"RewriteRule !(\S+) - \[R=404", rules(DEFAULT_BASE, SITE))
    assert [path for path in paths if not re.fullmatch(pattern, path)] == []


def test_rdflib_gets_what_it_can_parse(httpd: int) -> None:
    """Whatever format it is told, or none: its own headers never lead to a page for people."""
    from rdflib.parser import URLInputSource

    leading = {}
    for form in (None, "xml", "n3", "turtle", "nt", "json-ld"):
        source = ask_as_rdflib(URLInputSource, form)
        leading[form] = (ask(httpd, COUNTRY, source)[1] or "").removeprefix(SITE)
    suffixes = {None: ".ttl", "xml": ".ttl", "n3": ".ttl", "turtle": ".ttl", "nt": ".nt", "json-ld": ".jsonld"}
    assert leading == {form: COUNTRY + suffix for form, suffix in suffixes.items()}


def ask_as_rdflib(source: type, form: str | None) -> str:
    """The Accept header that rdflib sends for a format."""
    import rdflib.parser

    seen: list[str] = []

    def opened(request: object) -> None:
        seen.append(request.get_header("Accept"))  # type: ignore[attr-defined]
        raise OSError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib.parser, "_urlopen", opened)
        with pytest.raises(OSError):
            source("http://localhost/", form)
    return seen[0]


def test_redirects_can_be_used_by_pages_of_other_sites_and_by_caches(httpd: int) -> None:
    """Both headers are on redirects and on refusals, whatever the request."""
    for path, accept in ((COUNTRY, "text/turtle"), (COUNTRY, None), ("context.jsonld", None), ("nothing", None)):
        headers = ask(httpd, path, accept)[2]
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers.get_all("Vary") == ["Accept"], (path, headers.items())


def test_methods(httpd: int) -> None:
    """HEAD is answered as GET; a POST to the endpoint is to be repeated as one (307)."""
    assert ask(httpd, COUNTRY, "text/turtle", "HEAD")[:2] == (303, f"{SITE}{COUNTRY}.ttl")
    assert ask(httpd, "sparql", "*/*", "POST")[:2] == (307, f"{SITE}sparql")


def test_no_header_makes_the_rules_backtrack(httpd: int) -> None:
    """The longest headers that the server takes are answered before the request's timeout."""
    for accept in ("text/turtle;" + " " * 8000, "text/turtle" + ";a" * 4000, "text/turtle;q=0," * 500):
        assert ask(httpd, COUNTRY, accept)[0] == 303


def test_what_cannot_be_redirected_is_refused(tmp_path: Path) -> None:
    """A site that a rule would read otherwise, that has a query, or that lies under the base itself."""
    for site in (
        "https://data.example.org/msqgraph",
        "https://data.example.org/%1/",
        "https://data.example.org/$1/",
        "https://data.example.org/a b/",
        "https://data.example.org/?x=/",
        "https://user@data.example.org/",
        "ftp://data.example.org/",
        "https://data.example.org/\nRewriteRule ^ https://evil.example/",
        f"{DEFAULT_BASE}site/",
    ):
        with pytest.raises(UsageError, match="site"):
            write_w3id(tmp_path, DEFAULT_BASE, site)
    with pytest.raises(UsageError, match="base"):
        write_w3id(tmp_path, "urn:x:", SITE)
    assert list(tmp_path.iterdir()) == []


def test_the_readme_says_whom_to_write_to(tmp_path: Path, httpd: int) -> None:
    """And every address that it gives is redirected as it says."""
    about = About(contact=Contact("Data office", "data@example.org", "https://example.org/"))
    write_w3id(tmp_path, DEFAULT_BASE, SITE, about)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "Data office" in text and "<data@example.org>" in text and "https://example.org/" in text
    examples = re.findall(rf"<{DEFAULT_BASE}(\S*)> \| (\d+) \|", text)
    assert len(examples) > 10
    for path, status in examples:
        assert ask(httpd, path)[:2] == (int(status), SITE + path)
    assert (tmp_path / ".htaccess").read_text(encoding="utf-8") == rules(DEFAULT_BASE, SITE)


def test_endpoint_and_release_are_where_the_publisher_says() -> None:
    """Not at the site, if they are elsewhere; the names of the latest files never change."""
    about = About(version="1.0", address="https://files.example.org/1.0/", endpoint="https://q.example.org/sparql")
    lines = rules(DEFAULT_BASE, SITE, about).splitlines()
    assert "RewriteRule ^sparql$ https://q.example.org/sparql [R=307,L]" in lines
    [latest] = [line for line in lines if line.startswith("RewriteRule ^(feed") and "files.example.org" in line]
    [version] = [line for line in lines if line.startswith("RewriteRule ^release/1")]
    assert latest.endswith("https://files.example.org/1.0/$1 [R=302,L]") and version.endswith(latest[-40:])
    assert lines.index(version) < next(n for n, line in enumerate(lines) if "|release/" in line)


@pytest.mark.parametrize(
    "said", [About(address="https://x.org/a%20b/"), About(endpoint="https://x.org/$1")], ids=["address", "endpoint"]
)
def test_an_address_that_a_rule_would_read_otherwise_is_refused(said: About, tmp_path: Path) -> None:
    """No sign that mod_rewrite gives a meaning to."""
    with pytest.raises(UsageError, match="redirects need letters"):
        write_w3id(tmp_path, DEFAULT_BASE, SITE, said)


def test_the_command_takes_the_site_from_the_option_or_the_file(dataset: Path, tmp_path: Path) -> None:
    """With or without the slash; without a site it says where to give one."""
    app, run, about = typer.Typer(), CliRunner(), tmp_path / "about.yaml"
    app.command()(command)
    about.write_text(f"site: {SITE}\ncontact: {{name: Data office}}\n", encoding="utf-8")
    assert run.invoke(app, [str(dataset), "-o", str(tmp_path / "a"), "--site", SITE.rstrip("/")]).exit_code == 0
    assert run.invoke(app, [str(dataset), "-o", str(tmp_path / "b"), "--about", str(about)]).exit_code == 0
    assert {(tmp_path / one / ".htaccess").read_text("utf-8") for one in "ab"} == {rules(DEFAULT_BASE, SITE)}
    assert "Data office" in (tmp_path / "b" / "README.md").read_text("utf-8")
    refused = run.invoke(app, [str(dataset), "-o", str(tmp_path / "c")])
    assert (refused.exit_code, (tmp_path / "c").exists()) == (2, False)
