"""Assign Invoice: pick the HaloPSA invoice, or recurring invoice, that a client's charges go to.

The list is read from HaloPSA once an opening, and again after a refusal: it was out of date then.
"""

from typing import Literal

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.decision import Receipt
from billingbot.domain.integration import Assignment, Integration
from billingbot.jobs.assign_invoice import assign_invoice, remove_target, target_words
from billingbot.ui.change_words import change_words
from billingbot.ui.client_page import DialogKind, OpenDialog, PageState
from billingbot.ui.dialogs.clash import draw_clash
from billingbot.ui.dialogs.invoice_list import draw_invoice_list
from billingbot.ui.dialogs.invoice_opening import InvoiceOpening, begin, bring_up_to_date
from billingbot.ui.dialogs.opening import Scene, draw_cancel, draw_problem, opening_of, save
from billingbot.ui.wording import plain


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    scene = Scene(app, state, integration, dialog)
    opening = opening_of(scene, lambda: begin(scene))
    bring_up_to_date(scene, opening)
    draw_problem(opening)
    if opening.assignment is Assignment.NEW:
        _draw_nothing_to_pick(scene, opening)
        return
    _draw_target(opening)
    picked = None
    if opening.table is None:
        st.error(f"{plain(opening.unread)} Nothing was changed.", icon=":material/cloud_off:")
    else:
        picked = draw_invoice_list(opening.table, opening.assignment, opening.choice, scene.key("invoices"))
    if opening.clash:
        draw_clash(opening.clash)
    with st.container(horizontal=True):
        if opening.table is None:
            _draw_again(scene, opening, "Try again", "primary")
        else:
            _draw_assign(scene, opening, picked)
        _draw_other_buttons(scene, opening)
        if opening.table is not None:
            _draw_again(scene, opening, "Read again", "tertiary")


def _draw_nothing_to_pick(scene: Scene, opening: InvoiceOpening) -> None:
    inherited = "" if opening.seen.assignment else f", the default of {plain(scene.integration.name)}"
    st.markdown(
        f"The assignment of this client is **New**{inherited}: its charges go to a new invoice each time, "
        "so there is nothing to pick. To put them on an invoice that exists, choose *Last* or *Recurring* as "
        "Invoice Assignment in Edit Company."
    )
    with st.container(horizontal=True):
        if st.button("Edit Company", type="primary", key=scene.key("edit")):
            scene.state.close()
            scene.state.open(DialogKind.EDIT_COMPANY, scene.dialog.client_ids)
            st.rerun()
        draw_cancel(scene, "Close")


def _draw_target(opening: InvoiceOpening) -> None:
    """Say where charges go now, and whether that still works."""
    target, assignment = opening.target, opening.assignment
    if target is None:
        kind = "recurring invoice" if assignment is Assignment.RECURRING else "invoice"
        st.markdown(f"**No {kind} is picked yet:** charges of this client have nowhere to go.")
        return
    words = target_words(assignment, target)
    st.markdown(f"Charges of this client go to **{words}**.")
    if opening.table is None:
        return
    row = opening.table[opening.table["ID"] == target]
    if row.empty:
        st.warning(f"HaloPSA does not list {words} for this client any more. Pick another one.")
    elif row["Why"].iloc[0]:
        st.warning(f"{words.capitalize()} cannot take charges. {row['Why'].iloc[0]} Pick another one.")


def _draw_assign(scene: Scene, opening: InvoiceOpening, picked: int | None) -> None:
    there = picked is not None and picked == opening.target
    clicked = st.button(
        "Assign mine anyway" if opening.clash else "Assign",
        type="primary",
        key=scene.key("assign"),
        disabled=picked is None or there,
        help="Charges go there already." if there else "Tick an invoice first." if picked is None else None,
    )
    halo = scene.app.connections.halo
    if not clicked or picked is None or halo is None:
        return
    target = picked
    save(
        scene,
        opening,
        lambda stamp: assign_invoice(
            scene.app.store,
            halo,
            scene.integration.key,
            scene.client_id,
            opening.assignment,
            target,
            opening.seen.version,
            stamp,
        ),
        lambda receipt: _saved(opening, receipt),
    )


def _draw_other_buttons(scene: Scene, opening: InvoiceOpening) -> None:
    if opening.clash:
        st.button("Take theirs", key=scene.key("take"), on_click=_take_theirs, args=(opening,))
    if opening.target is not None and st.button(
        "Remove target", key=scene.key("remove"), help="Charges have nowhere to go until another invoice is picked."
    ):
        save(
            scene,
            opening,
            lambda stamp: remove_target(
                scene.app.store,
                scene.integration.key,
                scene.client_id,
                opening.assignment,
                opening.seen.version,
                stamp,
            ),
            lambda receipt: _saved(opening, receipt),
        )
    draw_cancel(scene)


def _draw_again(scene: Scene, opening: InvoiceOpening, label: str, kind: Literal["primary", "tertiary"]) -> None:
    st.button(label, type=kind, icon=":material/sync:", key=scene.key("again"), on_click=_read_again, args=(opening,))


def _saved(opening: InvoiceOpening, receipt: Receipt) -> str:
    return f"{opening.client}: {'; '.join(change_words(change, '') for change in receipt.changes)}"


def _take_theirs(opening: InvoiceOpening) -> None:
    opening.clash, opening.choice.chosen = None, opening.target
    opening.choice.table += 1


def _read_again(opening: InvoiceOpening) -> None:
    opening.problem, opening.clash = "", None
    opening.read_again()
