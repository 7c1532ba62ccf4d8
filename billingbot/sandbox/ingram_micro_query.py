"""What a request to Ingram Micro asks for: pages and dates; and a page of a list as Ingram Micro answers it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from starlette.requests import Request

from billingbot.sandbox.faults import kinds
from billingbot.sandbox.ingram_micro_gate import invalid
from billingbot.sandbox.listing import page_of
from billingbot.sandbox.wire import Row

MOST_ROWS = 100
_DEFAULT_ROWS = 25

T = TypeVar("T")


def page_answer(
    request: Request,
    items: Sequence[T],
    render: Callable[[T], Row],
    keys: tuple[str, str, str],
    paging: tuple[str, str] = ("pageSize", "pageNumber"),
) -> Row:
    """Return the page that is asked for. Raises a 400 for a page or size that there cannot be.

    Args:
        request: says which.
        items: the whole list.
        render: makes a row of an item.
        keys: of the rows in the answer, and of what faults know as id and name in each.
        paging: the parameters for the size and for the number, which counts from 1.
    """
    size, number = _integer(request, paging[0], _DEFAULT_ROWS, MOST_ROWS), _integer(request, paging[1], 1)
    page = page_of(items, number, size, render, kinds(request.state.faults), keys[1:])
    return {"recordsFound": page.total, "pageSize": size, "pageNumber": number, keys[0]: page.rows}


def days(request: Request, name: str) -> list[date]:
    """Return the dates (yyyy-MM-dd) of a parameter, which may be given several times. Raises a 400."""
    try:
        return [date.fromisoformat(text) for text in request.query_params.getlist(name)]
    except ValueError:
        raise invalid(request, (name, "input date format error expected format is - yyyy-MM-dd")) from None


def _integer(request: Request, name: str, absent: int, most: int | None = None) -> int:
    text = request.query_params.get(name, str(absent))
    if not text.isdecimal() or int(text) < 1 or (most is not None and int(text) > most):
        raise invalid(request, (name, f"{name} is not in the right range"))
    return int(text)
