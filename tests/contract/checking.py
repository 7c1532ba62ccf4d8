"""Test Credentials, as the page does it: connect with what was entered, in a hurry, and tell how it went."""

from collections.abc import Mapping

from billingbot.connectors import DISTRIBUTORS, HALO_FIELDS, connect_halo
from billingbot.connectors.http import Timing
from billingbot.domain.vendor_check import CheckResult
from billingbot.jobs.check_vendor import check_distributor, check_halo
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.server import Sandbox
from tests.contract.patient import LOCAL

KINDS = {kind.key: kind for kind in DISTRIBUTORS}


def checked(
    vendor: str, values: Mapping[str, str], timing: Timing | None = None, allowed_hosts: frozenset[str] = LOCAL
) -> CheckResult:
    """Return how it goes with these values."""
    if vendor == "halo":
        halo = connect_halo(values, allowed_hosts=allowed_hosts, timing=timing, hurried=True)
        try:
            return check_halo(halo, HALO_FIELDS)
        finally:
            halo.close()
    kind = KINDS[vendor]
    distributor = kind.connect(values, allowed_hosts=allowed_hosts, timing=timing, hurried=True)
    try:
        return check_distributor(distributor, kind.fields)
    finally:
        distributor.close()


def at_sandbox(sandbox: Sandbox, vendor: str, **changed: str) -> CheckResult:
    """Return how it goes with the sandbox's own values, some of them changed."""
    return checked(vendor, {**sandbox_connections(sandbox.url)[vendor], **changed})
