"""Rows of users: reading them, and writing what their providers say of them."""

from datetime import UTC, datetime
from typing import Any

from billingbot.domain.access import Role, SignIn, User
from billingbot.errors import NotFound
from billingbot.store.engine import Transaction

_SELECT = """
select user_id, issuer, subject, name, email, role, disabled, first_seen, last_seen, version
from app_user
"""
_INSERT = """
insert into app_user (
    user_id, issuer, subject, name, email, role, disabled, revoked_before, first_seen, last_seen, version
)
values ($1, $2, $3, $4, $5, 'none', false, null, $6, $6, 1)
"""
# Somebody whose clock is behind must not look as if gone again.
_SEEN = "update app_user set name = $2, email = $3, last_seen = greatest(last_seen, $4) where user_id = $1"


def users(tx: Transaction) -> list[User]:
    """Return everybody: those without a role first, then by name, whatever its case, and id."""
    found = [_user(row) for row in tx.rows(_SELECT)]
    return sorted(found, key=lambda user: (user.role is not Role.NONE, _shown(user).casefold(), user.user_id))


def by_id(tx: Transaction, user_id: str) -> User:
    """Return the user, or raise `NotFound`."""
    rows = tx.rows(f"{_SELECT} where user_id = $1", (user_id,))
    if not rows:
        raise NotFound("There is no such user.")
    return _user(rows[0])


def by_person(tx: Transaction, issuer: str, subject: str) -> User:
    """Return the user that this person is; it is there."""
    [row] = tx.rows(f"{_SELECT} where issuer = $1 and subject = $2", (issuer, subject))
    return _user(row)


def insert(tx: Transaction, user_id: str, sign_in: SignIn, now: datetime) -> None:
    """Add a person, who has no role."""
    tx.execute(_INSERT, (user_id, sign_in.issuer, sign_in.subject, sign_in.name, sign_in.email, now))


def update_seen(tx: Transaction, user_id: str, sign_in: SignIn, now: datetime) -> None:
    """Note when the person was seen, and what the provider says now."""
    tx.execute(_SEEN, (user_id, sign_in.name, sign_in.email, now))


def _shown(user: User) -> str:
    return user.name or user.email or user.subject


def _user(row: tuple[Any, ...]) -> User:
    user_id, issuer, subject, name, email, role, disabled, first_seen, last_seen, version = row
    seen = first_seen.astimezone(UTC), last_seen.astimezone(UTC)
    return User(user_id, issuer, subject, name, email, Role(role), disabled, *seen, version)
