"""The companies that a client can still be linked to, the likeliest first, for a person to choose from."""

import pandas as pd

from billingbot.domain.decision import Action
from billingbot.domain.integration import Integration
from billingbot.domain.party import Company
from billingbot.errors import NotFound
from billingbot.matching import explain, scores
from billingbot.ports import Store

# Reasons are for those that a person looks at; further down the score says enough.
EXPLAINED = 50
_HISTORY = 1_000
_TYPES = {"company_id": "str", "company": "str", "score": "float64", "reason": "str", "suggested": "bool"}


def company_candidates(store: Store, integration: Integration, client_id: int) -> pd.DataFrame:
    """Return every free company: suggestions in their order, then by score, of equal ones by name.

    Columns: company_id str · company str · score float64 0..100, rounded down to a tenth · reason str (a sentence for
    suggestions and for the first fifty, else "") · suggested bool · rejected bool (a person said that it is not this
    client) · rejected_by str (who, if that is on record, else "").

    Raises `NotFound` when there is no such client.
    """
    names = store.client_rows(integration.key, [client_id])["client"].tolist()
    if not names:
        raise NotFound(f"There is no client {client_id}.")
    suggestions = store.candidates(integration.key, [client_id]).sort_values("rank")
    found = _best_first(names[0], store.free_companies(integration.key), suggestions)
    return _with_rejections(found, store, integration.key, client_id)


def _best_first(client: str, free: list[Company], suggestions: pd.DataFrame) -> pd.DataFrame:
    alike = scores(client, [company.name for company in free]).tolist()
    places = sorted(range(len(free)), key=lambda place: -alike[place])
    nearest = {free[place].company_id: (free[place].name, alike[place]) for place in places}
    rows: list[tuple[str, str, float, str, bool]] = []
    columns = (suggestions[name] for name in ("company_id", "score", "reason"))
    for company_id, score, reason in zip(*columns, strict=True):
        if company_id in nearest:
            rows.append((company_id, nearest.pop(company_id)[0], score, reason, True))
    for company_id, (company, score) in nearest.items():
        reason = explain(client, company) if len(rows) < EXPLAINED else ""
        rows.append((company_id, company, score, reason, False))
    return pd.DataFrame(rows, columns=list(_TYPES)).astype(_TYPES)


def _with_rejections(found: pd.DataFrame, store: Store, integration: str, client_id: int) -> pd.DataFrame:
    pairs = store.rejected_pairs(integration)
    rejected = set(pairs.loc[pairs["client_id"] == client_id, "company_id"])
    by: dict[str | None, str] = {}
    if rejected:
        for recorded in store.history(integration, client_id, _HISTORY):
            if recorded.change.action is Action.REJECT:
                by.setdefault(recorded.change.company_id, recorded.actor)
    rejected_by = [by.get(company_id, "") if company_id in rejected else "" for company_id in found["company_id"]]
    return found.assign(
        rejected=found["company_id"].isin(rejected), rejected_by=pd.Series(rejected_by, index=found.index, dtype="str")
    )
