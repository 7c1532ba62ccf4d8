"""What sign-in and roles ask of the database."""

from datetime import datetime
from typing import Protocol

from billingbot.domain.access import Permission, Role, SignIn, User
from billingbot.domain.decision import Stamp


class UserStore(Protocol):
    """Where users, their roles and their sign-ins are."""

    def arrive(self, sign_in: SignIn, first_admin: str, now: datetime) -> User:
        """Note that the person is here, and return who it is; somebody new has no role.

        While there is no admin, the person whose address, or else subject, is `first_admin` becomes one; not by an
        address that the provider does not vouch for.

        Raises `AccessRefused` when the sign-in was ended or is too old, or the user is disabled; a user without a role
        is returned.
        """

    def permit(self, sign_in: SignIn, permission: Permission, now: datetime) -> None:
        """Raise `AccessRefused` unless the person may do that now: the role is read anew each time."""

    def require(self, permission: Permission) -> None:
        """Raise `AccessRefused` unless whoever uses this store may do that now; the machine may do everything.

        For jobs that reach outside of the database before they write to it.
        """

    def users(self) -> list[User]:
        """Return everybody who has ever signed in, by name; those without a role first."""

    def change_user(self, user_id: str, version: int, role: Role, disabled: bool, stamp: Stamp) -> User:
        """Set role and whether the user is disabled, with an audit row; return how it is then.

        Raises `DecisionRefused` when the user has another version, or no admin would be left; `NotFound`.
        """

    def sign_out(self, sign_in: SignIn, now: datetime) -> None:
        """End this sign-in for good, wherever its cookie is."""

    def sign_out_everywhere(self, user_id: str, stamp: Stamp) -> None:
        """End every sign-in of the user up to now. Raises `NotFound`."""
