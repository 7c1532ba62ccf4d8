"""The ledger and what came of a sending, as tables: a row an entry, a line or a client. Amounts stay `Decimal`."""

from collections.abc import Mapping, Sequence

import pandas as pd

from billingbot.domain.ledger import LedgerEntry, SentState
from billingbot.domain.sending import SendResult
from billingbot.ui.activity.words import who_words
from billingbot.ui.money import money
from billingbot.ui.sending.charge_table import exact, typed

STATE_WORDS: Mapping[SentState, str] = {
    SentState.SENDING: "Under way, or broken off",
    SentState.SENT: "Sent",
    SentState.UNKNOWN: "Not known",
    SentState.FAILED: "Not sent",
}


def ledger_table(entries: Sequence[LedgerEntry]) -> pd.DataFrame:
    """Return a row an entry, in their order.

    Columns: entry_id · When (UTC) · Who · Client · Month · Invoice, str · Total Decimal · Currency · State · Action,
    str · Lines int64 · Worth knowing str.
    """
    rows = [
        (
            entry.entry_id,
            f"{entry.started_at:%Y-%m-%d %H:%M}",
            who_words(entry.actor),
            entry.client,
            str(entry.period),
            invoice_words(entry),
            entry.total,
            entry.currency,
            STATE_WORDS[entry.state],
            entry.action.value,
            len(entry.lines),
            " ".join((*((entry.error,) if entry.error else ()), *entry.differences)),
        )
        for entry in entries
    ]
    texts = dict.fromkeys(("entry_id", "When (UTC)", "Who", "Client", "Month", "Invoice"), "str")
    then = dict.fromkeys(("Currency", "State", "Action"), "str")
    return typed(rows, texts | {"Total": "object"} | then | {"Lines": "int64", "Worth knowing": "str"})


def sent_lines(entry: LedgerEntry) -> pd.DataFrame:
    """Return a row a line that is on the invoice since then, in their order.

    Columns: key · Description · Quantity · Unit price, str · Cost · Price, Decimal · Charges int64.
    """
    rows = [
        (line.key, line.description, exact(line.quantity), exact(line.unit_price), line.cost, line.price, line_charges)
        for line in entry.lines
        for line_charges in [len(line.members)]
    ]
    texts = dict.fromkeys(("key", "Description", "Quantity", "Unit price"), "str")
    return typed(rows, texts | {"Cost": "object", "Price": "object", "Charges": "int64"})


def result_table(results: Sequence[SendResult]) -> pd.DataFrame:
    """Return a row a client, in their order. Columns: Client · Outcome · Invoice · Total · Worth knowing, all str."""
    rows = [
        (
            result.client,
            result.outcome.value,
            result.invoice or (str(result.invoice_id) if result.invoice_id is not None else ""),
            money(result.total, result.currency) if result.currency else "",
            " ".join(filter(None, (result.sentence, *result.differences))),
        )
        for result in results
    ]
    return typed(rows, dict.fromkeys(("Client", "Outcome", "Invoice", "Total", "Worth knowing"), "str"))


def invoice_words(entry: LedgerEntry) -> str:
    """Name what an entry was written to; "" while that is not known."""
    if entry.invoice:
        return entry.invoice
    return f"{entry.kind.value} {entry.invoice_id}" if entry.invoice_id is not None else ""
