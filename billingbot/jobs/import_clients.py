"""Import a file of clients that an operator edited: review it against what stands now, then carry it out as one batch.

A changed target is read from HaloPSA before it is believed.
"""

import itertools
from collections.abc import Iterable

import pandas as pd

from billingbot.domain.decision import Receipt, Stamp
from billingbot.domain.integration import Integration
from billingbot.jobs.client_values import standings
from billingbot.jobs.compare_import import Present, compare
from billingbot.jobs.plan_import import Answers, ImportPlan, plan_import
from billingbot.jobs.read_import import ImportedRows
from billingbot.jobs.unfit_targets import unfit_targets
from billingbot.ports import DecisionStore, Halo, Store

# Stale rows of which is said who changed the client: each is a read of its own.
_EDITORS_NAMED = 50


def review_import(store: Store, halo: Halo | None, integration: Integration, imported: ImportedRows) -> ImportPlan:
    """Return what an import would do now; nothing is written.

    Args:
        store: what stands.
        halo: where changed targets are read; None refuses them.
        integration: which the file is of.
        imported: what the file says.

    Raises:
        DomainError: the file is that of another integration.
        NotFound: no such integration.
    """
    present = _present(store, integration)
    comparison = compare(imported, present)
    targets = [target for edited in comparison.edited for target in edited.targets]
    editors = _editors(store, integration, (edited.row.client_id for edited in comparison.stale))
    return plan_import(comparison, present, Answers(unfit_targets(halo, targets), editors))


def apply_import(store: DecisionStore, integration: str, plan: ImportPlan, stamp: Stamp) -> Receipt:
    """Carry out a plan as one batch. Raises `DecisionRefused` when what it rests on was changed since it was made."""
    return store.decide(integration, plan.decisions, stamp)


def _present(store: Store, integration: Integration) -> Present:
    rows = store.client_rows(integration.key)
    clients = {standing.client_id: standing for standing in standings(rows)}
    free = {company.company_id: company.name for company in store.free_companies(integration.key)}
    return Present(
        integration,
        clients,
        gone=frozenset(clients) - store.present_client_ids(),
        listed=store.present_company_ids(integration.key),
        companies={**free, **_names_of_held(rows)},
        holders={company_id: now.client_id for now in clients.values() for company_id in now.company_ids},
    )


def _names_of_held(rows: pd.DataFrame) -> dict[str, str]:
    """Return the names of linked companies by id; a name that holds the sign that joins names stands for its id."""
    names: dict[str, str] = {}
    for joined_ids, joined_names in zip(rows["company_ids"].tolist(), rows["companies"].tolist(), strict=True):
        ids = joined_ids.split()
        found = [joined_names] if len(ids) == 1 else joined_names.split(" · ")
        names.update(zip(ids, found if len(found) == len(ids) else ids, strict=True))
    return names


def _editors(store: DecisionStore, integration: Integration, client_ids: Iterable[int]) -> dict[int, str]:
    named = itertools.islice(client_ids, _EDITORS_NAMED)
    histories = {client_id: store.history(integration.key, client_id, 1) for client_id in named}
    return {client_id: history[0].actor for client_id, history in histories.items() if history}
