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
        "ingram_micro": {
            "base_url": f"{url}/ingram_micro/resellers",
            "token_url": f"{url}/ingram_micro/oauth/oauth20/token",
            "client_id": SANDBOX_CREDENTIALS.ingram_micro_client_id,
            "client_secret": SANDBOX_CREDENTIALS.ingram_micro_client_secret,
            "customer_number": SANDBOX_CREDENTIALS.ingram_micro_customer_number,
            "country_code": SANDBOX_CREDENTIALS.ingram_micro_country_code,
        },
        "ingram_cloud": {
            "base_url": f"{url}/ingram_cloud",
            "username": SANDBOX_CREDENTIALS.ingram_cloud_username,
            "password": SANDBOX_CREDENTIALS.ingram_cloud_password,
            "subscription_key": SANDBOX_CREDENTIALS.ingram_cloud_subscription_key,
            "marketplace": SANDBOX_CREDENTIALS.ingram_cloud_marketplace,
        },
        "twilio": {
            "base_url": f"{url}/twilio",
            "account_sid": SANDBOX_CREDENTIALS.twilio_account_sid,
            "auth_token": SANDBOX_CREDENTIALS.twilio_auth_token,
        },
    }
