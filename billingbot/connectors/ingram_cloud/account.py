"""An account at the Ingram Micro Cloud Marketplace: what an admin enters, and what is made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.credentials import completed
from billingbot.domain.credential import CredentialField
from billingbot.errors import ConfigError

SOURCE = "Ingram Micro Cloud"
_WHERE = "Xvantage → My Business → Cloud Services → Marketplace API"
_API = "https://api.cloud.im/marketplace/na"

FIELDS = (
    CredentialField("username", "Username", f"{_WHERE}: the API user, not your own."),
    CredentialField("password", "Password", "Set for the API user; Ingram Micro resets it.", secret=True),
    CredentialField("subscription_key", "Subscription Key", f"{_WHERE}.", secret=True),
    CredentialField("marketplace", "Marketplace", "The code of your marketplace: us, au, eu.", default="us"),
    CredentialField("base_url", "API URL", f"{_WHERE}; it differs by region.", default=_API, address=True),
)

# It travels as a header; the library's complaint about anything else would quote it.
_HEADER_SAFE = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class IngramCloudAccount:
    """Where the marketplace's API is, and as whom to sign in."""

    base_url: str
    marketplace: str
    username: str
    password: str = field(repr=False)
    subscription_key: str = field(repr=False)

    @property
    def secrets(self) -> tuple[str, str]:
        """Return what may never be quoted."""
        return self.password, self.subscription_key


def account_of(credentials: Mapping[str, str], allowed_hosts: frozenset[str]) -> IngramCloudAccount:
    """Return the account that was entered. Raise `ConfigError` that names the faulty values.

    Args:
        credentials: values by the names of `FIELDS`.
        allowed_hosts: hosts that may be private, speak plain HTTP and use any port.
    """
    values = completed(SOURCE, FIELDS, credentials)
    if not _HEADER_SAFE.fullmatch(values["subscription_key"]):
        raise ConfigError(f"{SOURCE}: Subscription Key must be letters, digits and signs of ASCII only.")
    if ":" in values["username"]:
        raise ConfigError(f"{SOURCE}: Username must not hold a colon.")
    return IngramCloudAccount(
        checked_url(values["base_url"], f"{SOURCE}: API URL", allowed_hosts),
        values["marketplace"],
        values["username"],
        values["password"],
        values["subscription_key"],
    )
