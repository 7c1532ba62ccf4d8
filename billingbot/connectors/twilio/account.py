"""An account at Twilio: what an admin enters, and what is made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.credentials import completed
from billingbot.domain.credential import CredentialField
from billingbot.errors import ConfigError

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
    CredentialField("base_url", "API URL", "As Twilio documents it.", default="https://api.twilio.com", address=True),
)

_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")


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
    _check_sid(given["account_sid"], "AC", "Account SID")
    if given["api_key_sid"]:
        _check_sid(given["api_key_sid"], "SK", "API Key SID")
    user = given["api_key_sid"] or given["account_sid"]
    return TwilioAccount(base_url, given["account_sid"], user, given["auth_token"])


def _check_sid(sid: str, start: str, label: str) -> None:
    if not _SID.fullmatch(sid) or not sid.startswith(start):
        raise ConfigError(f"{SOURCE}: {label} must be {start} and 32 hexadecimal digits.")
