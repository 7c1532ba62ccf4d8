"""What decisions and their undoing do, said again with one dictionary: the measure for the store.

A cell is a field of a client's settings, the link of a company, or whether a pair is rejected; None is nothing there. A
batch remembers the cells that it touched, as they were before and after it. To undo it is to put the former values
back, for each company and each client's settings by itself, when all its cells still are as the batch left them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.decision import ConfirmLink, Decision, EditSettings, LinkCompany, RejectPair, UnlinkCompany

Cell = tuple[Any, ...]
"""("field", client, setting) | ("link", company) | ("rejected", company, client)."""

Cells = dict[Cell, Any]
NOTHING_DECIDED = {field.value: value for field, value in ClientSettings().values().items()}


class Refused(Exception):
    """The model refuses."""


@dataclass(frozen=True)
class Link:
    client_id: int
    outcome: str
    score: float | None
    actor: str
    at: datetime
    run: str | None = None


@dataclass
class Batch:
    actor: str
    before: Cells
    after: Cells
    undoes: str | None = None


@dataclass
class Model:
    """Clients and companies that are all present. `cells` leaves out what is None."""

    cells: Cells = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)

    def decide(self, batch: str, decisions: Sequence[tuple[Decision, bool]], actor: str, at: datetime) -> bool:
        """Carry out decisions, each with whether it saw the present version; say whether anything changed."""
        after, touched = dict(self.cells), set[Cell]()
        for decision, current in decisions:
            for cell, value in self._wanted(after, decision, current, actor, at).items():
                touched.add(cell)
                put(after, cell, value)
        return self._commit(batch, actor, touched, after)

    def link_by_machine(self, run_id: str, pairs: Mapping[str, tuple[int, str]], at: datetime) -> None:
        """Do what a refresh does that finds these one to one links."""
        after, touched = dict(self.cells), set[Cell]()
        for company_id, (client_id, outcome) in pairs.items():
            held = {link.client_id for cell, link in self.cells.items() if cell[0] == "link"}
            rejected = ("rejected", company_id, client_id) in self.cells
            if ("link", company_id) not in self.cells and client_id not in held and not rejected:
                after["link", company_id] = Link(client_id, outcome, 95.0, "auto", at, run_id)
                touched.add(("link", company_id))
        self._commit(run_id, "auto", touched, after)

    def undone_by(self, batch: str) -> str:
        """Return who undid the batch, if one of its undos stands."""
        undos = [(name, undo) for name, undo in self.batches.items() if undo.undoes == batch]
        return "".join(undo.actor for name, undo in undos if not self.undone_by(name))

    def undo(self, batch: str, by: str, actor: str, at: datetime, partly: bool) -> int:
        """Take the batch back under the name `by`; return how many companies and clients had to be left."""
        undone = self.batches[batch]
        if self.undone_by(batch):
            raise Refused
        units = {unit(cell) for cell in undone.after}
        wanted = {name: self._former(undone, name, actor, at) for name in units}
        possible = {name: cells for name, cells in wanted.items() if cells is not None}
        if not possible or (len(possible) < len(units) and not partly):
            raise Refused
        after = dict(self.cells)
        for cells in possible.values():
            for cell, value in cells.items():
                put(after, cell, value)
        self._commit(by, actor, {cell for cells in possible.values() for cell in cells}, after, batch)
        return len(units) - len(possible)

    def _former(self, undone: Batch, name: Cell, actor: str, at: datetime) -> Cells | None:
        mine = {cell: value for cell, value in undone.after.items() if unit(cell) == name}
        if any(self.cells.get(cell) != value for cell, value in mine.items()):
            return None
        former = {cell: undone.before[cell] for cell in mine}
        if undone.actor == "auto":
            [(_, link)] = mine.items()
            former["rejected", name[1], link.client_id] = (actor, at)
        result = {**self.cells, **former}
        link = result.get(("link", name[1])) if name[0] == "company" else None
        return None if link and result.get(("rejected", name[1], link.client_id)) else former

    def _wanted(self, cells: Cells, decision: Decision, current: bool, actor: str, at: datetime) -> Cells:
        if isinstance(decision, EditSettings):
            wanted = {("field", decision.client_id, name.value): value for name, value in decision.fields.items()}
            shown = {cell: cells.get(cell, NOTHING_DECIDED[cell[2]]) for cell in wanted}
            differing = {cell: value for cell, value in wanted.items() if value != shown[cell]}
            return differing if current or not differing else refuse()
        company_id, client_id = decision.company_id, decision.client_id
        link, cell, pair = cells.get(("link", company_id)), ("link", company_id), ("rejected", company_id, client_id)
        mine = link is not None and link.client_id == client_id
        match decision:
            case LinkCompany():
                made: Cells = {pair: None} if pair in cells else {}
                made[cell] = Link(client_id, "confident", decision.score, actor, at)
                return {} if mine else made if link is None else refuse()
            case UnlinkCompany():
                return {cell: None, pair: (actor, at)} if mine else refuse()
            case ConfirmLink() if mine and link is not None:
                return {} if link.outcome == "confident" else {cell: replace(link, outcome="confident")}
            case RejectPair() if not mine:
                return {} if pair in cells else {pair: (actor, at)}
        return refuse()

    def _commit(self, batch: str, actor: str, touched: set[Cell], after: Cells, undoes: str | None = None) -> bool:
        if touched:
            before = {cell: self.cells.get(cell) for cell in touched}
            self.batches[batch] = Batch(actor, before, {cell: after.get(cell) for cell in touched}, undoes)
            self.cells = after
        return bool(touched)


def unit(cell: Cell) -> Cell:
    """Return what the cell is undone together with."""
    return ("settings", cell[1]) if cell[0] == "field" else ("company", cell[1])


def put(cells: Cells, cell: Cell, value: Any) -> None:
    """Set a cell; what is as if nobody had decided anything is not there."""
    if value is None or (cell[0] == "field" and value == NOTHING_DECIDED[cell[2]]):
        cells.pop(cell, None)
    else:
        cells[cell] = value


def refuse() -> Cells:
    """Refuse."""
    raise Refused
