"""Whether a sign-in still holds, and whether its person may do something. Pure: everything is in the `Standing`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from billingbot.domain.access import LONGEST_SIGN_IN, Permission, Role, SignIn
from billingbot.errors import AccessRefused, Refusal

_CLOCKS_DIFFER = timedelta(minutes=5)
"""How far a provider's clock may be ahead of ours."""

_KEPT = "nothing was changed."
_HOURS = int(LONGEST_SIGN_IN.total_seconds() // 3600)
_NOT_HERE = f"You are not signed in here. Sign in again; {_KEPT}"
_SIGNED_OUT = f"You were signed out. Sign in again; {_KEPT}"
_TOO_OLD = f"You signed in more than {_HOURS} hours ago. Sign in again; {_KEPT}"
_FUTURE = (
    f"Your sign-in is dated in the future: the clock of this machine or of the identity provider is wrong. Ask an"
    f" administrator to set it, then sign in again; {_KEPT}"
)
_DISABLED = f"Your user was disabled. Ask an administrator; {_KEPT}"
_NO_ROLE = f"You have no role yet. Ask an administrator to give you one; {_KEPT}"
_NEEDED = {
    Permission.VIEW: Role.VIEWER,
    Permission.OPERATE: Role.OPERATOR,
    Permission.ADMINISTER: Role.ADMIN,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a person and of one of its sign-ins; `first_seen` is None when that sign-in was never seen."""

    role: Role
    disabled: bool
    revoked_before: datetime | None
    first_seen: datetime | None
    ended_at: datetime | None


def check_date(sign_in: SignIn, now: datetime) -> None:
    """Raise `AccessRefused` when the sign-in is too old, or from the future, by the provider's clock."""
    if now - sign_in.issued_at > LONGEST_SIGN_IN:
        raise AccessRefused(_TOO_OLD, Refusal.TOO_OLD)
    if sign_in.issued_at - now > _CLOCKS_DIFFER:
        raise AccessRefused(_FUTURE, Refusal.TOO_OLD)


def check_sign_in(standing: Standing, sign_in: SignIn, now: datetime) -> None:
    """Raise `AccessRefused` unless the sign-in holds; what its person may do is another question.

    It is too old by the provider's clock or by ours, whichever says so first: a clock that is ahead lengthens nothing.
    """
    check_date(sign_in, now)
    if standing.first_seen is not None and now - standing.first_seen > LONGEST_SIGN_IN:
        raise AccessRefused(_TOO_OLD, Refusal.TOO_OLD)
    revoked = standing.revoked_before is not None and sign_in.issued_at <= standing.revoked_before
    if revoked or standing.ended_at is not None:
        raise AccessRefused(_SIGNED_OUT, Refusal.SIGNED_OUT)
    if standing.disabled:
        raise AccessRefused(_DISABLED, Refusal.DISABLED)


def check_known(standing: Standing | None, sign_in: SignIn, now: datetime) -> Standing:
    """Return the standing, or raise `AccessRefused`: nobody has arrived with that sign-in, or it does not hold."""
    if standing is None or standing.first_seen is None:
        raise not_here()
    check_sign_in(standing, sign_in, now)
    return standing


def check_role(role: Role, permission: Permission) -> None:
    """Raise `AccessRefused` unless the role is enough."""
    if role is Role.NONE:
        raise AccessRefused(_NO_ROLE, Refusal.NO_ROLE)
    if not role.permits(permission):
        needed = _NEEDED[permission]
        raise AccessRefused(
            f"Your role is {role.value}; this needs {needed.value}. Ask an administrator; {_KEPT}", Refusal.ROLE
        )


def not_here() -> AccessRefused:
    """Return the error for a sign-in that nobody has arrived with, or somebody else has."""
    return AccessRefused(_NOT_HERE, Refusal.SIGNED_OUT)


def may_be_first_admin(sign_in: SignIn, first_admin: str) -> bool:
    """Say whether the person is the one that the settings name: by an e-mail address, or else by subject.

    An address counts unless the provider says that it is not verified: some providers only give out addresses of their
    own, and do not say.

    >>> from datetime import UTC
    >>> ann = SignIn("s1", "https://idp", "42", "Ann", "Ann@msp.example", None, datetime(2026, 11, 2, tzinfo=UTC))
    >>> may_be_first_admin(ann, "ann@msp.example"), may_be_first_admin(ann, "42"), may_be_first_admin(ann, "")
    (True, True, False)
    """
    wanted = first_admin.strip()
    if not wanted:
        return False
    if "@" not in wanted:
        return sign_in.subject == wanted
    return sign_in.email_verified is not False and sign_in.email.strip().casefold() == wanted.casefold()
