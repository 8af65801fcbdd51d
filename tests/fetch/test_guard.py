"""Which addresses may be talked to."""

from __future__ import annotations

import ipaddress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewatch.fetch.guard import FORBIDDEN, PUBLIC_V6, objection, url_objection

INNER = [block for block, _ in FORBIDDEN if block.version == 4]


@pytest.mark.parametrize(
    "number",
    [
        "1.1.1.1",
        "8.8.8.8",
        "93.184.215.14",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "223.255.255.255",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450::1",
        "2001:200::1",
        "2003::1",
        "3ffe::1",
    ],
)
def test_public_addresses_pass(number: str) -> None:
    assert objection(ipaddress.ip_address(number)) is None


@pytest.mark.parametrize(("block", "reason"), FORBIDDEN, ids=lambda part: str(part))
def test_the_first_and_last_address_of_each_special_block_are_refused(block: ipaddress.IPv4Network, reason: str) -> None:
    assert objection(block[0])
    assert objection(block[-1])


@given(st.ip_addresses(v=4))
def test_whatever_the_standard_library_calls_special_is_refused(address: IPv4Address) -> None:
    if not address.is_global or address.is_multicast:
        assert objection(address)


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_outside_the_public_block_passes(address: IPv6Address) -> None:
    if address not in PUBLIC_V6 or not address.is_global:
        assert objection(address)


@given(st.sampled_from(INNER).flatmap(lambda block: st.integers(int(block[0]), int(block[-1]))))
def test_no_spelling_of_a_forbidden_ipv4_address_in_ipv6_passes(number: int) -> None:
    spelt = (
        IPv6Address(number),
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(int(IPv6Address("64:ff9b::")) | number),
        IPv6Address(0x2002 << 112 | number << 80),
        IPv6Address(0x20010000 << 96 | (number ^ 0xFFFFFFFF)),
    )
    assert all(objection(address, allow_loopback=True) for address in spelt if address != IPv6Address("::1"))


@given(st.ip_addresses())
def test_allowing_loopback_allows_nothing_else(address: IPv4Address | IPv6Address) -> None:
    assert objection(address, allow_loopback=True) == (None if address.is_loopback else objection(address))
    assert objection(IPv4Address("127.0.0.1"), allow_loopback=True) is objection(IPv6Address("::1"), allow_loopback=True) is None


@given(st.text())
def test_any_text_at_all_is_judged_as_a_url_and_never_raises(text: str) -> None:
    for url in (text, f"http://{text}", f"https://{text}/feed"):
        verdict = url_objection(url)
        assert verdict is None or verdict
