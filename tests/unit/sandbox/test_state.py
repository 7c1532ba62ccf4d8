"""The small pieces: ids, JSON, rosters, tokens, budgets, pages."""

from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from billingbot.errors import NotFound
from billingbot.sandbox.dataset import HaloClient, build
from billingbot.sandbox.faults import Fault, FaultBook, FaultKind
from billingbot.sandbox.identifiers import numbers_of, uuid_for
from billingbot.sandbox.listing import LastView, page_of
from billingbot.sandbox.pax8_billing import Pax8Books
from billingbot.sandbox.roster import Roster
from billingbot.sandbox.tokens import RollingWindow, TokenBook
from billingbot.sandbox.wire import decode, encode

CLIENTS = tuple(HaloClient(number, 10 + number, f"Client {number}") for number in range(3))


def roster() -> Roster[int, HaloClient]:
    return Roster(CLIENTS, lambda client: client.client_id)


@pytest.mark.parametrize(("number", "part"), [(0, 0), (99_999, 7), (2**32 - 1, 65_535)])
def test_a_uuid_gives_back_what_it_was_made_of(number: int, part: int) -> None:
    assert numbers_of(1, "company", uuid_for(1, "company", number, part)) == (number, part)


@pytest.mark.parametrize("seed_and_kind", [(2, "company"), (1, "invoice")])
def test_a_uuid_of_another_seed_or_kind_means_nothing(seed_and_kind: tuple[int, str]) -> None:
    assert numbers_of(*seed_and_kind, uuid_for(1, "company", 5)) is None


def test_text_that_is_no_uuid_means_nothing() -> None:
    assert numbers_of(1, "company", "probe") is None


@pytest.mark.parametrize("amount", ["0.1", "2.675", "1234567890.12345", "-0.0079", "100", "1E+3", "0.000001"])
def test_money_comes_through_json_exactly(amount: str) -> None:
    assert Decimal(decode(encode({"total": Decimal(amount)}))["total"]) == Decimal(amount)


def test_an_amount_that_json_cannot_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 15 digits"):
        encode(Decimal("1234567890.1234567"))


def test_a_removed_row_comes_back_to_its_place() -> None:
    clients = roster()
    clients.remove(11)
    without = clients.rows
    clients.restore(11)

    assert (without, clients.rows) == ((CLIENTS[0], CLIENTS[2]), CLIENTS)


def test_a_row_is_found_by_its_place_in_the_data_set_whatever_happens_to_it() -> None:
    clients = roster()
    clients.rename(11, "Another Name")
    renamed = clients.numbered(1)
    clients.remove(11)
    removed = clients.numbered(1)
    clients.restore(11)
    clients.add(HaloClient(7, 17, "New"))

    assert (renamed, removed, clients.numbered(1)) == (HaloClient(1, 11, "Another Name"), None, renamed)
    assert (clients.numbered(7), clients.numbered(8)) == (HaloClient(7, 17, "New"), None)


def test_a_removed_row_cannot_be_found_or_removed_again() -> None:
    clients = roster()
    clients.remove(11)

    assert clients.get(11) is None
    with pytest.raises(NotFound):
        clients.remove(11)


def test_a_list_that_was_read_before_a_change_stays_as_it_was() -> None:
    clients = roster()
    before = clients.rows
    clients.rename(11, "Another Name")

    assert (before, clients.rows[1].name) == (CLIENTS, "Another Name")


def test_a_token_book_takes_only_what_it_issued() -> None:
    numbers = count()
    tokens = TokenBook(60, lambda: 0.0, lambda: f"token-{next(numbers)}")
    tokens.issue()

    assert tokens.accepts("Bearer token-0")
    assert tokens.accepts("bearer token-0")
    assert not tokens.accepts("Bearer token-1")
    assert not tokens.accepts("token-0")


def test_a_window_forgets_one_request_at_a_time() -> None:
    now = [0.0]
    window = RollingWindow(2, 10, lambda: now[0])
    found = []
    for now[0] in (0.0, 5.0, 9.0, 10.0, 11.0, 15.0):
        found.append(window.admits())

    assert found == [True, True, False, True, False, True]


