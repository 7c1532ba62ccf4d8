"""Taking back what was decided: one batch, all of it, or what of it is still as it was left."""

from billingbot.domain.decision import Action, Receipt, Stamp
from billingbot.ports import DecisionStore


def undo(store: DecisionStore, batch: str, stamp: Stamp, *, partly: bool = False) -> Receipt:
    """Take back a batch and return what that changed; the receipt's batch takes the undo back in turn.

    With `partly`, what was changed since stays, and `Receipt.kept` says what that is.

    Raises:
        DecisionRefused: something of it was changed since, and nothing was undone; or it was undone already, or is
            nothing that can be undone.
        NotFound: no such batch.
    """
    return store.undo(batch, stamp, partly=partly)


def undone_sentence(receipt: Receipt, done: str = "") -> str:
    """Say how much was undone, and what there is left to do.

    >>> undone_sentence(Receipt("b", ()))
    'Nothing to undo: everything is as it was before.'

    Args:
        receipt: of the undo.
        done: what was done, as a sentence to say with it.
    """
    if not receipt.changes:
        return "Nothing to undo: everything is as it was before."
    kept = len(receipt.kept)
    undone = f"Undone, except for {kept:,} that {'was' if kept == 1 else 'were'} changed since." if kept else "Undone."
    restored = any(change.action is Action.RESTORE for change in receipt.changes)
    left = "Its credentials were not kept: enter them again on Integrations." if restored else ""
    return " ".join(filter(None, (undone, done, left)))
