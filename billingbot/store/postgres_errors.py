"""psycopg's exceptions as BillingBot's. The only place that reads PostgreSQL's codes and messages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg_pool import PoolClosed, PoolTimeout

from billingbot.errors import StoreConflict, StoreCorrupt, StoreError, StoreFull, StoreUnavailable

_AGAIN = "Nothing was saved; try again in a moment."
MAYBE_SAVED = (
    "{name} went away in the moment in which it was saving. This may or may not have been saved: look before you do "
    "it again. Repeating the same click does nothing twice."
)
_SLOW = (errors.LockNotAvailable, errors.QueryCanceled, errors.IdleInTransactionSessionTimeout)
_CROWDED = (errors.TooManyConnections, errors.OutOfMemory, errors.InsufficientResources, errors.CannotConnectNow)
_DAMAGED = (errors.DataCorrupted, errors.IndexCorrupted)
# A refusal to connect comes without its code. Servers that speak another language than English get the last sentence.
_REFUSED = re.compile(r"authentication failed|no password supplied|no pg_hba\.conf entry|role .* does not exist")
_NO_DATABASE = re.compile(r"database .* does not exist")
_TOO_MANY = re.compile(r"too many (clients|connections)|remaining connection slots")
_REFUSALS = re.compile(r"FATAL: +(.*)")


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Raise a `StoreError` about the database, called `name`, for any exception of psycopg inside."""
    try:
        yield
    except psycopg.Error as error:
        raise _store_error(error, name) from error


@contextmanager
def translated_connecting(name: str) -> Iterator[None]:
    """Raise a `StoreError` for whatever keeps a first connection from being made."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise _connect_error(error, name) from error


def is_conflict(error: Exception) -> bool:
    """Say whether another writer got in between, so that the transaction may succeed when it is run again."""
    return isinstance(error, errors.SerializationFailure | errors.DeadlockDetected)


def is_lost(error: Exception) -> bool:
    """Say whether the connection ended under the transaction, which was not asked to commit yet or only read."""
    if isinstance(error, PoolTimeout | PoolClosed) or not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate[:2] == "08" or error.sqlstate[:4] == "57P0"


def _store_error(error: psycopg.Error, name: str) -> StoreError:
    if isinstance(error, PoolClosed):
        return StoreError(f"{name} is closed.")
    if isinstance(error, errors.DiskFull):
        return StoreFull(f"There is no space left where {name} is kept. Nothing was saved; free some and try again.")
    if is_conflict(error) or isinstance(error, psycopg.IntegrityError):
        return StoreConflict("Somebody else changed the same thing at the same time. Nothing was saved; try again.")
    if isinstance(error, _SLOW):
        return StoreUnavailable(f"{name} is busy with something that takes long. {_AGAIN}")
    if isinstance(error, _CROWDED):
        return StoreUnavailable(f"{name} has no room for another connection. {_AGAIN}")
    if isinstance(error, PoolTimeout):
        return StoreUnavailable(f"{name} is busy, or does not answer. {_AGAIN}")
    if is_lost(error):
        return StoreUnavailable(f"{name} does not answer. {_AGAIN}")
    if isinstance(error, errors.InsufficientPrivilege):
        return StoreError(f"The user of {name} may not do that there. Nothing was saved. ({error})")
    if isinstance(error, _DAMAGED):
        return StoreCorrupt(f"{name} is damaged. It was left as it is. ({error})")
    return StoreError(f"{name} could not do that. Nothing was saved. ({error})")


def _connect_error(error: psycopg.OperationalError, name: str) -> StoreError:
    text = str(error)
    if _REFUSED.search(text):
        return StoreError(
            f"{name} refuses the user or the password of BILLINGBOT_DATABASE_URL. Correct them and start again."
        )
    if _NO_DATABASE.search(text):
        return StoreError(f"{name} does not exist on the server. Create it, or correct BILLINGBOT_DATABASE_URL.")
    if _TOO_MANY.search(text):
        return StoreUnavailable(f"{name} has no room for another connection. {_AGAIN}")
    refusal = _REFUSALS.search(text)
    reason = f" ({refusal[1]})" if refusal else ""
    return StoreUnavailable(f"{name} does not answer.{reason} {_AGAIN}")
