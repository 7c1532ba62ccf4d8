"""One batch in full: who did it, when and why, each change with before and after, and the way back."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

import streamlit as st

from billingbot.bootstrap import App, Vendor
from billingbot.domain.decision import SETUP, Action, Entity
from billingbot.domain.history import Batch, Recorded
from billingbot.ui.activity.state import ActivityState, Detail, set_open
from billingbot.ui.activity.undo import draw_undo
from billingbot.ui.activity.words import title_words, who_words
from billingbot.ui.change_words import change_words
from billingbot.ui.setup_words import name_then, setup_change_words
from billingbot.ui.wording import age, count, iso

_CHANGES_SHOWN = 200
# What goes along with another change of the same company, and is told with it.
_COMPANIONS = {Action.REJECT: Action.UNLINK, Action.FORGET: Action.LINK}


def draw_batch(
    app: App, state: ActivityState, batch: Batch, known: Mapping[str, Batch], integrations: Mapping[str, str]
) -> None:
    """Draw the batch. `known` are the batches in the list, by id; `integrations` are names by key, HaloPSA's too."""
    recorded = app.store.batch_changes(batch.batch, _CHANGES_SHOWN)
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        integration = integrations.get(batch.integration, batch.integration)
        st.html(
            f'<div class="details-head"><h2>{escape(title_words(batch, integrations))}</h2><p>'
            f'<time title="{iso(batch.at)}">{escape(age(batch.at, app.now()))}</time> by '
            f"{escape(who_words(batch.actor))} · {escape(integration)}</p></div>"
        )
        st.button("Close", type="tertiary", on_click=set_open, args=(Detail.BATCH, ""))
    draw_undo(app, state, batch, integrations)
    _draw_related(batch, known)
    st.html(f'<ol class="changes">{"".join(_entries(recorded, app.vendors.all, integrations))}</ol>')
    if sum(batch.actions.values()) > len(recorded):
        st.caption(f"The first {count(len(recorded), 'change')} of {sum(batch.actions.values()):,}.")


def _draw_related(batch: Batch, known: Mapping[str, Batch]) -> None:
    """Lead from an undo to what it took back, and from there to the undo, if that is in the list."""
    undo = next((other for other in known.values() if other.undoes == batch.batch), None)
    if batch.undoes:
        st.button("Show what it undid", type="tertiary", on_click=set_open, args=(Detail.BATCH, batch.undoes))
    if undo:
        st.button("Show its undo", type="tertiary", on_click=set_open, args=(Detail.BATCH, undo.batch))


def _entries(recorded: Sequence[Recorded], vendors: Sequence[Vendor], integrations: Mapping[str, str]) -> Iterator[str]:
    """Yield the list items: the client, or what was set up, what was done to it, why."""
    done = {(row.change.action, row.change.company_id) for row in recorded}
    for row in recorded:
        if (_COMPANIONS.get(row.change.action), row.change.company_id) in done:
            continue
        reason = f'<div class="why">{escape(row.reason)}</div>' if row.reason else ""
        yield (
            f"<li><bdi>{escape(_subject(row, integrations))}</bdi>"
            f'<div class="what">{escape(_what(row, vendors))}</div>{reason}</li>'
        )


def _subject(row: Recorded, integrations: Mapping[str, str]) -> str:
    match row.change.entity:
        case Entity.PRODUCT_MAPPING | Entity.USER:
            return name_then(row.change)
        case Entity.INTEGRATION | Entity.CREDENTIAL:
            return integrations.get(row.change.subject, row.change.subject)
        case _:
            return row.client


def _what(row: Recorded, vendors: Sequence[Vendor]) -> str:
    if row.change.entity in SETUP:
        return setup_change_words(row.change, vendors)
    return change_words(row.change, row.company)
