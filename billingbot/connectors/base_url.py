"""Which URLs BillingBot may be pointed at: secrets are sent there, and what answers there is believed.

Names are judged here by their form; the addresses that they lead to are judged when they are connected to.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from billingbot.connectors.http.addresses import is_public
from billingbot.errors import Cause, ConfigError

_HOST_NAME = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)


def checked_url(text: str, what: str, allowed_hosts: frozenset[str] = frozenset()) -> str:
    """Return the URL without a slash at its end, or raise `ConfigError` that says what is wrong with it.

    Args:
        text: what was entered.
        what: how the user knows the value: "Pax8: Token URL".
        allowed_hosts: hosts that may be private, speak plain HTTP and use any port.

    >>> checked_url("https://api.pax8.com/v1/", "Pax8: API URL")
    'https://api.pax8.com/v1'
    """
    try:
        url = urlsplit(text)
        fault = _fault(text, url, url.port, allowed_hosts)
    except ValueError:
        fault = "is not a URL"
    if fault is not None:
        raise ConfigError(f"{what} {fault}.")
    host = url.hostname or ""
    if host not in allowed_hosts and not _is_public_host(host):
        raise ConfigError(f"{what} names {host}, which is not a public host.", cause=Cause.BLOCKED_HOST)
    return text.rstrip("/")


def _fault(text: str, url: SplitResult, port: int | None, allowed_hosts: frozenset[str]) -> str | None:
    host = url.hostname or ""
    allowed = host in allowed_hosts
    if not text.isascii() or not text.isprintable() or " " in text or "\\" in text or not host:
        return "is not a URL"
    if url.scheme != "https" and not (allowed and url.scheme == "http"):
        return "must begin with https://"
    if "@" in url.netloc:
        return "must not hold a user name or password"
    if "?" in text or "#" in text:
        return "must end before any ? or #"
    if not allowed and port not in (None, 443):
        return "must not name a port"
    return None


def _is_public_host(host: str) -> bool:
    """Say whether a host is a full name or a public address. Decimal, octal and hexadecimal addresses are neither."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _HOST_NAME.fullmatch(host) is not None
    return is_public(host)
