"""The headers that every answer has: what a browser may do with it, and what it is to be told of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from msqgraph.server.operations.request_record import RECORD, RequestRecord

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# what a page may ask for besides, and no more: whoever needs another one writes it here, where it is seen
MAY_BE_RELAXED = {
    "connect-src": ("'self'",),
    "img-src": ("'self'", "data:", "blob:"),
    "worker-src": ("'self'", "blob:"),
    "manifest-src": ("'self'",),
}
_DEVICES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{device}=()" for device in _DEVICES).encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_EMBEDDING = b"cross-origin-resource-policy"
_OWN = frozenset((*(name for name, _ in _ALWAYS), b"content-security-policy", _EMBEDDING))


def relax(scope: MutableMapping[str, Any], directive: str, *sources: str) -> None:
    """Lets one directive of the policy of this answer be otherwise: ``relax(request.scope, "worker-src", "blob:")``.

    Outside the server (a page that is written to a file, a test of one part) there is no policy, and nothing happens.

    :raises ValueError: if the directive or a source is none that a page may have.

    >>> relax({}, "script-src", "'unsafe-inline'")
    Traceback (most recent call last):
    ValueError: script-src 'unsafe-inline' is none of what a page may have: see MAY_BE_RELAXED
    """
    for source in sources:
        if source not in MAY_BE_RELAXED.get(directive, ()):
            raise ValueError(f"{directive} {source} is none of what a page may have: see MAY_BE_RELAXED")
    record: RequestRecord | None = scope.get(RECORD)
    if record is not None:
        record.relaxed = {**(record.relaxed or {}), directive: " ".join(sources)}


def policy(relaxed: Mapping[str, str] | None = None) -> str:
    """The Content-Security-Policy, with what a page has otherwise.

    >>> policy({"worker-src": "'self' blob:"}).endswith("frame-ancestors 'none'; worker-src 'self' blob:")
    True
    """
    return "; ".join(f"{directive} {sources}" for directive, sources in (POLICY | dict(relaxed or {})).items())


def with_security(headers: Iterable[tuple[bytes, bytes]], record: RequestRecord) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with those of this module, which replace any of the same names, and the request's id.

    Pages are for this site alone; data may be embedded anywhere. A 304 has no type to tell them apart by, and leaves
    that as the client has it.
    """
    is_page = False
    kept = []
    for header in headers:
        name = header[0]
        if name == b"content-type" and header[1].startswith((b"text/html", b"application/xhtml")):
            is_page = True
        if name not in _OWN:
            kept.append(header)
    kept += _fixed(tuple(sorted(record.relaxed.items())) if record.relaxed else ())
    if record.status != 304:
        kept.append((_EMBEDDING, b"same-origin" if is_page else b"cross-origin"))
    kept.append((b"x-request-id", record.id.encode("ascii")))
    return kept


@lru_cache(maxsize=64)
def _fixed(relaxed: tuple[tuple[str, str], ...]) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"content-security-policy", policy(dict(relaxed)).encode("ascii")), *_ALWAYS)
