"""What keeps money of the month from being billed: unassigned money first, then what waits, each with the way to it."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from billingbot.billing.rounding import exact_sum
from billingbot.domain.billing import Amount, Obstacle
from billingbot.jobs.billing_gaps import UnassignedCompany
from billingbot.jobs.billing_rows import Standing
from billingbot.ui.money import money
from billingbot.ui.ready.links import draw_link_to_clients
from billingbot.ui.ready.reading import Reading
from billingbot.ui.ready.state import DialogKind, ReadyState
from billingbot.ui.ready.summary import show_standing
from billingbot.ui.wording import count
from billingbot.ui.work_queue import Work

_LISTED = 200
_NO_COMPANY = "Charges that name no company"
_WORDS: Mapping[Obstacle, str] = {
    Obstacle.REVIEW: "The machine linked the company, and nobody has confirmed it yet",
    Obstacle.COMPANY_GONE: "The company is gone at the distributor",
    Obstacle.CLIENT_GONE: "The client is gone in HaloPSA",
}
_LEADS: Mapping[Obstacle, Work] = {
    Obstacle.REVIEW: Work.REVIEW,
    Obstacle.COMPANY_GONE: Work.GONE,
    Obstacle.CLIENT_GONE: Work.GONE,
}


def draw_attention(state: ReadyState, reading: Reading) -> None:
    """Draw what a person has to do before all of the month can be billed."""
    charged = reading.charged
    if not (charged.unassigned or charged.waiting or reading.open_products or reading.to_take_back):
        st.html(
            '<h2 class="ready-head">Nothing in the way</h2><p class="ready-none">Every charge has a client, every '
            "client is confirmed, and every product has its item.</p>"
        )
        return
    if charged.unassigned:
        _draw_unassigned(state, charged.unassigned)
    if reading.to_take_back:
        _draw_to_take_back(state, reading)
    if not (charged.waiting or reading.open_products):
        return
    st.html('<h2 class="ready-head">Waiting</h2>')
    for waits in charged.waiting:
        what = f"{count(waits.clients, 'client')}, {_charges(waits.amounts)}"
        with _line_of(waits.obstacle.name):
            st.html(_line(_WORDS.get(waits.obstacle, waits.obstacle), what, waits.amounts))
            draw_link_to_clients("Look", _LEADS[waits.obstacle], f"ready-look-{waits.obstacle.name}")
    if reading.open_products:
        sums = _added(product.amounts for product in reading.open_products)
        lines = sum(amount.count for amount in sums.values())
        what = f"{count(len(reading.open_products), 'product')}, {count(lines, 'line')}"
        with _line_of("products"):
            st.html(_line("Products have no HaloPSA item yet", what, sums))
            if st.button("Map", type="tertiary", icon=":material/arrow_forward:", key="ready-map"):
                st.switch_page("products.py")


def _line_of(name: str) -> DeltaGenerator:
    return st.container(key=f"ready-waits-{name}", horizontal=True, vertical_alignment="center", wrap=False)


def _draw_to_take_back(state: ReadyState, reading: Reading) -> None:
    """Draw how many clients HaloPSA bills too much, and the way to them."""
    st.html('<h2 class="ready-head">To take back</h2>')
    billing = reading.billing
    with _line_of("to-take-back"):
        st.html(
            _line("HaloPSA still bills what is not to be billed any more", count(reading.to_take_back, "client"), {})
        )
        st.button(
            "Show",
            type="tertiary",
            icon=":material/arrow_forward:",
            key="ready-show-to-take-back",
            help="Shows these clients in the list below.",
            on_click=show_standing,
            args=(state, f"ready-{billing.integration}-{billing.period}", Standing.TAKE_BACK),
        )


def _draw_unassigned(state: ReadyState, companies: Sequence[UnassignedCompany]) -> None:
    sums = _added(company.amounts for company in companies)
    with st.container(key="ready-unassigned-head", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<h2 class="ready-head">Unassigned money <b>{escape(_sums(sums))}</b></h2>'
            f'<p class="ready-none">{count(len(companies), "company", "companies")} with {_charges(sums)} and no client'
            "</p>"
        )
        with st.container(horizontal=True, gap="small", width="content"):
            st.button(
                "Assign …",
                icon=":material/link:",
                help="Says here which client each of the companies is.",
                disabled=not any(company.company_id for company in companies),
                on_click=state.open_dialog,
                args=(DialogKind.ASSIGN,),
            )
            draw_link_to_clients("Clients", Work.UNMAPPED, "ready-assign")
    rows = "".join(
        f"<li><bdi>{escape(company.company or _NO_COMPANY)}</bdi><span>{escape(_sums(company.amounts))}</span></li>"
        for company in companies[:_LISTED]
    )
    more = len(companies) - _LISTED
    rest = f'<li class="more">… and {more:,} more; the export of all charges lists them.</li>' if more > 0 else ""
    st.html(f'<ul class="ready-unassigned" tabindex="0" aria-label="Unassigned companies">{rows}{rest}</ul>')


def _line(text: str, what: str, amounts: Mapping[str, Amount]) -> str:
    return (
        f'<p class="ready-waits"><span>{escape(text)}<small>{escape(what)}</small></span>'
        f"<b>{escape(_sums(amounts))}</b></p>"
    )


def _charges(amounts: Mapping[str, Amount]) -> str:
    return count(sum(amount.count for amount in amounts.values()), "charge")


def _sums(amounts: Mapping[str, Amount]) -> str:
    return " · ".join(money(amount.price, currency) for currency, amount in amounts.items())


def _added(parts: Iterable[Mapping[str, Amount]]) -> dict[str, Amount]:
    listed = [(currency, amount) for part in parts for currency, amount in part.items()]
    return {
        currency: Amount(
            sum(amount.count for of, amount in listed if of == currency),
            exact_sum(amount.cost for of, amount in listed if of == currency),
            exact_sum(amount.price for of, amount in listed if of == currency),
        )
        for currency in sorted({of for of, _ in listed})
    }
