"""The bar above the clients of a month: Plan, what is being sent, and what came of it."""

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from billingbot.bootstrap import App, Sending, SendingState
from billingbot.domain.access import Permission
from billingbot.domain.billing import Billing
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from billingbot.ui.frame import STATIC
from billingbot.ui.permitted import why_not_permitted
from billingbot.ui.references import send_whole_alone
from billingbot.ui.sending.outcome import draw_outcome
from billingbot.ui.sending.state import SendDesk
from billingbot.ui.wording import count, elapsed, plain

_POLL = timedelta(seconds=1)


def draw_plan_button(
    app: App, desk: SendDesk, integration: Integration, period: Period, billing: Billing | None, ticked: Sequence[int]
) -> None:
    """Draw the button that plans for the ticked clients. The dialog that it opens is `dialog.draw_plan_dialog`'s."""
    sending = app.sendings.newest(integration.key)
    running = sending is not None and sending.state is SendingState.RUNNING
    reason = why_not_plan(app, integration, billing, ticked, running)
    st.button(
        f"Plan {count(len(ticked), 'client')} …" if ticked else "Plan …",
        type="primary",
        icon=":material/fact_check:",
        key=f"send-plan-{integration.key}",
        disabled=bool(reason),
        help=reason or "Shows what HaloPSA would get of the ticked clients' charges. Nothing is sent before.",
        on_click=desk.open,
        args=(integration.key, period, tuple(ticked)),
    )


def draw_send_status(app: App, desk: SendDesk, integration: Integration) -> None:
    """Draw how far the newest sending of the integration is, or what came of it until that is put aside."""
    st.html(STATIC / "sending.css")
    sending = app.sendings.newest(integration.key)
    with st.container(key="send-status", gap="small"):
        if sending is None:
            return
        if sending.state is SendingState.RUNNING:
            st.fragment(_draw_progress, run_every=_POLL.total_seconds())(app, integration, sending.sending_id)
        elif sending.sending_id not in desk.put_aside:
            draw_outcome(app, desk, integration, sending)


def why_not_plan(
    app: App, integration: Integration, billing: Billing | None, ticked: Sequence[int], running: bool
) -> str:
    """Say why nothing can be planned now, as Markdown; "" when it can."""
    if refusal := why_not_permitted(app, Permission.OPERATE):
        return refusal
    if running:
        return f"Charges of {plain(integration.name)} are being sent: wait until that has ended."
    if app.connections.halo is None:
        return plain(app.connections.problems.get("halo", "HaloPSA is not connected."))
    if billing is None:
        return "Fetch the month's charges first."
    return "" if ticked else "Tick clients first."


def _draw_progress(app: App, integration: Integration, sending_id: str) -> None:
    """Draw how far it is; the page is drawn again when it has ended."""
    send_whole_alone()
    sending = app.sendings.newest(integration.key)
    if sending is None or sending.sending_id != sending_id or sending.state is not SendingState.RUNNING:
        st.rerun()
    with st.container(key="send-progress", horizontal=True, vertical_alignment="center"):
        share = min(1.0, sending.done / sending.total) if sending.total else 0.0
        st.progress(share, progress_words(sending, elapsed(sending.started_at, app.now())))
        st.button(
            "Cancel",
            key="send-cancel",
            disabled=sending.stopping or not app.role.permits(Permission.OPERATE),
            help="What was sent stays in HaloPSA; the other clients are not tried.",
            on_click=app.cancel_sending,
            args=(integration.key,),
        )


def progress_words(sending: Sending, took: str) -> str:
    """Say how far a sending is, and for how long it has run."""
    what = "Stopping after this client" if sending.stopping else "Sending to HaloPSA"
    clients = f"{sending.done:,} of {sending.total:,}" if sending.total else f"{sending.done:,}"
    return f"{what}: {clients} · {took}"
