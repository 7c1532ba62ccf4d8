"""An account at an instance of HaloPSA: what an admin enters, and what is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.credentials import completed
from billingbot.domain.credential import CredentialField

SOURCE = "HaloPSA"
_WHERE = "HaloPSA → Configuration → Integrations → HaloPSA API"

HALO_FIELDS = (
    CredentialField("base_url", "Resource Server", f"{_WHERE}: https://yourname.halopsa.com", address=True),
    CredentialField("client_id", "Client ID", f"{_WHERE} → View Applications; method Client ID and Secret (Services)."),
    CredentialField("client_secret", "Client Secret", "Shown once, when the application is created.", secret=True),
    CredentialField(
        "tenant", "Tenant", f"{_WHERE}, below the servers; leave it empty if none is there.", required=False
    ),
)


@dataclass(frozen=True, slots=True)
class HaloAccount:
    """Where an instance of HaloPSA is, and as whom to sign in. `base_url` ends before `/api`."""

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    tenant: str = ""
    allowed_hosts: frozenset[str] = frozenset()

    @property
    def api_url(self) -> str:
        """Return where the API is."""
        return f"{self.base_url}/api"


def account_of(credentials: Mapping[str, str], allowed_hosts: frozenset[str]) -> HaloAccount:
    """Return the account that was entered. Raise `ConfigError` that names the faulty values.

    Args:
        credentials: values by the names of `HALO_FIELDS`.
        allowed_hosts: hosts that may be private, speak plain HTTP and use any port.
    """
    values = completed(SOURCE, HALO_FIELDS, credentials)
    base_url = checked_url(values["base_url"], f"{SOURCE}: Resource Server", allowed_hosts)
    return HaloAccount(
        # The console shows the resource server with /api.
        base_url.removesuffix("/api"),
        values["client_id"],
        values["client_secret"],
        values["tenant"],
        allowed_hosts,
    )
