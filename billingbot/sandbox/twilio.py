"""Twilio's API under `/twilio`: accounts, and usage records of a month.

Source: Twilio's OpenAPI of 2010-04-01, its list of error codes, and what users of its libraries saw (a parent may read
a subaccount's LastMonth but not its Daily: twilio-python #787). Every call carries Account SID and Auth Token.
"""

from base64 import b64encode
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from secrets import compare_digest

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from billingbot.sandbox.charges import add_months
from billingbot.sandbox.guard import Endpoint
from billingbot.sandbox.twilio_books import Account, TwilioBooks
from billingbot.sandbox.twilio_catalog import CATEGORIES, TOTAL
from billingbot.sandbox.twilio_pages import page_answer, path_of
from billingbot.sandbox.twilio_rows import VERSION, account_row, usage_row
from billingbot.sandbox.wire import JsonResponse, Row
from billingbot.sandbox.world import World

_PARENT_MONTHS = 60
_ERRORS = {
    400: (20001, "Unknown parameters"),
    401: (20003, "Authenticate"),
    404: (20404, "The requested resource was not found"),
    405: (20004, "Method not allowed"),
    429: (20429, "Too Many Requests"),
    500: (20500, "Internal Server Error"),
}


def twilio_app(world: World) -> Starlette:
    """Return the app to mount at `/twilio`."""
    endpoints, credentials = _Endpoints(world), world.credentials
    pair = f"{credentials.twilio_account_sid}:{credentials.twilio_auth_token}"
    wanted = b64encode(pair.encode()).decode()

    def accepts(authorization: str) -> bool:
        scheme, _, given = authorization.partition(" ")
        return scheme.lower() == "basic" and compare_digest(given.encode(), wanted.encode())

    records = f"/{VERSION}/Accounts/{{sid}}/Usage/Records"
    routes = [
        Route(f"/{VERSION}/Accounts.json", world.twilio.guarded(endpoints.accounts, accepts)),
        Route(f"/{VERSION}/Accounts/{{sid}}.json", world.twilio.guarded(endpoints.account, accepts)),
        *(
            Route(f"{records}/{resource}.json", world.twilio.guarded(endpoints.usage(resource), accepts))
            for resource in ("ThisMonth", "LastMonth", "Monthly")
        ),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _refusal})


class _Endpoints:
    def __init__(self, world: World) -> None:
        self._today = world.data.today
        self._parent_sid = world.credentials.twilio_account_sid
        self._books = TwilioBooks(world.data)

    @cached_property
    def _accounts(self) -> Mapping[str, Account]:
        """Return the subaccounts, and last the parent, which is the oldest."""
        since = add_months(self._today, -_PARENT_MONTHS)
        parent = Account(-1, self._parent_sid, "Sandbox Managed Services", None, "active", since, None)
        return {**self._books.accounts, parent.sid: parent}

    async def accounts(self, request: Request) -> Response:
        """Answer `GET /Accounts.json`."""
        status, name = request.query_params.get("Status"), request.query_params.get("FriendlyName")
        wanted = [
            account
            for account in self._accounts.values()
            if status in (None, account.status) and name in (None, account.name)
        ]
        render = partial(account_row, self._parent_sid)
        return page_answer(request, "accounts", wanted, render, ("sid", "friendly_name"))

    async def account(self, request: Request) -> Response:
        """Answer `GET /Accounts/{sid}.json`."""
        return JsonResponse(account_row(self._parent_sid, self._found(request)))

    def usage(self, resource: str) -> Endpoint:
        """Return what answers `GET /Accounts/{sid}/Usage/Records/{resource}.json`."""

        async def answer(request: Request) -> Response:
            account = self._found(request)
            if account.refusal is not None:
                raise HTTPException(account.refusal)
            months = _months(request, resource, self._today, account)
            rows = [row for month in months for row in self._records(account, resource, month)]
            category = request.query_params.get("Category")
            wanted = [row for row in rows if category in (None, row["category"])]
            return page_answer(request, "usage_records", wanted, dict, ("category", "description"))

        return answer

    def _found(self, request: Request) -> Account:
        account = self._accounts.get(request.path_params["sid"])
        if account is None:
            raise HTTPException(404)
        return account

    def _records(self, account: Account, resource: str, month: date) -> Iterator[Row]:
        amounts = self._books.usage(account, month)
        days = [month, min(self._today, month.replace(day=monthrange(month.year, month.month)[1]))]
        if amounts:
            yield usage_row(account, resource, None, amounts[TOTAL], days)
            for category in CATEGORIES:
                yield usage_row(account, resource, category, amounts[category.name], days)


def _months(request: Request, resource: str, today: date, account: Account) -> list[date]:
    """Return the first days of the months that are asked for, the newest first."""
    this_month = today.replace(day=1)
    if resource == "ThisMonth":
        return [this_month]
    if resource == "LastMonth":
        return [add_months(this_month, -1)]
    start, end = _day(request, "StartDate", account.since), _day(request, "EndDate", today)
    months = (add_months(this_month, -ago) for ago in range(_PARENT_MONTHS))
    return [month for month in months if start.replace(day=1) <= month <= end]


def _day(request: Request, name: str, absent: date) -> date:
    try:
        return date.fromisoformat(request.query_params.get(name, absent.isoformat()))
    except ValueError:
        raise HTTPException(400, f"{name} must be YYYY-MM-DD") from None


async def _refusal(request: Request, error: Exception) -> Response:
    """Answer in Twilio's shape of errors."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    status = error.status_code
    code, message = _ERRORS[status]
    if status == 400:
        message = error.detail
    if status == 404:
        message = f"The requested resource {path_of(request)} was not found"
    own = {401: {"WWW-Authenticate": 'Basic realm="Twilio API"'}, 429: {"Twilio-Concurrent-Requests": "101"}}
    body = {"code": code, "message": message, "more_info": f"https://www.twilio.com/docs/errors/{code}"}
    return JsonResponse(body | {"status": status}, status, {**own.get(status, {}), **(error.headers or {})})
