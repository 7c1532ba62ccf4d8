"""What every export takes: rows with the columns, the title and the notes that go above them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pandas as pd

from billingbot.errors import DomainError

Value = str | int | float | bool | Decimal | None
"""What a cell holds; None where nothing is known."""


class Kind(StrEnum):
    """What a column holds, and so how it is written and aligned."""

    TEXT = "text"
    WHOLE = "whole"
    SCORE = "score"
    FLAG = "flag"
    AMOUNT = "amount"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `width` is in characters; what is longer is wrapped or cut where a format has to."""

    heading: str
    kind: Kind
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported.

    `notes` are label and value, such as ("Integration", "Pax8"). `rows` has a column for each of `columns`, named by
    its heading, in their order: TEXT str · WHOLE Int64 (ids: no arithmetic, no thousands separator) · SCORE float64,
    to one decimal place · FLAG bool · AMOUNT object (`Decimal`: money, with two decimals at least) · NUMBER object
    (`Decimal`: quantities and shares, as they are). All but FLAG may lack values.

    Raises `DomainError` when rows and columns do not go together.
    """

    title: str
    notes: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: pd.DataFrame

    def __post_init__(self) -> None:
        headings = [column.heading for column in self.columns]
        if list(self.rows.columns) != headings:
            raise DomainError(f"The rows to export have other columns than {headings}.")


def values(table: Table) -> Iterator[list[Value]]:
    """Yield the cells of each column, in the order of the columns; a missing text is ""."""
    for position, column in enumerate(table.columns):
        nothing: Any = "" if column.kind is Kind.TEXT else None
        yield table.rows.iloc[:, position].to_numpy(dtype=object, na_value=nothing).tolist()


def amount_text(amount: Decimal) -> str:
    """Write an amount of money as people read it: exact, with two decimals at least.

    >>> [amount_text(Decimal(text)) for text in ("1234.5", "-0.125000", "1E+3", "-0.00")]
    ['1,234.50', '-0.125', '1,000.00', '0.00']
    """
    shown = number_text(amount)
    whole, _, decimals = shown.partition(".")
    return f"{whole}.{decimals:0<2}"


def number_text(number: Decimal) -> str:
    """Write a number as people read it: exact, without zeros at its end.

    >>> [number_text(Decimal(text)) for text in ("1200", "2.50", "-0.00")]
    ['1,200', '2.5', '0']
    """
    text = f"{number:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
