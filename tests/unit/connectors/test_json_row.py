"""What is read from a vendor's object is of the promised type, or an error that says where it is not."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billingbot.connectors.json_row import JsonRow, root
from billingbot.errors import UpstreamSchemaError


def row(**data: Any) -> JsonRow:
    return JsonRow(data, "Vendor", "/list row 7")


READERS: dict[str, Callable[[JsonRow], object]] = {
    "integer": lambda row: row.integer("key"),
    "text": lambda row: row.text("key"),
    "nullable text": lambda row: row.nullable_text("key"),
    "flag": lambda row: row.flag("key"),
    "money": lambda row: row.money("key"),
    "row": lambda row: row.row("key"),
    "rows": lambda row: row.rows("key", "id"),
}


@pytest.mark.parametrize("reader", READERS)
def test_a_missing_key_is_named_with_its_row(reader: str) -> None:
    with pytest.raises(UpstreamSchemaError, match=r"^Vendor: /list row 7 lacks 'key'\.$"):
        READERS[reader](row(other=1))


@pytest.mark.parametrize("reader", sorted(READERS.keys() - {"flag", "nullable text"}))
def test_a_null_is_named_with_its_row(reader: str) -> None:
    with pytest.raises(UpstreamSchemaError, match=r"^Vendor: /list row 7 has null for 'key'\.$"):
        READERS[reader](row(key=None))


WRONG: list[tuple[str, Any]] = [
    ("integer", "1"),
    ("integer", True),
    ("integer", Decimal("1.0")),
    ("integer", 2**63),
    ("text", 1),
    ("nullable text", 1),
    ("flag", 1),
    ("flag", "false"),
    ("money", "1.10"),
    ("money", True),
    ("money", 10**12),
    ("money", Decimal("-1E+999999")),
    ("row", []),
    ("rows", {}),
    ("rows", [1]),
]


@pytest.mark.parametrize(("reader", "value"), WRONG)
def test_a_value_of_another_type_is_named_with_its_row(reader: str, value: Any) -> None:
    with pytest.raises(UpstreamSchemaError, match=r"^Vendor: /list row 7: 'key' is not "):
        READERS[reader](row(key=value))


def test_money_keeps_every_digit() -> None:
    amounts = (Decimal("0.10000000000000000001"), -5, Decimal("999999999999.999999"))

    assert [row(key=amount).money("key") for amount in amounts] == list(amounts)


@pytest.mark.parametrize(
    ("raw", "rounded"),
    [
        (Decimal("0.30000000000000004"), "0.3"),
        (Decimal("-0.0079"), "-0.0079"),
        (7, "7"),
        (None, "0"),
        ("12.50", "12.5"),
        (Decimal("999999999999999.99999999994"), "999999999999999.9999999999"),
    ],
)
def test_an_amount_to_look_at_is_rounded_to_ten_decimals(raw: object, rounded: str) -> None:
    assert row(key=raw).rounded_amount("key") == Decimal(rounded)


@pytest.mark.parametrize("raw", [True, "x", Decimal("1E15"), [], ""])
def test_an_amount_to_look_at_must_be_one(raw: object) -> None:
    with pytest.raises(UpstreamSchemaError, match="'key' is not a number"):
        row(key=raw).rounded_amount("key")


def test_an_optional_amount_that_is_no_amount_is_still_an_error() -> None:
    with pytest.raises(UpstreamSchemaError, match="'key' is not an amount"):
        row(key="0").optional_money("key")


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Ac\x00me", "Acme"),
        ("\x1b[31mAcme\x7f\x85", "[31mAcme"),
        ("  Acme\t GmbH\r\n", "  Acme\t GmbH\r\n"),
        ("Acme \ud83d", "Acme �"),
        ("Łódź 株式会社 🏢", "Łódź 株式会社 🏢"),
    ],
)
def test_text_is_cleaned_at_the_edge_and_not_more(raw: str, cleaned: str) -> None:
    assert row(key=raw).text("key") == cleaned


def test_a_nullable_text_may_be_null_or_empty_but_not_missing() -> None:
    assert [row(key=value).nullable_text("key") for value in (None, "", "a\x00b")] == [None, "", "ab"]


@pytest.mark.parametrize("data", [{}, {"key": None}, {"key": ""}, {"key": "\x00"}])
def test_an_optional_text_that_says_nothing_is_none(data: dict[str, Any]) -> None:
    assert row(**data).optional_text("key") is None


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2026-11-02T00:00:00", date(2026, 11, 2)),
        ("2026-11-02", date(2026, 11, 2)),
        ("2023-01-04T07:55:24.0500000Z", date(2023, 1, 4)),
        ("2023-08-11T23:33:12.314-0600", date(2023, 8, 11)),
        ("1900-01-01T00:00:00", None),
        ("0001-01-01T00:00:00", None),
        (None, None),
        ("", None),
    ],
)
def test_a_day_is_the_vendors_own(raw: str | None, day: date | None) -> None:
    assert row(key=raw).optional_day("key") == day


def test_a_day_that_is_no_day_is_an_error() -> None:
    with pytest.raises(UpstreamSchemaError, match="'key' is not a date"):
        row(key="next week").optional_day("key")


def test_the_rows_of_a_list_are_placed_by_their_ids() -> None:
    rows = row(key=[{"id": -5}, {"id": "a-b"}, {}, {"id": "x" * 1000}]).rows("key", "id")

    assert [found.place for found in rows] == [
        "/list row 7, row -5",
        "/list row 7, row a-b",
        "/list row 7, a row without id",
        "/list row 7, a row without id",
    ]


@pytest.mark.parametrize("value", [[], "text", None, 1])
def test_an_answer_that_is_no_object_is_an_error(value: Any) -> None:
    with pytest.raises(UpstreamSchemaError, match="/list did not answer with an object"):
        root(value, "Vendor", "/list")
