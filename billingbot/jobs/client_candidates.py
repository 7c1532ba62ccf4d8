"""The clients that a company may belong to, the likeliest first, for a person to choose from."""

import pandas as pd

from billingbot.matching import scores
from billingbot.ports import Store


def client_candidates(store: Store, integration: str, company_id: str, company: str) -> pd.DataFrame:
    """Return every client that HaloPSA lists, by how alike the names are, of equal ones by name.

    Columns: client_id int64 · client str · companies str (what the client holds already, or "") · score float64 0..100,
    rounded down to a tenth · rejected bool (a person said that the company is not this client).
    """
    present = store.present_client_ids()
    rows = store.client_rows(integration)
    rows = rows[rows["client_id"].isin(present)]
    pairs = store.rejected_pairs(integration)
    rejected = set(pairs.loc[pairs["company_id"] == company_id, "client_id"])
    found = rows[["client_id", "client", "companies"]].assign(
        score=scores(company, rows["client"].tolist()), rejected=rows["client_id"].isin(rejected)
    )
    return found.sort_values("score", ascending=False, kind="stable").reset_index(drop=True)
