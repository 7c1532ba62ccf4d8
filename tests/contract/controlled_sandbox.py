"""A small sandbox whose control is open to those who know its key."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from billingbot.sandbox.dataset import DataSet, build
from billingbot.sandbox.server import Sandbox
from tests.contract.sandbox_caller import Caller, calling

DATA = build(1, 30, 30, date(2026, 11, 20))
KEY = {"X-Sandbox-Control": "open sesame"}


@contextmanager
def calling_controlled(data: DataSet = DATA) -> Iterator[Caller]:
    """Yield a caller of a sandbox of its own, with a control."""
    with Sandbox(data, control_key="open sesame") as sandbox, calling(sandbox) as caller:
        yield caller
