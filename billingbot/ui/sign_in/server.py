"""What the server has to be like before it serves anybody: refused at the start, with a sentence."""

import sys
from typing import Final

import streamlit as st
from streamlit import config

from billingbot.bootstrap import SignInSetup, check_address
from billingbot.errors import ConfigError
from billingbot.ui.sign_in.secrets import sign_in_setup

_MUST_BE_OFF: Final = {
    "server.enableAgentApi": "it lets programs use the page as whoever is signed in",
    "server.trustedUserHeaders": "it lets whoever reaches the server say who he is",
}


def prepared_server() -> SignInSetup | None:
    """Return how people sign in. End the process with a sentence when the server must not be started as it is."""
    try:
        setup = sign_in_setup()
        check_server(setup)
    except ConfigError as error:
        sys.exit(f"BillingBot does not start: {error}")
    if setup:
        # The middleware of the sign-in's state is made before the secrets are known to Streamlit.
        config.set_option("server.cookieSecret", setup.cookie_secret)
        hosts = config.get_option("server.allowedHosts")
        config.set_option("server.allowedHosts", [*hosts, setup.host])
    return setup


def check_server(setup: SignInSetup | None) -> None:
    """Raise `ConfigError` when Streamlit's options would let somebody in who should not be."""
    for option, reason in _MUST_BE_OFF.items():
        if config.get_option(option):
            raise ConfigError(f"{option} must be off: {reason}.")
    if st.secrets.load_if_toml_exists() and "auth" in st.secrets:
        raise ConfigError(
            "Sign-in is set up by variables, which docs/sign-in.md lists; [auth] in a secrets.toml is not read. "
            "Take it out of there."
        )
    check_address(setup, config.get_option("server.address") or "")
