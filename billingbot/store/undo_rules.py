"""How recorded changes are taken back. Pure: everything is in the `State`.

A change can be taken back while what it changed is as it left it. Changes of one company, or of one client's settings,
depend on each other and on nothing else: they are taken back together or not at all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import Action, Change, Entity, Stamp
from billingbot.domain.history import Recorded
from billingbot.domain.match import Outcome
from billingbot.store.audit import AUTO
from billingbot.store.decision_state import MappingRow, RejectedRow, State, mapping_row, rejected_row, row_fields

Unit = str | int
"""What is undone as one: a company, or a client for its settings."""


def unit(change: Change) -> Unit:
    """Return what the change is undone together with."""
    return change.about_client if change.company_id is None else change.company_id


def blocked(state: State, newest_first: Sequence[Recorded], stamp: Stamp) -> dict[Unit, Change]:
    """Return what was changed since, so that it cannot be undone, with the change that shows it."""
    trial = state.copy()
    found: dict[Unit, Change] = {}
    for recorded in newest_first:
        if unit(recorded.change) not in found and take_back(trial, recorded, stamp) is None:
            found[unit(recorded.change)] = recorded.change
    return found


def take_back(state: State, recorded: Recorded, stamp: Stamp) -> list[Change] | None:
    """Reverse the change in the state and return what that changed; None when it was changed since."""
    match recorded.change.entity:
        case Entity.CLIENT_SETTINGS:
            return _settings(state, recorded.change)
        case Entity.MAPPING:
            return _mapping(state, recorded, stamp)
        case Entity.REJECTED_PAIR:
            return _rejected(state, recorded.change)
        case _:
            raise ValueError(f"{recorded.change.entity} is not decided about clients; see undo_setup")


def _settings(state: State, change: Change) -> list[Change] | None:
    values = {field.value: value for field, value in state.client_settings(change.about_client).values().items()}
    if not _has(values, change.after or {}):
        return None
    former: Mapping[str, Any] = change.before or {}
    return [state.edit(change.about_client, {Setting(name): value for name, value in former.items()})]


def _mapping(state: State, recorded: Recorded, stamp: Stamp) -> list[Change] | None:
    change, company_id = recorded.change, str(recorded.change.company_id)
    if change.after is None:
        return _link_again(state, change)
    row = state.mapping.get(company_id)
    if row is None or not _is_left(row, recorded, change.after):
        return None
    if change.before is None:
        return _unlink(state, recorded, stamp)
    outcome = str(change.before["outcome"])
    return [state.mark(company_id, outcome, Action.REVIEW if outcome == Outcome.REVIEW else Action.CONFIRM)]


def _is_left(row: MappingRow, recorded: Recorded, after: Mapping[str, object]) -> bool:
    expected = {"client_id": recorded.change.about_client, **after}
    if recorded.change.before is None:
        # What the machine recorded of its links leaves out who made them, and in which run.
        return _has(row_fields(row), {"actor": recorded.actor, "linked_run": recorded.batch, **expected})
    # A younger link is another one, which looks like the one that was marked.
    return row.created_at <= recorded.at and _has(row_fields(row), expected)


def _unlink(state: State, recorded: Recorded, stamp: Stamp) -> list[Change]:
    company_id = str(recorded.change.company_id)
    unlinked = state.unlink(company_id)
    if recorded.actor != AUTO:
        return [unlinked]
    # Otherwise the next refresh would find the same again.
    row = RejectedRow(stamp.actor, stamp.at, "Automatic link undone.")
    return [unlinked, state.reject((company_id, recorded.change.about_client), row)]


def _link_again(state: State, change: Change) -> list[Change] | None:
    company_id = str(change.company_id)
    if company_id in state.mapping or (company_id, change.about_client) in state.rejected:
        return None
    return [state.link(company_id, mapping_row(change.before or {}))]


def _rejected(state: State, change: Change) -> list[Change] | None:
    pair = company_id, client_id = str(change.company_id), change.about_client
    row = state.rejected.get(pair)
    if change.after is not None:
        return [state.forget(pair)] if row is not None and row_fields(row) == change.after else None
    linked = company_id in state.mapping and state.mapping[company_id].client_id == client_id
    return None if row is not None or linked else [state.reject(pair, rejected_row(change.before or {}))]


def _has(fields: Mapping[str, object], expected: Mapping[str, object]) -> bool:
    return all(fields[name] == value for name, value in expected.items())
