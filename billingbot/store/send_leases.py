"""The right to send to HaloPSA: one lease for all integrations, whose owner is the sending.

One for each would let two integrations write to the same invoice at once: each writes all lines back as it read them,
so that the later one could undo what the other added.
"""

from datetime import timedelta

from billingbot.domain.ledger import SendLease
from billingbot.errors import SendingRunning, SendingStopped
from billingbot.store import integrations, leases
from billingbot.store.engine import Transaction

_NAME = "send"


def take(tx: Transaction, integration: str, owner: str, duration: timedelta) -> SendLease:
    """Take the lease for the integration. Raises `SendingRunning` while another one holds it, `NotFound`."""
    integrations.hold_in_use(tx, integration)
    holder, token = leases.take(tx, _NAME, owner, duration)
    if holder != owner:
        raise SendingRunning(
            "Something is being sent to HaloPSA, or looked up there, already. Wait until that has ended."
        )
    return SendLease(integration, owner, token)


def fence(tx: Transaction, lease: SendLease) -> None:
    """Raise `SendingStopped` unless it is still held; of this transaction and one that takes it over, one conflicts."""
    if not leases.held(tx, _NAME, lease.owner, lease.token):
        raise SendingStopped("This sending was replaced by another one, and sends nothing more.")


def extend(tx: Transaction, lease: SendLease, duration: timedelta) -> None:
    """Let the lease end after `duration` from now. Raises `SendingStopped` when it was taken over."""
    fence(tx, lease)
    leases.extend(tx, _NAME, lease.owner, duration)


def release(tx: Transaction, lease: SendLease) -> None:
    """Give the lease back, unless it was taken over."""
    if leases.held(tx, _NAME, lease.owner, lease.token):
        leases.release(tx, _NAME, lease.owner)


def release_all(tx: Transaction) -> None:
    """Give the lease back, whoever has it. Only for whoever knows that nobody else uses the database."""
    for (owner,) in tx.rows("select owner from lease where owner is not null and name = $1", (_NAME,)):
        leases.release(tx, _NAME, owner)
