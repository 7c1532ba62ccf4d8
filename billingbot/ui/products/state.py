"""What the Products page remembers of one session: the open dialog, and what the last click did."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from billingbot.ui.client_page import Notice

_STATE = "products_page"


class DialogKind(StrEnum):
    """What can be open."""

    CHOOSE_ITEM = "choose_item"
    CREATE_ITEMS = "create_items"
    BEST_MATCHES = "best_matches"
    DEFAULT_ITEM = "default_item"


@dataclass(frozen=True, slots=True)
class OpenDialog:
    """A dialog and the products that it is about, by key. `number` is different for each opening, for widgets' keys."""

    kind: DialogKind
    keys: tuple[str, ...]
    number: int

    def key(self, name: str) -> str:
        """Return the key of a widget in this opening."""
        return f"products-{self.kind}-{self.number}-{name}"


@dataclass
class ProductsState:
    """Lives in the session.

    `notice` says what was done, beside an Undo; `problem` why something could not be. `table` counts the contents that
    the table was shown with: Streamlit remembers selected rows as numbers, so that each is a widget of its own.
    """

    dialog: OpenDialog | None = None
    openings: int = 0
    notice: Notice | None = None
    problem: str = ""
    table: int = 0

    def open(self, kind: DialogKind, keys: Sequence[str] = ()) -> None:
        """Open a dialog; while one is open, the first click wins."""
        if self.dialog is None:
            self.openings += 1
            self.problem, self.dialog = "", OpenDialog(kind, tuple(keys), self.openings)

    def close(self) -> None:
        """Close the dialog."""
        self.dialog = None

    def done(self, text: str, batch: str = "", problem: str = "") -> None:
        """Close the dialog and say what was done, as plain text, and what could not be."""
        self.dialog, self.problem, self.notice = None, problem, Notice(text, batch)
        self.table += 1

    def failed(self, sentence: str) -> None:
        """Say why the last click could not be carried out."""
        self.notice, self.problem = None, sentence

    def dismiss(self) -> None:
        """Put aside what the last click brought up."""
        self.notice, self.problem = None, ""


def products_state() -> ProductsState:
    """Return this session's state. Call it first: each access to the session may end the run (for a newer one)."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = ProductsState()
    state: ProductsState = st.session_state[_STATE]
    return state
