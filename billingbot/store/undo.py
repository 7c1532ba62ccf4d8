"""Undoing a batch: a batch of its own that takes the changes back, and can be undone in its turn."""

from collections.abc import Mapping, Sequence

from billingbot.domain.decision import Change, Receipt, Stamp
from billingbot.domain.history import Recorded
from billingbot.errors import Clash, DecisionRefused, NotFound
from billingbot.store import changes, decision_reads, integrations
from billingbot.store.decide import former_receipt, storable_stamp, write
from billingbot.store.decision_rules import by
from billingbot.store.decision_state import State
from billingbot.store.engine import Transaction
from billingbot.store.undo_rules import Unit, blocked, take_back, unit
from billingbot.store.undo_setup import is_setup, undo_setup
from billingbot.store.undone import newest_undos, undone_by


def undo(tx: Transaction, batch: str, stamp: Stamp, partly: bool) -> Receipt:
    """Take back the batch, or what of it can be; see `ports.DecisionStore`.

    Raises:
        DecisionRefused: something was changed since, or all of it; or it is undone already, or cannot be undone.
        NotFound: no such batch.
    """
    if former := former_receipt(tx, stamp.request_id):
        return former
    newest_first = changes.of_batch(tx, batch)[::-1]
    if not newest_first:
        raise NotFound(f"There are no changes {batch}.")
    _refuse_undone(tx, newest_first[-1])
    stamp = storable_stamp(stamp)
    if is_setup(newest_first):
        return undo_setup(tx, newest_first, stamp, partly)
    before = _read(tx, newest_first)
    changed_since = blocked(before, newest_first, stamp)
    possible = [recorded for recorded in newest_first if unit(recorded.change) not in changed_since]
    clashes = _clashes(tx, before, changed_since)
    if clashes and not (partly and possible):
        raise DecisionRefused(clashes)
    return _undo(tx, before, possible, stamp, [clash.sentence for clash in clashes])


def _undo(
    tx: Transaction, before: State, newest_first: Sequence[Recorded], stamp: Stamp, kept: Sequence[str]
) -> Receipt:
    after = before.copy()
    made = [change for recorded in newest_first for change in take_back(after, recorded, stamp) or []]
    receipt = write(tx, before, after, made, stamp, undoes=newest_first[0].batch)
    if not kept:
        return receipt
    changes.record_kept(tx, newest_first[0].batch, kept, stamp)
    return Receipt(receipt.batch, receipt.changes, tuple(kept))


def _refuse_undone(tx: Transaction, first: Recorded) -> None:
    if actor := undone_by(newest_undos(tx), first.batch):
        raise DecisionRefused([Clash(first.change.client_id or 0, f"That was undone already, {by(actor)}.")])


def _read(tx: Transaction, recorded: Sequence[Recorded]) -> State:
    found = integrations.kept_integration(tx, recorded[0].integration)
    return decision_reads.read_state(tx, found, [(row.change.company_id, row.change.about_client) for row in recorded])


def _clashes(tx: Transaction, state: State, changed_since: Mapping[Unit, Change]) -> list[Clash]:
    changes_since = changed_since.values()
    client_ids = {change.about_client for change in changes_since if change.company_id is None}
    company_ids = {change.company_id for change in changes_since if change.company_id is not None}
    editors = decision_reads.editors(tx, state.integration.key, client_ids)
    linkers = decision_reads.linkers(tx, state.integration.key, company_ids)
    return [_clash(state, change, editors, linkers) for change in changes_since]


def _clash(state: State, change: Change, editors: Mapping[int, str], linkers: Mapping[str, str]) -> Clash:
    if change.company_id is None:
        subject, actor = state.client_name(change.about_client), editors.get(change.about_client, "somebody")
    else:
        subject = f"The assignment of {state.company_name(change.company_id)}"
        actor = linkers.get(change.company_id, "somebody")
    return Clash(change.about_client, f"{subject} was changed {by(actor)} since.")
