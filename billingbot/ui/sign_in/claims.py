"""What an identity provider said of a person, as it stands in the cookie that Streamlit has signed → `SignIn`."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from billingbot.domain.access import SignIn
from billingbot.errors import AccessRefused, Refusal

# These are Streamlit's, not the provider's, and not the same in all sessions of one sign-in.
_NOT_CLAIMS = ("tokens", "is_logged_in", "origin")

_LATEST = 2**33
"""No clock says that: a date in the year 2242."""


def sign_in_of(claims: Mapping[str, Any]) -> SignIn:
    """Return the sign-in. Two of one person differ in nonce and time; a copied cookie says the same once more.

    Raises `AccessRefused` when the provider did not say who and when.

    >>> claims = {"iss": "https://idp", "sub": "42", "iat": 1_800_000_000, "preferred_username": "ann@msp.example"}
    >>> sign_in_of(claims).email
    'ann@msp.example'
    """
    issuer, subject, issued_at = _text(claims, "iss"), _text(claims, "sub"), _time(claims.get("iat"))
    if not issuer or not subject or issued_at is None:
        raise AccessRefused(
            "The identity provider did not say who signed in, and when. Sign in again; if that does not help, ask an "
            "administrator to look at how sign-in is set up.",
            Refusal.SIGNED_OUT,
        )
    said = {name: value for name, value in claims.items() if name not in _NOT_CLAIMS}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), default=str)
    return SignIn(
        sign_in_id=hashlib.sha256(canonical.encode()).hexdigest(),
        issuer=issuer,
        subject=subject,
        name=_text(claims, "name") or _text(claims, "preferred_username"),
        email=_text(claims, "email") or _address(_text(claims, "preferred_username")),
        # The name of an account is often chosen by its owner: it tells people apart, and proves nothing.
        email_verified=_flag(claims.get("email_verified")) if _text(claims, "email") else False,
        issued_at=issued_at,
    )


def provider_of(claims: Mapping[str, Any]) -> str:
    """Return by which of the configured providers the person came, as Streamlit has noted it: its key."""
    return _text(claims, "provider")


def _time(value: Any) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < _LATEST:
        return None
    return datetime.fromtimestamp(value, UTC)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) else ""


def _address(text: str) -> str:
    return text if "@" in text else ""


def _flag(value: Any) -> bool | None:
    """Return what is said; some providers write it as text. What cannot be understood is not verified."""
    if value is None:
        return None
    return value is True or str(value).lower() == "true"
