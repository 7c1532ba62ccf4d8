"""Undoing changes of what is set up: the defaults of an integration, its end, and which items products are.

Credentials are not kept when they change, so that nothing brings them back.
"""

from collections.abc import Sequence

from billingbot.domain.decision import SETUP, Action, Entity, Receipt, Stamp
from billingbot.domain.history import Recorded
from billingbot.store import changes, integration_defaults, integration_end, integrations, setup_changes
from billingbot.store.decision_rules import by
from billingbot.store.engine import Transaction
from billingbot.store.undo_products import take_back_products

_NEWEST = """
select actor, after
from audit
where entity = 'integration'
and entity_key = $1
order by audit_id desc
"""


def is_setup(recorded: Sequence[Recorded]) -> bool:
    """Say whether a batch changed what is set up. Such a batch holds no decisions about clients."""
    return recorded[0].change.entity in SETUP


def undo_setup(tx: Transaction, newest_first: Sequence[Recorded], stamp: Stamp, partly: bool) -> Receipt:
    """Take back a batch that changed what is set up; see `ports.DecisionStore.undo`.

    Raises:
        DecisionRefused: something was changed since, or it is nothing that can be undone.
    """
    leading = leading_change(newest_first)
    kept: tuple[str, ...] = ()
    match leading.change.entity:
        case Entity.PRODUCT_MAPPING:
            kept = take_back_products(tx, newest_first, stamp, partly)
        case Entity.INTEGRATION:
            _take_back_integration(tx, leading, stamp)
        case Entity.USER:
            raise setup_changes.refusal(["What a user may do is not undone here: set the role again on Users."])
        case _:
            raise setup_changes.refusal(
                ["Credentials are not kept when they change: enter the former ones again on Integrations."]
            )
    made = tuple(recorded.change for recorded in changes.of_batch(tx, stamp.request_id))
    return Receipt(stamp.request_id, made, kept)


def leading_change(recorded: Sequence[Recorded]) -> Recorded:
    """Return what a batch of setup is about: that credentials go with their integration is not worth telling."""
    return next((row for row in recorded if row.change.entity is Entity.INTEGRATION), recorded[0])


def _take_back_integration(tx: Transaction, recorded: Recorded, stamp: Stamp) -> None:
    key, undoes = recorded.change.subject, recorded.batch
    match recorded.change.action:
        case Action.EDIT:
            _edit(tx, recorded, stamp)
        case Action.REMOVE:
            _refuse_unless(tx, key, in_use=False)
            integrations.set_in_use(tx, key, True, stamp.at)
            before, after = integrations.in_use_fields(False), integrations.in_use_fields(True)
            setup_changes.record(
                tx, stamp, "integration", key, "restore", before, after, integration=key, undoes=undoes
            )
        case Action.RESTORE:
            _refuse_unless(tx, key, in_use=True)
            integration_end.remove(tx, key, stamp, undoes)
        case _:
            name = integrations.kept_integration(tx, key).name
            raise setup_changes.refusal([f"To connect {name} is not undone here: delete it on Integrations."])


def _edit(tx: Transaction, recorded: Recorded, stamp: Stamp) -> None:
    current = integrations.kept_integration(tx, recorded.change.subject)
    values, after = integration_defaults.defaults(current), recorded.change.after or {}
    if changed := {name for name, value in after.items() if values[name] != value}:
        editors = [
            actor for actor, text in tx.rows(_NEWEST, (current.key,)) if changed & (changes.fields(text) or {}).keys()
        ]
        raise setup_changes.refusal([f"The defaults of {current.name} were changed {by(editors[0])} since."])
    integration_defaults.change(tx, current, recorded.change.before or {}, stamp, recorded.batch)


def _refuse_unless(tx: Transaction, key: str, *, in_use: bool) -> None:
    if (key in integrations.removed_integrations(tx)) is not in_use:
        return
    name = integrations.kept_integration(tx, key).name
    [(actor, _), *_] = [row for row in tx.rows(_NEWEST, (key,)) if "in_use" in (changes.fields(row[1]) or {})]
    raise setup_changes.refusal([f"{name} was {'deleted' if in_use else 'connected'} again {by(actor)} since."])
