"""Which network addresses may be talked to. Pure: an address in, the reason against it out.

The rule is an allow-list: an address passes only as public unicast. The table names what it is otherwise, after the IANA
special-purpose registries for IPv4 and IPv6. `ipaddress.is_global` is not enough: on Python 3.11 it passes NAT64, some 6to4,
v4-compatible, site-local and multicast addresses, behind each of which a private machine can stand.
"""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address

ODD_NUMBER = re.compile(r"[0-9a-fx.]+", re.I)
SCHEMES = ("http", "https")
PUBLIC_V6 = IPv6Network("2000::/3")
"""The only IPv6 block from which public unicast addresses are given out."""

_SPECIAL = """
0.0.0.0/8           this machine itself
10.0.0.0/8          a private address
100.64.0.0/10       a carrier's private address (CGNAT)
127.0.0.0/8         a loopback address
168.63.129.16/32    a cloud's metadata address
169.254.0.0/16      a link-local address, where clouds keep their metadata
172.16.0.0/12       a private address
192.0.0.0/24        reserved for protocols
192.0.2.0/24        an address for documentation
192.88.99.0/24      a 6to4 relay
192.168.0.0/16      a private address
198.18.0.0/15       an address for benchmarks
198.51.100.0/24     an address for documentation
203.0.113.0/24      an address for documentation
224.0.0.0/4         a multicast address
240.0.0.0/4         a reserved address
::1/128             a loopback address
::ffff:0:0/96       an IPv4-mapped address
::/96               an IPv4-compatible address
64:ff9b::/96        a NAT64 address
64:ff9b:1::/48      a NAT64 address
100::/64            an address that discards
2001::/32           a Teredo address
2001::/23           reserved for protocols
2001:db8::/32       an address for documentation
2002::/16           a 6to4 address
3fff::/20           an address for documentation
5f00::/16           a segment-routing address
fc00::/7            a private address
fe80::/10           a link-local address
fec0::/10           a site-local address
ff00::/8            a multicast address
"""
FORBIDDEN: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple(
    (ip_network(block), reason) for block, reason in (line.split(maxsplit=1) for line in _SPECIAL.strip().splitlines())
)


def objection(address: Address, *, allow_loopback: bool = False) -> str | None:
    """What speaks against connecting to an address, in words; None where it is public (or loopback and that is allowed)."""
    if allow_loopback and address.is_loopback and getattr(address, "ipv4_mapped", None) is None:
        return None
    named = next((reason for block, reason in FORBIDDEN if address.version == block.version and address in block), None)
    if named is None and address.version == 6 and address not in PUBLIC_V6:
        return "not a public address"
    return named


def url_objection(url: str, *, allow_loopback: bool = False) -> str | None:
    """What speaks against a URL before any name is looked up: its scheme, a missing host, a forbidden literal address."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as wrong:
        return f"not a URL ({wrong})"
    if parts.scheme.lower() not in SCHEMES:
        return f"{parts.scheme or 'a relative path'} is not http or https"
    if not host:
        return "the URL has no host"
    address = literal(host)
    reason = objection(address, allow_loopback=allow_loopback) if address else None
    return f"{host} is {reason}" if reason else None


def literal(host: str) -> Address | None:
    """The address that a host spells out, in the usual form or in one of the odd ones (octal, hexadecimal, one number)."""
    with suppress(ValueError):
        return ip_address(host)
    with suppress(OSError, UnicodeError):
        return IPv4Address(socket.inet_aton(host)) if ODD_NUMBER.fullmatch(host) else None
    return None
