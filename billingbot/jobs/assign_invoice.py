"""Picking the HaloPSA invoice that a client's charges go to. It is read afresh first: it may have changed meanwhile."""

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, Receipt, Stamp
from billingbot.domain.integration import Assignment
from billingbot.errors import DomainError
from billingbot.ports import DecisionStore, Halo


def assign_invoice(
    store: DecisionStore,
    halo: Halo,
    integration: str,
    client_id: int,
    assignment: Assignment,
    invoice_id: int,
    version: int,
    stamp: Stamp,
) -> Receipt:
    """Make an invoice, or a recurring one, the client's target; its assignment stays as it is.

    Args:
        store: where it is decided.
        halo: where the invoice is read from.
        integration: its key.
        client_id: whose target.
        assignment: last or recurring: says which kind of invoice it is.
        invoice_id: what was picked.
        version: of the client's settings that the operator saw.
        stamp: who and when.

    Raises:
        DomainError: the invoice cannot take this client's charges: posted, paid, voided or disabled meanwhile, or
            another client's; or new invoices have no target.
        NotFound: HaloPSA has it not any more.
        UpstreamError: HaloPSA could not be asked.
        DecisionRefused: the client's settings were changed meanwhile.
    """
    field = target_field(assignment)
    if trouble := target_trouble(halo, assignment, invoice_id, client_id):
        raise DomainError(f"{trouble} Nothing was changed; pick another one.")
    return store.decide(integration, [EditSettings(client_id, version, {field: invoice_id})], stamp)


def remove_target(
    store: DecisionStore, integration: str, client_id: int, assignment: Assignment, version: int, stamp: Stamp
) -> Receipt:
    """Let the client have no invoice of that kind any more.

    Raises `DecisionRefused` when the client's settings were changed meanwhile.
    """
    return store.decide(integration, [EditSettings(client_id, version, {target_field(assignment): None})], stamp)


def target_field(assignment: Assignment) -> Setting:
    """Return the setting that holds the target. Raises `DomainError` for new invoices, which have none."""
    if assignment is Assignment.NEW:
        raise DomainError("New invoices are made by BillingBot: there is nothing to pick.")
    return Setting.LAST_INVOICE_ID if assignment is Assignment.LAST else Setting.RECURRING_INVOICE_ID


def target_words(assignment: Assignment, invoice_id: int) -> str:
    """Name a target.

    >>> target_words(Assignment.LAST, 412), target_words(Assignment.RECURRING, -7)
    ('invoice 412', 'recurring invoice -7')
    """
    return f"{'recurring invoice' if assignment is Assignment.RECURRING else 'invoice'} {invoice_id}"


def target_trouble(halo: Halo, assignment: Assignment, invoice_id: int, client_id: int) -> str:
    """Return in a sentence why an invoice, read afresh, cannot take the client's charges; "" when it can.

    Raises `NotFound` when HaloPSA has it not any more, `UpstreamError` when it could not be asked.
    """
    read = halo.recurring_invoice if assignment is Assignment.RECURRING else halo.invoice
    found = read(invoice_id)
    words = target_words(assignment, invoice_id)
    if found.client_id != client_id:
        return f"HaloPSA says that {words} belongs to another client, {found.client_id}."
    return f"HaloPSA says that {words} cannot take charges. {found.refusal}" if found.refusal else ""
