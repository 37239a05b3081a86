"""Requests of the SPARQL 1.1 Protocol, as SPARQLWrapper writes them.

It writes them and does not send them: it would follow redirects with the credentials, install its Digest handler for
the whole process, and hide the status behind errors of its own. Its public ``query()`` writes and sends in one step,
and nothing public gives the request alone; therefore its private ``_createRequest`` is called here, and nowhere else.
The doctests and the tests with real servers notice if a later version of it does otherwise.
"""

from __future__ import annotations

from urllib.request import Request


def query_request(endpoint: str, sparql: str) -> Request:
    """A query by POST whose answer is JSON results.

    >>> query_request("http://127.0.0.1/query", "ASK {}").get_header("Accept").split(",")[0]
    'application/sparql-results+json'
    """
    from SPARQLWrapper import JSON, URLENCODED

    return _request(endpoint, sparql, URLENCODED, JSON)


def update_request(endpoint: str, sparql: str) -> Request:
    """An update by POST as it stands, which is smaller than a form.

    >>> request = update_request("http://127.0.0.1/update", "CLEAR DEFAULT")
    >>> request.get_header("Content-type"), request.data
    ('application/sparql-update', b'CLEAR DEFAULT')
    >>> update_request("http://127.0.0.1/update?repository=msq", "CLEAR DEFAULT").full_url
    'http://127.0.0.1/update?repository=msq'
    """
    from SPARQLWrapper import POSTDIRECTLY

    request = _request(endpoint, "INSERT DATA {}", POSTDIRECTLY)
    request.full_url = endpoint  # SPARQLWrapper puts another "?" at the end, even of an address with a query
    request.data = sparql.encode()  # SPARQLWrapper would search all of it for its kind, which takes longer than loading
    return request


def _request(endpoint: str, sparql: str, way: str, results: str | None = None) -> Request:
    from SPARQLWrapper import POST, SPARQLWrapper

    wrapper = SPARQLWrapper(endpoint)
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(way)
    wrapper.setOnlyConneg(True)  # Virtuoso refuses an Accept header beside SPARQLWrapper's own parameters for formats
    if results:
        wrapper.setReturnFormat(results)
    wrapper.setQuery(sparql)
    return wrapper._createRequest()  # private, for want of a public way: see above
