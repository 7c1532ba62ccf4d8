"""Keeping a lease while a refresh or a sending works, from a thread of its own: one slow page must not lose it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from billingbot.domain.refresh import RefreshRun
from billingbot.errors import RefreshStopped, SendingStopped, StoreError
from billingbot.ports import LeaseStore

LEASE = timedelta(seconds=30)


@contextmanager
def lease_kept(store: LeaseStore, run: RefreshRun, lease: timedelta = LEASE) -> Iterator[None]:
    """Extend the refresh's lease three times in its length until the block ends."""
    with kept(lambda: store.extend_lease(run.run_id, run.token, lease), f"lease {run.run_id}", lease):
        yield


@contextmanager
def kept(extend: Callable[[], None], name: str, lease: timedelta) -> Iterator[None]:
    """Call `extend` three times in the lease's length until the block ends, from a thread of that name.

    A lease that is lost is not reported here: the next write under its token is refused, which is what counts.
    """
    done = Event()

    def work() -> None:
        while not done.wait(lease.total_seconds() / 3):
            try:
                extend()
            except (RefreshStopped, SendingStopped):
                return
            except StoreError:
                continue  # e.g. the disk is full just now; the lease has two more chances

    keeper = Thread(target=work, name=name, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()
