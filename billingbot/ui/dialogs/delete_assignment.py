"""Delete Assignment: take companies from a client; its rules and targets stay."""

from dataclasses import dataclass

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.link import Link
from billingbot.jobs.decide import delete_assignment
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.opening import Opening, Scene, draw_cancel, draw_problem, opening_of, save
from billingbot.ui.link_words import link_words
from billingbot.ui.wording import bold, count, plain

# More links than this scroll.
_FEW = 6
_MOST_HEIGHT = 320


@dataclass(kw_only=True)
class _Opening(Opening):
    """What was read; `links` None: it is to be read (again)."""

    client: str = ""
    links: list[Link] | None = None

    def read_again(self) -> None:
        """Let the next draw read it."""
        self.links = None


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    scene = Scene(app, state, integration, dialog)
    opening = opening_of(scene, _Opening)
    links = _links(scene, opening)
    draw_problem(opening)
    if not links:
        st.info(f"No {plain(integration.name)} company is linked to this client.", icon=":material/link_off:")
        draw_cancel(scene, "Close")
        return
    chosen = _draw_choice(scene, links)
    st.markdown(_consequences(integration, len(chosen or links)))
    with st.container(horizontal=True):
        _draw_delete(scene, opening, chosen)
        draw_cancel(scene)


def _links(scene: Scene, opening: _Opening) -> list[Link]:
    if opening.links is None:
        store, key, client_id = scene.app.store, scene.integration.key, scene.client_id
        opening.client = store.client_rows(key, [client_id])["client"].iloc[0]
        opening.links = store.links(key, client_id)
    return opening.links


def _draw_choice(scene: Scene, links: list[Link]) -> list[Link]:
    """Draw the links, to tick when there are several, and return those that are ticked, or the only one."""
    if len(links) == 1:
        st.markdown(f"{bold(links[0].company)} · {plain(link_words(links[0]))}")
        return links
    st.markdown("Which of them?")
    with st.container(height=_MOST_HEIGHT if len(links) > _FEW else "content", border=len(links) > _FEW, gap="xsmall"):
        return [link for link in links if st.checkbox(_label(link), key=scene.key(f"link-{link.company_id}"))]


def _label(link: Link) -> str:
    """Return the text of a box: screen readers read its marks aloud, so there are none."""
    return plain(f"{link.company} · {link_words(link)}")


def _consequences(integration: Integration, number: int) -> str:
    charges, pair, it = ("Its charges", "the pair", "it") if number == 1 else ("Their charges", "the pairs", "them")
    return (
        f"- {charges} are assigned to no client from now on, and not billed.\n"
        "- Billing rules and target invoices of the client stay.\n"
        f"- BillingBot remembers {pair}: no refresh of {plain(integration.name)} brings {it} back. "
        "You can, with Undo or Assign Company."
    )


def _draw_delete(scene: Scene, opening: _Opening, chosen: list[Link]) -> None:
    number = len(chosen)
    clicked = st.button(
        f"Delete {number:,} assignments" if number > 1 else "Delete assignment",
        type="primary",
        key=scene.key("delete"),
        disabled=not chosen,
        help=None if chosen else "Tick a company first.",
    )
    if not clicked:
        return
    company_ids = [link.company_id for link in chosen]
    words = chosen[0].company if number == 1 else count(number, "company", "companies")
    save(
        scene,
        opening,
        lambda stamp: delete_assignment(scene.app.store, scene.integration.key, scene.client_id, company_ids, stamp),
        lambda _: f"{opening.client}: unlinked {words}",
    )
