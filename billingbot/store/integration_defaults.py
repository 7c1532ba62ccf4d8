"""The defaults of an integration: which there are, how they are changed, and what the audit trail says of them."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Assignment, Integration
from billingbot.domain.product import ProductMode
from billingbot.domain.schedule import time_of_day
from billingbot.errors import Clash, DecisionRefused, DomainError
from billingbot.store import integrations, revision, setup_changes
from billingbot.store.decision_rules import by
from billingbot.store.engine import Transaction

_UPDATE = """
update integration set
    threshold = $2, guards = $3, assignment = $4,
    drop_azure = $5, collapse_azure = $6, drop_favorable_prorates = $7, drop_zero_dollar = $8,
    refresh_at = $9, product_mode = $10, default_item_id = $11, default_item = $12,
    version = version + 1
where key = $1
"""
_EDITOR = """
select actor
from audit
where entity = 'integration'
and entity_key = $1
order by audit_id desc
limit 1
"""


def defaults(integration: Integration) -> dict[str, object]:
    """Return all defaults by name, as the audit trail holds them."""
    modifiers = integration.modifiers
    return {
        "threshold": integration.threshold,
        "guards": integration.guards,
        "assignment": integration.assignment.value,
        "drop_azure": modifiers.drop_azure,
        "collapse_azure": modifiers.collapse_azure,
        "drop_favorable_prorates": modifiers.drop_favorable_prorates,
        "drop_zero_dollar": modifiers.drop_zero_dollar,
        "refresh_at": integration.refresh_at,
        "product_mode": integration.product_mode.value,
        "default_item_id": integration.default_item_id,
        "default_item": integration.default_item,
    }


def edit(tx: Transaction, key: str, version: int, fields: Mapping[str, object], stamp: Stamp) -> Integration:
    """Set defaults by name; see `ports.SetupStore`. What is as wanted already changes nothing, whatever the version."""
    current = integrations.integration(tx, key)
    if setup_changes.carried_out(tx, stamp):
        return current
    values, asked = defaults(current), {name: _plain(value) for name, value in fields.items()}
    _refuse_unfit(values, asked)
    wanted = {name: value for name, value in asked.items() if value != values[name]}
    if not wanted:
        return current
    if version != current.version:
        raise DecisionRefused([_clash(tx, current, wanted)])
    return change(tx, current, wanted, stamp)


def change(
    tx: Transaction, current: Integration, wanted: Mapping[str, object], stamp: Stamp, undoes: str | None = None
) -> Integration:
    """Set defaults, of which all are different now, with an audit row; return how the integration is then."""
    values = defaults(current)
    tx.execute(_UPDATE, (current.key, *{**values, **wanted}.values()))
    if "refresh_at" in wanted:
        note_refresh_set(tx, current.key, stamp.at)
    revision.count_up_all_rows(tx)
    before = {name: values[name] for name in wanted}
    setup_changes.record(
        tx, stamp, "integration", current.key, "edit", before, wanted, integration=current.key, undoes=undoes
    )
    return integrations.kept_integration(tx, current.key)


def note_refresh_set(tx: Transaction, key: str, now: datetime) -> None:
    """Remember that the time of the daily refresh has just been set: what was due before is not made up for."""
    tx.execute("update integration set refresh_set_at = $1 where key = $2", (now, key))


def _refuse_unfit(values: Mapping[str, object], asked: Mapping[str, object]) -> None:
    """Raise `DomainError` for what is no default, or no value of one; `InvalidSchedule` for a time that is none."""
    if unknown := sorted(asked.keys() - values.keys()):
        raise DomainError(f"An integration has no default {unknown[0]}.")
    threshold = asked.get("threshold", values["threshold"])
    if not isinstance(threshold, int) or not 0 <= threshold <= 100:
        raise DomainError("The similarity from which names are linked has to be between 0 and 100.")
    Assignment(str(asked.get("assignment", Assignment.NEW.value)))
    ProductMode(str(asked.get("product_mode", ProductMode.ASK.value)))
    if refresh_at := asked.get("refresh_at"):
        time_of_day(str(refresh_at))


def _clash(tx: Transaction, current: Integration, wanted: Mapping[str, object]) -> Clash:
    editors = tx.rows(_EDITOR, (current.key,))
    editor = by(editors[0][0]) if editors else "by somebody"
    values = defaults(current)
    return Clash(
        0,
        f"The defaults of {current.name} were changed {editor} meanwhile.",
        version=current.version,
        theirs={name: values[name] for name in wanted},
        mine=dict(wanted),
    )


def _plain(value: object) -> object:
    return value.value if isinstance(value, StrEnum) else value
