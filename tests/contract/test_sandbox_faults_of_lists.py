"""Every fault of a list does what it says, to the page it names, as often as it says."""

from collections.abc import Iterator
from typing import Any

import pytest

from billingbot.sandbox.faults import Fault, FaultKind
from tests.contract.faulty_pages import CLIENTS, COMPANIES, COUNT, PAGES, client_page, company_page, ids
from tests.contract.sandbox_caller import Caller, calling_unlimited


@pytest.fixture(scope="module")
def running() -> Iterator[Caller]:
    with calling_unlimited(COUNT, COUNT) as caller:
        yield caller


@pytest.fixture
def caller(running: Caller) -> Iterator[Caller]:
    yield running
    running.sandbox.control.clear_faults()


@PAGES
def test_an_empty_list_counts_nothing(caller: Caller, path: str, page: Any) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.EMPTY_LIST, path))

    assert page(caller) == ([], 0)


@PAGES
def test_half_a_list_agrees_with_its_count(caller: Caller, path: str, page: Any) -> None:
    right = [*ids(page(caller, 1)), *ids(page(caller, 2))]
    caller.sandbox.control.fault(Fault(FaultKind.HALF_LIST, path))

    assert [page(caller, n)[1] for n in (1, 2, 3)] == [COUNT // 2] * 3
    assert [row_id for n in (1, 2, 3) for row_id in ids(page(caller, n))] == right[: COUNT // 2]


@PAGES
def test_a_short_page_delivers_less_than_is_promised(caller: Caller, path: str, page: Any) -> None:
    right = page(caller)
    caller.sandbox.control.fault(Fault(FaultKind.SHORT_PAGE, path))

    assert page(caller) == (right[0][:-1], right[1])


@PAGES
def test_a_looping_page_comes_again_and_again(caller: Caller, path: str, page: Any) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.LOOPING_PAGE, path))

    assert page(caller, 1) == page(caller, 2) == page(caller, 9)


@PAGES
def test_a_duplicate_row_takes_the_place_of_the_last(caller: Caller, path: str, page: Any) -> None:
    right = page(caller)
    caller.sandbox.control.fault(Fault(FaultKind.DUPLICATE_ROWS, path))

    assert page(caller) == ([*right[0][:-1], right[0][0]], right[1])


@PAGES
def test_a_row_that_goes_between_pages_makes_a_walk_skip_one(caller: Caller, path: str, page: Any) -> None:
    right = [row_id for n in (1, 2) for row_id in ids(page(caller, n))]
    caller.sandbox.control.fault(Fault(FaultKind.ROW_REMOVED, path))
    first, second = page(caller, 1), page(caller, 2)

    assert (first[1], second[1]) == (COUNT, COUNT - 1)
    assert ids(first) + ids(second)[:-1] == right[:10] + right[11:]


@PAGES
def test_a_row_that_comes_between_pages_makes_a_walk_repeat_one(caller: Caller, path: str, page: Any) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.ROW_INSERTED, path))
    first, second = page(caller, 1), page(caller, 2)

    assert (first[1], second[1]) == (COUNT, COUNT + 1)
    assert ids(second)[0] == ids(first)[-1]


@pytest.mark.parametrize(("kind", "key"), [(FaultKind.MISSING_ID, "id"), (FaultKind.MISSING_NAME, "name")])
@PAGES
def test_a_missing_key_is_missing_in_the_first_row_only(
    caller: Caller, path: str, page: Any, kind: FaultKind, key: str
) -> None:
    caller.sandbox.control.fault(Fault(kind, path))
    rows, _ = page(caller)

    assert key not in rows[0]
    assert all(key in row for row in rows[1:])


@pytest.mark.parametrize(("path", "page", "wrong"), [(CLIENTS, client_page, str), (COMPANIES, company_page, int)])
def test_an_id_has_the_wrong_type_in_the_first_row_only(caller: Caller, path: str, page: Any, wrong: type) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.WRONG_TYPE, path))
    found = [type(row_id) for row_id in ids(page(caller))]

    assert found[0] is wrong
    assert wrong not in found[1:]


@PAGES
def test_a_fault_of_a_page_leaves_other_pages_alone(caller: Caller, path: str, page: Any) -> None:
    right = [page(caller, n) for n in (1, 2, 3)]
    caller.sandbox.control.fault(Fault(FaultKind.EMPTY_LIST, path, page=2))

    assert [page(caller, n) for n in (1, 2, 3)] == [right[0], ([], 0), right[2]]


@PAGES
def test_a_fault_of_two_times_happens_twice(caller: Caller, path: str, page: Any) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.EMPTY_LIST, path, times=2))

    assert [page(caller)[1] for _ in range(4)] == [0, 0, COUNT, COUNT]


def test_two_faults_happen_together(caller: Caller) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.SHORT_PAGE, COMPANIES))
    caller.sandbox.control.fault(Fault(FaultKind.MISSING_NAME, COMPANIES))
    rows, _ = company_page(caller)

    assert (len(rows), "name" in rows[0]) == (9, False)


def test_cleared_faults_are_gone(caller: Caller) -> None:
    right = company_page(caller)
    caller.sandbox.control.fault(Fault(FaultKind.EMPTY_LIST, COMPANIES))
    caller.sandbox.control.clear_faults()

    assert company_page(caller) == right
