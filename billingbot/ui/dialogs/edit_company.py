"""Edit Company: how one client is billed. It saves what differs, and shows theirs and mine when somebody was faster."""

from dataclasses import dataclass, replace

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Permission
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.decision import Receipt
from billingbot.domain.integration import Assignment, Integration
from billingbot.domain.link import Link
from billingbot.domain.match import ClientStatus
from billingbot.jobs.assign_invoice import target_words
from billingbot.jobs.decide import edit_client
from billingbot.jobs.preview_billing import ClientMonth, read_newest_month
from billingbot.ui.change_words import change_words
from billingbot.ui.client_draft import differing, warnings
from billingbot.ui.client_page import DialogKind, OpenDialog, PageState
from billingbot.ui.dialogs.billing_preview import draw_billing_preview
from billingbot.ui.dialogs.clash import draw_clash
from billingbot.ui.dialogs.modifiers import draw_modifiers, draw_switch
from billingbot.ui.dialogs.opening import Opening, Scene, draw_cancel, draw_problem, opening_of, save
from billingbot.ui.link_words import link_words
from billingbot.ui.permitted import why_not_permitted
from billingbot.ui.wording import bold, plain

_DEFAULT = "default"
_COLORS = {
    ClientStatus.MAPPED: "green",
    ClientStatus.REVIEW: "orange",
    ClientStatus.SUGGESTED: "blue",
    ClientStatus.GONE: "red",
}


@dataclass(kw_only=True)
class _Opening(Opening):
    """`seen` is what the edit starts from. `taken` counts how often theirs were taken: the widgets start anew then.

    `gone` says who no longer lists what; "" when all is listed. `month` is what the preview is of, read once: the
    switches change what becomes of it, and not what it is.
    """

    client: str
    status: ClientStatus
    gone: str
    links: list[Link]
    seen: ClientSettings
    month: ClientMonth | None
    taken: int = 0


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    scene = Scene(app, state, integration, dialog)
    opening = opening_of(scene, lambda: _begin(scene))
    _draw_links(opening, integration)
    # Beside the settings, and not between them and the buttons, which stay where they are then.
    settings, preview = st.columns([4, 3], gap="medium")
    with settings:
        wanted = _draw_settings(scene, opening)
    with preview, st.container(key="billing-preview", border=True):
        draw_billing_preview(opening.month, integration, wanted)
    for sentence in warnings(wanted, integration):
        st.warning(sentence, icon=":material/warning:")
    draw_problem(opening)
    if opening.clash:
        draw_clash(opening.clash)
    with st.container(horizontal=True):
        _draw_buttons(scene, opening, wanted)


def _begin(scene: Scene) -> _Opening:
    store, key, client_id = scene.app.store, scene.integration.key, scene.client_id
    row = store.client_rows(key, [client_id]).iloc[0]
    status, name, links = ClientStatus(row["status"]), row["client"], store.links(key, client_id)
    return _Opening(
        client=name,
        status=status,
        gone=row["reason"] if status is ClientStatus.GONE else "",
        links=links,
        seen=store.settings(key, client_id),
        month=read_newest_month(store, key, client_id, name, links),
    )


def _draw_links(opening: _Opening, integration: Integration) -> None:
    """Draw the status, and to which companies the client is linked, a line each, with how that came about."""
    lines = [f"{bold(link.company)} · {plain(link_words(link))}" for link in opening.links]
    if not lines:
        lines = [f"Not linked to a {plain(integration.name)} company yet: Assign Company links one."]
    if opening.gone:
        lines = [f"{plain(opening.gone)} Not billed until it is back; what is set here is kept.", *lines]
    color = _COLORS.get(opening.status, "gray")
    st.markdown("  \n".join([f":{color}-badge[{opening.status.value}] {lines[0]}", *lines[1:]]))


def _draw_settings(scene: Scene, opening: _Opening) -> ClientSettings:
    """Draw the widgets and return the settings that they stand for."""
    seen, integration, prefix = opening.seen, scene.integration, scene.key(f"{opening.taken}")
    use_global, modifiers = draw_modifiers(seen, integration, prefix)
    st.caption(
        "BillingBot never changes the margin of Azure charges. Configure it in "
        f"{plain(integration.name)}, globally or per subscription."
    )
    left, right = st.columns(2)
    with left:
        excluded = draw_switch(
            "Do Not Invoice",
            seen.excluded,
            f"{prefix}-excluded",
            "Ignores all charges of this client. The same as *Exclude* in the list.",
        )
    wanted = replace(seen, use_global=use_global, modifiers=modifiers, excluded=excluded)
    with right, st.container(gap="xxsmall"):
        wanted = replace(wanted, assignment=_draw_assignment(seen, integration, f"{prefix}-assignment"))
        st.caption(_destination(wanted, integration))
    return wanted


def _draw_assignment(seen: ClientSettings, integration: Integration, key: str) -> Assignment | None:
    names = {_DEFAULT: f"Default ({integration.assignment.capitalize()})"}
    names |= {assignment.value: assignment.capitalize() for assignment in Assignment}
    chosen = st.segmented_control(
        "Invoice Assignment",
        list(names),
        format_func=names.__getitem__,
        default=seen.assignment.value if seen.assignment else _DEFAULT,
        required=True,
        key=key,
    )
    return None if chosen in (None, _DEFAULT) else Assignment(chosen)


def _destination(wanted: ClientSettings, integration: Integration) -> str:
    assignment = wanted.effective_assignment(integration)
    if assignment is Assignment.NEW:
        return "Charges go to a new invoice each time."
    target = wanted.target(assignment)
    if target is None:
        return "Charges go to the invoice that you pick with Assign Invoice."
    return f"Charges go to {target_words(assignment, target)}."


def _draw_buttons(scene: Scene, opening: _Opening, wanted: ClientSettings) -> None:
    differs = differing(opening.seen, wanted)
    clash, refusal = opening.clash, why_not_permitted(scene.app, Permission.OPERATE)
    if st.button(
        "Save mine anyway" if clash else "Save",
        type="primary",
        key=scene.key("save"),
        disabled=bool(refusal) or not differs,
        help=refusal or (None if differs else "Nothing is changed yet."),
    ):
        _save(scene, opening, wanted, clash.version if clash else opening.seen.version)
    if clash:
        st.button("Take theirs", key=scene.key("take"), on_click=_take_theirs, args=(scene, opening))
    draw_cancel(scene)


def _save(scene: Scene, opening: _Opening, wanted: ClientSettings, version: int) -> None:
    fields = differing(opening.seen, wanted)
    asks_for_target = not wanted.excluded and wanted.lacks_target(scene.integration)

    def words(receipt: Receipt) -> str:
        return f"{opening.client}: {'; '.join(change_words(change, '') for change in receipt.changes)}"

    save(
        scene,
        opening,
        lambda stamp: edit_client(scene.app.store, scene.integration.key, scene.client_id, version, fields, stamp),
        words,
        then=lambda _: DialogKind.ASSIGN_INVOICE if asks_for_target else None,
    )


def _take_theirs(scene: Scene, opening: _Opening) -> None:
    opening.seen = scene.app.store.settings(scene.integration.key, scene.client_id)
    opening.taken, opening.clash = opening.taken + 1, None
