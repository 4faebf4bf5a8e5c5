"""From host names to addresses, and which of them may be connected to."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# Source: RFC 6052 (addresses of NAT64: the last 32 bits are an IPv4 address).
_NAT64 = IPv6Network("64:ff9b::/96")
# Source: IANA IPv4 Special-Purpose Address Registry and IANA IPv6 Special-Purpose Address Registry,
# as of 2025, whole: also what is globally reachable there is no host of news (anycast of the own
# network, relays, sinks of name servers). Python knows a part of it, which differs by version.
_SPECIAL_IPV4 = tuple(
    map(
        IPv4Network,
        """
        0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
        192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24
        198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
        """.split(),
    )
)
# 2001::/23 holds Teredo, benchmarking, ORCHID and all that IETF protocols were assigned. The last
# three are not of the registries: multicast (RFC 4291), and what had uses once: site-local
# (RFC 3879) and the 6bone (RFC 3701).
_SPECIAL_IPV6 = tuple(
    map(
        IPv6Network,
        """
        ::/128 ::1/128 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23
        2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10
        ff00::/8 fec0::/10 3ffe::/16
        """.split(),
    )
)
# Source: RFC 4291: global unicast addresses are given out of this block alone.
_GLOBAL_UNICAST = IPv6Network("2000::/3")


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, in the system's order. Raises OSError (gaierror) or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def parse(address: str) -> Address:
    """The value of an address in text form. Raises ValueError."""
    return ip_address(address)


def is_public(address: Address) -> bool:
    """Whether an address is of the public internet; IPv4 inside IPv6 is judged as IPv4.

    Not public is what IANA has registered for special purposes: private, shared (100.64/10),
    loopback and link-local addresses (with the metadata services of clouds), tunnels, relays,
    documentation; and multicast, reserved and unassigned ones.
    """
    inner = _inner_ipv4(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_IPV4)
    return address in _GLOBAL_UNICAST and not any(address in network for network in _SPECIAL_IPV6)


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
