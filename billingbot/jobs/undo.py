"""Taking back what was decided: one batch, all of it, or what of it is still as it was left."""

from billingbot.domain.decision import Receipt, Stamp
from billingbot.ports import DecisionStore


def undo(store: DecisionStore, batch: str, stamp: Stamp, *, partly: bool = False) -> Receipt:
    """Take back a batch and return what that changed; the receipt's batch takes the undo back in turn.

    With `partly`, what was changed since stays, and `Receipt.kept` says what that is.

    Raises:
        DecisionRefused: something of it was changed since, and nothing was undone; or it was undone already.
        NotFound: no such batch.
    """
    return store.undo(batch, stamp, partly=partly)


def undone_sentence(receipt: Receipt) -> str:
    """Say how much was undone.

    >>> undone_sentence(Receipt("b", ()))
    'Nothing to undo: everything is as it was before.'
    """
    if not receipt.changes:
        return "Nothing to undo: everything is as it was before."
    kept = len(receipt.kept)
    if kept:
        return f"Undone, except for {kept:,} that {'was' if kept == 1 else 'were'} changed since."
    return "Undone."
