"""An empty database for each test of faults: a file, and one on a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres_server import databases


@pytest.fixture(params=["duckdb", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the path of a file that is not there yet, and then the URL of a database without tables."""
    if request.param == "duckdb":
        yield str(tmp_path / "billingbot.duckdb")
        return
    url = databases().empty()
    yield url
    databases().drop(url)


@pytest.fixture
def url() -> Iterator[str]:
    """Return the URL of a database without tables."""
    made = databases().empty()
    yield made
    databases().drop(made)
