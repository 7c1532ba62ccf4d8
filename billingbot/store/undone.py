"""Which batches are undone, and by whom.

A batch is undone while an undo of it stands, which is one that was not undone itself. Only the newest of its undos can
stand, because what is undone is not undone again.
"""

from collections.abc import Mapping

from billingbot.store.engine import Transaction

Undo = tuple[str, str]
"""The undo's own batch, and its actor."""

_UNDOS = """
select undoes, batch, min(actor)
from audit
where undoes is not null
group by undoes, batch
order by min(audit_id)
"""


def newest_undos(tx: Transaction) -> dict[str, Undo]:
    """Return the newest undo of each batch that was ever undone."""
    return {undoes: (batch, actor) for undoes, batch, actor in tx.rows(_UNDOS)}


def undone_by(newest: Mapping[str, Undo], batch: str) -> str:
    """Return who undid the batch; "" while it stands.

    >>> undone_by({"b1": ("u1", "ann")}, "b1"), undone_by({"b1": ("u1", "ann"), "u1": ("u2", "bob")}, "b1")
    ('ann', '')
    """
    chain = [batch]
    while chain[-1] in newest:
        chain.append(newest[chain[-1]][0])
    # Of the last everything stands, so that the one before it is undone, the one before that stands again, …
    return "" if len(chain) % 2 else newest[batch][1]
