"""Mappings as billing needs them: each company with its client, and how that is billed."""

from billingbot.domain.account import Account, BilledClient
from billingbot.domain.client_settings import ClientSettings, Setting
from billingbot.store.decision_state import settings_of
from billingbot.store.engine import Transaction
from billingbot.store.statements import statement

_ACCOUNTS = statement("accounts")


def accounts(tx: Transaction, integration: str) -> dict[str, Account]:
    """Return every mapping of the integration by company id, in the order of ids; companies share their client."""
    clients: dict[int, BilledClient] = {}
    found = {}
    for company_id, company, review, gone, client_id, client, client_gone, *decided in tx.rows(
        _ACCOUNTS, (integration,)
    ):
        if client_id not in clients:
            clients[client_id] = BilledClient(client_id, client, _settings(*decided), client_gone)
        found[company_id] = Account(company_id, company, clients[client_id], review, gone)
    return found


def _settings(version: int | None, *values: object) -> ClientSettings:
    if version is None:
        return ClientSettings()
    return settings_of(dict(zip(Setting, values, strict=True)), version)
