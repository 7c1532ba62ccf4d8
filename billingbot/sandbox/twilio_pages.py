"""Twilio's pages: each leads to the next by a link, and nobody gets deep into a list but by that link."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import TypeVar
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from billingbot.sandbox.faults import kinds
from billingbot.sandbox.listing import page_of
from billingbot.sandbox.wire import JsonResponse, Row

MOST_ROWS = 1000
_DEFAULT_ROWS = 50
_PAGING = ("PageSize", "Page", "PageToken")

T = TypeVar("T")


def page_answer(
    request: Request, key: str, items: Sequence[T], render: Callable[[T], Row], id_and_name: tuple[str, str]
) -> JsonResponse:
    """Return the page that is asked for, with its rows under `key`; faults know their id and name by those keys.

    Raises a 400 for a size that there cannot be, and for a later page without the token that leads there.
    """
    size, number = _number(request, "PageSize", _DEFAULT_ROWS), _number(request, "Page", 0)
    if not 1 <= size <= MOST_ROWS:
        raise HTTPException(400, f"PageSize must be between 1 and {MOST_ROWS}")
    if number and request.query_params.get("PageToken") != _token(request, size, number):
        raise HTTPException(400, "Invalid PageToken")
    page = page_of(items, number + 1, size, render, kinds(request.state.faults), id_and_name)
    has_more = (number + 1) * size < page.total
    return JsonResponse(
        {
            key: page.rows,
            "first_page_uri": _link(request, size, 0),
            "next_page_uri": _link(request, size, number + 1) if has_more else None,
            "previous_page_uri": _link(request, size, number - 1) if number else None,
            "page": number,
            "page_size": size,
            "start": number * size,
            "end": number * size + max(0, len(page.rows) - 1),
            "uri": _link(request, size, number),
        }
    )


def path_of(request: Request) -> str:
    """Return the path as Twilio knows it."""
    return request.url.path.removeprefix("/twilio")


def _link(request: Request, size: int, number: int) -> str:
    asked = {name: value for name, value in request.query_params.items() if name not in _PAGING}
    asked |= {"PageSize": str(size), "Page": str(number)}
    if number:
        asked["PageToken"] = _token(request, size, number)
    return f"{path_of(request)}?{urlencode(asked)}"


def _token(request: Request, size: int, number: int) -> str:
    """Return what opens a page of this size, and no other."""
    return "PA" + blake2b(f"{path_of(request)}/{size}/{number}".encode(), digest_size=16).hexdigest()


def _number(request: Request, name: str, absent: int) -> int:
    text = request.query_params.get(name, str(absent))
    if not text.isdecimal():
        raise HTTPException(400, f"{name} must be a number")
    return int(text)
