"""Doing several things at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from billingbot.errors import BillingBotError


def at_once(*works: Callable[[], object]) -> list[object]:
    """Return what each work returned or raised, in their order; all begin together."""
    barrier = threading.Barrier(len(works))

    def result(work: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return work()
        except BillingBotError as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(result, works))
