"""The detail of one client's month: its lines with the charges behind them, what rules dropped, and what waits."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from billingbot.bootstrap import App, SendingState
from billingbot.domain.access import Permission
from billingbot.domain.billing import Billing, ClientBilling, Source
from billingbot.domain.integration import Assignment, Integration
from billingbot.domain.ledger import LedgerEntry
from billingbot.jobs.billing_rows import BillingRow, Standing
from billingbot.ui.client_page import DialogKind, page_state
from billingbot.ui.dialogs.picking import Choice, Look, draw_picker, draw_search
from billingbot.ui.money import figure
from billingbot.ui.permitted import why_not_permitted
from billingbot.ui.ready.charge_tables import draw_charges, line_config, line_frame
from billingbot.ui.ready.reading import Reading
from billingbot.ui.ready.state import ReadyState
from billingbot.ui.ready.totals import percent_words
from billingbot.ui.sending.bar import why_not_plan
from billingbot.ui.wording import count, plain

_MEANINGS = {
    Standing.READY: "Can be planned and sent.",
    Standing.NO_TARGET: "Its charges go to an existing invoice, and nobody has picked one yet: Assign Invoice does.",
    Standing.NO_ITEM: "A product on it has no HaloPSA item yet: map it on the Products page.",
    Standing.CURRENCIES: "An invoice has one currency, and its charges have several: it cannot be sent.",
    Standing.REVIEW: "The machine linked its company, and nobody has confirmed that yet.",
    Standing.GONE: "The client or its company is not listed any more.",
    Standing.FAILED: "The last try to send it failed; nothing arrived in HaloPSA. Plan it again.",
    Standing.UNKNOWN: "HaloPSA's answer was lost. Plan it again: HaloPSA is looked up before anything is sent.",
    Standing.DIFFERS: "It was sent, and comes to something else now. Planning it again shows what would change.",
    Standing.TAKE_BACK: "Nothing is to be billed to it any more, and HaloPSA still bills what was sent. "
    "Plan it: that takes the lines back, or says where they have to be taken off.",
    Standing.LOOK: "It was sent, and HaloPSA made something else of it: look at the invoice there.",
    Standing.SENT: "HaloPSA has exactly this.",
    Standing.EXCLUDED: "Do Not Invoice is on.",
    Standing.NOTHING: "Rules keep all of its charges off the invoice.",
}


def draw_detail(app: App, state: ReadyState, integration: Integration, reading: Reading, key: str) -> None:
    """Draw the client that is chosen; the first one while nobody has chosen."""
    rows: dict[int, list[BillingRow]] = {}
    for row in reading.rows:
        rows.setdefault(row.client_id, []).append(row)
    clients = {client.client.client_id: client for client in reading.clients}
    if state.client_id not in clients:
        state.client_id = next(iter(clients))
    _draw_choice(state, list(clients), {number: client.client.name for number, client in clients.items()}, key)
    client = clients[state.client_id]
    entry = reading.sent.entries.get(state.client_id)
    with st.container(key="ready-client", border=True, gap="small"):
        _draw_head(client, integration, rows[state.client_id], entry)
        _draw_buttons(app, state, integration, reading.billing, client)
    _draw_lines(client, f"{key}-{state.client_id}")


def _draw_choice(state: ReadyState, ids: Sequence[int], names: dict[int, str], key: str) -> None:
    """Draw which client it is, and the ways to the one before and the one after."""
    place = ids.index(state.client_id) if state.client_id in names else 0
    picker = f"{key}-client"
    st.session_state[picker] = ids[place]

    def go(to: int) -> None:
        state.client_id = ids[to]

    with st.container(key="ready-choice", horizontal=True, vertical_alignment="center", gap="small"):
        before, after = place == 0, place == len(ids) - 1
        st.button("Previous", icon=":material/chevron_left:", disabled=before, on_click=go, args=(place - 1,))
        st.selectbox(
            "Client",
            ids,
            format_func=names.__getitem__,
            key=picker,
            on_change=lambda: go(ids.index(st.session_state[picker])),
            label_visibility="collapsed",
            width=420,
        )
        st.button("Next", icon=":material/chevron_right:", disabled=after, on_click=go, args=(place + 1,))
        st.caption(f"{place + 1:,} of {count(len(ids), 'client')}")


def rules_words(client: ClientBilling, integration: Integration) -> str:
    """Say which rules hold, and who said so."""
    rules = client.settings.modifiers
    said = {
        "Drop Azure Lines": rules.drop_azure,
        # Dropped Azure charges are not there to be collapsed.
        "Collapse Azure Lines": rules.collapse_azure and not rules.drop_azure,
        "Drop Favorable Prorates": rules.drop_favorable_prorates,
        "Drop Zero Dollar Lines": rules.drop_zero_dollar,
    }
    whose = "its own" if client.settings.modifiers_from is Source.CLIENT else f"those of {integration.name}"
    return f"Rules ({whose}): {', '.join(name for name, holds in said.items() if holds) or 'none'}"


def _draw_head(
    client: ClientBilling, integration: Integration, rows: Sequence[BillingRow], entry: LedgerEntry | None
) -> None:
    """Draw how it stands, where it goes, and what it comes to in each currency."""
    first = rows[0]
    how = f"{first.assignment.capitalize()}{' (default)' if first.inherited else ''}"
    figures = "".join(
        f"<div><dt>{name} {escape(row.currency)}</dt><dd>{value}<span>{note}</span></dd></div>"
        for row in rows
        for name, value, note in (
            ("Price", figure(row.price, row.currency), count(row.lines, "line")),
            ("Cost", figure(row.cost, row.currency), ""),
            ("Margin", figure(row.margin, row.currency), percent_words(row.margin_percent)),
        )
    )
    st.html(
        f'<div class="ready-client"><div><h2><bdi>{escape(first.client)}</bdi> <small>{first.client_id}</small></h2>'
        f'<p><strong class="standing standing-{first.standing.name.lower()}">{first.standing}</strong> '
        f"{_MEANINGS[first.standing]}</p>"
        f"<p>Assignment: {how} · Target: {escape(first.target or 'none')}</p>"
        f'<p>{escape(rules_words(client, integration))}</p></div><dl class="ready-totals">{figures}</dl></div>'
    )
    if entry is not None and entry.differences:
        st.warning(plain(" ".join(entry.differences)), icon=":material/difference:")


def _draw_buttons(
    app: App, state: ReadyState, integration: Integration, billing: Billing, client: ClientBilling
) -> None:
    client_id = client.client.client_id
    others = page_state()
    sending = app.sendings.newest(integration.key)
    running = sending is not None and sending.state is SendingState.RUNNING
    refusal = why_not_plan(app, integration, billing, [client_id], running)
    is_new = client.settings.assignment is Assignment.NEW
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Edit Company",
            icon=":material/edit:",
            help="Billing rules and assignment of this client.",
            on_click=others.open,
            args=(DialogKind.EDIT_COMPANY, (client_id,)),
        )
        st.button(
            "Assign Invoice",
            icon=":material/receipt_long:",
            disabled=is_new or not app.role.permits(Permission.OPERATE),
            help="Charges go to a new invoice: there is nothing to pick."
            if is_new
            else why_not_permitted(app, Permission.OPERATE) or "Picks the invoice in HaloPSA.",
            on_click=others.open,
            args=(DialogKind.ASSIGN_INVOICE, (client_id,)),
        )
        st.button(
            "Plan this client …",
            icon=":material/checklist:",
            disabled=bool(refusal),
            help=refusal or "Shows what HaloPSA would get. Nothing is sent before.",
            on_click=state.desk.open,
            args=(integration.key, billing.period, (client_id,)),
        )


def _draw_lines(client: ClientBilling, key: str) -> None:
    """Draw the lines and, of the one that is clicked, its charges; then what is in no line."""
    st.html(f'<h2 class="ready-head">{count(len(client.lines), "invoice line")}</h2>')
    if client.lines:
        frame = line_frame(client.lines)
        look = Look("Invoice lines", "key", [*frame.columns][1:], ["Line"], line_config(client.lines))
        choice: Choice[str] = st.session_state.setdefault(f"{key}-line", Choice())
        draw_search(choice, len(frame), f"{key}-search", "Search lines")
        picked = draw_picker(frame, look, choice, f"{key}-lines-{len(frame)}")
        line = next((line for line in client.lines if line.key == picked), None)
        if line is None:
            st.caption("Click a line to see the charges behind it.")
        else:
            st.html(
                f'<h3 class="ready-head">{count(len(line.members), "charge")} behind '
                f"<bdi>{escape(line.description)}</bdi></h3>"
            )
            draw_charges(line.members, f"{key}-members", "Charges behind the line")
    if client.dropped:
        st.html(f'<h2 class="ready-head">{count(len(client.dropped), "charge")} dropped by a rule</h2>')
        why = [str(dropped.rule) for dropped in client.dropped]
        draw_charges([dropped.charge for dropped in client.dropped], f"{key}-dropped", "Dropped charges", why)
    if client.problems:
        st.html(f'<h2 class="ready-head">{count(len(client.problems), "charge")} waiting</h2>')
        why = [str(problem.obstacle) for problem in client.problems]
        draw_charges([problem.charge for problem in client.problems], f"{key}-waiting", "Waiting charges", why)
