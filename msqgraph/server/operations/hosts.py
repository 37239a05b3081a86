"""Which names the server answers to: a page elsewhere must not read it through a name that points here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from msqgraph.errors import UsageError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
ANY = "*"
_NAME = re.compile(r"(?:\*\.)?[0-9a-z](?:[0-9a-z.-]*[0-9a-z])?|\[[0-9a-f:.]+\]|\*")
_HOST = re.compile(rb"([0-9A-Za-z._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?")
_REMEMBERED = 256


class AllowedHosts:
    """Names that a ``Host`` header may have; the port does not matter, nor upper case, nor a dot at the end."""

    def __init__(self, names: Iterable[str]) -> None:
        """Names such as ``data.example.org``, ``*.example.org`` for all below, ``*`` for any.

        :raises UsageError: if a name is none.
        """
        self.names = tuple(sorted({name.lower().rstrip(".") for name in names}))
        for name in self.names:
            if not _NAME.fullmatch(name):
                raise UsageError(f"--allowed-host {name}: give a name without scheme and port, as data.example.org")
        self._exact = frozenset(name.encode() for name in self.names if not name.startswith("*"))
        self._endings = tuple(name[1:].encode() for name in self.names if name.startswith("*."))
        self._any = ANY in self.names
        self._known: set[bytes] = set()

    def allows(self, host: bytes) -> bool:
        """Whether the value of a ``Host`` header is allowed.

        >>> hosts = AllowedHosts(["data.example.org", "*.example.net"])
        >>> [hosts.allows(host) for host in (b"Data.example.org:8000", b"a.example.net", b"example.com", b"")]
        [True, True, False, False]
        """
        if host in self._known:
            return True
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = match[1].lower().rstrip(b".")
        if not (self._any or name in self._exact or (self._endings and name.endswith(self._endings))):
            return False
        if len(self._known) < _REMEMBERED:
            self._known.add(host)
        return True


def default_hosts(bound: str, public_url: str = "") -> list[str]:
    """What is allowed without being named: loopback, the address that is listened on, the host of the public address.

    >>> default_hosts("0.0.0.0", "https://data.example.org/msq/")
    ['localhost', '127.0.0.1', '[::1]', 'data.example.org']
    """
    names = list(LOOPBACK)
    if not listens_everywhere(bound):
        names.append(f"[{bound}]" if ":" in bound else bound)
    if public_url and (host := urlsplit(public_url).hostname):
        names.append(f"[{host}]" if ":" in host else host)
    return names


def listens_everywhere(bound: str) -> bool:
    """Whether an address to listen on stands for all of the machine.

    >>> listens_everywhere("0.0.0.0"), listens_everywhere("127.0.0.1")
    (True, False)
    """
    return bound in ("", "0.0.0.0", "::")  # noqa: S104 - compared, not bound
