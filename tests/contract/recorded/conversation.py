"""How a distributor answers, written down: the least that its connector reads, in the distributor's own shapes.

The answers hold nothing that the connector does not read, so that each key is either needed or named as optional. Lists
that have pages have two. Secrets begin with `canary-`: wherever else that is found, one has leaked.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from billingbot.connectors import Connection, DistributorKind
from billingbot.domain.charge import ChargeKind, Statement
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from tests.contract.patient import LOCAL, WarpedTime
from tests.contract.raw_server import Answer, RawServer, Received, reply

CANARY = "canary-"


@dataclass(frozen=True)
class Answered:
    """One answer. `asked` are the parameters of the query that it is the answer to, as far as they matter."""

    method: str
    path: str
    body: Any
    asked: Mapping[str, str] = field(default_factory=dict)

    def fits(self, request: Received) -> bool:
        """Say whether it answers this request."""
        url = urlsplit(request.target)
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        return (request.method, url.path) == (self.method, self.path) and self.asked.items() <= query.items()


class Line(NamedTuple):
    """What has to be right about a charge."""

    charge_id: str
    company_id: str
    kind: ChargeKind
    quantity: Decimal
    cost: Decimal
    price: Decimal
    tax: Decimal
    fee: Decimal
    currency: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Recorded:
    """Everything that a distributor was recorded to say, and what BillingBot has to make of it.

    Args:
        key: of the kind.
        credentials: values of its fields; `{url}` stands for the address of the server that answers.
        answers: to everything that is asked; the first that fits is given.
        check: method and path of what `check` reads.
        listed: method and path of the list that `companies` reads first.
        optional: keys that may be missing; `orders:data[].name` is one of the answers of `…/orders` only.
        companies: what `companies` has to return.
        period: the month of the charges.
        charges: what `charges` has to return.
        calls_a_minute: the limit that is kept for each endpoint; None where calls a minute are not limited.
    """

    key: str
    credentials: Mapping[str, str]
    answers: tuple[Answered, ...]
    check: tuple[str, str]
    listed: tuple[str, str]
    optional: frozenset[str]
    companies: tuple[Company, ...]
    period: Period
    charges: tuple[Line, ...]
    calls_a_minute: int | None


TODAY = date(2026, 11, 20)


@contextmanager
def playing(
    kind: DistributorKind,
    recorded: Recorded,
    instead: Mapping[tuple[str, str], Answer] | None = None,
    time: WarpedTime | None = None,
) -> Iterator[tuple[Connection, RawServer]]:
    """Yield a connection to a server that answers as recorded, and the server.

    Args:
        kind: what is connected.
        recorded: the answers; anything else is not found.
        instead: other answers, by method and path.
        time: waits pass at once on it.
    """

    async def serve(request: Received, writer: asyncio.StreamWriter) -> None:
        other = (instead or {}).get((request.method, urlsplit(request.target).path))
        await (other or answer_to(recorded, request))(request, writer)

    with RawServer(serve) as server:
        connection = kind.connect(
            credentials_at(recorded, server.url), allowed_hosts=LOCAL, timing=(time or WarpedTime()).timing()
        )
        try:
            yield connection, server
        finally:
            connection.close()


def answer_to(recorded: Recorded, request: Received) -> Answer:
    """Return the recorded answer, or 404."""
    found = next((answer for answer in recorded.answers if answer.fits(request)), None)
    return reply(404, b"{}") if found is None else reply(body=json.dumps(found.body).encode())


def credentials_at(recorded: Recorded, url: str) -> dict[str, str]:
    """Return the credentials for a server at that address."""
    return {name: value.replace("{url}", url) for name, value in recorded.credentials.items()}


def lines_of(statement: Statement) -> list[Line]:
    """Return what has to be right about the charges."""
    return [Line(*(getattr(charge, name) for name in Line._fields)) for charge in statement.charges]


def signed_in(path: str, keys: tuple[str, str] = ("access_token", "expires_in")) -> Answered:
    """Return the answer to a sign-in that works; `keys` are those of the token and of the seconds that it lives."""
    return Answered("POST", path, dict(zip(keys, (f"{CANARY}token", 3600), strict=True)))


def ignore(done: int, total: int) -> None:
    """Hear of a page."""
