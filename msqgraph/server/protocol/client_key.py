"""Whose request it is, so that the engine can be fair: the peer's address, or the one that a trusted proxy tells."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from msqgraph.errors import UsageError
from msqgraph.server.protocol.accept import joined

if TYPE_CHECKING:
    from starlette.types import Scope

LOCAL_SOCKET = "unix"
_HOME_BITS = 64  # of an IPv6 address: one customer has them all below it
_NOBODY = "unknown"


class ClientKeys:
    """Makes the key of a request's client; it is no empty text, is never logged and tells two clients apart."""

    def __init__(self, trusted_proxies: Iterable[str] = ()) -> None:
        """A maker of keys.

        :param trusted_proxies: addresses or networks whose header ``X-Forwarded-For`` is believed; ``unix`` for whoever
            connects by a socket of the file system.
        :raises UsageError: if one is neither.
        """
        names = set(trusted_proxies)
        self._trusts_socket = LOCAL_SOCKET in names
        try:
            self._networks = [ip_network(name, strict=False) for name in sorted(names - {LOCAL_SOCKET})]
        except ValueError as error:
            raise UsageError(f"trusted proxies: {error} — give addresses or networks, as 10.0.0.0/8") from None

    def of(self, scope: Scope) -> str:
        """The key of who sent a request.

        >>> keys = ClientKeys(["10.0.0.0/8"])
        >>> keys.of({"client": ("192.0.2.7", 5000), "headers": [(b"x-forwarded-for", b"198.51.100.1")]})
        '192.0.2.7'
        >>> keys.of({"client": ("10.0.0.1", 5000), "headers": [(b"x-forwarded-for", b"6.6.6.6, 198.51.100.1")]})
        '198.51.100.1'
        """
        client = scope.get("client")
        peer = client[0] if client and client[0] else ""
        if not (self._networks or self._trusts_socket) or not self._is_trusted(peer):
            return key_of_peer(peer)
        # each proxy adds the address that it sees at the end: the last one that is no proxy of ours is the client's
        for told in reversed((joined(scope["headers"], b"x-forwarded-for") or "").split(",")):
            address = told.strip()
            if not _address(address):
                break
            peer = address
            if not self._is_trusted(peer):
                break
        return key_of_peer(peer)

    def _is_trusted(self, peer: str) -> bool:
        if not peer:
            return self._trusts_socket
        address = _address(peer)
        return address is not None and any(address in network for network in self._networks)


@lru_cache(maxsize=1024)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, with a port or without; an IPv4 address that is written as IPv6 as what it is."""
    text = text[1:].partition("]")[0] if text.startswith("[") else text
    if text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


@lru_cache(maxsize=1024)
def key_of_peer(peer: str) -> str:
    """A peer's address as a key: of IPv6, the part that its customer cannot choose.

    >>> key_of_peer("2001:db8:1:2:3:4:5:6"), key_of_peer("::ffff:192.0.2.7"), key_of_peer("")
    ('2001:db8:1:2::', '192.0.2.7', 'unknown')
    """
    address = _address(peer)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _HOME_BITS), strict=False).network_address)
    return str(address) if address else peer or _NOBODY
