"""What HaloPSA and the distributors list, brought into the mirror tables by a refresh.

Rows are never deleted. Missing ones are marked, and the mark goes when they come back; a row that is listed and said
to be missing counts as listed. A known row that is neither stays as it is.
"""

from datetime import datetime
from typing import Any

import pandas as pd

from billingbot.domain.refresh import Missing
from billingbot.errors import DomainError
from billingbot.ports import Fetched
from billingbot.store.engine import Transaction

_CLIENTS_GONE = """
update client set missing_since = $1, gone_run = $2
from staged_missing_client
where staged_missing_client.client_id = client.client_id
and client.missing_since is null
"""
_CLIENTS_BACK = """
update client set missing_since = null, gone_run = null
from staged_client
where staged_client.client_id = client.client_id
and client.missing_since is not null
"""
_CLIENTS_RENAMED = """
update client set previous_name = client.name, name = staged_client.name, renamed_run = $1
from staged_client
where staged_client.client_id = client.client_id
and staged_client.name <> client.name
"""
_CLIENTS_NOTED = """
update client set twilio_subaccount_sid = staged_client.twilio_subaccount_sid
from staged_client
where staged_client.client_id = client.client_id
and staged_client.twilio_subaccount_sid is distinct from client.twilio_subaccount_sid
"""
_CLIENTS_NEW = """
insert into client (client_id, name, twilio_subaccount_sid, first_seen, added_run)
select client_id, name, twilio_subaccount_sid, cast($1 as timestamptz), cast($2 as varchar)
from staged_client
where not exists (select 1 from client where client.client_id = staged_client.client_id)
"""
_COMPANIES_GONE = """
update company set missing_since = $1, gone_run = $2
from staged_missing_company
where staged_missing_company.company_id = company.company_id
and company.integration = $3
and company.missing_since is null
"""
_COMPANIES_BACK = """
update company set missing_since = null, gone_run = null
from staged_company
where staged_company.company_id = company.company_id
and company.integration = $1
and company.missing_since is not null
"""
_COMPANIES_RENAMED = """
update company set previous_name = company.name, name = staged_company.name, renamed_run = $1
from staged_company
where staged_company.company_id = company.company_id
and company.integration = $2
and staged_company.name <> company.name
"""
_COMPANIES_NOTED = """
update company set external_id = staged_company.external_id
from staged_company
where staged_company.company_id = company.company_id
and company.integration = $1
and staged_company.external_id is distinct from company.external_id
"""
_COMPANIES_NEW = """
insert into company (integration, company_id, name, external_id, first_seen, added_run)
select cast($1 as varchar), company_id, name, external_id, cast($2 as timestamptz), cast($3 as varchar)
from staged_company
where not exists (
    select 1 from company where company.integration = $1 and company.company_id = staged_company.company_id
)
"""


def stage_lists(tx: Transaction, fetched: Fetched) -> None:
    """Load both lists and what is missing into temporary tables; raise `DomainError` when an id comes twice."""
    clients, companies = fetched.client_frame(), fetched.company_frame()
    _refuse_repeats(clients["client_id"], "client")
    _refuse_repeats(companies["company_id"], "company")
    columns = {"client_id": "bigint", "name": "varchar", "twilio_subaccount_sid": "varchar"}
    tx.stage("staged_client", columns, clients)
    tx.stage("staged_company", {"company_id": "varchar", "name": "varchar", "external_id": "varchar"}, companies)
    missing_clients, missing_companies = _missing_frames(fetched.missing)
    tx.stage("staged_missing_client", {"client_id": "bigint"}, missing_clients)
    tx.stage("staged_missing_company", {"company_id": "varchar"}, missing_companies)


def update_clients(tx: Transaction, run_id: str, now: datetime) -> None:
    """Bring the staged list of clients into the mirror, as the work of the run."""
    tx.execute(_CLIENTS_GONE, (now, run_id))
    tx.execute(_CLIENTS_BACK)
    tx.execute(_CLIENTS_RENAMED, (run_id,))
    tx.execute(_CLIENTS_NOTED)
    tx.execute(_CLIENTS_NEW, (now, run_id))


def update_companies(tx: Transaction, integration: str, run_id: str, now: datetime) -> None:
    """Bring the staged list of the integration's companies into the mirror, as the work of the run."""
    tx.execute(_COMPANIES_GONE, (now, run_id, integration))
    tx.execute(_COMPANIES_BACK, (integration,))
    tx.execute(_COMPANIES_RENAMED, (run_id, integration))
    tx.execute(_COMPANIES_NOTED, (integration,))
    tx.execute(_COMPANIES_NEW, (integration, now, run_id))


def _missing_frames(missing: Missing) -> tuple[pd.DataFrame, pd.DataFrame]:
    clients = pd.Series(list(missing.client_ids), dtype="int64", name="client_id")
    companies = pd.Series(list(missing.company_ids), dtype="object", name="company_id")
    return clients.to_frame(), companies.to_frame()


def _refuse_repeats(ids: "pd.Series[Any]", what: str) -> None:
    repeated = ids[ids.duplicated()]
    if len(repeated):
        raise DomainError(f"The {what} {repeated.iloc[0]} is listed twice.")
