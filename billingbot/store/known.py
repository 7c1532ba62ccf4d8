"""What is known of both lists: the rows that are present, their names, and what is decided."""

from collections.abc import Collection

import pandas as pd

from billingbot.store.engine import Transaction


def present_client_ids(tx: Transaction) -> frozenset[int]:
    """Return the ids of the clients that are not Gone."""
    return frozenset(row[0] for row in tx.rows("select client_id from client where missing_since is null"))


def present_company_ids(tx: Transaction, integration: str) -> frozenset[str]:
    """Return the ids of the integration's companies that are not Gone."""
    found = tx.rows("select company_id from company where integration = $1 and missing_since is null", (integration,))
    return frozenset(row[0] for row in found)


def decided_pairs(tx: Transaction, integration: str) -> pd.DataFrame:
    """Return every mapping, by company. Columns: company_id str · client_id int64."""
    return tx.frame(
        'select company_id, client_id from mapping where integration = $1 order by company_id collate "C"',
        (integration,),
    )


def rejected_pairs(tx: Transaction, integration: str) -> pd.DataFrame:
    """Return the rejected pairs, by company and client. Columns: company_id str · client_id int64."""
    return tx.frame(
        "select company_id, client_id from rejected_pair where integration = $1"
        ' order by company_id collate "C", client_id',
        (integration,),
    )


def company_names(tx: Transaction, integration: str, company_ids: Collection[str]) -> list[str]:
    """Return the names of those companies, in the order of the names."""
    found = tx.rows(
        "select name from company where integration = $1 and company_id = any(cast($2 as varchar[]))"
        ' order by lower(name) collate "C", company_id collate "C"',
        (integration, sorted(company_ids)),
    )
    return [row[0] for row in found]


def present_clients(tx: Transaction) -> pd.DataFrame:
    """Return the clients that are not Gone, by id. Columns: client_id int64 · name · twilio_subaccount_sid."""
    return tx.frame(
        "select client_id, name, twilio_subaccount_sid from client where missing_since is null order by client_id"
    )


def present_companies(tx: Transaction, integration: str) -> pd.DataFrame:
    """Return the companies that are not Gone, by id. Columns: company_id · name · external_id."""
    return tx.frame(
        "select company_id, name, external_id from company where integration = $1 and missing_since is null"
        ' order by company_id collate "C"',
        (integration,),
    )
