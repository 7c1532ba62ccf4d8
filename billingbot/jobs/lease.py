"""Keeping a run's lease while the run works, from a thread of its own: one slow page must not lose it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from billingbot.domain.refresh import RefreshRun
from billingbot.errors import RefreshStopped, StoreError
from billingbot.ports import LeaseStore

LEASE = timedelta(seconds=30)


@contextmanager
def lease_kept(store: LeaseStore, run: RefreshRun, lease: timedelta = LEASE) -> Iterator[None]:
    """Extend the lease three times in its length until the block ends.

    A lease that is lost is not reported here: the next write under its token is refused, which is what counts.
    """
    done = Event()

    def extend() -> None:
        while not done.wait(lease.total_seconds() / 3):
            try:
                store.extend_lease(run.run_id, run.token, lease)
            except RefreshStopped:
                return
            except StoreError:
                continue  # e.g. the disk is full just now; the lease has two more chances

    keeper = Thread(target=extend, name=f"lease {run.run_id}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()
