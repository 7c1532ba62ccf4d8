"""One refresh run in full: how it went, what it counted on both sides, what it missed, and the links that it made."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.refresh import Missing, RefreshRun, RefreshState, Summary
from billingbot.ui.activity.filters import View, choose_view, clear_filters
from billingbot.ui.activity.state import Detail, set_open
from billingbot.ui.activity.words import duration_words, run_words, who_words
from billingbot.ui.wording import age, count, iso, plain

_NAMES_SHOWN = 50
_SAID = {RefreshState.FAILED: st.error, RefreshState.NEEDS_APPROVAL: st.warning}


def draw_run(app: App, run: RefreshRun, integrations: Mapping[str, str]) -> None:
    """Draw the run. `integrations` are names by key."""
    integration = integrations.get(run.integration, run.integration)
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        duration = duration_words(run, app.now())
        st.html(
            f'<div class="details-head"><h2>{escape(integration)} refresh: {escape(run_words(run).lower())}</h2><p>'
            f'<time title="{iso(run.started_at)}">{escape(age(run.started_at, app.now()))}</time> by '
            f"{escape(who_words(run.actor))}{f' · took {duration}' if run.finished_at else ''}</p></div>"
        )
        st.button("Close", type="tertiary", on_click=set_open, args=(Detail.RUN, ""))
    if run.error:
        _SAID.get(run.state, st.info)(plain(run.error))
    if run.missing:
        _draw_missing(app, run.integration, run.missing)
    if run.summary:
        _draw_summary(run.summary, integration)
        links = run.summary.linked + run.summary.review
        if links:
            st.button(f"Show the {count(links, 'link')} that it made", on_click=_show_links, args=(run.run_id,))
    elif run.state is RefreshState.RUNNING and run.alive:
        st.markdown(f"{run.step}: {run.done:,} of {run.total:,}" if run.total else run.step)
    elif run.state is not RefreshState.CANCELLED:
        st.markdown("Nothing was changed.")


def _draw_summary(summary: Summary, integration: str) -> None:
    lists = (
        ("In the list", summary.clients, summary.companies),
        ("New", summary.clients_new, summary.companies_new),
        ("Renamed", summary.clients_renamed, summary.companies_renamed),
        ("Gone", summary.clients_gone, summary.companies_gone),
        ("Without the other side", summary.suggested + summary.unmatched, summary.companies_unmatched),
    )
    matches = (
        ("Linked, nothing to do", summary.linked),
        ("Linked, to be reviewed", summary.review),
        ("Not linked, with a suggestion", summary.suggested),
        ("Not linked, without one", summary.unmatched),
    )
    st.html(
        f'<table class="figures-table"><thead><tr><th></th><th>HaloPSA clients</th><th>{escape(integration)} companies'
        f"</th></tr></thead><tbody>{''.join(_row(*row) for row in lists)}</tbody></table>"
        f'<table class="figures-table"><thead><tr><th>Matching</th><th>Clients</th></tr></thead>'
        f"<tbody>{''.join(_row(*row) for row in matches)}</tbody></table>"
    )


def _row(name: str, *figures: int) -> str:
    return f"<tr><th>{name}</th>{''.join(f'<td>{figure:,}</td>' for figure in figures)}</tr>"


def _draw_missing(app: App, integration: str, missing: Missing) -> None:
    """Name what the run would have marked Gone."""
    clients = app.store.client_rows(integration, sorted(missing.client_ids))["client"].tolist()
    companies = app.store.company_names(integration, missing.company_ids)
    for names, singular, plural in ((clients, "client", "clients"), (companies, "company", "companies")):
        if names:
            more = f"<li>and {len(names) - _NAMES_SHOWN:,} more</li>" if len(names) > _NAMES_SHOWN else ""
            items = "".join(f"<li><bdi>{escape(name)}</bdi></li>" for name in names[:_NAMES_SHOWN])
            st.html(
                f'<h3 class="missing-head">{count(len(names), singular, plural)} missing</h3>'
                f'<ul class="missing">{items}{more}</ul>'
            )


def _show_links(run_id: str) -> None:
    """Change to the batch of the run, which has its id."""
    clear_filters()
    choose_view(View.CHANGES)
    set_open(Detail.RUN, "")
    set_open(Detail.BATCH, run_id)
