"""The number of a commit: counted in the transaction itself, so that it is exactly as durable as what it counts."""

from pathlib import Path

from billingbot.errors import StoreTailLost
from billingbot.store.engine import Transaction

_EXISTS = "select 1 from information_schema.tables where table_name = 'commit_number'"
_ADVANCE = "update commit_number set number = number + 1 returning number"


def is_counted(tx: Transaction) -> bool:
    """Say whether the database counts its commits; an older one does from its next migration on."""
    return bool(tx.rows(_EXISTS))


def advance(tx: Transaction) -> int:
    """Count this transaction, as the last thing in it, and return its number."""
    [(number,)] = tx.rows(_ADVANCE)
    return int(number)


def newest(tx: Transaction) -> int:
    """Return the number of the newest commit; 0 when the database does not count them yet."""
    if not is_counted(tx):
        return 0
    [(number,)] = tx.rows("select number from commit_number")
    return int(number)


def require(path: Path, number: int, known: int | None) -> None:
    """Raise `StoreTailLost` when more commits are known of than the database has."""
    if known is None or known <= number:
        return
    missing = known - number
    raise StoreTailLost(
        f"The newest {missing:,} changes of {path} are missing: it has had {known:,}, and {number:,} are there. "
        f"The folder has {described(path)}. Nothing was touched. When another file belongs here, such as the log "
        f"{path.name}.wal, end BillingBot and put it back. Else “python -m billingbot restore FILE” brings back a "
        "backup, or “python -m billingbot doctor --repair” goes on without them."
    )


def described(path: Path) -> str:
    """Return which files of the database there are, with their sizes."""
    found = [file for file in sorted(path.parent.glob(f"{path.name}*")) if file.is_file()]
    return ", ".join(f"{file.name} ({file.stat().st_size:,} bytes)" for file in found) or "none of its files"
