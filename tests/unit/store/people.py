"""People and their sign-ins in few words."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from billingbot.domain.access import Role, SignIn, User
from billingbot.store import DatabaseStore
from tests.unit.store.decisions import stamp
from tests.unit.store.refreshes import NOON

_PLAIN = SignIn("", "https://idp.example", "", "", "", None, NOON)


def sign_in(subject: str, sign_in_id: str = "", **said: Any) -> SignIn:
    """Return a sign-in at noon of a person with an address; what the provider said otherwise is `said`."""
    plain = replace(_PLAIN, sign_in_id=sign_in_id or f"{subject} at noon", subject=subject, email=f"{subject}@msp.test")
    return replace(plain, **said)


def user(store: DatabaseStore, subject: str) -> User:
    [found] = [one for one in store.users() if one.subject == subject]
    return found


def arrive(store: DatabaseStore, subject: str, role: Role = Role.NONE, now: datetime = NOON) -> SignIn:
    """Let a person arrive and get a role from the machine; return the sign-in. Somebody else is an administrator."""
    if not any(one.role is Role.ADMIN for one in store.users()):
        store.arrive(sign_in("root", issued_at=now), "root", now)
    arrived = sign_in(subject, issued_at=now)
    there = store.arrive(arrived, "", now)
    if there.role is not role:
        store.change_user(there.user_id, there.version, role, False, stamp())
    return arrived


def change(store: DatabaseStore, subject: str, role: Role, *, disabled: bool = False) -> User:
    """Set it as it stands now."""
    now = user(store, subject)
    return store.change_user(now.user_id, now.version, role, disabled, stamp("root"))
