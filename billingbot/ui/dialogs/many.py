"""What the dialogs about many clients share: saving all or nothing, and saying what stood in the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from billingbot.domain.decision import Receipt, Stamp
from billingbot.domain.integration import Integration
from billingbot.errors import Clash, DecisionRefused
from billingbot.jobs.client_values import FieldChange
from billingbot.ui.change_words import SETTING_WORDS, setting_value_words
from billingbot.ui.dialogs.opening import Opening, Scene, save
from billingbot.ui.wording import count, plain

_NAMED = 10
# So many rows of changes are drawn before one has to scroll, so that the buttons stay in sight.
_ROWS = 6
_HEIGHT = 266
_COMPANY_WORDS = "Distributor Client"


@dataclass(kw_only=True)
class ManyOpening(Opening):
    """`clashes` are why the last try to save changed nothing. `readings` counts how often what is shown was read."""

    clashes: tuple[Clash, ...] = ()
    readings: int = 0

    def read_again(self) -> None:
        """Let the next draw read what stands now."""
        self.readings += 1


def save_all(
    scene: Scene, opening: ManyOpening, job: Callable[[Stamp], Receipt], words: Callable[[Receipt], str]
) -> None:
    """Carry out a job; when it is refused, keep the dialog open and remember every clash."""

    def all_or_nothing(stamp: Stamp) -> Receipt:
        opening.clashes = ()
        try:
            return job(stamp)
        except DecisionRefused as error:
            opening.clashes = error.clashes
            raise

    save(scene, opening, all_or_nothing, words)


def draw_refusal(opening: ManyOpening) -> None:
    """Draw why the last try to save changed nothing, if it did not."""
    if opening.clashes:
        named = [f"- {plain(clash.sentence)}" for clash in opening.clashes[:_NAMED]]
        more = len(opening.clashes) - len(named)
        lines = [*named, *([f"- … and {more:,} more."] if more else [])]
        st.warning(
            "Something changed meanwhile, so nothing was saved. What you see below was read again.\n\n"
            + "\n".join(lines),
            icon=":material/group:",
        )
    elif opening.problem:
        st.error(f"{plain(opening.problem)} Nothing was saved.", icon=":material/error:")


def change_table(changes: Sequence[FieldChange], integration: Integration) -> pd.DataFrame:
    """Return changes as text. Columns: Halo Id int64 · Halo Client · What · Before · After, all str."""
    return pd.DataFrame(
        {
            "Halo Id": pd.Series([change.client_id for change in changes], dtype="int64"),
            "Halo Client": pd.Series([change.client for change in changes], dtype="str"),
            "What": pd.Series([what_words(change) for change in changes], dtype="str"),
            "Before": pd.Series([value_words(change, change.before, integration) for change in changes], dtype="str"),
            "After": pd.Series([value_words(change, change.after, integration) for change in changes], dtype="str"),
        }
    )


def what_words(change: FieldChange) -> str:
    """Return what is changed, as the page calls it."""
    return _COMPANY_WORDS if change.setting is None else SETTING_WORDS[change.setting]


def value_words(change: FieldChange, value: object, integration: Integration) -> str:
    """Return what it is before or after."""
    if change.setting is None:
        return str(value) or "none"
    words = setting_value_words(change.setting, value)
    return f"Default ({integration.assignment.capitalize()})" if words == "default" else words


def draw_changes(changes: Sequence[FieldChange], integration: Integration, key: str) -> None:
    """Draw a row a change, a few at a time."""
    st.dataframe(
        change_table(changes, integration),
        key=key,
        hide_index=True,
        height=_HEIGHT if len(changes) > _ROWS else "auto",
        column_config={"Halo Id": st.column_config.NumberColumn(format="%d", width="small")},
        alt="What will change",
    )


def clients(number: int) -> str:
    """Write a number of clients."""
    return count(number, "client")
