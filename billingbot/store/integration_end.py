"""The end of an integration, in two steps: it is taken out of use, then what was decided for it is deleted.

The first keeps all decisions, the second keeps their audit rows, by which it can be undone.
"""

from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.decision import Receipt, Stamp
from billingbot.store import credentials, decision_reads, integrations, run_writes, setup_changes
from billingbot.store.decide import former_receipt, storable_stamp, write
from billingbot.store.decision_state import State
from billingbot.store.engine import Transaction

_LINKED = "select company_id, client_id from mapping where integration = $1"
_REJECTED = "select company_id, client_id from rejected_pair where integration = $1"
_SET = "select cast(null as varchar), client_id from client_settings where integration = $1"


def remove(tx: Transaction, key: str, stamp: Stamp, undoes: str | None = None) -> None:
    """Take the integration out of use: end its refresh, forget its credentials, keep everything that was decided."""
    if setup_changes.carried_out(tx, stamp):
        return
    integrations.hold_in_use(tx, key)
    run_writes.cancel_all(tx, key, stamp.actor, stamp.at)
    entered = [row.name for row in credentials.credentials(tx) if row.vendor == key]
    credentials.save(tx, key, dict.fromkeys(entered), stamp)
    credentials.forget_check(tx, key)
    integrations.set_in_use(tx, key, False, stamp.at)
    before, after = integrations.in_use_fields(True), integrations.in_use_fields(False)
    setup_changes.record(
        tx, stamp, "integration", key, "remove", before, after, integration=key, number=1, undoes=undoes
    )


def purge(tx: Transaction, key: str, stamp: Stamp) -> Receipt:
    """Unlink, forget and reset everything of an integration that was removed, as one batch of changes.

    Nothing is remembered as rejected: who starts again starts from nothing.
    """
    if former := former_receipt(tx, stamp.request_id):
        return former
    before = _everything(tx, key)
    after = before.copy()
    changes = [after.unlink(company_id) for company_id in sorted(before.mapping)]
    changes += [after.forget(pair) for pair in sorted(before.rejected)]
    defaults = ClientSettings().values()
    for client_id, settings in sorted(before.settings.items()):
        if decided := {
            field: defaults[field] for field, value in settings.values().items() if value != defaults[field]
        }:
            changes.append(after.edit(client_id, decided))
    return write(tx, before, after, changes, storable_stamp(stamp))


def _everything(tx: Transaction, key: str) -> State:
    subjects = [row for sql in (_LINKED, _REJECTED, _SET) for row in tx.rows(sql, (key,))]
    return decision_reads.read_state(tx, integrations.removed_integration(tx, key), subjects)
