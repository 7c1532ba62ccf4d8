"""An address at which nobody listens."""

import socket
from collections.abc import Iterator

import pytest


@pytest.fixture
def dead_url() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
