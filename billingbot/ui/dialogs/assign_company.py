"""Assign Company: link one of the integration's free companies to a client, the likeliest first."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.decision import LinkCompany
from billingbot.domain.integration import Integration
from billingbot.jobs.company_candidates import company_candidates
from billingbot.jobs.decide import assign_company
from billingbot.ui.candidate_table import candidate_table, rejection_words
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.opening import Opening, Scene, draw_cancel, draw_problem, opening_of, save
from billingbot.ui.dialogs.picking import Choice, Look, draw_picker, draw_search
from billingbot.ui.wording import bold, plain

_LOOK = Look(
    "Companies",
    "Id",
    ["Company", "Score", "Why", "Id"],
    ["Company", "Id"],
    {
        "Company": st.column_config.TextColumn(width=260),
        "Score": st.column_config.NumberColumn(
            format="%d", alignment="right", width=60, help="How alike the names are, 0 to 100."
        ),
        "Why": st.column_config.TextColumn(width=440),
        "Id": st.column_config.TextColumn(width=150),
    },
)


@dataclass(kw_only=True)
class _Opening(Opening):
    """What was read: who the client is, which companies it holds, which it could. None: it is to be read (again)."""

    client: str = ""
    is_gone: bool = False
    held: tuple[str, ...] = ()
    candidates: pd.DataFrame | None = None
    choice: Choice[str] = field(default_factory=Choice)

    def read_again(self) -> None:
        """Let the next draw read it."""
        self.candidates = None
        self.choice.table += 1


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    scene = Scene(app, state, integration, dialog)
    opening = opening_of(scene, _Opening)
    candidates = _candidates(scene, opening)
    draw_problem(opening)
    if opening.is_gone:
        st.error(
            "HaloPSA does not list this client any more, so no company can be linked to it. "
            "When a refresh finds it again, it can.",
            icon=":material/person_off:",
        )
        draw_cancel(scene, "Close")
        return
    if candidates.empty:
        _draw_none(scene)
        return
    if opening.held:
        st.caption(f"Holds {plain(' · '.join(opening.held))} already; what you assign is added.")
    draw_search(opening.choice, len(candidates), scene.key("search"), f"Search {len(candidates):,} by name or id")
    company_id = draw_picker(candidate_table(candidates), _LOOK, opening.choice, scene.key("companies"))
    picked = None if company_id is None else candidates[candidates["company_id"] == company_id].iloc[0]
    # A place of its own: else the buttons would move, and the old ones stand beside the new until the run ends.
    with st.container():
        if picked is not None:
            st.markdown(_consequence(opening, picked))
    with st.container(horizontal=True):
        _draw_assign(scene, opening, picked)
        draw_cancel(scene)


def _candidates(scene: Scene, opening: _Opening) -> pd.DataFrame:
    """Return the companies to choose from; read what the dialog shows when it was not read yet."""
    if opening.candidates is not None:
        return opening.candidates
    store, key, client_id = scene.app.store, scene.integration.key, scene.client_id
    with st.spinner("Comparing names …"):
        opening.client = store.client_rows(key, [client_id])["client"].iloc[0]
        opening.is_gone = client_id not in store.present_client_ids()
        opening.held = tuple(link.company for link in store.links(key, client_id))
        opening.candidates = company_candidates(store, scene.integration, client_id)
    return opening.candidates


def _draw_none(scene: Scene) -> None:
    name = plain(scene.integration.name)
    if scene.app.store.present_company_ids(scene.integration.key):
        st.info(
            f"Every {name} company is linked already. To move one here, delete its assignment at the client that "
            "holds it; a new company is listed after **Refresh Clients**.",
            icon=":material/link:",
        )
    else:
        st.info(f"No {name} company is known yet. Press **Refresh Clients** first.", icon=":material/sync:")
    draw_cancel(scene, "Close")


def _consequence(opening: _Opening, picked: Any) -> str:
    client = plain(opening.client)
    sentence = (
        f"{bold(picked['company'])} is added to {client}, beside {plain(' · '.join(opening.held))}."
        if opening.held
        else f"{bold(picked['company'])} is linked to {client}: its charges are billed there."
    )
    if picked["rejected"]:
        sentence += f" {plain(rejection_words(picked['rejected_by']))} To assign it forgets that."
    return f"{sentence}  \n{plain(picked['reason'])}"


def _draw_assign(scene: Scene, opening: _Opening, picked: Any) -> None:
    nothing = picked is None
    clicked = st.button(
        "Assign",
        type="primary",
        key=scene.key("assign"),
        disabled=nothing,
        help="Tick a company first." if nothing else None,
    )
    if not clicked or nothing:
        return
    link = LinkCompany(picked["company_id"], scene.client_id)
    if picked["suggested"]:
        link = LinkCompany(link.company_id, link.client_id, float(picked["score"]), picked["reason"])
    company = picked["company"]
    save(
        scene,
        opening,
        lambda stamp: assign_company(scene.app.store, scene.integration.key, link, stamp),
        lambda _: f"{opening.client}: linked {company}",
    )
