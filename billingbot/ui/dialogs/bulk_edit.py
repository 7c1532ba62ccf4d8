"""Bulk edit: set the same of all selected clients. What will change stands below, before it does."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.integration import Assignment, Integration
from billingbot.jobs.bulk_edit import BulkEdit, BulkPlan, bulk_edit, plan_bulk_edit
from billingbot.jobs.client_values import MODIFIERS, FieldChange
from billingbot.ui.change_words import SETTING_WORDS
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.many import (
    ManyOpening,
    clients,
    draw_changes,
    draw_refusal,
    save_all,
    value_words,
    what_words,
)
from billingbot.ui.dialogs.opening import Scene, draw_cancel, opening_of
from billingbot.ui.wording import plain

_AS_IS = "Leave as is"
_ON_OFF: Mapping[str, SettingValue] = {"On": True, "Off": False}
_LABELS = {Setting.ASSIGNMENT: "Invoice Assignment"}
_PER_LINE = 4


@dataclass(kw_only=True)
class _Opening(ManyOpening):
    """`rows` are the clients as they were read, None before."""

    rows: pd.DataFrame | None = None

    def read_again(self) -> None:
        """Let the next draw read the clients; what was wanted of them stays."""
        ManyOpening.read_again(self)
        self.rows = None


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    scene = Scene(app, state, integration, dialog)
    opening = opening_of(scene, _Opening)
    if opening.rows is None:
        opening.rows = app.store.client_rows(integration.key, dialog.client_ids)
    draw_refusal(opening)
    edit = _draw_fields(scene)
    plan = plan_bulk_edit(opening.rows, integration, edit)
    _draw_plan(plan, len(opening.rows), integration, scene.key(f"changes-{opening.readings}"))
    with st.container(horizontal=True):
        if st.button(
            f"Change {clients(plan.changing)}",
            key=scene.key("save"),
            type="primary",
            disabled=not plan.changing,
            help=None if plan.changing else "Nothing would change: choose above what to set.",
        ):
            save_all(
                scene,
                opening,
                lambda stamp: bulk_edit(app.store, integration.key, plan, stamp),
                lambda _: f"Changed {clients(plan.changing)}.",
            )
        draw_cancel(scene)


def change_counts(changes: Sequence[FieldChange], total: int, integration: Integration) -> list[str]:
    """Return a line for each thing that changes, such as "Exclude · 37 of 40: off → on", as plain text.

    Args:
        changes: of all clients.
        total: how many clients are selected.
        integration: whose defaults they inherit.
    """
    counts: dict[str, Counter[str]] = {}
    for change in changes:
        before = "linked" if change.setting is None else value_words(change, change.before, integration)
        words = f"{before} → {value_words(change, change.after, integration)}"
        counts.setdefault(what_words(change), Counter())[words] += 1
    return [
        f"{what} · " + " · ".join(f"{number:,} of {total:,}: {words}" for words, number in found.most_common())
        for what, found in counts.items()
    ]


def _draw_fields(scene: Scene) -> BulkEdit:
    integration = scene.integration
    assignments: dict[str, SettingValue] = {f"Default ({integration.assignment.capitalize()})": None}
    assignments |= {assignment.capitalize(): assignment for assignment in Assignment}
    choices: dict[Setting, Mapping[str, SettingValue]] = {
        Setting.ASSIGNMENT: assignments,
        Setting.EXCLUDED: _ON_OFF,
        Setting.USE_GLOBAL: _ON_OFF,
    }
    first, second = st.columns(_PER_LINE), st.columns(_PER_LINE)
    fields: dict[Setting, SettingValue] = {}
    for column, setting in zip([*first[:3], *second], [*choices, *MODIFIERS], strict=True):
        options = choices.get(setting, _ON_OFF)
        with column:
            picked = _draw_choice(_LABELS.get(setting, SETTING_WORDS[setting]), list(options), scene.key(setting))
        if picked in options:
            fields[setting] = options[picked]
    with first[3]:
        unlink = _draw_choice("Distributor Client", ["Unlink companies"], scene.key("unlink")) != _AS_IS
    st.caption(
        f"The four modifiers count only with Global Setting off: with it on, those of {plain(integration.name)} hold. "
        "A client that leaves Global Setting keeps what is in force, unless you set it here."
    )
    return BulkEdit(fields, unlink)


def _draw_choice(label: str, options: Sequence[str], key: str) -> str:
    return st.selectbox(label, [_AS_IS, *options], key=key, filter_mode=None)


def _draw_plan(plan: BulkPlan, total: int, integration: Integration, key: str) -> None:
    kept = "1 stays as it is" if plan.unchanged == 1 else f"{plan.unchanged:,} stay as they are"
    lines = [f"**{clients(total)} selected, {plan.changing:,} will change, {kept}**"]
    lines += [f"- {plain(line)}" for line in change_counts(plan.changes, total, integration)]
    st.markdown("\n".join(lines))
    if warnings := plan_warnings(plan, integration):
        st.warning("\n".join(f"- {plain(warning)}" for warning in warnings))
    if plan.changes:
        draw_changes(plan.changes, integration, key)


def plan_warnings(plan: BulkPlan, integration: Integration) -> list[str]:
    """Return what to think of before the plan is carried out, a sentence each, as plain text."""
    warnings: list[str] = []
    if not plan.changing and not plan.modifiers_ignored:
        return warnings
    if plan.without_target:
        warnings.append(
            f"{clients(plan.without_target)} will have no target: charges have nowhere to go until somebody picks "
            "an invoice with Assign Invoice."
        )
    if plan.drop_and_collapse:
        warnings.append(f"{clients(plan.drop_and_collapse)} will drop Azure lines and collapse them too: drop wins.")
    if plan.modifiers_ignored:
        warnings.append(
            f"{clients(plan.modifiers_ignored)} keep the modifiers of {integration.name}: Global Setting is on."
        )
    return warnings
