"""Which addresses are of the public internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.acquire.fetch.addresses import is_public

NOT_PUBLIC = """
0.0.0.0 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.1.2.3 169.254.1.1 169.254.169.254 172.16.0.1
172.31.255.255 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.2.3 240.0.0.1
255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 2002:7f00:1:: 2002:808:808:: 2001::1 2001:db8::1 3fff::1 fc00::1
fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1 100::1 100:0:0:1::1 192.0.0.1 192.0.0.8 192.0.0.9
192.0.0.10 192.0.0.170 192.31.196.1 192.52.193.1 192.88.99.1 192.175.48.1 0.1.2.3 ::ffff:192.0.0.8
64:ff9b::c000:8 64:ff9b::c058:6301 2001:0:7f00:1:: 2001:1::1 2001:1::2 2001:1::3 2001:2::1 2001:3::1
2001:4:112::1 2001:10::1 2001:20::1 2001:30::1 2001:1ff:ffff::1 2620:4f:8000::1 5f00::1 3ffe::1
4000::1 ::2 1::1
""".split()
PUBLIC = """
1.1.1.1 8.8.8.8 93.184.215.14 172.32.0.1 100.63.255.255 100.128.0.1 192.167.255.255 2606:4700:4700::1111
2a00:1450:4001:800::200e ::ffff:8.8.8.8 64:ff9b::808:808 192.0.1.1 192.88.98.1 198.17.255.1 198.20.0.1
223.255.255.1 2001:200::1 2001:db7::1 2620:4f:7fff::1 2003::1 2400:3200::1
""".split()


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_address_inside_a_network_is_not_public(text: str) -> None:
    """A page must not make the archive read what only its user can reach."""
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_address_of_the_internet_is_public(text: str) -> None:
    """Neighbours of private networks, and IPv4 seen through NAT64, are where news sites are."""
    assert is_public(ip_address(text))


@given(st.ip_addresses(v=4))
def test_ipv4_inside_ipv6_is_judged_as_ipv4(address: IPv4Address) -> None:
    """Writing an address in another way must not change what it leads to."""
    mapped = IPv6Address((0xFFFF << 32) | int(address))
    translated = IPv6Address((0x0064FF9B << 96) | int(address))
    assert is_public(mapped) == is_public(translated) == is_public(address)
