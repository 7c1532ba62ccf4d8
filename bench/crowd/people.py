"""The database of a crowd: clients with charges, of which each person of the crowd has one that nobody else touches."""

from dataclasses import dataclass
from pathlib import Path

from bench.visits.databases import make_databases
from billingbot.bootstrap import build_app
from billingbot.domain.period import Period

INTEGRATION = "pax8"


@dataclass(frozen=True, slots=True)
class Person:
    """An operator in a session of its own. `name` is the client's, and stands in no other person's pages."""

    number: int
    client_id: int
    name: str


def make_people(sandbox_url: str, database: Path, people: int) -> list[Person]:
    """Refresh into the file, fetch a month of charges, and return the people. Raises `RuntimeError`."""
    make_databases(sandbox_url, database, database.with_stem("unused"))
    app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox_url, "BILLINGBOT_DATABASE": str(database)})
    try:
        period = Period.of(app.now().date()).previous
        app.fetch_charges(INTEGRATION, period, "bench", lambda _done, _total: None)
        clients = {billed.client.client_id: billed.client.name for billed in app.billing(INTEGRATION, period).clients}
    finally:
        app.close()
    chosen = _apart(clients)[:people]
    if len(chosen) < people:
        raise RuntimeError(f"Only {len(chosen)} clients have names that cannot be mistaken for each other's.")
    return [Person(number, client_id, clients[client_id]) for number, client_id in enumerate(chosen)]


def _apart(clients: dict[int, str]) -> list[int]:
    """Return the clients with names of plain letters of which none is within another."""
    plain = {client_id: name for client_id, name in clients.items() if name.replace(" ", "").isalpha()}
    return [
        client_id
        for client_id, name in plain.items()
        if sum(name.casefold() in other.casefold() for other in clients.values()) == 1
    ]
