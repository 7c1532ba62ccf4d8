"""Set the same of many clients at once: first a plan that an operator looks at, then one batch."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import Decision, EditSettings, Receipt, Stamp, UnlinkCompany
from billingbot.domain.integration import Assignment, Integration
from billingbot.jobs.client_values import (
    MODIFIERS,
    FieldChange,
    Settings,
    Standing,
    fields_to_store,
    in_force,
    standings,
)
from billingbot.ports import DecisionStore


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What is wanted of every client. A setting that is not in `fields` stays as it is with each."""

    fields: Mapping[Setting, SettingValue]
    unlink: bool = False


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What a bulk edit would do.

    `changing` and `unchanged` count clients. The others count clients as they would be afterwards: `without_target`
    those whose charges have nowhere to go, `drop_and_collapse` those that drop Azure lines and collapse them too,
    `modifiers_ignored` those for which a modifier was wanted while Global Setting stays on.
    """

    decisions: tuple[Decision, ...]
    changes: tuple[FieldChange, ...]
    changing: int
    unchanged: int
    without_target: int
    drop_and_collapse: int
    modifiers_ignored: int


def plan_bulk_edit(rows: pd.DataFrame, integration: Integration, edit: BulkEdit) -> BulkPlan:
    """Return what the edit would change; nothing is written.

    Args:
        rows: the clients, as `Store.client_rows` returns them.
        integration: whose defaults they inherit.
        edit: what is wanted.
    """
    decisions: list[Decision] = []
    changes: list[FieldChange] = []
    counts: Counter[str] = Counter()
    for standing in standings(rows):
        wanted = _wanted(standing.settings, integration, edit)
        client_changes = [*_changes(standing, wanted), *_unlinking(standing, edit)]
        if edit.unlink:
            decisions += [UnlinkCompany(company_id, standing.client_id) for company_id in standing.company_ids]
        if fields := fields_to_store(standing.settings, wanted):
            decisions.append(EditSettings(standing.client_id, standing.version, fields))
        changes += client_changes
        counts["changing" if client_changes else "unchanged"] += 1
        counts["without_target"] += _lacks_target(wanted, integration)
        counts["drop_and_collapse"] += bool(wanted[Setting.DROP_AZURE] and wanted[Setting.COLLAPSE_AZURE])
        counts["modifiers_ignored"] += bool(wanted[Setting.USE_GLOBAL] and not edit.fields.keys().isdisjoint(MODIFIERS))
    return BulkPlan(
        tuple(decisions),
        tuple(changes),
        counts["changing"],
        counts["unchanged"],
        counts["without_target"],
        counts["drop_and_collapse"],
        counts["modifiers_ignored"],
    )


def bulk_edit(store: DecisionStore, integration: str, plan: BulkPlan, stamp: Stamp) -> Receipt:
    """Carry out a plan as one batch. Raises `DecisionRefused` when a client was changed since it was made."""
    return store.decide(integration, plan.decisions, stamp)


def _wanted(now: Settings, integration: Integration, edit: BulkEdit) -> dict[Setting, SettingValue]:
    return in_force({**now, **edit.fields}, integration)


def _changes(standing: Standing, wanted: Settings) -> Iterator[FieldChange]:
    for setting, before in standing.settings.items():
        if wanted[setting] != before:
            yield FieldChange(standing.client_id, standing.client, setting, before, wanted[setting])


def _unlinking(standing: Standing, edit: BulkEdit) -> Iterator[FieldChange]:
    if edit.unlink and standing.company_ids:
        yield FieldChange(standing.client_id, standing.client, None, standing.companies, "")


def _lacks_target(wanted: Settings, integration: Integration) -> bool:
    if wanted[Setting.EXCLUDED]:
        return False
    assignment = wanted[Setting.ASSIGNMENT] or integration.assignment
    targets = {Assignment.LAST: Setting.LAST_INVOICE_ID, Assignment.RECURRING: Setting.RECURRING_INVOICE_ID}
    return assignment is not Assignment.NEW and wanted[targets[Assignment(str(assignment))]] is None
