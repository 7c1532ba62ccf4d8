"""What the machine found, brought into the tables by a refresh: links with their audit rows, and suggestions.

A link is a decision and yields to every other: it is made only when the company and the client are present, neither
has a mapping, and the pair was not rejected, all of it as it stands inside the transaction.
"""

from datetime import datetime

import pandas as pd

from billingbot.domain.match import Outcome
from billingbot.errors import DomainError
from billingbot.store.audit import AUTO, fields_text
from billingbot.store.engine import Transaction
from billingbot.store.statements import statement

_INSERT_LINKS = statement("insert_links")
_INSERT_AUDIT = statement("insert_link_audit")
_INSERT_SUGGESTIONS = statement("insert_suggestions")
_DISCARD_REJECTED = """
delete from staged_match
where exists (
    select 1 from rejected_pair
    where rejected_pair.integration = $1
    and rejected_pair.company_id = staged_match.company_id
    and rejected_pair.client_id = staged_match.client_id
)
"""
_COLUMNS = {
    "client_id": "bigint",
    "company_id": "varchar",
    "outcome": "varchar",
    "score": "double precision",
    "reason": "varchar",
    "rank": "bigint",
    "after": "varchar",
}


def stage_matches(tx: Transaction, integration: str, matches: pd.DataFrame) -> None:
    """Load the matches that nobody rejected into a temporary table; raise `DomainError` unless links are one to one.

    Args:
        tx: the open transaction.
        integration: whose matches they are.
        matches: company_id str · client_id int64 · score float64 · outcome str · reason str · rank int64.
    """
    matches = matches.reset_index(drop=True)
    links = matches[matches["outcome"] != Outcome.SUGGESTED]
    if links["client_id"].duplicated().any() or links["company_id"].duplicated().any():
        raise DomainError("Automatic links have to be one to one.")
    tx.stage("staged_match", _COLUMNS, matches.assign(after=_audit_texts(links)))
    tx.execute(_DISCARD_REJECTED, (integration,))


def insert_links(tx: Transaction, integration: str, run_id: str, revision: int, now: datetime) -> None:
    """Make mappings of the staged confident and review matches, each with an audit row in the run's batch."""
    tx.execute(_INSERT_LINKS, (integration, AUTO, now, run_id))
    tx.execute(_INSERT_AUDIT, (run_id, AUTO, now, integration, revision))


def replace_suggestions(tx: Transaction, integration: str) -> None:
    """Put the staged suggestions in the place of the integration's former ones."""
    tx.execute("delete from suggestion where integration = $1", (integration,))
    tx.execute(_INSERT_SUGGESTIONS, (integration,))


def _audit_texts(links: pd.DataFrame) -> "pd.Series[str]":
    columns = links["client_id"].tolist(), links["outcome"].tolist(), links["score"].tolist()
    texts = [
        fields_text({"client_id": client_id, "outcome": outcome, "score": score})
        for client_id, outcome, score in zip(*columns, strict=True)
    ]
    return pd.Series(texts, index=links.index, dtype="str")
