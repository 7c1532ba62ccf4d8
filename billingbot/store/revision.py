"""How often anything has changed: what a page compares to know whether its rows are still right.

Whoever changes decisions or lists counts up in the same transaction. There is one row, so writers go one after another.
"""

from billingbot.domain.history import Revision
from billingbot.store.engine import Transaction
from billingbot.store.statements import statement

_CHANGED_CLIENTS = statement("changed_clients")


def count_up(tx: Transaction) -> int:
    """Return the number of the changes that this transaction makes, which it records with them."""
    tx.execute("update revision set number = number + 1")
    return revision(tx).latest


def count_up_all_rows(tx: Transaction) -> int:
    """Like `count_up`, where any row of the grid may look different afterwards."""
    tx.execute("update revision set number = number + 1, all_rows = number + 1")
    return revision(tx).latest


def revision(tx: Transaction) -> Revision:
    """Return how often anything has changed."""
    [(number, all_rows)] = tx.rows("select number, all_rows from revision")
    return Revision(number, all_rows)


def changed_clients(tx: Transaction, integration: str, since: int) -> frozenset[int]:
    """Return the clients that were decided about after `since`, and those whose suggestions that opened or closed."""
    return frozenset(row[0] for row in tx.rows(_CHANGED_CLIENTS, (integration, since)))
