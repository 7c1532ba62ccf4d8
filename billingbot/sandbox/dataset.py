"""The invented customers of an MSP, as HaloPSA and Pax8 know them. The same seed and size give the same bytes.

Four of five clients have a company that is spelled as another person would; some have two. Some clients have none,
some companies belong to nobody. `DataSet.truth` says which is which; it is for tests and never served without the
control key. All else that the sandbox serves (addresses, invoices, charges) is derived from these rows on demand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from random import Random
from types import MappingProxyType

from billingbot.sandbox.identifiers import uuid_for
from billingbot.sandbox.names import distinct_names, family
from billingbot.sandbox.oddities import ODDITIES
from billingbot.sandbox.respelling import respell, split_legal_form

_LARGEST_INT32 = 2**31 - 1
_WITH_COMPANY = 0.8
_SECOND_COMPANIES = 0.05
_ODD_FROM = 120
_ODD_COMPANY = dict(ODDITIES)


@dataclass(frozen=True, slots=True)
class HaloClient:
    """A row of HaloPSA's client list. `number` is its place in the data set: what is derived hangs on it."""

    number: int
    client_id: int
    name: str
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class Pax8Company:
    """A row of Pax8's company list. `number` is its place in the data set: what is derived hangs on it."""

    number: int
    company_id: str
    name: str
    external_id: str | None = None
    status: str = "Active"


@dataclass(frozen=True, slots=True)
class DataSet:
    """Customers now, former ones (inactive clients, deleted companies), and the truth `company_id -> client_id`.

    `clients` is ordered by id. The truth knows present ones only. `today` is the day on which the newest rows end.
    """

    seed: int
    today: date
    clients: tuple[HaloClient, ...]
    former_clients: tuple[HaloClient, ...]
    companies: tuple[Pax8Company, ...]
    former_companies: tuple[Pax8Company, ...]
    truth: Mapping[str, int]


def build(seed: int, clients: int, companies: int, today: date) -> DataSet:
    """Return the data set of that seed and size, 100,000 of each in seconds.

    Args:
        seed: another seed gives other customers.
        clients: active clients in HaloPSA; one former client comes on top for each 40.
        companies: companies at Pax8 that are not deleted; one deleted company comes on top for each 200.
        today: the day on which the newest invoice, charge and usage end.
    """
    random = Random(seed)  # noqa: S311 - lifelike, not secret
    fresh = distinct_names(random)
    everyone = _clients(_client_names(clients, fresh, random), random)
    owned = owned_companies(everyone, companies, fresh, random)
    orphans = orphan_names(companies - len(owned), everyone, fresh, random)
    present, truth = _companies(seed, [*owned, *((name, None) for name in orphans)], random)
    former = _former_clients(list(islice(fresh, clients // 40)), everyone)
    deleted = _deleted_companies(seed, list(islice(fresh, companies // 200)), companies)
    return DataSet(seed, today, everyone, former, present, deleted, MappingProxyType(truth))


def _client_names(count: int, fresh: Iterator[str], random: Random) -> list[str]:
    """Return the names of all clients: odd ones, families, twice the same, and for the most part plain ones."""
    names = [name for name, _ in ODDITIES] if count >= _ODD_FROM else []
    while len(names) < count // 8:
        names.extend(family(random))
    doubles = count // 100
    names.extend(islice(fresh, max(0, count - len(names) - doubles)))
    names.extend(random.sample(names, doubles))
    random.shuffle(names)
    return names[:count]


def _clients(names: Sequence[str], random: Random) -> tuple[HaloClient, ...]:
    """Number the clients with gaps, as deleted ones leave them; in a long list the last id is near the end of int32."""
    rows: list[HaloClient] = []
    client_id = 11
    for number, name in enumerate(names):
        client_id += random.choice((1, 1, 1, 2, 2, 5))
        last = number + 1 == len(names) >= _ODD_FROM
        rows.append(HaloClient(number, _LARGEST_INT32 - 5 if last else client_id, name))
    return tuple(rows)


def _former_clients(names: Sequence[str], clients: Sequence[HaloClient]) -> tuple[HaloClient, ...]:
    """Return inactive clients; their ids follow those of the second but last client."""
    after = clients[-2].client_id if len(clients) > 1 else 0
    return tuple(HaloClient(len(clients) + i, after + 10 + i, name, inactive=True) for i, name in enumerate(names))


def owned_companies(
    clients: Sequence[HaloClient], limit: int, fresh: Iterator[str], random: Random
) -> list[tuple[str, HaloClient | None]]:
    """Return the companies that belong to a client: its twin, and for a few clients a second one."""
    wanted = min(limit, round(_WITH_COMPANY * len(clients)))
    odd = {client: _ODD_COMPANY[client.name] for client in clients if client.name in _ODD_COMPANY}
    owned: list[tuple[str, HaloClient | None]] = [(name, client) for client, name in odd.items() if name is not None]
    plain = [client for client in clients if client not in odd]
    twins = random.sample(plain, max(0, wanted - len(owned)))
    owned = [*owned, *((_twin_name(client.name, fresh, random), client) for client in twins)][:wanted]
    seconds = random.sample(owned, min(limit - len(owned), round(_SECOND_COMPANIES * len(owned))))
    return owned + [(_second_name(name, random), client) for name, client in seconds]


def _twin_name(name: str, fresh: Iterator[str], random: Random) -> str:
    """Return the name at Pax8: respelled, or, for one of thirty, a former or trading name that nothing links."""
    return next(fresh) if random.random() < 1 / 30 else respell(name, random)


def _second_name(name: str, random: Random) -> str:
    """Return the name of a customer's second company: the very same, or one for a purpose."""
    return random.choice((name, f"{name} - Azure", f"{split_legal_form(name)[0]} Holdings", f"{name} (NFR)"))


def orphan_names(count: int, clients: Sequence[HaloClient], fresh: Iterator[str], random: Random) -> list[str]:
    """Return names of companies without a client; a fifth look like a client's sister company."""
    names: list[str] = []
    for _ in range(max(0, count)):
        if clients and random.random() < 1 / 5:
            stem, _ = split_legal_form(random.choice(clients).name)
            names.append(f"{stem} {random.choice(('South', 'II', '2', '(Ireland)', 'Foundation', 'East', 'Group'))}")
        else:
            names.append(next(fresh))
    return names


def _companies(
    seed: int, owned: list[tuple[str, HaloClient | None]], random: Random
) -> tuple[tuple[Pax8Company, ...], dict[str, int]]:
    """Shuffle the companies, give them ids, and note the truth."""
    random.shuffle(owned)
    rows: list[Pax8Company] = []
    truth: dict[str, int] = {}
    for number, (name, client) in enumerate(owned):
        company_id = uuid_for(seed, "company", number)
        if client is not None:
            truth[company_id] = client.client_id
        status = "Inactive" if random.random() < 0.04 else "Active"
        rows.append(Pax8Company(number, company_id, name, _external_id(client, random), status))
    return tuple(rows), truth


def _external_id(client: HaloClient | None, random: Random) -> str | None:
    """Return the Halo client id for one of seven owned companies, a number of somebody else's list, or nothing."""
    if client is not None and random.random() < 1 / 7:
        return str(client.client_id)
    return f"A{random.randrange(100, 1000)}" if random.random() < 0.2 else None


def _deleted_companies(seed: int, names: Sequence[str], first: int) -> tuple[Pax8Company, ...]:
    return tuple(
        Pax8Company(number, uuid_for(seed, "company", number), name, status="Deleted")
        for number, name in enumerate(names, first)
    )
