"""A database, the keys of its secrets, and the vendors on it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from billingbot.bootstrap import Vendors
from billingbot.bootstrap.surroundings import Surroundings
from billingbot.connectors import DISTRIBUTORS
from billingbot.domain.decision import Stamp
from billingbot.store import DatabaseStore, open_duckdb
from billingbot.vault import Vault, new_key
from tests.fakes import NOON

KEY = new_key()
"""The key of the vendors that are made without one."""

Making = Callable[..., Vendors]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DatabaseStore]:
    store = open_duckdb(tmp_path / "billingbot.duckdb")
    yield store
    store.close()


@pytest.fixture
def make_vendors(store: DatabaseStore) -> Iterator[Making]:
    """Return what makes vendors on the database, of an environment and a key; a sandbox on this machine is allowed."""
    with ExitStack() as closing:

        def make(environ: dict[str, str] | None = None, keys: tuple[str, ...] = (KEY,)) -> Vendors:
            vendors = Vendors(store, DISTRIBUTORS, Surroundings(environ or {}, Vault(keys), frozenset({"127.0.0.1"})))
            closing.callback(vendors.close)
            return vendors

        yield make


@pytest.fixture
def vendors(make_vendors: Making) -> Vendors:
    return make_vendors()


def stamp(request_id: str) -> Stamp:
    return Stamp(request_id, "ann", NOON)
