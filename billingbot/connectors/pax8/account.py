"""An account at Pax8: what an admin enters, and what is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.credentials import completed
from billingbot.domain.credential import CredentialField

SOURCE = "Pax8"
_WHERE = "Pax8 → Integrations → Integrations Hub → Pax8 API → Credentials"

FIELDS = (
    CredentialField("client_id", "Client ID", _WHERE),
    CredentialField("client_secret", "Client Secret", f"{_WHERE}; shown once, when it is created.", secret=True),
    CredentialField("base_url", "API URL", "As Pax8 documents it.", default="https://api.pax8.com/v1", address=True),
    CredentialField(
        "token_url", "Token URL", "As Pax8 documents it.", default="https://api.pax8.com/v1/token", address=True
    ),
    CredentialField("audience", "Audience", "As Pax8 documents it.", default="https://api.pax8.com"),
)


@dataclass(frozen=True, slots=True)
class Pax8Account:
    """Where Pax8's API is, and as whom to sign in."""

    base_url: str
    token_url: str
    audience: str
    client_id: str
    client_secret: str = field(repr=False)


def account_of(credentials: Mapping[str, str], allowed_hosts: frozenset[str]) -> Pax8Account:
    """Return the account that was entered. Raise `ConfigError` that names the faulty values.

    Args:
        credentials: values by the names of `FIELDS`.
        allowed_hosts: hosts that may be private, speak plain HTTP and use any port.
    """
    values = completed(SOURCE, FIELDS, credentials)
    return Pax8Account(
        checked_url(values["base_url"], f"{SOURCE}: API URL", allowed_hosts),
        checked_url(values["token_url"], f"{SOURCE}: Token URL", allowed_hosts),
        values["audience"],
        values["client_id"],
        values["client_secret"],
    )
