"""What refreshes and operators do to the tables, said again with dictionaries: the measure for the SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from billingbot.domain.refresh import Missing, Summary

Id = TypeVar("Id", int, str)
Pair = tuple[str, int]
"""Company, client."""


@dataclass(frozen=True)
class Refresh:
    """A refresh that finds these names, and these pairs; links are one to one, with their outcome."""

    clients: Mapping[int, str]
    companies: Mapping[str, str]
    links: Mapping[Pair, str]
    suggestions: frozenset[Pair]


@dataclass(frozen=True)
class Link:
    """An operator links the company, which is refused unless both are present and it is free."""

    pair: Pair


@dataclass(frozen=True)
class Unlink:
    """An operator deletes the pair's link, which is refused when there is none, and so rejects it."""

    pair: Pair


@dataclass(frozen=True)
class Reject:
    """An operator rejects a pair, which is refused when nobody knows it, or it is linked."""

    pair: Pair


Event = Refresh | Link | Unlink | Reject


@dataclass
class Row:
    """A row of a mirror table. Runs are None when there was none."""

    name: str
    added_run: str
    previous_name: str | None = None
    renamed_run: str | None = None
    gone_run: str | None = None


@dataclass
class Model:
    """The tables of one integration. `mapping` holds client, outcome and run; an operator's has no run."""

    clients: dict[int, Row] = field(default_factory=dict)
    companies: dict[str, Row] = field(default_factory=dict)
    mapping: dict[str, tuple[int, str, str | None]] = field(default_factory=dict)
    rejected: set[Pair] = field(default_factory=set)
    suggestions: set[Pair] = field(default_factory=set)

    def missing(self, refresh: Refresh) -> Missing:
        """Return what is present and not in the lists."""
        return Missing(
            frozenset(present(self.clients) - refresh.clients.keys()),
            frozenset(present(self.companies) - refresh.companies.keys()),
        )

    def apply(self, event: Event, run_id: str) -> Summary | None:
        """Do what the event says; a refresh returns its summary."""
        match event:
            case Refresh():
                return self._refresh(event, run_id)
            case Link((company_id, client_id) as pair) if self._present(pair) and company_id not in self.mapping:
                self.mapping[company_id] = (client_id, "confident", None)
                self.rejected.discard(pair)
            case Unlink((company_id, _) as pair) if self._linked(pair):
                del self.mapping[company_id]
                self.rejected.add(pair)
            case Reject((company_id, client_id) as pair) if not self._linked(pair):
                if company_id in self.companies and client_id in self.clients:
                    self.rejected.add(pair)
        return None

    def _refresh(self, refresh: Refresh, run_id: str) -> Summary:
        list_rows(self.clients, refresh.clients, run_id)
        list_rows(self.companies, refresh.companies, run_id)
        for pair, outcome in refresh.links.items():
            if self._free(pair):
                self.mapping[pair[0]] = (pair[1], outcome, run_id)
        self.suggestions = {
            pair for pair in refresh.suggestions if pair[0] not in self.mapping and pair not in self.rejected
        }
        return self._summary(run_id)

    def _present(self, pair: Pair) -> bool:
        return pair[0] in present(self.companies) and pair[1] in present(self.clients)

    def _linked(self, pair: Pair) -> bool:
        return pair[0] in self.mapping and self.mapping[pair[0]][0] == pair[1]

    def _free(self, pair: Pair) -> bool:
        return (
            self._present(pair)
            and pair[0] not in self.mapping
            and pair[1] not in {mapped for mapped, _, _ in self.mapping.values()}
            and pair not in self.rejected
        )

    def _summary(self, run_id: str) -> Summary:
        clients, companies = present(self.clients), present(self.companies)
        free = clients - {client_id for client_id, _, _ in self.mapping.values()}
        suggested = free & {client_id for company_id, client_id in self.suggestions if company_id in companies}
        made = [outcome for _, outcome, run in self.mapping.values() if run == run_id]
        return Summary(
            clients=len(clients),
            clients_new=sum(row.added_run == run_id for row in self.clients.values()),
            clients_renamed=sum(row.renamed_run == run_id for row in self.clients.values()),
            clients_gone=sum(row.gone_run == run_id for row in self.clients.values()),
            companies=len(companies),
            companies_new=sum(row.added_run == run_id for row in self.companies.values()),
            companies_renamed=sum(row.renamed_run == run_id for row in self.companies.values()),
            companies_gone=sum(row.gone_run == run_id for row in self.companies.values()),
            linked=made.count("confident"),
            review=made.count("review"),
            suggested=len(suggested),
            unmatched=len(free - suggested),
            companies_unmatched=len(companies - self.mapping.keys()),
        )


def present(rows: Mapping[Id, Row]) -> set[Id]:
    """Return the ids of the rows that are not gone."""
    return {row_id for row_id, row in rows.items() if row.gone_run is None}


def list_rows(rows: dict[Id, Row], listed: Mapping[Id, str], run_id: str) -> None:
    """Bring a complete list into a mirror table."""
    for row_id in present(rows) - listed.keys():
        rows[row_id].gone_run = run_id
    for row_id, name in listed.items():
        row = rows.setdefault(row_id, Row(name, run_id))
        row.gone_run = None
        if row.name != name:
            row.name, row.previous_name, row.renamed_run = name, row.name, run_id
