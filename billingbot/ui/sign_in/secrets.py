"""How people sign in here: read once at the start, and handed to Streamlit without a file."""

import os
from functools import cache
from typing import Any

from billingbot.bootstrap import SignInSetup, read_sign_in


@cache
def sign_in_setup() -> SignInSetup | None:
    """Return how people sign in to this process; None is local mode. Raises `ConfigError`."""
    return read_sign_in(os.environ)


def streamlit_secrets(setup: SignInSetup | None) -> dict[str, Any] | None:
    """Return the setup as Streamlit's `[auth]` secrets; None is none."""
    if setup is None:
        return None
    providers = {
        provider.key: {
            "client_id": provider.client_id,
            "client_secret": provider.client_secret,
            "server_metadata_url": provider.metadata_url,
        }
        for provider in setup.providers
    }
    return {"auth": {"redirect_uri": setup.redirect_uri, "cookie_secret": setup.cookie_secret, **providers}}
