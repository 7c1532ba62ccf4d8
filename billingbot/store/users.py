"""Users, their roles and their sign-ins, as they are stored."""

import uuid
from datetime import UTC, datetime, timedelta

from billingbot.domain.access import LONGEST_SIGN_IN, Permission, Role, SignIn, User
from billingbot.domain.decision import Stamp
from billingbot.domain.standing import (
    Standing,
    check_date,
    check_known,
    check_role,
    check_sign_in,
    may_be_first_admin,
    not_here,
)
from billingbot.store import user_changes
from billingbot.store.audit import AUTO
from billingbot.store.engine import Transaction
from billingbot.store.text import storable
from billingbot.store.user_rows import by_person, insert, update_seen

_SEEN_EVERY = timedelta(minutes=1)
# Sign-ins that old are refused for their date alone, also where the provider's clock is ahead.
_FORGOTTEN_AFTER = LONGEST_SIGN_IN + timedelta(days=1)
_FIRST_ADMIN = "The first administrator, as the settings say."
_STANDING = """
select app_user.user_id, role, disabled, revoked_before, sign_in.first_seen, sign_in.ended_at
from app_user
left join sign_in
    on sign_in.user_id = app_user.user_id
    and sign_in.sign_in_id = $3
where issuer = $1 and subject = $2
"""
_INSERT_SIGN_IN = """
insert into sign_in (sign_in_id, user_id, first_seen, ended_at)
values ($1, $2, $3, null)
on conflict (sign_in_id) do nothing
"""
_HAS_ADMIN = "select 1 from app_user where role = 'admin' and not disabled limit 1"


def arrived(tx: Transaction, sign_in: SignIn, first_admin: str, now: datetime) -> User | None:
    """Return the person when nothing has to be written about this arrival. Raises `AccessRefused`."""
    found = _standing(tx, sign_in, now)
    if found is None or found[1].first_seen is None:
        return None
    user = by_person(tx, sign_in.issuer, sign_in.subject)
    as_said = (user.name, user.email) == (storable(sign_in.name), storable(sign_in.email))
    fresh = now - user.last_seen < _SEEN_EVERY
    return user if as_said and fresh and not _becomes_admin(tx, user, sign_in, first_admin) else None


def arrive(tx: Transaction, sign_in: SignIn, first_admin: str, now: datetime) -> User:
    """Note that the person is here, and return who it is; see `ports.UserStore`. Raises `AccessRefused`."""
    found = _standing(tx, sign_in, now)
    if found is None:
        user_id = uuid.uuid4().hex
        insert(tx, user_id, sign_in, now)
    else:
        user_id = found[0]
        update_seen(tx, user_id, sign_in, now)
    if found is None or found[1].first_seen is None:
        tx.execute("delete from sign_in where first_seen < $1", (now - _FORGOTTEN_AFTER,))
        if not tx.execute(_INSERT_SIGN_IN, (sign_in.sign_in_id, user_id, now)):
            raise not_here()  # one sign-in is one person's
    user = by_person(tx, sign_in.issuer, sign_in.subject)
    if not _becomes_admin(tx, user, sign_in, first_admin):
        return user
    stamp = Stamp(f"user:{user_id}:first-admin:{user.version}", AUTO, now, _FIRST_ADMIN)
    return user_changes.write(tx, user, Role.ADMIN, user.disabled, stamp)


def permit(tx: Transaction, sign_in: SignIn, permission: Permission, now: datetime) -> None:
    """Raise `AccessRefused` unless the person may do that, as far as this transaction sees."""
    check_role(_known(tx, sign_in, now)[1].role, permission)


def permit_about(tx: Transaction, sign_in: SignIn, user_id: str, permission: Permission, now: datetime) -> None:
    """Like `permit`, where a person whose sign-in holds needs no role if it is about that person."""
    own_id, standing = _known(tx, sign_in, now)
    if own_id != user_id:
        check_role(standing.role, permission)


def sign_out(tx: Transaction, sign_in: SignIn, now: datetime) -> None:
    """End the sign-in. One that nobody arrived with is noted as ended, so that nobody will; of nobody, nothing is."""
    found = _row(tx, sign_in)
    if found is None:
        return
    user_id, _ = found
    tx.execute(_INSERT_SIGN_IN, (sign_in.sign_in_id, user_id, now))
    tx.execute(
        "update sign_in set ended_at = $3 where sign_in_id = $1 and user_id = $2 and ended_at is null",
        (sign_in.sign_in_id, user_id, now),
    )


def _becomes_admin(tx: Transaction, user: User, sign_in: SignIn, first_admin: str) -> bool:
    return may_be_first_admin(sign_in, first_admin) and not tx.rows(_HAS_ADMIN) and user.role is not Role.ADMIN


def _standing(tx: Transaction, sign_in: SignIn, now: datetime) -> tuple[str, Standing] | None:
    """Return the person's id and standing; None for somebody new. Raises `AccessRefused` unless the sign-in holds."""
    found = _row(tx, sign_in)
    if found is None:
        check_date(sign_in, now)
    else:
        check_sign_in(found[1], sign_in, now)
    return found


def _known(tx: Transaction, sign_in: SignIn, now: datetime) -> tuple[str, Standing]:
    found = _row(tx, sign_in)
    standing = check_known(found and found[1], sign_in, now)
    return (found[0] if found else ""), standing


def _row(tx: Transaction, sign_in: SignIn) -> tuple[str, Standing] | None:
    rows = tx.rows(_STANDING, (sign_in.issuer, sign_in.subject, sign_in.sign_in_id))
    if not rows:
        return None
    [(user_id, role, disabled, *times)] = rows
    revoked_before, first_seen, ended_at = (time and time.astimezone(UTC) for time in times)
    return user_id, Standing(Role(role), disabled, revoked_before, first_seen, ended_at)
