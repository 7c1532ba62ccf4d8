"""What a request to Pax8 asks for: page, size, order, filters; and what Pax8 answers when it makes no sense.

Source: Pax8's Partner API specification. `page` counts from 0, `size` is 10 unless given and 200 at most. An empty list
has no `content` (pax8-cli).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

from billingbot.sandbox.faults import kinds
from billingbot.sandbox.listing import page_of
from billingbot.sandbox.wire import JsonResponse, Row

MOST_ROWS = 200
_DEFAULT_ROWS = 10

T = TypeVar("T")


def page_answer(request: Request, items: Sequence[T], render: Callable[[T], Row]) -> JsonResponse:
    """Return the page that is asked for. Raises a 400 for a page or size that there cannot be."""
    number, size = page_and_size(request)
    page = page_of(items, number + 1, size, render, kinds(request.state.faults))
    pages = -(-page.total // size)
    envelope: Row = {"page": {"size": size, "totalElements": page.total, "totalPages": pages, "number": number}}
    return JsonResponse({"content": page.rows, **envelope} if page.rows else envelope)


def page_and_size(request: Request) -> tuple[int, int]:
    """Return the page, from 0, and its size. Raises a 400."""
    number, size = _integer(request, "page", 0), _integer(request, "size", _DEFAULT_ROWS)
    if number < 0:
        raise HTTPException(400, "page must not be less than zero")
    if not 1 <= size <= MOST_ROWS:
        raise HTTPException(400, f"size must be between 1 and {MOST_ROWS}")
    return number, size


def matching(request: Request, rows: Iterable[Row], filters: Sequence[str]) -> list[Row]:
    """Return the rows that agree with every filter that is given. A filter of an address looks inside the address."""
    wanted = {name: request.query_params[name] for name in filters if name in request.query_params}
    return [row for row in rows if all(_agrees(_value(row, name), text) for name, text in wanted.items())]


def in_order(request: Request, rows: Sequence[T], value: Callable[[T, str], Any], sorts: Sequence[str]) -> Sequence[T]:
    """Return the rows sorted by `sort=field,asc|desc`; as they are when it is absent. Raises a 400 for other fields."""
    field, _, direction = request.query_params.get("sort", "").partition(",")
    if not field:
        return rows
    if field not in sorts or direction not in ("", "asc", "desc"):
        raise HTTPException(400, f"Cannot sort by {field},{direction}")
    return sorted(rows, key=lambda row: value(row, field), reverse=direction == "desc")


def day(request: Request, name: str) -> date | None:
    """Return a date parameter (yyyy-MM-dd), if it is there. Raises a 400."""
    text = request.query_params.get(name)
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise HTTPException(400, f"{name} must be yyyy-MM-dd") from None


def error_answer(request: Request, error: HTTPException) -> JsonResponse:
    """Return an error in Pax8's own shape."""
    status = HTTPStatus(error.status_code)
    problem: Row = {
        "type": status.name,
        "message": error.detail,
        "instance": request.url.path.removeprefix("/pax8"),
        "status": error.status_code,
    }
    return JsonResponse(problem | {"details": []}, error.status_code, error.headers)


def value_of(row: Row, name: str) -> tuple[bool, Any]:
    """Return what to sort a row by, rows without the field first; fields of the address lie inside it."""
    value = _value(row, name)
    return value is not None, value.casefold() if isinstance(value, str) else value


def _value(row: Row, name: str) -> Any:
    return row[name] if name in row else row.get("address", {}).get(name)


def _agrees(value: Any, text: str) -> bool:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" == (text.rstrip("0").rstrip(".") if "." in text else text)
    return text == (str(value).lower() if isinstance(value, bool) else str(value))


def _integer(request: Request, name: str, absent: int) -> int:
    text = request.query_params.get(name, str(absent))
    if not text.lstrip("-").isdecimal():
        raise HTTPException(400, f"{name} must be a number")
    return int(text)
