"""What the client grid shows: one row for each HaloPSA client, and the suggestions for some of them."""

from collections.abc import Collection

import pandas as pd

from billingbot.store import integrations
from billingbot.store.engine import Transaction
from billingbot.store.statements import statement

_CLIENT_ROWS = statement("client_rows")
_CANDIDATES = """
select client_id, company_id, company, score, reason, rank
from open_suggestion
where integration = $1
and client_id = any(cast($2 as bigint[]))
order by client_id, rank, company_id collate "C"
"""


def client_rows(tx: Transaction, integration: str, client_ids: Collection[int] | None = None) -> pd.DataFrame:
    """Return clients by name, whatever its case, then id: every one, or the named ones.

    The columns are those of `Store.client_rows`.

    Raises `NotFound` for an unknown integration.

    A client is Gone when HaloPSA does not list it any more, or the distributor one of its companies: in both cases it
    cannot be billed as it stands. `gone_run` says which run noticed. `version` 0 means that it has no settings yet.
    """
    integrations.integration(tx, integration)
    rows = tx.frame(_CLIENT_ROWS, (integration, None if client_ids is None else sorted(client_ids)))
    return rows.astype({"score": "float64", "last_invoice_id": "Int64", "recurring_invoice_id": "Int64"})


def candidates(tx: Transaction, integration: str, client_ids: Collection[int]) -> pd.DataFrame:
    """Return the open suggestions by client, best first; the columns are those of `Store.candidates`."""
    return tx.frame(_CANDIDATES, (integration, sorted(client_ids)))
