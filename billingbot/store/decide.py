"""Carrying out decisions: one transaction that reads what they rest on, and writes all of them with their audit rows.

A request that was carried out before is known by its batch in the audit trail, so that it does nothing again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

from billingbot.domain.decision import Change, Decision, EditSettings, LinkCompany, Receipt, Stamp
from billingbot.errors import DecisionRefused
from billingbot.store import changes, decision_reads, integrations, revision
from billingbot.store.decision_rules import carry_out
from billingbot.store.decision_state import State
from billingbot.store.decision_writes import write_differences
from billingbot.store.engine import Transaction
from billingbot.store.text import storable


def decide(tx: Transaction, integration: str, decisions: Sequence[Decision], stamp: Stamp) -> Receipt:
    """Carry out all decisions or none; see `ports.DecisionStore`.

    Raises:
        DecisionRefused: with all clashes.
        NotFound: no such integration.
    """
    if former := former_receipt(tx, stamp.request_id):
        return former
    stamp = storable_stamp(stamp)
    decisions = [_storable(decision) for decision in decisions]
    before = _read(tx, integration, decisions)
    after = before.copy()
    outcomes = carry_out(after, decisions, stamp, _editors(tx, before, decisions))
    if outcomes.clashes:
        raise DecisionRefused(outcomes.clashes)
    return write(tx, before, after, outcomes.changes, stamp)


def former_receipt(tx: Transaction, request_id: str) -> Receipt | None:
    """Return what the request changed when it was carried out before, if it was."""
    if not tx.rows("select 1 from audit where batch = $1 limit 1", (request_id,)):
        return None
    made = tuple(recorded.change for recorded in changes.of_batch(tx, request_id))
    return Receipt(request_id, made, changes.kept_by(tx, request_id))


def write(
    tx: Transaction, before: State, after: State, made: Sequence[Change], stamp: Stamp, undoes: str | None = None
) -> Receipt:
    """Write what differs, with an audit row for each change; nothing at all when nothing changed."""
    if made:
        write_differences(tx, before, after)
        changes.record(tx, after.integration.key, made, stamp, revision.count_up(tx), undoes)
    return Receipt(stamp.request_id, tuple(made))


def storable_stamp(stamp: Stamp) -> Stamp:
    """Return the stamp as the database gives it back, so that what is compared later is equal."""
    at = stamp.at.astimezone(UTC)
    return replace(stamp, actor=storable(stamp.actor), at=at, reason=storable(stamp.reason))


def _storable(decision: Decision) -> Decision:
    return replace(decision, reason=storable(decision.reason)) if isinstance(decision, LinkCompany) else decision


def _read(tx: Transaction, integration: str, decisions: Sequence[Decision]) -> State:
    subjects = [
        (None if isinstance(decision, EditSettings) else decision.company_id, decision.client_id)
        for decision in decisions
    ]
    return decision_reads.read_state(tx, integrations.integration(tx, integration), subjects)


def _editors(tx: Transaction, state: State, decisions: Sequence[Decision]) -> dict[int, str]:
    stale = {
        decision.client_id
        for decision in decisions
        if isinstance(decision, EditSettings) and decision.version != state.client_settings(decision.client_id).version
    }
    return decision_reads.editors(tx, state.integration.key, stale)
