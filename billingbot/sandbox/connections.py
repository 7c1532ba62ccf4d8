"""How the app is connected to a running sandbox: the credentials of each vendor that the sandbox plays."""

from collections.abc import Mapping

from billingbot.sandbox.credentials import SANDBOX_CREDENTIALS


def sandbox_connections(url: str) -> Mapping[str, Mapping[str, str]]:
    """Return credential values by vendor key and field name, for a sandbox at `url` (`http://127.0.0.1:8600`)."""
    return {
        "halo": {
            "base_url": f"{url}/halo",
            "client_id": SANDBOX_CREDENTIALS.halo_client_id,
            "client_secret": SANDBOX_CREDENTIALS.halo_client_secret,
            "tenant": SANDBOX_CREDENTIALS.halo_tenant,
        },
        "pax8": {
            "base_url": f"{url}/pax8/v1",
            "token_url": f"{url}/pax8/v1/token",
            "client_id": SANDBOX_CREDENTIALS.pax8_client_id,
            "client_secret": SANDBOX_CREDENTIALS.pax8_client_secret,
        },
    }
