"""The rows that decisions are about, read set by set: a few statements, however many decisions there are."""

from collections.abc import Collection
from datetime import UTC
from typing import Any

from billingbot.domain.client_settings import ClientSettings, Setting
from billingbot.domain.integration import Integration
from billingbot.store.decision_state import Listed, MappingRow, Pair, RejectedRow, State, settings_of
from billingbot.store.engine import Transaction

Subject = tuple[str | None, int]
"""What a decision or a change is about: a company and a client, or no company and the settings of a client."""

_CLIENTS = """
select client_id, name, missing_since is not null
from client
where client_id in (select unnest(cast($1 as bigint[])))
"""
_COMPANIES = """
select company_id, name, missing_since is not null
from company
where integration = $1
and company_id in (select unnest(cast($2 as varchar[])))
"""
_SETTINGS = """
select client_id, use_global, drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar,
    assignment, excluded, last_invoice_id, recurring_invoice_id, version
from client_settings
where integration = $1
and client_id in (select unnest(cast($2 as bigint[])))
"""
_MAPPING = """
select company_id, client_id, outcome, score, reason, actor, created_at, linked_run
from mapping
where integration = $1
and (company_id in (select unnest(cast($2 as varchar[]))) or client_id in (select unnest(cast($3 as bigint[]))))
"""
_REJECTED = """
select company_id, client_id, actor, created_at, reason
from rejected_pair
where integration = $1
and company_id in (select unnest(cast($2 as varchar[])))
"""
_EDITORS = """
select client_id, actor
from audit
where audit_id in (
    select max(audit_id)
    from audit
    where integration = $1
    and entity = 'client_settings'
    and client_id in (select unnest(cast($2 as bigint[])))
    group by client_id
)
"""
_LINKERS = """
select company_id, actor
from audit
where audit_id in (
    select max(audit_id)
    from audit
    where integration = $1
    and entity in ('mapping', 'rejected_pair')
    and company_id in (select unnest(cast($2 as varchar[])))
    group by company_id
)
"""


def read_state(tx: Transaction, integration: Integration, subjects: Collection[Subject]) -> State:
    """Return what stands about the subjects, and which other clients and companies are linked to them."""
    asked = {company_id for company_id, _ in subjects if company_id is not None}
    linking = {client_id for company_id, client_id in subjects if company_id is not None}
    mapping = _mapping(tx, integration.key, asked, linking)
    company_ids = asked | mapping.keys()
    client_ids = {client_id for _, client_id in subjects} | {row.client_id for row in mapping.values()}
    return State(
        integration=integration,
        clients={client_id: Listed(*row) for client_id, *row in tx.rows(_CLIENTS, (sorted(client_ids),))},
        companies=_companies(tx, integration.key, company_ids),
        settings=read_settings(tx, integration.key, {client for company, client in subjects if company is None}),
        mapping=mapping,
        rejected=_rejected(tx, integration.key, company_ids),
    )


def read_settings(tx: Transaction, integration: str, client_ids: Collection[int]) -> dict[int, ClientSettings]:
    """Return the settings of those clients that have any."""
    found = tx.rows(_SETTINGS, (integration, sorted(client_ids))) if client_ids else []
    return {client_id: settings_of(dict(zip(Setting, row, strict=True)), version) for client_id, *row, version in found}


def settings(tx: Transaction, integration: str, client_id: int) -> ClientSettings:
    """Return the client's settings; version 0 when nobody decided anything."""
    return read_settings(tx, integration, [client_id]).get(client_id, ClientSettings())


def editors(tx: Transaction, integration: str, client_ids: Collection[int]) -> dict[int, str]:
    """Return who changed the settings of each client last, as far as that is recorded."""
    return dict(tx.rows(_EDITORS, (integration, sorted(client_ids)))) if client_ids else {}


def linkers(tx: Transaction, integration: str, company_ids: Collection[str]) -> dict[str, str]:
    """Return who decided last which client each company is, or is not, as far as that is recorded."""
    return dict(tx.rows(_LINKERS, (integration, sorted(company_ids)))) if company_ids else {}


def _mapping(
    tx: Transaction, integration: str, company_ids: Collection[str], client_ids: Collection[int]
) -> dict[str, MappingRow]:
    """Return the mappings of these companies and of these clients."""
    found = tx.rows(_MAPPING, (integration, sorted(company_ids), sorted(client_ids))) if company_ids else []
    return {company_id: _mapping_row(row) for company_id, *row in found}


def _companies(tx: Transaction, integration: str, company_ids: Collection[str]) -> dict[str, Listed]:
    found = tx.rows(_COMPANIES, (integration, sorted(company_ids))) if company_ids else []
    return {company_id: Listed(*row) for company_id, *row in found}


def _rejected(tx: Transaction, integration: str, company_ids: Collection[str]) -> dict[Pair, RejectedRow]:
    found = tx.rows(_REJECTED, (integration, sorted(company_ids))) if company_ids else []
    return {
        (company_id, client_id): RejectedRow(actor, created_at.astimezone(UTC), reason)
        for company_id, client_id, actor, created_at, reason in found
    }


def _mapping_row(row: list[Any]) -> MappingRow:
    client_id, outcome, score, reason, actor, created_at, linked_run = row
    return MappingRow(client_id, outcome, score, reason, actor, created_at.astimezone(UTC), linked_run)
