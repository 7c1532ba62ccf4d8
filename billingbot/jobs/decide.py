"""Deciding about one client, a verb each. Every function carries out one request and returns what it changed.

All raise `DecisionRefused` when what was seen is not there any more, and change nothing then.
"""

from collections.abc import Mapping

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import ConfirmLink, EditSettings, LinkCompany, Receipt, RejectPair, Stamp, UnlinkCompany
from billingbot.ports import DecisionStore


def edit_client(
    store: DecisionStore,
    integration: str,
    client_id: int,
    version: int,
    fields: Mapping[Setting, SettingValue],
    stamp: Stamp,
) -> Receipt:
    """Set fields of the client's settings, which had that version when they were looked at."""
    return store.decide(integration, [EditSettings(client_id, version, dict(fields))], stamp)


def assign_company(store: DecisionStore, integration: str, link: LinkCompany, stamp: Stamp) -> Receipt:
    """Link a free company to the client, beside those that it has; a rejection of the pair is forgotten."""
    return store.decide(integration, [link], stamp)


def delete_assignment(
    store: DecisionStore, integration: str, client_id: int, company_ids: list[str], stamp: Stamp
) -> Receipt:
    """Take companies from the client and remember the pairs; rules and targets stay."""
    return store.decide(integration, [UnlinkCompany(company_id, client_id) for company_id in company_ids], stamp)


def confirm_links(store: DecisionStore, integration: str, pairs: list[tuple[str, int]], stamp: Stamp) -> Receipt:
    """Say of links under review, (company, client), that they are right."""
    return store.decide(integration, [ConfirmLink(*pair) for pair in pairs], stamp)


def reject_suggestions(store: DecisionStore, integration: str, pairs: list[tuple[str, int]], stamp: Stamp) -> Receipt:
    """Say of suggested pairs, (company, client), that they are wrong."""
    return store.decide(integration, [RejectPair(*pair) for pair in pairs], stamp)
