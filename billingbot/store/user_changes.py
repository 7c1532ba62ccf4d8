"""Changes of users, with their audit rows: who may do what, and that sign-ins were ended."""

from billingbot.domain.access import Role, User
from billingbot.domain.decision import Stamp
from billingbot.errors import Clash, DecisionRefused
from billingbot.store import setup_changes
from billingbot.store.engine import Transaction
from billingbot.store.user_rows import by_id

SYSTEM = "BillingBot"
"""Whose changes of users are, where others name an integration. No integration is called so."""

_UPDATE = "update app_user set role = $2, disabled = $3, version = version + 1 where user_id = $1"
_OTHER_ADMIN = "select 1 from app_user where role = 'admin' and not disabled and user_id <> $1 limit 1"
_REVOKE = "update app_user set revoked_before = $2 where user_id = $1"
_END_ALL = "update sign_in set ended_at = $2 where user_id = $1 and ended_at is null"


def change(tx: Transaction, user_id: str, version: int, role: Role, disabled: bool, stamp: Stamp) -> User:
    """Set role and whether the user is disabled; see `ports.UserStore`. Raises `DecisionRefused`, `NotFound`."""
    user = by_id(tx, user_id)
    if setup_changes.carried_out(tx, stamp):
        return user
    if user.version != version:
        theirs: dict[str, object] = {"role": user.role.value, "disabled": user.disabled}
        mine: dict[str, object] = {"role": role.value, "disabled": disabled}
        sentence = f"{_named(user)} was changed meanwhile. Nothing was changed now: look again."
        raise DecisionRefused([Clash(0, sentence, user.version, theirs, mine)])
    stays_admin = role is Role.ADMIN and not disabled
    if _is_admin(user) and not stays_admin and not tx.rows(_OTHER_ADMIN, (user_id,)):
        sentence = (
            f"{_named(user)} is the only administrator who can sign in. Nothing was changed: make somebody else an"
            " administrator first."
        )
        raise DecisionRefused([Clash(0, sentence, user.version)])
    return write(tx, user, role, disabled, stamp)


def write(tx: Transaction, user: User, role: Role, disabled: bool, stamp: Stamp) -> User:
    """Write what differs, with an audit row, and return how the user is then."""
    wanted: dict[str, object] = {"role": role.value, "disabled": disabled}
    former: dict[str, object] = {"role": user.role.value, "disabled": user.disabled}
    changed = {name for name in wanted if wanted[name] != former[name]}
    if not changed:
        return user
    tx.execute(_UPDATE, (user.user_id, role.value, disabled))
    _record(tx, user, {name: former[name] for name in changed}, {name: wanted[name] for name in changed}, stamp)
    return by_id(tx, user.user_id)


def sign_out_everywhere(tx: Transaction, user_id: str, stamp: Stamp) -> None:
    """End every sign-in of the user up to now, those that were never seen here too. Raises `NotFound`."""
    user = by_id(tx, user_id)
    if setup_changes.carried_out(tx, stamp):
        return
    tx.execute(_REVOKE, (user_id, stamp.at))
    tx.execute(_END_ALL, (user_id, stamp.at))
    _record(tx, user, {"signed_in": True}, {"signed_in": False}, stamp)


def _record(tx: Transaction, user: User, before: dict[str, object], after: dict[str, object], stamp: Stamp) -> None:
    # The name makes the record readable, and findable, when the person is called otherwise.
    named = {"name": _named(user)}
    setup_changes.record(
        tx, stamp, "user", user.user_id, "edit", {**named, **before}, {**named, **after}, integration=SYSTEM
    )


def _is_admin(user: User) -> bool:
    return user.role is Role.ADMIN and not user.disabled


def _named(user: User) -> str:
    return user.email or user.name or user.subject
