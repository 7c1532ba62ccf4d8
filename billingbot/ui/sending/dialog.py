"""The dialog of a plan: it is made, looked at, agreed to, and sent with a second click."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.plan import Plan
from billingbot.errors import BillingBotError
from billingbot.ui.money import sums_words
from billingbot.ui.references import send_whole
from billingbot.ui.sending.plan_view import draw_plan
from billingbot.ui.sending.plan_words import HASH_SHOWN, nothing_to_send, price_sums, question, send_words, sent_by
from billingbot.ui.sending.state import OpenPlan, SendDesk
from billingbot.ui.wording import age, count, iso, plain

_SOMEBODY_ELSE = (
    "Another plan of this integration is being sent, so nothing of this one is. "
    "Wait until that has ended, and plan again."
)


def draw_plan_dialog(app: App, desk: SendDesk, integration: Integration) -> None:
    """Draw the plan that is open, if one is. The last thing that a run of a page draws, beside no other dialog."""
    opened = desk.open_plan
    if opened is None:
        return

    def body() -> None:
        send_whole()
        _draw_body(app, desk, integration, opened)

    title = f"Plan · {plain(integration.name)} {opened.period}"
    st.dialog(title, width="large", on_dismiss=desk.close)(body)()


def _draw_body(app: App, desk: SendDesk, integration: Integration, opened: OpenPlan) -> None:
    if opened.plan is None and not opened.problem:
        _make_plan(app, opened)
    plan = opened.plan
    if plan is None:
        st.error(plain(opened.problem), icon=":material/error:")
        with st.container(horizontal=True):
            _draw_plan_again(opened)
            _draw_cancel(desk, opened)
        return
    # One container each: what comes and goes above something else would show that twice for a moment.
    with st.container(key="plan-head", gap="small"):
        _draw_head(app, integration, plan)
    with st.container(key="plan-body", gap="small"):
        draw_plan(opened, plan)
    with st.container(key="plan-footer", gap="small"):
        _draw_footer(app, desk, opened, plan)


def _make_plan(app: App, opened: OpenPlan) -> None:
    """Read HaloPSA and keep what comes of it. Nothing touches the session before that, which could end the run."""
    words = f"Reading what HaloPSA has of {count(len(opened.client_ids), 'client')} …"
    with st.spinner(words, show_time=True):
        try:
            opened.plan = app.plan_charges(opened.integration, opened.period, opened.client_ids, app.actor)
        except BillingBotError as error:
            opened.problem = str(error)


def _draw_head(app: App, integration: Integration, plan: Plan) -> None:
    st.caption(
        f"What HaloPSA would get of {plain(integration.name)}'s charges of {plan.period}. Nothing is sent yet. "
        f"Plan `{plan.plan_hash[:HASH_SHOWN]}`, made {age(plan.made_at, app.now())}.",
        help=f"Made by {plain(plan.actor)}, {iso(plan.made_at)}. Hash: {plan.plan_hash}. Sending refuses it when "
        "anything that it rests on has changed.",
    )


def _draw_footer(app: App, desk: SendDesk, opened: OpenPlan, plan: Plan) -> None:
    sends = sent_by(plan, opened.confirmed)
    if opened.problem:
        st.error(plain(opened.problem), icon=":material/error:")
    elif opened.asking and sends:
        st.warning(plain(question(sends)), icon=":material/send:")
    with st.container(horizontal=True, vertical_alignment="center"):
        if opened.problem:
            _draw_plan_again(opened)
            _draw_cancel(desk, opened)
        elif opened.asking and sends:
            # Back stands where Send was: a double click sends nothing.
            st.button("Back", key=opened.key("back"), on_click=_ask, args=(opened, False))
            if st.button("Send now", type="primary", icon=":material/send:", key=opened.key("now")):
                _send(app, desk, opened, plan)
        else:
            st.button(
                f"{send_words(sends)} …",
                type="primary",
                key=opened.key("send"),
                disabled=not sends,
                help=None if sends else nothing_to_send(plan),
                on_click=_ask,
                args=(opened, True),
            )
            _draw_plan_again(opened)
            _draw_cancel(desk, opened)
        st.markdown(f"**{sums_words(price_sums(sends))}**" if sends else "", width="content")


def _send(app: App, desk: SendDesk, opened: OpenPlan, plan: Plan) -> None:
    """Start sending, and leave the dialog; keep it open with the reason when that is refused."""
    opened.asking = False
    try:
        sending = app.start_sending(plan.plan_hash, frozenset(opened.confirmed), app.actor)
    except BillingBotError as error:
        opened.problem = str(error)
    else:
        if sending.plan_hash == plan.plan_hash:
            desk.close()
        else:
            opened.problem = _SOMEBODY_ELSE
    st.rerun()


def _ask(opened: OpenPlan, asking: bool) -> None:
    opened.asking = asking


def _draw_plan_again(opened: OpenPlan) -> None:
    st.button(
        "Plan again",
        icon=":material/refresh:",
        key=opened.key("again"),
        help="Reads HaloPSA and makes the plan anew.",
        on_click=opened.plan_again,
    )


def _draw_cancel(desk: SendDesk, opened: OpenPlan) -> None:
    if st.button("Cancel", key=opened.key("cancel")):
        desk.close()
        st.rerun()
