"""Amounts in JSON stand as they are, and texts come back."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.connectors.halo.exact_json import exact_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    assert json.loads(exact_json(value), parse_float=Decimal) == value


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0.0079", "0.0079"), ("0.10", "0.10"), ("1E+3", "1000"), ("1E-10", "0.0000000001"), ("-4.1", "-4.1")],
)
def test_an_amount_is_written_with_the_digits_that_it_has(amount: str, text: str) -> None:
    assert exact_json({"unit_price": Decimal(amount)}) == f'{{"unit_price": {text}}}'


def test_any_text_is_written_in_ascii() -> None:
    text = 'Quote " back\\slash \n عربى 👩‍👩‍👧 \ud800 \u2028'

    assert exact_json([text]).isascii()
    assert json.loads(exact_json([text])) == [text]


@pytest.mark.parametrize("value", [0.1, Decimal("NaN"), Decimal("Infinity"), {1}, b"x"])
def test_what_json_does_not_know_exactly_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="not written as JSON"):
        exact_json({"lines": [value]})
