"""What a caller of the sandbox signs in with: fixed, published, worth nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SandboxCredentials:
    """One pair of client id and secret a vendor, and the HaloPSA tenant."""

    halo_client_id: str
    halo_client_secret: str
    halo_tenant: str
    pax8_client_id: str
    pax8_client_secret: str


SANDBOX_CREDENTIALS = SandboxCredentials(
    halo_client_id="sandbox-halo-client",
    halo_client_secret="sandbox-halo-not-a-secret",  # noqa: S106
    halo_tenant="sandbox",
    pax8_client_id="sandbox-pax8-client",
    pax8_client_secret="sandbox-pax8-not-a-secret",  # noqa: S106
)
