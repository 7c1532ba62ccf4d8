"""What must hold in a database, whatever happened to it: each check is a query for the rows that break it."""

from collections.abc import Iterator
from dataclasses import dataclass

from billingbot.store.engine import Transaction
from billingbot.store.table_copy import digests

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """How one check went. `problem` is "" when it is well; with `warning` nothing is broken yet."""

    check: str
    problem: str = ""
    warning: bool = False


# What is checked, and the query for the keys of the rows that break it, as one text each.
_CHECKS = {
    "Mappings belong to an integration": """
        select integration || '/' || company_id from mapping
        where integration not in (select key from integration)""",
    "Mappings have their company": """
        select integration || '/' || company_id from mapping
        where not exists (
            select 1 from company
            where company.integration = mapping.integration and company.company_id = mapping.company_id
        )""",
    "Mappings have their client": """
        select integration || '/' || company_id || ' → ' || cast(client_id as varchar) from mapping
        where client_id not in (select client_id from client)""",
    "Client settings belong to an integration": """
        select integration || '/' || cast(client_id as varchar) from client_settings
        where integration not in (select key from integration)""",
    "Suggestions have client and company": """
        select integration || '/' || company_id from suggestion
        where client_id not in (select client_id from client)
        or not exists (
            select 1 from company
            where company.integration = suggestion.integration and company.company_id = suggestion.company_id
        )""",
    "Product mappings belong to an integration": """
        select integration || '/' || product_key from product_mapping
        where integration not in (select key from integration)""",
    "Charges belong to a month that was read": """
        select distinct integration || '/' || period from charge
        where not exists (
            select 1 from charge_snapshot
            where charge_snapshot.integration = charge.integration and charge_snapshot.period = charge.period
        )""",
    "Months have as many charges as were read": """
        select integration || '/' || period from charge_snapshot
        where charges <> (
            select count(*) from charge
            where charge.integration = charge_snapshot.integration and charge.period = charge_snapshot.period
        )""",
    "Ledger lines have their entry": """
        select distinct entry_id from ledger_line where entry_id not in (select entry_id from ledger_entry)""",
    "Ledger entries come from a plan": """
        select entry_id from ledger_entry where plan_hash not in (select plan_hash from plan)""",
    "Ledger entries that create or update have lines": """
        select entry_id from ledger_entry
        where state = 'sent' and total <> 0 and entry_id not in (select entry_id from ledger_line)""",
    "A client and month has one open ledger entry at most": """
        select integration || '/' || period || '/' || cast(client_id as varchar) from ledger_entry
        where state in ('sending', 'unknown') group by integration, period, client_id having count(*) > 1""",
    "Sign-ins belong to a user": """
        select sign_in_id from sign_in where user_id not in (select user_id from app_user)""",
    "Client settings have a change in the audit trail": """
        select integration || '/' || cast(client_id as varchar) from client_settings
        where version > 0 and not exists (
            select 1 from audit
            where audit.entity = 'client_settings' and audit.integration = client_settings.integration
            and audit.client_id = client_settings.client_id
        )""",
    "Refresh runs belong to an integration": """
        select run_id from refresh_run where integration not in (select key from integration)""",
    "The revision is one number": "select 'revision' from revision having count(*) <> 1",
    "The database is for one kind of data": "select 'origin' from origin having count(*) > 1",
}


def examine(tx: Transaction) -> Iterator[Finding]:
    """Yield how each check went."""
    rows = sum(count for count, _ in digests(tx).values())
    yield Finding(f"All tables can be read ({rows:,} rows)")
    for check, sql in _CHECKS.items():
        broken = [str(key) for (key,) in tx.rows(sql)]
        yield Finding(check, _described(broken) if broken else "")


def _described(broken: list[str]) -> str:
    examples = ", ".join(broken[:_EXAMPLES])
    return f"{len(broken):,} do not: {examples}{', …' if len(broken) > _EXAMPLES else ''}"
