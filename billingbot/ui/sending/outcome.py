"""How a sending ended: what was sent, what was not and why, and the way to plan what is left."""

import streamlit as st

from billingbot.bootstrap import App, Sending, SendingState
from billingbot.domain.integration import Integration
from billingbot.domain.plan import WRITES, Plan
from billingbot.errors import BillingBotError
from billingbot.ui.sending.ledger_tables import result_table
from billingbot.ui.sending.outcome_words import differing, left, sent_words, tally, worth_a_look
from billingbot.ui.sending.state import SendDesk
from billingbot.ui.wording import count, plain

_ROW_HEIGHT = 35
_ROWS_SHOWN = 8
_CONFIG = {
    "Client": st.column_config.TextColumn(width=230),
    "Outcome": st.column_config.TextColumn(width=165),
    "Invoice": st.column_config.TextColumn(width=140),
    "Total": st.column_config.TextColumn(width=120, alignment="right"),
    "Worth knowing": st.column_config.TextColumn(width=700),
}


def draw_outcome(app: App, desk: SendDesk, integration: Integration, sending: Sending) -> None:
    """Draw what came of it, with Plan again for what is left, and Dismiss."""
    plan = _plan_of(app, desk, sending.plan_hash)
    clients = left_of(sending, plan)
    with st.container(key="send-outcome", horizontal=True, vertical_alignment="center"):
        _draw_sentence(sending, f"{plain(integration.name)}'s charges of {sending.period}", bool(clients))
        if clients:
            st.button(
                f"Plan again for {count(len(clients), 'client')} …",
                icon=":material/refresh:",
                key=f"send-again-{integration.key}",
                help="Reads HaloPSA again and shows what is left to be sent.",
                on_click=desk.open,
                args=(integration.key, sending.period, clients),
            )
        st.button(
            "Dismiss",
            type="tertiary",
            key=f"send-dismiss-{integration.key}",
            help="What was sent stays in the view Sent, and on Activity.",
            on_click=desk.put_away,
            args=(sending.sending_id,),
        )
    if found := worth_a_look(sending.results):
        st.dataframe(
            result_table(found),
            key=f"send-results-{sending.sending_id}",
            hide_index=True,
            column_config=_CONFIG,
            placeholder="",
            row_height=_ROW_HEIGHT,
            height="content" if len(found) <= _ROWS_SHOWN else (_ROWS_SHOWN + 1) * _ROW_HEIGHT,
            alt="What came of it",
        )


def left_of(sending: Sending, plan: Plan | None) -> list[int]:
    """Return the clients that are left to be planned again; all that were to be sent when none was begun."""
    if sending.results or plan is None:
        return left(sending.results)
    return [invoice.client_id for invoice in plan.invoices if invoice.action in WRITES]


def _draw_sentence(sending: Sending, what: str, is_left: bool) -> None:
    results = sending.results
    other = differing(results)
    made = f" HaloPSA made something else of {count(other, 'invoice')} than was sent: look at it." if other else ""
    others = f" {tally(results)}." if tally(results) else ""
    done = f"{what}: sent {sent_words(results)}.{others}{made}"
    if sending.state is SendingState.FAILED:
        before = f" {sending.done:,} of {count(sending.total, 'client')} were done before." if sending.done else ""
        st.error(f"{plain(sending.error)}{before}", icon=":material/error:")
    elif sending.stopping:
        st.info(f"Cancelled. {done}", icon=":material/block:")
    elif is_left or other:
        st.warning(done, icon=":material/warning:")
    else:
        st.success(done, icon=":material/check_circle:")


def _plan_of(app: App, desk: SendDesk, plan_hash: str) -> Plan | None:
    """Return the plan, read once a session; None when it cannot be read any more."""
    if plan_hash not in desk.plans:
        try:
            desk.plans = {plan_hash: app.kept_plan(plan_hash)}
        except BillingBotError:
            return None
    return desk.plans[plan_hash]
