"""The part of the store that users and their sign-ins are in."""

from datetime import datetime

from billingbot.domain.access import Permission, Role, SignIn, User
from billingbot.domain.decision import Stamp
from billingbot.store import user_changes, user_rows, users
from billingbot.store.engine import Engine


class UserTables:
    """`ports.UserStore` on a database whose tables are up to date; each method is one transaction, `arrive` two."""

    _engine: Engine

    def arrive(self, sign_in: SignIn, first_admin: str, now: datetime) -> User:
        """Note that the person is here, and return who it is; mostly there is nothing to note."""
        known = self._engine.read(lambda tx: users.arrived(tx, sign_in, first_admin, now))
        return known or self._engine.write(lambda tx: users.arrive(tx, sign_in, first_admin, now))

    def permit(self, sign_in: SignIn, permission: Permission, now: datetime) -> None:
        """Raise `AccessRefused` unless the person may do that now."""
        self._engine.read(lambda tx: users.permit(tx, sign_in, permission, now))

    def require(self, permission: Permission) -> None:
        """Raise `AccessRefused` unless whoever uses this store may do that: the machine may."""

    def users(self) -> list[User]:
        """Return everybody who has ever signed in, by name; those without a role first."""
        return self._engine.read(user_rows.users)

    def change_user(self, user_id: str, version: int, role: Role, disabled: bool, stamp: Stamp) -> User:
        """Set role and whether the user is disabled; return how it is then."""
        return self._engine.write(lambda tx: user_changes.change(tx, user_id, version, role, disabled, stamp))

    def sign_out(self, sign_in: SignIn, now: datetime) -> None:
        """End this sign-in for good, wherever its cookie is."""
        self._engine.write(lambda tx: users.sign_out(tx, sign_in, now))

    def sign_out_everywhere(self, user_id: str, stamp: Stamp) -> None:
        """End every sign-in of the user up to now."""
        self._engine.write(lambda tx: user_changes.sign_out_everywhere(tx, user_id, stamp))
