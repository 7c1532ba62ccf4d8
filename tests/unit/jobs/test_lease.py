"""Keeping a lease while a run works."""

from datetime import timedelta
from threading import Event
from threading import enumerate as enumerate_threads

from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.errors import RefreshStopped, StoreFull
from billingbot.jobs.lease import lease_kept
from tests.fakes import NOON

RUN = RefreshRun("run", "pax8", "ann", RefreshState.RUNNING, NOON, token=7)
SHORT = timedelta(milliseconds=30)


class LeaseBook:
    """Notes each extension; raises what it is told to raise, in turn."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)
        self.extensions: list[tuple[str, int]] = []
        self.three_times = Event()

    def extend_lease(self, run_id: str, token: int, lease: timedelta) -> None:
        assert lease == SHORT
        self.extensions.append((run_id, token))
        if len(self.extensions) == 3:
            self.three_times.set()
        error = self.errors.pop(0) if self.errors else None
        if error:
            raise error


def test_the_lease_is_extended_again_and_again_until_the_work_ends() -> None:
    book = LeaseBook()

    with lease_kept(book, RUN, SHORT):
        assert book.three_times.wait(5)

    assert set(book.extensions) == {("run", 7)}
    assert not [thread for thread in enumerate_threads() if thread.name == "lease run"]


def test_a_full_disk_does_not_end_it() -> None:
    book = LeaseBook(StoreFull("no space"), StoreFull("no space"))

    with lease_kept(book, RUN, SHORT):
        assert book.three_times.wait(5)


def test_a_lost_lease_is_not_asked_for_again() -> None:
    book = LeaseBook(RefreshStopped("cancelled"))

    with lease_kept(book, RUN, SHORT):
        assert not book.three_times.wait(0.2)

    assert len(book.extensions) == 1
