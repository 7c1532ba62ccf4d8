"""What data a database is for: the sandbox's, or real ones. It is said once, and holds for good."""

from billingbot.errors import WrongDatabase
from billingbot.store.engine import Transaction


def claim(tx: Transaction, data: str) -> None:
    """Say what data the database is for, or raise `WrongDatabase` when it is for other data already."""
    found = tx.rows("select data from origin")
    if not found:
        tx.execute("insert into origin (data) values ($1)", (data,))
    elif found != [(data,)]:
        raise WrongDatabase(
            f"This database is for {found[0][0]}, so {data} cannot go into it. "
            "Nothing was changed; name another one in BILLINGBOT_DATABASE, or in BILLINGBOT_DATABASE_URL."
        )
