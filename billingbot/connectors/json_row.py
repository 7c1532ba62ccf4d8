"""Reading one object of a vendor's answer. A key that is missing or of another type is an error, never a default."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from billingbot.errors import UpstreamSchemaError

# What DECIMAL(18,6) holds.
_MONEY_LIMIT = Decimal(10) ** 12
# What the table of charges holds: DECIMAL(28,10), with room for sums.
_AMOUNT_LIMIT = Decimal(10) ** 15
_AMOUNT_PLACES = 10
_WRITTEN_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d+)?")
_ID_LIMIT = 2**63
# Databases and spreadsheets refuse them; HaloPSA lets them be typed. Tab and line ends are white space and stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# .NET's and HaloPSA's ways to say that there is no date.
_NO_DATE_BEFORE = 1901


@dataclass(frozen=True, slots=True)
class JsonRow:
    """An object, and where it was found: `source` as users know it, `place` such as `/Client row 17`.

    Every method raises `UpstreamSchemaError` that names the key and the place.
    """

    data: Mapping[str, Any]
    source: str
    place: str

    def integer(self, key: str) -> int:
        """Return a whole number of at most 64 bits."""
        value = self._required(key)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= _ID_LIMIT:
            raise self._wrong(key, "a whole number")
        return value

    def text(self, key: str) -> str:
        """Return a text, cleaned."""
        value = self._required(key)
        if not isinstance(value, str):
            raise self._wrong(key, "a text")
        return clean(value)

    def optional_text(self, key: str) -> str | None:
        """Return a text, cleaned; None when it is missing, null or empty."""
        if self.data.get(key) is None:
            return None
        return self.text(key) or None

    def nullable_text(self, key: str) -> str | None:
        """Return a text, cleaned, or None for null. The key must be there: a list's end is said, not left out."""
        return None if self._required(key, null=True) is None else self.text(key)

    def flag(self, key: str) -> bool:
        """Return a truth value. Null counts as false; a missing key does not."""
        value = self._required(key, null=True)
        if value is not None and not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return bool(value)

    def money(self, key: str) -> Decimal:
        """Return an amount below 10¹² in either direction."""
        value = self._required(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self._wrong(key, "an amount")
        amount = Decimal(value)
        if abs(amount) >= _MONEY_LIMIT:
            raise self._wrong(key, "an amount below 10¹²")
        return amount

    def optional_money(self, key: str) -> Decimal | None:
        """Return an amount; None when it is missing or null."""
        return None if self.data.get(key) is None else self.money(key)

    def amount(self, key: str) -> Decimal:
        """Return an amount or a quantity, a JSON number or one in quotes: at most 10 decimals, below 10¹⁵.

        Nothing is rounded: what cannot be kept exactly is an error.
        """
        number = self._number(key, self._required(key))
        if number != round(number, _AMOUNT_PLACES):
            raise self._wrong(key, f"a number below 10¹⁵ with at most {_AMOUNT_PLACES} decimals")
        return number

    def rounded_amount(self, key: str) -> Decimal:
        """Return an amount or a quantity below 10¹⁵, rounded to 10 decimals: for what we show and do not bill.

        Null counts as 0, as a line of text has it; a missing key does not.
        """
        value = self._required(key, null=True)
        return Decimal(0) if value is None else round(self._number(key, value), _AMOUNT_PLACES)

    def optional_amount(self, key: str) -> Decimal | None:
        """Return an amount; None when it is missing, null or an empty text."""
        return None if self.data.get(key) in (None, "") else self.amount(key)

    def optional_day(self, key: str) -> date | None:
        """Return the day of a date-time; None when it is missing, null, empty or a placeholder such as 1900-01-01."""
        text = self.optional_text(key)
        if text is None:
            return None
        try:
            day = datetime.fromisoformat(text).date()
        except ValueError:
            raise self._wrong(key, "a date") from None
        return day if day.year >= _NO_DATE_BEFORE else None

    def row(self, key: str) -> "JsonRow":
        """Return the object under a key."""
        value = self._required(key)
        if not isinstance(value, dict):
            raise self._wrong(key, "an object")
        return JsonRow(value, self.source, f"{self.place}, {key}")

    def rows(self, key: str, id_key: str) -> "list[JsonRow]":
        """Return the objects of a list under a key, each placed by its id."""
        values = self._required(key)
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self._wrong(key, "a list of objects")
        return [JsonRow(value, self.source, f"{self.place}, {_named(value, id_key)}") for value in values]

    def _number(self, key: str, value: Any) -> Decimal:
        if isinstance(value, str) and _WRITTEN_NUMBER.fullmatch(value.strip()):
            value = Decimal(value.strip())
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self._wrong(key, "a number")
        number = Decimal(value)
        if abs(number) >= _AMOUNT_LIMIT:
            raise self._wrong(key, f"a number below 10¹⁵ with at most {_AMOUNT_PLACES} decimals")
        return number

    def _required(self, key: str, *, null: bool = False) -> Any:
        if key not in self.data:
            raise UpstreamSchemaError(f"{self.place} lacks '{key}'.", source=self.source)
        value = self.data[key]
        if value is None and not null:
            raise UpstreamSchemaError(f"{self.place} has null for '{key}'.", source=self.source)
        return value

    def _wrong(self, key: str, expected: str) -> UpstreamSchemaError:
        return UpstreamSchemaError(f"{self.place}: '{key}' is not {expected}.", source=self.source)


def root(value: Any, source: str, label: str) -> JsonRow:
    """Return an answer that must be an object."""
    if not isinstance(value, dict):
        raise UpstreamSchemaError(f"{label} did not answer with an object.", source=source)
    return JsonRow(value, source, label)


def clean(text: str) -> str:
    r"""Return the text without control characters, and with � for halves of characters; white space stays as it is.

    >>> clean("Ac\x00me\t\ud800 ")
    'Acme\t� '
    """
    return _SURROGATES.sub("�", _CONTROLS.sub("", text))


def _named(data: Mapping[str, Any], id_key: str) -> str:
    found = data.get(id_key)
    return (
        f"row {found}"
        if isinstance(found, int) or (isinstance(found, str) and len(found) <= 60)
        else "a row without id"
    )
