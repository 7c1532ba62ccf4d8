"""HaloPSA's connector, connected to a running sandbox."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from billingbot.connectors.halo import SOURCE, HaloPsa, connect_halo
from billingbot.connectors.halo.account import account_of
from billingbot.connectors.http import Policy, Transport, Wire
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.server import Sandbox
from tests.contract.patient import LOCAL, WarpedTime


@contextmanager
def connected_to(sandbox: Sandbox, *, patient: bool = True) -> Iterator[HaloPsa]:
    """Yield HaloPsa, and close it; as the app connects it, or one whose waits between tries pass at once."""
    credentials = sandbox_connections(sandbox.url)["halo"]
    halo = connect_halo(credentials, allowed_hosts=LOCAL) if patient else _impatient(credentials)
    try:
        yield halo
    finally:
        halo.close()


def _impatient(credentials: Mapping[str, str]) -> HaloPsa:
    policy = Policy(tries=3)
    return HaloPsa(
        account_of(credentials, LOCAL), Transport(SOURCE, Wire(policy, LOCAL), policy, WarpedTime().timing())
    )
