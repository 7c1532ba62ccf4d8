"""What a request to HaloPSA asks for: paging, order and filters, with HaloPSA's traps.

Sources: HaloAPI #90 (a page never has more than 100 rows), HaloAPI's own spelling `pageinate`; other spellings are
ignored, and then `count`, 50 unless given, limits one unpaged answer.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

from billingbot.sandbox.faults import kinds
from billingbot.sandbox.listing import page_of
from billingbot.sandbox.wire import JsonResponse, Row

MOST_ROWS = 100
_DEFAULT_ROWS = 50
_PAGING = {"page_no", "page_size", "pageinate", "count"}

T = TypeVar("T")


def list_answer(request: Request, items: Sequence[T], key: str, render: Callable[[T], Row]) -> JsonResponse:
    """Return the page that is asked for in its envelope, the rows under `key`."""
    if flag(request, "pageinate"):
        number, asked = max(integer(request, "page_no", 1), 1), integer(request, "page_size", _DEFAULT_ROWS)
        size = min(asked, MOST_ROWS)
    else:
        number = 1
        size = asked = integer(request, "count", _DEFAULT_ROWS)
        if flag(request, "idonly"):
            render = _only_id(render)
    page = page_of(items, number, max(size, 0), render, kinds(request.state.faults))
    return JsonResponse({"page_no": number, "page_size": asked, "record_count": page.total, key: page.rows})


def query_of(request: Request) -> frozenset[tuple[str, str]]:
    """Return what is asked of a list besides the page."""
    return frozenset(item for item in request.query_params.items() if item[0] not in _PAGING)


def flag(request: Request, name: str) -> bool:
    """Return a boolean parameter; absent is false."""
    return request.query_params.get(name, "false").lower() == "true"


def integer(request: Request, name: str, absent: int) -> int:
    """Return an integer parameter. Raises the 400 that names it."""
    return to_integer(name, request.query_params.get(name, str(absent)))


def to_integer(name: str, text: str) -> int:
    """Return the integer that a path or query says. Raises the 400 that names it."""
    try:
        return int(text)
    except ValueError:
        raise bad_request({name: [f"The value '{text}' is not valid."]}) from None


def integers(request: Request, name: str) -> set[int]:
    """Return a parameter that lists integers with commas; absent is empty."""
    return {to_integer(name, part) for part in request.query_params.get(name, "").split(",") if part}


def ordered(request: Request, items: Iterable[T], by: dict[str, Callable[[T], Any]]) -> list[T]:
    """Return the items in the order asked for, by id when none is; an unknown field counts as none."""
    field = request.query_params.get("order", "id").lower()
    return sorted(items, key=by.get(field, by["id"]), reverse=flag(request, "orderdesc"))


def searched(request: Request, items: Iterable[T], text_of: Callable[[T], str]) -> Iterable[T]:
    """Return the items whose text holds the parameter `search`, in any case."""
    wanted = request.query_params.get("search", "").casefold()
    return (item for item in items if wanted in text_of(item).casefold()) if wanted else items


def bad_request(shape: object) -> HTTPException:
    """Return a 400 whose body is this JSON: an object of fields, or a bare string."""
    return HTTPException(400, json.dumps(shape))


def _only_id(render: Callable[[T], Row]) -> Callable[[T], Row]:
    return lambda item: {"id": render(item)["id"]}


def saved_answer(rows: list[Row]) -> JsonResponse:
    """Return what a POST of an array answers: 201, and an object when it was one element."""
    return JsonResponse(rows[0] if len(rows) == 1 else rows, 201)
