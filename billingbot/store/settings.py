"""What holds for the whole MSP: its time zone, and how far its setup has come."""

from billingbot.domain.decision import Stamp
from billingbot.domain.schedule import time_zone
from billingbot.store import setup_changes
from billingbot.store.engine import Transaction

TIME_ZONE = "time_zone"


def setting(tx: Transaction, name: str) -> str:
    """Return its value; "" when nobody said."""
    found = tx.rows("select value from setting where name = $1", (name,))
    return str(found[0][0]) if found else ""


def save(tx: Transaction, name: str, value: str, stamp: Stamp) -> None:
    """Set its value, with an audit row when that changes anything. Raises `InvalidSchedule` for an unknown time zone.

    Where the time zone changes, no refresh is due at once: its time of today may have become an earlier one.
    """
    former = setting(tx, name)
    if value == former or setup_changes.carried_out(tx, stamp):
        return
    if name == TIME_ZONE and value:
        time_zone(value)
    tx.execute("delete from setting where name = $1", (name,))
    if value:
        tx.execute("insert into setting (name, value) values ($1, $2)", (name, value))
    if name == TIME_ZONE:
        tx.execute("update integration set refresh_set_at = $1 where refresh_at <> ''", (stamp.at,))
    before, after = {"value": former}, {"value": value}
    setup_changes.record(tx, stamp, "setting", name, "edit", before, after, integration="")