def test_a_window_without_a_limit_admits_everything() -> None:
    window = RollingWindow(None, 10, lambda: 0.0)

    assert all(window.admits() for _ in range(1000))


def test_a_fault_set_again_starts_anew() -> None:
    book, fault = FaultBook(), Fault(FaultKind.EMPTY_LIST, "/list", times=1)
    book.add(fault)
    book.take("/list", 1)
    book.add(fault)

    assert (book.take("/LIST", 1), book.take("/list", 1)) == ([fault], [])


def test_a_request_for_another_page_does_not_use_a_fault_up() -> None:
    book, fault = FaultBook(), Fault(FaultKind.EMPTY_LIST, "/list", page=2, times=1)
    book.add(fault)

    assert (book.take("/list", 1), book.take("/list", 2)) == ([], [fault])


def hits(book: FaultBook, path: str = "/list", method: str = "POST", requests: int = 1000) -> list[bool]:
    """Return which of so many requests were hit by a fault."""
    return [bool(book.take(path, 1, method)) for _ in range(requests)]


def test_a_share_of_the_requests_is_hit_and_the_same_ones_for_the_same_seed() -> None:
    book, other = FaultBook(), FaultBook()
    fault = Fault(FaultKind.ANSWER_LOST, "/list", share=0.15, seed=1)
    book.add(fault)
    other.add(Fault(FaultKind.ANSWER_LOST, "/list", share=0.15, seed=2))

    found = hits(book)
    assert 120 < sum(found) < 180
    assert book.applied(fault) == sum(found)
    book.add(fault)
    assert hits(book) == found
    assert hits(other) != found


def test_a_share_counts_only_requests_that_are_meant_and_ends_after_its_times() -> None:
    book = FaultBook()
    book.add(Fault(FaultKind.ANSWER_LOST, "/list", share=0.5, times=3))
    other_paths = hits(book, "/other", requests=50)
    first = hits(book, requests=50)

    assert (sum(other_paths), sum(first)) == (0, 3)
    book.add(Fault(FaultKind.ANSWER_LOST, "/list", share=0.5, times=3))
    assert hits(book, requests=50) == first


@pytest.mark.parametrize(
    ("path", "method", "hit"),
    [
        ("/halo/api/Invoice", "POST", True),
        ("/HALO/API/invoice/7", "POST", True),
        ("/halo/api/Invoice", "GET", False),
        ("/halo/auth/token", "POST", False),
    ],
)
def test_a_fault_may_be_about_one_method_and_about_all_that_begins_alike(path: str, method: str, hit: bool) -> None:
    book = FaultBook()
    book.add(Fault(FaultKind.SERVER_ERROR, "/halo/api/*", method="POST"))

    assert hits(book, path, method, 1) == [hit]


def test_faults_of_an_empty_list_leave_it_empty() -> None:
    page = page_of([], 2, 10, dict, frozenset(FaultKind))

    assert (page.rows, page.total) == ([], 0)


def test_a_view_is_made_once_for_the_same_list_and_query() -> None:
    view: LastView[int] = LastView()
    rows, other, query = (1, 2), (3,), frozenset({("sort", "name")})
    made = iter([(10,), (20,), (30,)])
    found = [view.of(rows, query, lambda: next(made)) for _ in range(2)]
    found += [view.of(rows, frozenset(), lambda: next(made)), view.of(other, frozenset(), lambda: next(made))]

    assert found == [(10,), (10,), (20,), (30,)]


def test_many_companies_are_billed_without_making_their_items() -> None:
    books = Pax8Books(build(1, 0, 20_000, date(2026, 11, 20)))
    billed = books.billed(books.issues[0])
    last = billed.item(billed.count - 1)

    assert billed.count > 50_000
    assert last[0] == max(number for number in range(20_000) if billed.places_of(number))
    assert len(billed.portfolios) == 500
