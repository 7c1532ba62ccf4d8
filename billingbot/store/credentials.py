"""Credentials as they are stored, and whether the vendors that they are for could be reached."""

from collections.abc import Mapping
from datetime import UTC, datetime

from billingbot.domain.credential import StoredCredential
from billingbot.domain.decision import Stamp
from billingbot.domain.vendor_check import VendorCheck
from billingbot.store import setup_changes
from billingbot.store.engine import Transaction
from billingbot.store.text import storable

_SELECT = """
select vendor, name, value, sealed, changed_at, changed_by
from credential
order by vendor collate "C", name collate "C"
"""
_INSERT = """
insert into credential (vendor, name, value, sealed, changed_at, changed_by)
values ($1, $2, $3, $4, $5, $6)
"""
_UPDATE = """
update credential set value = $3, sealed = $4, changed_at = $5, changed_by = $6
where vendor = $1 and name = $2
"""
_DELETE = "delete from credential where vendor = $1 and name = $2"
_RESEAL = "update credential set value = $2 where value = $1 and sealed"
_INSERT_CHECK = "insert into vendor_check (vendor, checked_at, error, failing_since) values ($1, $2, $3, $4)"
_UPDATE_CHECK = "update vendor_check set checked_at = $2, error = $3, failing_since = $4 where vendor = $1"


def credentials(tx: Transaction) -> list[StoredCredential]:
    """Return all of them, by vendor and name."""
    return [
        StoredCredential(vendor, name, value, sealed, changed_at.astimezone(UTC), changed_by)
        for vendor, name, value, sealed, changed_at, changed_by in tx.rows(_SELECT)
    ]


def save(tx: Transaction, vendor: str, changed: Mapping[str, tuple[str, bool] | None], stamp: Stamp) -> None:
    """Store the values (value, sealed) by name, and forget those that are None. Done before, it does nothing again.

    How former tries to reach the vendor went says nothing any more then.
    """
    if setup_changes.carried_out(tx, stamp):
        return
    former = {row.name: (row.value, row.sealed) for row in credentials(tx) if row.vendor == vendor}
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    for name, given in changed.items():
        wanted, old = given and (storable(given[0]), given[1]), former.get(name)
        if wanted == old:
            continue
        if wanted is None:
            tx.execute(_DELETE, (vendor, name))
        else:
            tx.execute(_UPDATE if old else _INSERT, (vendor, name, *wanted, stamp.at, stamp.actor))
        before[name], after[name] = _shown(old), _shown(wanted)
    if after:
        forget_check(tx, vendor)
        setup_changes.record(tx, stamp, "credential", vendor, "edit", before, after, integration=vendor)


def reseal(tx: Transaction, sealed: Mapping[str, str]) -> None:
    """Put newly sealed texts in place of those that are there, by these; one that is gone meanwhile stays so."""
    for former, value in sealed.items():
        tx.execute(_RESEAL, (former, value))


def checks(tx: Transaction) -> dict[str, VendorCheck]:
    """Return how the last try to reach each vendor went."""
    rows = tx.rows("select vendor, checked_at, error, failing_since from vendor_check")
    return {
        vendor: VendorCheck(vendor, at.astimezone(UTC), error, since.astimezone(UTC) if since else None)
        for vendor, at, error, since in rows
    }


def record_check(tx: Transaction, vendor: str, error: str, now: datetime) -> None:
    """Remember how a try went; a vendor that fails again has been failing since it first did."""
    former = checks(tx).get(vendor)
    since = (former.failing_since if former and former.failing_since else now) if error else None
    tx.execute(_UPDATE_CHECK if former else _INSERT_CHECK, (vendor, now, storable(error), since))


def forget_check(tx: Transaction, vendor: str) -> None:
    """Forget how tries went, when there is nothing to try any more."""
    tx.execute("delete from vendor_check where vendor = $1", (vendor,))


def _shown(value: tuple[str, bool] | None) -> str | None:
    """Return what the audit trail may say of a value: whether there is a secret, or what else was entered."""
    return None if value is None else "set" if value[1] else value[0]
