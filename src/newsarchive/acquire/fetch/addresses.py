"""From host names to addresses, and which of them may be connected to."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# Source: RFC 6052 (addresses of NAT64: the last 32 bits are an IPv4 address).
_NAT64 = IPv6Network("64:ff9b::/96")
# Deprecated or for local use, and not private to every Python that is supported:
# RFC 7526 (6to4), RFC 8215 (local NAT64), RFC 3879 (site-local), RFC 9637 (documentation).
_REFUSED = tuple(IPv6Network(text) for text in ("2002::/16", "64:ff9b:1::/48", "fec0::/10", "3fff::/20"))


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, in the system's order. Raises OSError (gaierror) or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def parse(address: str) -> Address:
    """The value of an address in text form. Raises ValueError."""
    return ip_address(address)


def is_public(address: Address) -> bool:
    """Whether an address is of the public internet; IPv4 inside IPv6 is judged as IPv4.

    Not public are private, shared (100.64/10), loopback, link-local (with the
    metadata services of clouds), multicast, reserved and unspecified addresses.
    """
    inner = _inner_ipv4(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, IPv6Address) and any(address in network for network in _REFUSED):
        return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


def is_any(address: Address) -> bool:
    """Allow every address."""
    del address
    return True


def _inner_ipv4(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped
