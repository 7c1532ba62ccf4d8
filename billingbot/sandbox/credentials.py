"""What a caller of the sandbox signs in with: fixed, published, worth nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SandboxCredentials:
    """What each vendor's console hands out: ids, secrets, and the numbers that go with them."""

    halo_client_id: str
    halo_client_secret: str
    halo_tenant: str
    pax8_client_id: str
    pax8_client_secret: str
    ingram_micro_client_id: str
    ingram_micro_client_secret: str
    ingram_micro_customer_number: str
    ingram_micro_country_code: str
    ingram_cloud_username: str
    ingram_cloud_password: str
    ingram_cloud_subscription_key: str
    ingram_cloud_marketplace: str
    twilio_account_sid: str
    twilio_auth_token: str


SANDBOX_CREDENTIALS = SandboxCredentials(
    halo_client_id="sandbox-halo-client",
    halo_client_secret="sandbox-halo-not-a-secret",  # noqa: S106
    halo_tenant="sandbox",
    pax8_client_id="sandbox-pax8-client",
    pax8_client_secret="sandbox-pax8-not-a-secret",  # noqa: S106
    ingram_micro_client_id="sandbox-ingram-client",
    ingram_micro_client_secret="sandbox-ingram-not-a-secret",  # noqa: S106
    ingram_micro_customer_number="20-222222",
    ingram_micro_country_code="US",
    ingram_cloud_username="sandbox-cloud-user",
    ingram_cloud_password="sandbox-cloud-not-a-secret",  # noqa: S106
    ingram_cloud_subscription_key="sandbox-cloud-key-not-a-secret",
    ingram_cloud_marketplace="us",
    twilio_account_sid="AC5a4d0b0c5a4d0b0c5a4d0b0c5a4d0b0c",
    twilio_auth_token="sandbox-twilio-not-a-secret",  # noqa: S106
)
