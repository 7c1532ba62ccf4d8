"""What a session remembers of planning and sending: the plan that is open, and the result that was put aside."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from billingbot.domain.period import Period
from billingbot.domain.plan import Plan, PlanAction, PlannedInvoice
from billingbot.ui.dialogs.picking import Choice


@dataclass
class OpenPlan:
    """The dialog of a plan. `number` is different for each opening, for widgets' keys.

    `plan` None is to be made, unless `problem` says why it could not be. `asking` waits for the second click of Send.
    `readings` counts how often it was made: other rows are other widgets. `confirmed` are the clients that a person
    agreed to, of those that ask. `action` is the only one that is shown, `clients` and `lines` what is chosen.
    """

    integration: str
    period: Period
    client_ids: tuple[int, ...]
    number: int
    plan: Plan | None = None
    problem: str = ""
    asking: bool = False
    readings: int = 0
    confirmed: set[int] = field(default_factory=set)
    action: PlanAction | None = None
    clients: Choice[int] = field(default_factory=Choice)
    lines: dict[int, Choice[str]] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """Return the key of a widget in this reading of the plan."""
        return f"plan-{self.number}-{self.readings}-{name}"

    def lines_of(self, client_id: int) -> Choice[str]:
        """Return which line of the client is chosen."""
        return self.lines.setdefault(client_id, Choice())

    def agree(self, invoice: PlannedInvoice, agreed: bool) -> None:
        """Agree to a client that asks, or no longer; a question that was under way is asked anew then."""
        if agreed != (invoice.client_id in self.confirmed):
            self.asking = False
        if agreed:
            self.confirmed.add(invoice.client_id)
        else:
            self.confirmed.discard(invoice.client_id)

    def plan_again(self) -> None:
        """Let the plan be made again. For use in callbacks."""
        self.plan, self.problem, self.asking = None, "", False
        self.readings += 1
        self.confirmed.clear()
        self.lines.clear()


@dataclass
class SendDesk:
    """Lives in the session, as part of the state of the page that draws it.

    `put_aside` are sendings whose result was read. `plans` has the plan of the newest one, by hash.
    """

    open_plan: OpenPlan | None = None
    openings: int = 0
    put_aside: set[str] = field(default_factory=set)
    plans: dict[str, Plan] = field(default_factory=dict)

    def open(self, integration: str, period: Period, client_ids: Sequence[int]) -> None:
        """Plan for the clients. While a plan is open, the first click wins. For use in callbacks."""
        if self.open_plan is None:
            self.openings += 1
            self.open_plan = OpenPlan(integration, period, tuple(client_ids), self.openings)

    def close(self) -> None:
        """Close the dialog."""
        self.open_plan = None

    def put_away(self, sending_id: str) -> None:
        """Put aside the result of a sending. For use in callbacks."""
        self.put_aside.add(sending_id)
