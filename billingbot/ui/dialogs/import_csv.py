"""Import: a CSV export that was edited in a spreadsheet comes back. It is reviewed first, then applied as one batch."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.errors import BillingBotError
from billingbot.jobs.import_clients import apply_import, review_import
from billingbot.jobs.plan_import import ImportPlan
from billingbot.jobs.read_import import ImportedRows, read_import
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.many import ManyOpening, clients, draw_changes, draw_refusal, save_all
from billingbot.ui.dialogs.opening import Scene, draw_cancel, opening_of
from billingbot.ui.wording import count, plain


@dataclass(kw_only=True)
class _Opening(ManyOpening):
    """The file that was uploaded, what it says, and what an import of it would do; `unusable` says why nothing."""

    file_id: str = ""
    imported: ImportedRows | None = None
    plan: ImportPlan | None = None
    unusable: str = ""

    def upload(self, file_id: str, content: bytes) -> None:
        """Take another file."""
        self.file_id, self.imported, self.plan = file_id, None, None
        self.unusable, self.problem, self.clashes = "", "", ()
        try:
            self.imported = read_import(content)
        except BillingBotError as error:
            self.unusable = str(error)

    def read_again(self) -> None:
        """Let the next draw compare the file with what stands then."""
        ManyOpening.read_again(self)
        self.plan = None


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    scene = Scene(app, state, integration, dialog)
    opening = opening_of(scene, _Opening)
    st.markdown(
        "Export the clients as CSV, edit the file in a spreadsheet, and upload it here. You can edit Company Ids, "
        "the two invoices, Assignment, Exclude, Global Setting and the four modifiers; other columns are not read."
    )
    uploaded = st.file_uploader("CSV file", type="csv", key=dialog.key("file"))
    if uploaded is not None:
        if uploaded.file_id != opening.file_id:
            opening.upload(uploaded.file_id, uploaded.getvalue())
        _review(scene, opening)
        draw_refusal(opening)
        if opening.unusable:
            st.error(plain(opening.unusable), icon=":material/error:")
        elif opening.plan is not None:
            _draw_plan(opening.plan, scene, opening.readings)
    with st.container(horizontal=True):
        if uploaded is not None and opening.plan is not None and opening.plan.changes:
            _draw_apply(scene, opening, opening.plan, uploaded.name)
            draw_cancel(scene)
        else:
            draw_cancel(scene, "Close")


def _review(scene: Scene, opening: _Opening) -> None:
    """Compare the file with what stands, unless that was done."""
    if opening.imported is None or opening.plan is not None or opening.unusable:
        return
    app = scene.app
    try:
        with st.spinner("Comparing the file with what stands now …"):
            opening.plan = review_import(app.store, app.connections.halo, scene.integration, opening.imported)
    except BillingBotError as error:
        opening.unusable = str(error)


def _draw_plan(plan: ImportPlan, scene: Scene, reading: int) -> None:
    st.caption(
        f"{count(len(plan.changes), 'change')} of {clients(plan.clients)} · {count(len(plan.refused), 'row')} refused "
        f"· {count(plan.unchanged, 'row')} unchanged"
    )
    if plan.changes:
        st.markdown("**Will change**")
        draw_changes(plan.changes, scene.integration, scene.key(f"changes-{reading}"))
    else:
        st.info("Nothing of this file would change anything.")
    if plan.refused:
        st.markdown("**Refused**" + (" – the other rows can be applied all the same" if plan.changes else ""))
        st.dataframe(
            refused_table(plan),
            key=scene.key(f"refused-{reading}"),
            hide_index=True,
            column_config={
                "Row": st.column_config.NumberColumn(format="%d", width="small"),
                "Why": st.column_config.TextColumn(width="large"),
            },
            alt="Rows that are refused",
        )


def refused_table(plan: ImportPlan) -> pd.DataFrame:
    """Return the refused rows. Columns: Row int64, as a spreadsheet counts · Halo Client str · Why str."""
    return pd.DataFrame(
        {
            "Row": pd.Series([row.number for row in plan.refused], dtype="int64"),
            "Halo Client": pd.Series([row.client for row in plan.refused], dtype="str"),
            "Why": pd.Series([row.why for row in plan.refused], dtype="str"),
        }
    )


def _draw_apply(scene: Scene, opening: _Opening, plan: ImportPlan, name: str) -> None:
    changes = count(len(plan.changes), "change")
    if st.button(f"Apply {changes}", key=scene.key("save"), type="primary"):
        left = f" {count(len(plan.refused), 'row')} refused." if plan.refused else ""
        save_all(
            scene,
            opening,
            lambda stamp: apply_import(
                scene.app.store, scene.integration.key, plan, replace(stamp, reason=f"Imported from {name}.")
            ),
            lambda _: f"Imported {changes} of {clients(plan.clients)}.{left}",
        )
