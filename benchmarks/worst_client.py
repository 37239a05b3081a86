"""One client that asks the worst it can, from one address: ``python -m benchmarks.worst_client PORT SECONDS ATTACK``.

Each of its connections does one thing again and again until the time is over. On stdout it says what came of them:
statuses, answers that were ``cut`` by the server, that it ``left``, and that were still ``open`` at the end.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from time import perf_counter

from benchmarks.server_process import HOST, asking

ADDRESS = "127.0.2.1"
_PREFIXES = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
_PAUSE_S = 0.05  # between two queries of a connection: what is measured are bad queries, not many
_SIP_BYTES, _SIP_S = 4_096, 0.2
_LEAVES_AFTER_S = 0.3

PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED_PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i LIMIT 10"
PATH = "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>|^!<urn:x>)+ ?d }"
REGEX = (
    _PREFIXES + "SELECT (COUNT(*) AS ?n) { ?a skos:prefLabel ?x . ?b skos:prefLabel ?y "
    'FILTER(REGEX(CONCAT(STR(?x), STR(?y)), "(a+)+(b|c?d*)+$|(.*e){9}(.*f){9}", "i")) }'
)
LONG_TEXTS = (
    "SELECT (GROUP_CONCAT(?z) AS ?all) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f)) AS ?z) }"
)
ALL_PAIRS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
WHOLE = "CONSTRUCT { ?a ?b ?c . ?d ?b ?c } WHERE { ?a ?b ?c . ?d ?e ?a }"

_READ_ALL, _SIP, _LEAVE = "reads all", "reads slowly", "leaves"
ATTACKS = {
    "products of everything with everything": [
        (PRODUCT, _READ_ALL), (PRODUCT, _LEAVE), (SORTED_PRODUCT, _LEAVE), (PRODUCT, _LEAVE), (PRODUCT, _READ_ALL),
    ],
    "endless paths and regular expressions": [
        (PATH, _READ_ALL), (REGEX, _LEAVE), (PATH, _LEAVE), (REGEX, _READ_ALL), (PATH, _LEAVE),
    ],
    "as much memory as it gets": [
        (LONG_TEXTS, _READ_ALL), (SORTED_PRODUCT, _READ_ALL), (LONG_TEXTS, _READ_ALL), (LONG_TEXTS, _LEAVE),
    ],
    "answers without end, read fast": [
        (ALL_PAIRS, _READ_ALL), (WHOLE, _READ_ALL), (ALL_PAIRS, _READ_ALL), (WHOLE, _LEAVE), (ALL_PAIRS, _LEAVE),
    ],
    "answers without end, read slowly": [(ALL_PAIRS, _SIP), (WHOLE, _SIP), (ALL_PAIRS, _SIP), (WHOLE, _SIP)],
}  # fmt: skip
"""By name, what each connection asks and does."""


async def ask_again_and_again(port: int, query: str, manner: str, until_s: float) -> Counter[str]:
    """What came of one query, asked until the time is over: statuses, and how many answers were cut or left."""
    came: Counter[str] = Counter()
    while perf_counter() < until_s:
        came[await _ask(port, query, manner, until_s)] += 1
        await asyncio.sleep(_PAUSE_S)
    return came


async def _ask(port: int, query: str, manner: str, until_s: float) -> str:
    """What came of one query."""
    try:
        reader, writer = await asyncio.open_connection(HOST, port, local_addr=(ADDRESS, 0), limit=1 << 16)
    except OSError:
        return "refused connection"
    try:
        async with asyncio.timeout(until_s - perf_counter()):
            writer.write(asking(query).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").encode("ascii"))
            if manner == _LEAVE:
                await asyncio.sleep(_LEAVES_AFTER_S)
                return "left"
            head = await reader.readuntil(b"\r\n\r\n")
            end = b""
            while piece := await reader.read(_SIP_BYTES if manner == _SIP else 1 << 20):
                end = piece[-5:]
                if manner == _SIP:
                    await asyncio.sleep(_SIP_S)
            is_cut = b"chunked" in head and end != b"0\r\n\r\n"
            return "cut" if is_cut else head[9:12].decode("ascii")
    except TimeoutError:
        return "open"
    except (OSError, asyncio.IncompleteReadError):
        return "cut"
    finally:
        writer.transport.abort()


async def _run(port: int, seconds: float, attack: str) -> Counter[str]:
    until_s = perf_counter() + seconds
    came = await asyncio.gather(*(ask_again_and_again(port, *what, until_s) for what in ATTACKS[attack]))
    return sum(came, Counter())


def main(port: str, seconds: str, attack: str) -> None:
    """Asks, and says what came of it."""
    import uvloop

    json.dump(uvloop.run(_run(int(port), float(seconds), attack)), sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
