"""Who may do what: roles, what each permits, and the sign-in of a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Permission(StrEnum):
    """What an action needs."""

    VIEW = "view"
    OPERATE = "operate"
    """To decide about clients and products, to refresh, to fetch, plan and send charges."""
    ADMINISTER = "administer"
    """To set up integrations, their credentials and defaults, and users."""


class Role(StrEnum):
    """What a user is. Whoever signs in for the first time is nothing yet."""

    NONE = "none"
    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"

    def permits(self, permission: Permission) -> bool:
        """Say whether the role is enough.

        >>> Role.OPERATOR.permits(Permission.OPERATE), Role.OPERATOR.permits(Permission.ADMINISTER)
        (True, False)
        """
        return permission in _PERMITTED[self]


_PERMITTED = {
    Role.NONE: frozenset[Permission](),
    Role.VIEWER: frozenset({Permission.VIEW}),
    Role.OPERATOR: frozenset({Permission.VIEW, Permission.OPERATE}),
    Role.ADMIN: frozenset(Permission),
}

LONGEST_SIGN_IN = timedelta(hours=10)
"""After that, a person has to sign in again: a working day, and no stolen cookie is worth more."""


_MACHINES = frozenset({"auto", "operator", "schedule"})
"""Under which names the machine decides, and the one user without sign-in."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What an identity provider said of a person who signed in, once. The person is `issuer` and `subject`, no more.

    Args:
        sign_in_id: tells this sign-in from every other one, of the same person too.
        issuer: the provider's address.
        subject: the person's id there.
        name: what the provider calls the person; may be "".
        email: may be "". Somebody else may have it later.
        email_verified: whether the provider says that the address is the person's; None where it does not say.
        issued_at: when, by the provider's clock, in UTC.
    """

    sign_in_id: str
    issuer: str
    subject: str
    name: str
    email: str
    email_verified: bool | None
    issued_at: datetime

    @property
    def actor(self) -> str:
        """Return under which name changes are recorded; nobody passes for the machine or, by it, for somebody else.

        An address that is not proven to be the person's, or a name, has the person's id beside it.
        """
        if self.email and self.email_verified is not False:
            return self.email
        named = self.email or self.name
        name = f"{named} ({self.subject})" if named else self.subject
        return f"{name} (signed in)" if name.strip().lower() in _MACHINES else name


@dataclass(frozen=True, slots=True)
class User:
    """A person who has signed in at least once."""

    user_id: str
    issuer: str
    subject: str
    name: str
    email: str
    role: Role
    disabled: bool
    first_seen: datetime
    last_seen: datetime
    version: int
