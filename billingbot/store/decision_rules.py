"""What each decision does, and when it clashes with what happened meanwhile. Pure: everything is in the `State`.

A decision that finds everything as it wants it changes nothing. What a clash says names whoever got in between.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from billingbot.domain.decision import (
    Action,
    Change,
    ConfirmLink,
    Decision,
    EditSettings,
    LinkCompany,
    RejectPair,
    Stamp,
    UnlinkCompany,
)
from billingbot.domain.match import Outcome
from billingbot.errors import Clash
from billingbot.store.audit import AUTO
from billingbot.store.decision_state import MappingRow, Pair, RejectedRow, State


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What decisions changed, in order, and why others were refused."""

    changes: list[Change]
    clashes: list[Clash]


def carry_out(state: State, decisions: Sequence[Decision], stamp: Stamp, editors: Mapping[int, str]) -> Outcomes:
    """Carry out the decisions in order.

    Args:
        state: changes; of no use when there are clashes.
        decisions: what is asked for.
        stamp: who and when.
        editors: client → who changed its settings last, of all clients whose settings have another version.
    """
    outcomes = Outcomes([], [])
    for decision in decisions:
        result = _carry_out(state, decision, stamp, editors)
        if isinstance(result, Clash):
            outcomes.clashes.append(result)
        else:
            outcomes.changes.extend(result)
    return outcomes


def by(actor: str) -> str:
    """Return who did something, as a sentence says it."""
    return "by a refresh" if actor == AUTO else f"by {actor}"


def _carry_out(state: State, decision: Decision, stamp: Stamp, editors: Mapping[int, str]) -> list[Change] | Clash:
    match decision:
        case EditSettings():
            return _edit(state, decision, editors)
        case LinkCompany():
            return _link(state, decision, stamp)
        case UnlinkCompany():
            return _unlink(state, decision, stamp)
        case ConfirmLink():
            return _confirm(state, decision)
        case RejectPair():
            return _reject(state, decision, stamp)


def _edit(state: State, edit: EditSettings, editors: Mapping[int, str]) -> list[Change] | Clash:
    if edit.client_id not in state.clients:
        return _no_client(edit.client_id)
    current = state.client_settings(edit.client_id)
    values = current.values()
    wanted = {field: value for field, value in edit.fields.items() if value != values[field]}
    if not wanted:
        return []
    if edit.version == current.version:
        return [state.edit(edit.client_id, wanted)]
    editor = by(editors[edit.client_id]) if edit.client_id in editors else "by somebody"
    return Clash(
        edit.client_id,
        f"{state.client_name(edit.client_id)} was changed {editor} meanwhile.",
        version=current.version,
        theirs={field.value: values[field] for field in edit.fields},
        mine={field.value: value for field, value in edit.fields.items()},
    )


def _link(state: State, decision: LinkCompany, stamp: Stamp) -> list[Change] | Clash:
    company_id, client_id = pair = decision.company_id, decision.client_id
    held = state.mapping.get(company_id)
    if held is not None:
        return [] if held.client_id == client_id else _taken(state, decision, held)
    if clash := _unlinkable(state, decision):
        return clash
    if decision.suggested and (clash := _outdated(state, pair)):
        return clash
    row = MappingRow(client_id, Outcome.CONFIDENT.value, decision.score, decision.reason, stamp.actor, stamp.at)
    forgotten = [state.forget(pair)] if pair in state.rejected else []
    return [*forgotten, state.link(company_id, row)]


def _outdated(state: State, pair: Pair) -> Clash | None:
    """Return why a suggestion holds no more: it was for a client that has no company, and was not rejected."""
    company_id, client_id = pair
    company, client = state.company_name(company_id), state.client_name(client_id)
    if rejected := state.rejected.get(pair):
        return Clash(client_id, f"{company} was rejected for {client} {by(rejected.actor)} meanwhile.")
    for other, row in state.mapping.items():
        if row.client_id == client_id:
            return Clash(client_id, f"{state.company_name(other)} was linked to {client} {by(row.actor)} meanwhile.")
    return None


def _unlinkable(state: State, decision: LinkCompany) -> Clash | None:
    company_id, client_id = decision.company_id, decision.client_id
    if client_id not in state.clients:
        return _no_client(client_id)
    if company_id not in state.companies:
        return _no_company(state, decision)
    if state.clients[client_id].gone:
        name = state.client_name(client_id)
        return Clash(client_id, f"HaloPSA no longer lists {name}, so no company can be linked to it.")
    if state.companies[company_id].gone:
        name = state.company_name(company_id)
        return Clash(client_id, f"{state.integration.name} no longer lists {name}, so it cannot be linked.")
    return None


def _unlink(state: State, decision: UnlinkCompany, stamp: Stamp) -> list[Change] | Clash:
    pair = decision.company_id, decision.client_id
    if clash := _not_linked(state, decision):
        return clash
    unlinked = state.unlink(decision.company_id)
    if pair in state.rejected:
        return [unlinked]
    return [unlinked, state.reject(pair, RejectedRow(stamp.actor, stamp.at, stamp.reason or "Unlinked."))]


def _confirm(state: State, decision: ConfirmLink) -> list[Change] | Clash:
    if clash := _not_linked(state, decision):
        return clash
    if state.mapping[decision.company_id].outcome == Outcome.CONFIDENT:
        return []
    return [state.mark(decision.company_id, Outcome.CONFIDENT.value, Action.CONFIRM)]


def _reject(state: State, decision: RejectPair, stamp: Stamp) -> list[Change] | Clash:
    pair = decision.company_id, decision.client_id
    if decision.client_id not in state.clients:
        return _no_client(decision.client_id)
    if decision.company_id not in state.companies:
        return _no_company(state, decision)
    held = state.mapping.get(decision.company_id)
    if held is not None and held.client_id == decision.client_id:
        return _taken(state, decision, held)
    if pair in state.rejected:
        return []
    return [state.reject(pair, RejectedRow(stamp.actor, stamp.at, stamp.reason or "Rejected."))]


def _not_linked(state: State, decision: UnlinkCompany | ConfirmLink) -> Clash | None:
    held = state.mapping.get(decision.company_id)
    if held is None:
        company, client = state.company_name(decision.company_id), state.client_name(decision.client_id)
        return Clash(decision.client_id, f"{company} is not linked to {client} any more.")
    return None if held.client_id == decision.client_id else _taken(state, decision, held)


def _taken(state: State, decision: LinkCompany | UnlinkCompany | ConfirmLink | RejectPair, held: MappingRow) -> Clash:
    company, client = state.company_name(decision.company_id), state.client_name(held.client_id)
    return Clash(decision.client_id, f"{company} was linked to {client} {by(held.actor)} meanwhile.")


def _no_client(client_id: int) -> Clash:
    return Clash(client_id, f"HaloPSA has no client {client_id}.")


def _no_company(state: State, decision: LinkCompany | RejectPair) -> Clash:
    return Clash(decision.client_id, f"{state.integration.name} has no company {decision.company_id}.")
