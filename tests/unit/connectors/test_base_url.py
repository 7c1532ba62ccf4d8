"""Where BillingBot may be pointed at."""

import pytest

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.http.addresses import is_public
from billingbot.errors import ConfigError

pytestmark = pytest.mark.fault(23)

PRIVATE = [
    "0.0.0.0",  # noqa: S104 - refused, not bound
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "fc00::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "2002:a00:1::",
    "2001:0:53aa:64c::1",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_or_may_carry_a_private_one_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "140.82.112.3", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "text",
    [
        "https://api.pax8.com/v1",
        "https://api.ingrammicro.com:443/resellers",
        "https://my-msp.halopsa.com",
        "https://xn--mller-kva.example",
        "https://8.8.8.8/api",
    ],
)
def test_a_public_https_url_is_taken(text: str) -> None:
    assert checked_url(text, "Pax8: API URL") == text


REFUSED = {
    "http://api.pax8.com": "must begin with https://",
    "ftp://api.pax8.com": "must begin with https://",
    "api.pax8.com": "is not a URL",
    "": "is not a URL",
    "https://": "is not a URL",
    "https://[::1": "is not a URL",
    "https://api.pax8.com:99999": "is not a URL",
    "https://api.pax8.com/a b": "is not a URL",
    "https://api.pax8.com\\@10.0.0.1": "is not a URL",
    "https://api.pax8.com\r\nHost: x": "is not a URL",
    "https://аpi.pax8.com": "is not a URL",
    "https://me:secret@api.pax8.com": "must not hold a user name or password",
    "https://api.pax8.com@evil.example": "must not hold a user name or password",
    "https://api.pax8.com?x=1": "must end before any",
    "https://api.pax8.com/v1?": "must end before any",
    "https://api.pax8.com/#x": "must end before any",
    "https://api.pax8.com:8443": "must not name a port",
    "https://localhost": "is not a public host",
    "https://intranet/api": "is not a public host",
    "https://127.0.0.1": "is not a public host",
    "https://127.1": "is not a public host",
    "https://2130706433": "is not a public host",
    "https://0x7f000001": "is not a public host",
    "https://0x7f.0.0.1": "is not a public host",
    "https://0177.0.0.1": "is not a public host",
    "https://127.0.0.1.": "is not a public host",
    "https://[::1]": "is not a public host",
    "https://[::ffff:127.0.0.1]": "is not a public host",
    "https://[64:ff9b::7f00:1]": "is not a public host",
    "https://[fe80::1%25eth0]": "is not a public host",
}


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_with_the_reason_and_without_the_value(text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        checked_url(text, "Pax8: API URL")

    message = str(caught.value)
    assert message.startswith("Pax8: API URL ")
    assert REFUSED[text] in message
    assert "secret" not in message


@pytest.mark.parametrize("text", ["http://127.0.0.1:8080/halo", "https://halo.msp.internal:8443"])
def test_a_host_that_is_allowed_may_be_private(text: str) -> None:
    assert checked_url(f"{text}/", "HaloPSA", frozenset({"127.0.0.1", "halo.msp.internal"})) == text


def test_allowing_one_host_allows_no_other() -> None:
    with pytest.raises(ConfigError):
        checked_url("https://127.0.0.2", "HaloPSA", frozenset({"127.0.0.1"}))
