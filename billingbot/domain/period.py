"""A period: a calendar month, for which distributors bill."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from billingbot.errors import InvalidPeriod

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month of a year; `str` gives `2026-11`. Raises `InvalidPeriod` for a month that is none."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.year <= 9998):
            raise InvalidPeriod(f"There is no month {self.month} of the year {self.year}.")

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Return the period that is written like `2026-11`. Raises `InvalidPeriod`."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise InvalidPeriod(f"{text!r} is not a period. Write it like 2026-11.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> "Period":
        """Return the period in which the day lies.

        >>> str(Period.of(date(2026, 11, 30)))
        '2026-11'
        """
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Return the first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Return the last day.

        >>> Period(2024, 2).last
        datetime.date(2024, 2, 29)
        """
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Period":
        """Return the following period."""
        return Period.of(self.first + timedelta(days=31))

    @property
    def previous(self) -> "Period":
        """Return the period before."""
        return Period.of(self.first - timedelta(days=1))
