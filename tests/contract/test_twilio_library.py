"""Twilio's own library and our connector see the same: at the sandbox, which both are pointed at."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from billingbot.connectors.twilio import Twilio
from billingbot.domain.period import Period
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.contract.twilio_at_sandbox import connected_to

TODAY = date(2026, 11, 20)


class Pointed:
    """The library's own way to send requests, to another host."""

    def __init__(self, url: str) -> None:
        self.http = TwilioHttpClient()
        self._url = url

    def request(self, method: str, url: str, **kwargs: Any) -> Any:
        return self.http.request(method, url.replace("https://api.twilio.com", self._url), **kwargs)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=60, companies=60, today=TODAY), rate_limit=None) as started:
        yield started


@pytest.fixture
def library(sandbox: Sandbox) -> Iterator[Client]:
    pointed, given = Pointed(f"{sandbox.url}/twilio"), sandbox.credentials
    yield Client(given.twilio_account_sid, given.twilio_auth_token, http_client=pointed)
    pointed.http.session.close()


@pytest.fixture
def connector(sandbox: Sandbox) -> Iterator[Twilio]:
    with connected_to(sandbox, page_size=25) as twilio:
        yield twilio


def ignore(done: int, total: int) -> None:
    """Hear of a page."""


def test_both_list_the_same_subaccounts(library: Client, connector: Twilio) -> None:
    listed = library.api.v2010.accounts.list(page_size=25)

    companies = {company.company_id: company.name for company in connector.companies(ignore)}
    assert companies == {account.sid: account.friendly_name for account in listed if account.sid != library.account_sid}
    assert len(companies) == 60


def test_both_find_the_same_usage_of_the_last_month(library: Client, connector: Twilio) -> None:
    statement = connector.charges(Period(2026, 10), TODAY, ignore)

    ours: defaultdict[str, Decimal] = defaultdict(Decimal)
    for charge in statement.charges:
        ours[charge.company_id] += charge.cost
    theirs, refused = {}, set()
    for company in connector.companies(ignore):
        usage = library.api.v2010.accounts(company.company_id).usage.records.last_month
        try:
            [total] = usage.list(category="totalprice", include_subaccounts=False)
            theirs[company.company_id] = Decimal(str(total.price))
        except TwilioException:
            refused.add(company.company_id)
    assert ours == {sid: total for sid, total in theirs.items() if total}
    assert {sid for sid in refused if any(sid in remark for remark in statement.remarks)} == refused
    assert len(refused) == len(statement.remarks) == 7
