"""The store as a signed-in person may use it. Before each change it is asked anew, on the change's own transaction.

Before reading it is asked when the last answer is not fresh any more.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from billingbot.domain.access import Permission, SignIn
from billingbot.domain.decision import Entity
from billingbot.errors import AccessRefused, Refusal
from billingbot.ports import Store
from billingbot.store import changes, integrations, users
from billingbot.store.database_store import DatabaseStore
from billingbot.store.engine import Engine, Transaction
from billingbot.store.guard import Check, GuardedEngine
from billingbot.store.needed import NEEDED, OF_USERS, Needed, Special

SEEN_FOR = timedelta(seconds=2)
"""How long the answer holds that somebody may see. A page reads many times; to ask each time costs a third of it."""

_ADMINISTERED = frozenset({Entity.INTEGRATION, Entity.CREDENTIAL, Entity.USER})


def guarded(store: Store, home: Store, sign_in: SignIn, now: Callable[[], datetime], *, reads: bool = True) -> Store:
    """Return the store for that person, whose methods raise `AccessRefused` when the person may not do that now.

    What `store.needed` does not name does not exist on it.

    Args:
        store: the store.
        home: where users are: the store itself, or the one of the real data beside a sandbox. From another database,
            rights are read right before the transaction: what passes it there are invented data.
        sign_in: the person.
        now: the clock.
        reads: whether to ask before reading too.
    """
    return cast(Store, _GuardedStore(_engine_of(store), _engine_of(home), sign_in, now, reads))


def _engine_of(store: Store) -> Engine:
    if not isinstance(store, DatabaseStore):
        raise TypeError(f"{type(store).__name__} has no transactions to ask on")
    return store.engine


class _GuardedStore:
    """Every method runs on a `DatabaseStore` whose engine asks for what the table says that it needs."""

    def __init__(self, engine: Engine, home: Engine, sign_in: SignIn, now: Callable[[], datetime], reads: bool) -> None:
        self._engine = engine
        self._home = home
        self._sign_in = sign_in
        self._now = now
        self._reads = reads
        self._may_see_since: datetime | None = None

    def __getattr__(self, name: str) -> Callable[..., Any]:
        needed = NEEDED.get(name)
        if needed is None:
            raise AttributeError(f"{name} is not declared in store.needed, so that nobody may call it")
        engine = self._home if name in OF_USERS else self._engine
        return _method(engine, name) if needed is Special.NOTHING else self._asking(engine, name, needed)

    def _asking(self, engine: Engine, name: str, needed: Needed) -> Callable[..., Any]:
        match needed:
            case Special.MACHINE:
                return _refuse
            case Special.AS_ASKED:
                return lambda permission: self._home.read(lambda tx: self._permit(tx, permission))
            case Special.OF_THE_BATCH:
                return lambda batch, *args, **more: self._guarded(
                    engine, name, lambda tx: self._permit_undo(tx, batch)
                )(batch, *args, **more)
            case Special.OF_THE_USER:
                return lambda user_id, *args, **more: self._guarded(
                    engine,
                    name,
                    lambda tx: users.permit_about(tx, self._sign_in, user_id, Permission.ADMINISTER, self._now()),
                )(user_id, *args, **more)
            case Permission.VIEW:
                return self._guarded(engine, name, lambda tx: self._permit_seeing(tx, engine))
            case _:
                return self._guarded(engine, name, lambda tx: self._permit_here(tx, engine, Permission(needed)))

    def _guarded(self, engine: Engine, name: str, check: Check) -> Callable[..., Any]:
        return _method(GuardedEngine(engine, check, reads=self._reads), name)

    def _permit(self, tx: Transaction, permission: Permission) -> None:
        users.permit(tx, self._sign_in, permission, self._now())

    def _permit_here(self, tx: Transaction, engine: Engine, permission: Permission) -> None:
        """Ask on the transaction, if users are in its database; else in one of theirs."""
        if engine is self._home:
            self._permit(tx, permission)
        else:
            self._home.read(lambda home: self._permit(home, permission))

    def _permit_seeing(self, tx: Transaction, engine: Engine) -> None:
        now, since = self._now(), self._may_see_since
        if since is None or not since <= now < since + SEEN_FOR:
            self._permit_here(tx, engine, Permission.VIEW)
            self._may_see_since = now

    def _permit_undo(self, tx: Transaction, batch: str) -> None:
        undone = changes.of_batch(tx, batch)
        in_use = {integration.key for integration in integrations.integrations(tx)}
        # Of an integration that was deleted, only what an administrator did can be left to undo: what went with it.
        setup = any(
            recorded.change.entity in _ADMINISTERED or recorded.integration not in in_use for recorded in undone
        )
        self._permit_here(tx, self._engine, Permission.ADMINISTER if setup else Permission.OPERATE)


def _method(engine: Engine, name: str) -> Callable[..., Any]:
    return cast(Callable[..., Any], getattr(DatabaseStore(engine), name))


def _refuse(*_: object, **__: object) -> None:
    raise AccessRefused("Only BillingBot itself does that; nothing was changed.", Refusal.ROLE)
