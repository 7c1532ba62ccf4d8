"""What Assign Invoice keeps while it is open: the client's settings as they were seen, and HaloPSA's list."""

from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.integration import Assignment
from billingbot.errors import BillingBotError, ConfigError
from billingbot.ui.dialogs.opening import Opening, Scene
from billingbot.ui.dialogs.picking import Choice
from billingbot.ui.invoice_tables import invoice_table, recurring_table
from billingbot.ui.wording import plain


@dataclass(kw_only=True)
class InvoiceOpening(Opening):
    """`table` is what was read from HaloPSA: None before, and when that failed; `unread` says why then."""

    client: str
    seen: ClientSettings
    assignment: Assignment
    choice: Choice[int] = field(default_factory=Choice)
    table: pd.DataFrame | None = None
    unread: str = ""
    outdated: bool = False

    @property
    def target(self) -> int | None:
        """Return where charges go now."""
        return self.seen.target(self.assignment)

    def read_again(self) -> None:
        """Let the next draw read settings and list."""
        self.outdated = True


def begin(scene: Scene) -> InvoiceOpening:
    """Look at the client's settings; what is its target is chosen."""
    store, key = scene.app.store, scene.integration.key
    seen = store.settings(key, scene.client_id)
    assignment = seen.effective_assignment(scene.integration)
    client = store.client_rows(key, [scene.client_id])["client"].iloc[0]
    return InvoiceOpening(client=client, seen=seen, assignment=assignment, choice=Choice(seen.target(assignment)))


def bring_up_to_date(scene: Scene, opening: InvoiceOpening) -> None:
    """Look at the settings again, and at the list, when they are out of date; read the list when it is not there.

    The choice is kept, unless another kind of invoice is wanted by now.
    """
    if opening.outdated:
        opening.outdated, opening.table, opening.unread = False, None, ""
        opening.seen = scene.app.store.settings(scene.integration.key, scene.client_id)
        opening.choice.table += 1
        _follow_assignment(opening, opening.seen.effective_assignment(scene.integration))
    if opening.table is None and not opening.unread and opening.assignment is not Assignment.NEW:
        _read(scene, opening)


def _follow_assignment(opening: InvoiceOpening, assignment: Assignment) -> None:
    if assignment is opening.assignment:
        return
    opening.assignment, opening.choice.chosen = assignment, opening.seen.target(assignment)
    if opening.clash:
        opening.problem = f"{opening.clash.sentence} Its assignment is {assignment.capitalize()} now."
        opening.clash = None


def _read(scene: Scene, opening: InvoiceOpening) -> None:
    connections, client_id = scene.app.connections, scene.client_id
    try:
        if connections.halo is None:
            raise ConfigError(connections.problems["halo"])
        with st.spinner(f"Reading the invoices of {plain(opening.client)} from HaloPSA …"):
            if opening.assignment is Assignment.RECURRING:
                opening.table = recurring_table(connections.halo.recurring_invoices(client_id))
            else:
                opening.table = invoice_table(connections.halo.invoices(client_id))
    except BillingBotError as error:
        opening.unread = str(error)
