"""A list is believed when its pages agree with each other, and only then."""

from collections.abc import Sequence

import pytest

from billingbot.connectors.pages import LinkedListing, LinkedPage, Listing, Page, walk, walk_links
from billingbot.errors import RefreshStopped, UpstreamListUnstable, UpstreamSchemaError

Pages = Sequence[tuple[Sequence[int], int]]


def listing(*walks: Pages, rising: bool = True, most_pages: int = 50) -> Listing[int, str]:
    """Return a list that gives these pages on its first walk, those on its second; the last walk again and again."""
    left = list(walks)

    def page(number: int) -> Page[int, str]:
        if number == 1 and len(left) > 1:
            left.append(left.pop(0))
        ids, promised = left[-1][number - 1]
        return Page([(row_id, f"row {row_id}") for row_id in ids], promised)

    return Listing("Vendor", "/rows", page, rising, most_pages)


def ignore(done: int, total: int) -> None:
    """Hear of a page."""


GOOD: Pages = [((-3, 1, 2), 5), ((4, 9), 5)]


def test_all_pages_are_read_in_order() -> None:
    heard: list[tuple[int, int]] = []

    rows = walk(listing(GOOD), lambda done, total: heard.append((done, total)))

    assert list(rows.items()) == [(row_id, f"row {row_id}") for row_id in (-3, 1, 2, 4, 9)]
    assert heard == [(3, 5), (5, 5)]


def test_an_empty_list_is_a_list() -> None:
    assert walk(listing([((), 0)]), ignore) == {}


CONTRADICTIONS: dict[str, tuple[Pages, str]] = {
    "a repeated id": ([((1, 2), 4), ((2, 3), 4)], "page 2 brings row 2 again"),
    "a repeated id on one page": ([((1, 1), 4)], "page 1 brings row 1 again"),
    "the same page again": ([((1, 2), 4), ((1, 2), 4)], "page 2 brings row 1 again"),
    "another number of rows": ([((1, 2), 4), ((3, 4), 5)], "page 2 promises 5 rows in all, earlier ones 4"),
    "fewer rows than promised": ([((1, 2), 4), ((3,), 4), ((), 4)], "page 3 is empty, after 3 of 4 rows"),
    "no rows at all": ([((), 4)], "page 1 is empty, after 0 of 4 rows"),
    "more rows than promised": ([((1, 2), 3), ((3, 4), 3)], "page 2 brings more than the promised 3 rows"),
    "rows where none are promised": ([((1, 2), 0)], "page 1 brings more than the promised 0 rows"),
    "a negative promise": ([((), -1)], "page 1 is empty, after 0 of -1 rows"),
    "another order": ([((1, 3), 4), ((2, 4), 4)], "page 2 brings row 2 after 3"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_list_that_contradicts_itself_twice_is_refused(name: str) -> None:
    pages, contradiction = CONTRADICTIONS[name]

    with pytest.raises(UpstreamListUnstable) as caught:
        walk(listing(pages), ignore)

    expected = f"Vendor: /rows changed while it was read, 2 times in a row: {contradiction}."
    assert str(caught.value) == expected


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_list_that_contradicts_itself_once_is_walked_again(name: str) -> None:
    pages, _ = CONTRADICTIONS[name]

    assert list(walk(listing(pages, GOOD), ignore)) == [-3, 1, 2, 4, 9]


def test_the_order_is_free_where_the_source_does_not_promise_one() -> None:
    assert list(walk(listing([((3, 1), 3), ((2,), 3)], rising=False), ignore)) == [3, 1, 2]


def test_a_list_without_end_is_refused() -> None:
    endless = [((number,), 10**9) for number in range(60)]

    with pytest.raises(UpstreamSchemaError, match="/rows has no end after 50 pages"):
        walk(listing(endless), ignore)


def test_whoever_hears_of_the_pages_can_stop_the_walk() -> None:
    asked: list[int] = []

    def page(number: int) -> Page[int, str]:
        asked.append(number)
        return Page([(number, "row")], 5)

    def stop(done: int, total: int) -> None:
        raise RefreshStopped(f"{done}/{total}")

    with pytest.raises(RefreshStopped, match="1/5"):
        walk(Listing("Vendor", "/rows", page, rising=True), stop)

    assert asked == [1]


Links = dict[str, tuple[Sequence[int], str | None]]


def linked(*walks: Links, most_pages: int = 50) -> LinkedListing[int, str]:
    """Return a list that has these pages on its first walk, those on its second; the last walk again and again."""
    left = list(walks)

    def page(link: str, number: int) -> LinkedPage[int, str]:
        if number == 1 and len(left) > 1:
            left.append(left.pop(0))
        ids, next_link = left[-1][link]
        return LinkedPage([(row_id, f"row {row_id}") for row_id in ids], next_link)

    return LinkedListing("Vendor", "/rows", "/first", page, most_pages)


GOOD_LINKS: Links = {"/first": ((3, 1), "/second"), "/second": ((2,), None)}


def test_links_are_followed_to_the_page_that_leads_nowhere() -> None:
    heard: list[tuple[int, int]] = []

    rows = walk_links(linked(GOOD_LINKS), lambda done, total: heard.append((done, total)))

    assert list(rows.items()) == [(row_id, f"row {row_id}") for row_id in (3, 1, 2)]
    assert heard == [(2, 0), (3, 0)]


@pytest.mark.parametrize(
    "pages",
    [
        {"/first": ((), None)},
        {"/first": ((), "/second"), "/second": ((), None)},
    ],
    ids=["one page", "two pages"],
)
def test_a_list_of_empty_pages_is_an_empty_list(pages: Links) -> None:
    assert walk_links(linked(pages), ignore) == {}


ASTRAY: dict[str, tuple[Links, str]] = {
    "a repeated id": ({"/first": ((1, 2), "/second"), "/second": ((2,), None)}, "page 2 brings row 2 again"),
    "a repeated id on one page": ({"/first": ((1, 1), None)}, "page 1 brings row 1 again"),
    "a link to itself": ({"/first": ((1,), "/first")}, "page 1 leads back to an earlier one"),
    "a circle": (
        {"/first": ((1,), "/second"), "/second": ((2,), "/third"), "/third": ((), "/second")},
        "page 3 leads back to an earlier one",
    ),
}


@pytest.mark.parametrize("name", ASTRAY)
def test_links_that_go_astray_twice_are_refused(name: str) -> None:
    pages, contradiction = ASTRAY[name]

    with pytest.raises(UpstreamListUnstable) as caught:
        walk_links(linked(pages), ignore)

    assert str(caught.value) == f"Vendor: /rows changed while it was read, 2 times in a row: {contradiction}."


@pytest.mark.parametrize("name", ASTRAY)
def test_links_that_go_astray_once_are_followed_again(name: str) -> None:
    assert list(walk_links(linked(ASTRAY[name][0], GOOD_LINKS), ignore)) == [3, 1, 2]


def test_links_without_end_are_refused() -> None:
    endless: Links = {f"/{number}": ((number,), f"/{number + 1}") for number in range(60)}

    with pytest.raises(UpstreamSchemaError, match="/rows has no end after 50 pages"):
        walk_links(linked(endless | {"/first": ((), "/0")}), ignore)


def test_whoever_hears_of_linked_pages_can_stop_the_walk() -> None:
    def stop(done: int, total: int) -> None:
        raise RefreshStopped(f"{done}/{total}")

    with pytest.raises(RefreshStopped, match="2/0"):
        walk_links(linked(GOOD_LINKS), stop)
