"""Pax8's billing endpoints: invoices, items, drafts, subscriptions, usage."""

from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from billingbot.sandbox.charges import Holding, add_months
from billingbot.sandbox.dataset import Pax8Company
from billingbot.sandbox.identifiers import numbers_of, uuid_for
from billingbot.sandbox.pax8_billing import Billed, Issue, Pax8Books
from billingbot.sandbox.pax8_query import day, in_order, matching, page_answer, value_of
from billingbot.sandbox.pax8_rows import (
    draft_item_row,
    invoice_row,
    item_row,
    subscription_row,
    summary_row,
    usage_line_row,
)
from billingbot.sandbox.pax8_usage import UsageSummary, meters, summaries
from billingbot.sandbox.wire import JsonResponse, Row
from billingbot.sandbox.world import World

_INVOICE_SORTS = ("invoiceDate", "dueDate", "status", "partnerName", "total", "balance", "carriedBalance")
_INVOICE_FILTERS = ("status", "invoiceDate", "dueDate", "total", "balance", "carriedBalance")
_SUBSCRIPTION_SORTS = ("quantity", "startDate", "endDate", "createdDate", "billingStart", "price")
_SUBSCRIPTION_FILTERS = ("status", "billingTerm", "productId")
_SUMMARY_SORTS = ("resourceGroup", "currentCharges", "partnerTotal")


class Pax8Billing:
    """Endpoints over what was billed to the companies that the data set began with."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._data = world.data
        self._books = Pax8Books(world.data)

    async def invoices(self, request: Request) -> Response:
        """Answer `GET /invoices`. They are the partner's, so no company has one of its own."""
        company = self._company_asked_for(request, 404)
        rows = [] if company else matching(request, map(self._invoice_row, self._books.issues), _INVOICE_FILTERS)
        start, end = day(request, "invoiceDateRangeStart"), day(request, "invoiceDateRangeEnd")
        rows = [row for row in rows if (start is None or row["invoiceDate"] >= start.isoformat())]
        rows = [row for row in rows if (end is None or row["invoiceDate"] <= end.isoformat())]
        return page_answer(request, in_order(request, rows, value_of, _INVOICE_SORTS), dict)

    async def invoice(self, request: Request) -> Response:
        """Answer `GET /invoices/{id}`."""
        return JsonResponse(self._invoice_row(self._issue(request)))

    async def items(self, request: Request) -> Response:
        """Answer `GET /invoices/{id}/items`."""
        issue = self._issue(request)
        billed = self._books.billed(issue)
        return page_answer(request, range(billed.count), lambda place: self._item_row(billed, issue, place))

    async def draft_items(self, request: Request) -> Response:
        """Answer `GET /invoices/draftItems`: of this month (0) or of the next (1)."""
        offset = request.query_params.get("monthOffset", "1")
        if offset not in ("0", "1"):
            raise HTTPException(422, "Invalid monthOffset value")
        month = add_months(self._data.today, int(offset))
        company, billed = self._company_asked_for(request, 404), self._books.draft(month)
        places = range(billed.count) if company is None else billed.places_of(company.number)
        return page_answer(request, places, lambda place: self._draft_row(billed, place))

    async def subscriptions(self, request: Request) -> Response:
        """Answer `GET /subscriptions`."""
        company = self._company_asked_for(request, 403)
        held = self._books.subscriptions() if company is None else self._held(company)
        asked = set(request.query_params) - {"page", "size", "companyId"}
        if not asked:
            return page_answer(request, list(held), self._subscription_row)
        rows = matching(request, map(self._subscription_row, held), _SUBSCRIPTION_FILTERS)
        return page_answer(request, in_order(request, rows, value_of, _SUBSCRIPTION_SORTS), dict)

    async def usage_summaries(self, request: Request) -> Response:
        """Answer `GET /subscriptions/{id}/usage-summaries`; what is not metered has none."""
        company, part = self._owner(request, "subscription", "Invalid subscriptionId")
        held = next((holding for holding in self._books.held(company) if holding.part == part), None)
        if held is None:
            raise HTTPException(404, "Invalid subscriptionId")
        found = summaries(self._data.seed, company, held) if held.is_metered else []
        rows = matching(request, (summary_row(self._data, one) for one in found), ("resourceGroup", "companyId"))
        return page_answer(request, in_order(request, rows, value_of, _SUMMARY_SORTS), dict)

    async def usage_lines(self, request: Request) -> Response:
        """Answer `GET /usage-summaries/{id}/usage-lines` of one day."""
        company, part = self._owner(request, "usage", "Invalid usage summary id")
        usage_date = day(request, "usageDate")
        if usage_date is None:
            raise HTTPException(400, "usageDate is required")
        summary = next((one for one in self._all_summaries(company) if one.part == part), None)
        if summary is None:
            raise HTTPException(404, "Invalid usage summary id")
        counted = meters(self._data, summary, usage_date)
        return page_answer(request, counted, lambda meter: usage_line_row(self._data, summary, usage_date, meter))

    def _issue(self, request: Request) -> Issue:
        found = numbers_of(self._data.seed, "invoice", request.path_params["id"])
        if found is None or found[0] >= len(self._books.issues):
            raise HTTPException(404, "Invalid invoice id")
        return self._books.issues[found[0]]

    def _invoice_row(self, issue: Issue) -> Row:
        return invoice_row(self._data.seed, issue, self._books.billed(issue).total)

    def _item_row(self, billed: Billed, issue: Issue, place: int) -> Row:
        number, within, charge = billed.item(place)
        item_id = uuid_for(self._data.seed, f"item {issue.place}", number, within)
        return item_row(self._data, self._data.companies[number], item_id, charge)

    def _draft_row(self, billed: Billed, place: int) -> Row:
        number, _, charge = billed.item(place)
        return draft_item_row(self._data, self._data.companies[number], charge)

    def _subscription_row(self, held: tuple[Pax8Company, Holding]) -> Row:
        return subscription_row(self._data, *held)

    def _held(self, company: Pax8Company) -> Iterator[tuple[Pax8Company, Holding]]:
        return ((company, holding) for holding in self._books.held(company))

    def _all_summaries(self, company: Pax8Company) -> Iterator[UsageSummary]:
        metered = (holding for holding in self._books.held(company) if holding.is_metered)
        return (summary for holding in metered for summary in summaries(self._data.seed, company, holding))

    def _company_asked_for(self, request: Request, refusal: int) -> Pax8Company | None:
        """Return the company of the parameter `companyId`, if it is given. Raises the refusal for an unknown one."""
        company_id = request.query_params.get("companyId")
        if company_id is None:
            return None
        company = self._world.companies.get(company_id)
        if company is None:
            raise HTTPException(refusal, "Invalid companyId")
        return company

    def _owner(self, request: Request, kind: str, refusal: str) -> tuple[Pax8Company, int]:
        """Return the company and the part that the id in the path names."""
        found = numbers_of(self._data.seed, kind, request.path_params["id"])
        if found is None or found[0] >= len(self._data.companies):
            raise HTTPException(404, refusal)
        return self._data.companies[found[0]], found[1]
