"""An account with Ingram Micro: what an admin enters, and what is made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.credentials import completed
from billingbot.domain.credential import CredentialField
from billingbot.errors import ConfigError

SOURCE = "Ingram Micro"
_WHERE = "developer.ingrammicro.com → My Apps → your production app"
_API = "https://api.ingrammicro.com"

FIELDS = (
    CredentialField("client_id", "Client ID", f"{_WHERE}."),
    CredentialField("client_secret", "Client Secret", f"{_WHERE}, beside the Client ID.", secret=True),
    CredentialField("customer_number", "Customer Number", "Yours at Ingram Micro, written like 20-222222."),
    CredentialField("country_code", "Country Code", "Two letters, of the Ingram Micro that you buy from: US."),
    CredentialField("base_url", "API URL", "As Ingram Micro documents it.", default=f"{_API}/resellers", address=True),
    CredentialField(
        "token_url", "Token URL", "As Ingram Micro documents it.", default=f"{_API}/oauth/oauth20/token", address=True
    ),
)

# Both travel as headers. What they must look like beyond that, Ingram Micro says itself.
_HEADER_SAFE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class IngramMicroAccount:
    """Where Ingram Micro's API is, and as whom to sign in."""

    base_url: str
    token_url: str
    customer_number: str
    country_code: str
    client_id: str
    client_secret: str = field(repr=False)


def account_of(credentials: Mapping[str, str], allowed_hosts: frozenset[str]) -> IngramMicroAccount:
    """Return the account that was entered. Raise `ConfigError` that names the faulty values.

    Args:
        credentials: values by the names of `FIELDS`.
        allowed_hosts: hosts that may be private, speak plain HTTP and use any port.
    """
    values = completed(SOURCE, FIELDS, credentials)
    return IngramMicroAccount(
        checked_url(values["base_url"], f"{SOURCE}: API URL", allowed_hosts),
        checked_url(values["token_url"], f"{SOURCE}: Token URL", allowed_hosts),
        _plain(values["customer_number"], "Customer Number"),
        _plain(values["country_code"], "Country Code").upper(),
        values["client_id"],
        values["client_secret"],
    )


def _plain(text: str, label: str) -> str:
    if not _HEADER_SAFE.fullmatch(text):
        raise ConfigError(f"{SOURCE}: {label} must be letters, digits and hyphens only.")
    return text
