"""The guard against losing rows."""

import pytest

from billingbot.domain.refresh import Missing, loses_too_much


@pytest.mark.parametrize(
    ("known", "missing", "too_much"),
    [
        (0, 0, False),
        (3, 3, False),
        (50, 5, False),
        (50, 6, True),
        (51, 6, True),
        (60, 6, False),
        (240, 24, False),
        (240, 25, True),
    ],
)
def test_more_than_five_and_more_than_a_tenth_is_too_much(known: int, missing: int, too_much: bool) -> None:
    assert loses_too_much(range(known), range(missing), fetched=1) is too_much


def test_nothing_at_all_is_always_too_much() -> None:
    assert loses_too_much([], [], fetched=0)


def test_an_approval_covers_what_it_named_and_no_more() -> None:
    approved = Missing(frozenset({1, 2}), frozenset({"a"}))

    assert approved.covers(Missing(frozenset({2}), frozenset()))
    assert not approved.covers(Missing(frozenset({3}), frozenset()))
    assert not approved.covers(Missing(frozenset({1}), frozenset({"b"})))
