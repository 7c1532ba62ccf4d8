"""An account at Twilio: what an admin enters, and what is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.credentials import completed
from billingbot.domain.credential import CredentialField

SOURCE = "Twilio"
_WHERE = "Twilio Console → Account Dashboard → Account Info"

FIELDS = (
    CredentialField("account_sid", "Account SID", f"{_WHERE}, of the parent account; begins with AC."),
    CredentialField(
        "api_key_sid",
        "API Key SID",
        "Twilio Console → Account → API keys & tokens; a Main key, begins with SK. Empty: the Auth Token is used.",
        required=False,
    ),
    CredentialField("auth_token", "Auth Token", f"{_WHERE}; with an API key, the key's Secret.", secret=True),
    CredentialField("base_url", "API URL", "As Twilio documents it.", default="https://api.twilio.com"),
)


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """Where Twilio's API is, and as whom to ask. `base_url` ends before the version.

    `user` and `auth_token` are sent along: the account's own SID and token, or those of one of its API keys.
    """

    base_url: str
    account_sid: str
    user: str
    auth_token: str = field(repr=False)


def account_of(values: Mapping[str, str], allowed_hosts: frozenset[str]) -> TwilioAccount:
    """Return the account that was entered. Raise `ConfigError` that names the faulty values.

    Args:
        values: by the names of `FIELDS`.
        allowed_hosts: hosts that may be private, speak plain HTTP and use any port.
    """
    given = completed(SOURCE, FIELDS, values)
    base_url = checked_url(given["base_url"], f"{SOURCE}: API URL", allowed_hosts)
    user = given["api_key_sid"] or given["account_sid"]
    return TwilioAccount(base_url, given["account_sid"], user, given["auth_token"])
