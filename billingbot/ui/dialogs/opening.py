"""What a dialog is about, what it keeps while it is open, and how it saves.

One opening is one request: it is carried out once at most.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.decision import Receipt, Stamp
from billingbot.domain.integration import Integration
from billingbot.errors import BillingBotError, Clash, DecisionRefused
from billingbot.ui.client_page import DialogKind, OpenDialog, PageState
from billingbot.ui.wording import plain

_KEPT = "dialog_opening"


@dataclass(frozen=True, slots=True)
class Scene:
    """What a dialog is drawn with."""

    app: App
    state: PageState
    integration: Integration
    dialog: OpenDialog

    @property
    def client_id(self) -> int:
        """Return the client that the dialog is about."""
        return self.dialog.client_id

    def key(self, name: str) -> str:
        """Return the key of a widget in this opening."""
        return self.dialog.key(name)


@dataclass(kw_only=True)
class Opening:
    """`problem` is why the last try to save failed; `clash` is an edit that was refused, somebody else being faster.

    `request` is the id under which it saves, so that the second click of a double click saves nothing again.
    """

    request: str = field(default_factory=lambda: uuid.uuid4().hex)
    problem: str = ""
    clash: Clash | None = None

    def read_again(self) -> None:
        """Forget what was read: after a refusal it is out of date."""


SomeOpening = TypeVar("SomeOpening", bound=Opening)


def opening_of(scene: Scene, begin: Callable[[], SomeOpening]) -> SomeOpening:
    """Return what this opening of a dialog keeps; `begin` makes it at the first draw, and that of the last one goes.

    Call it first: each access to the session may end the run (for a newer one).
    """
    number, opening = st.session_state.get(_KEPT, (0, None))
    if number != scene.dialog.number:
        opening = begin()
        st.session_state[_KEPT] = (scene.dialog.number, opening)
    kept: SomeOpening = opening
    return kept


def save(
    scene: Scene,
    opening: Opening,
    job: Callable[[Stamp], Receipt],
    words: Callable[[Receipt], str],
    then: Callable[[Receipt], DialogKind | None] = lambda _: None,
) -> NoReturn:
    """Carry out a job; close the dialog when it is done, keep it open with the reason when it is refused.

    Args:
        scene: of the dialog that saves.
        opening: what it keeps.
        job: what to do. Between it and the page's hearing of it nothing may touch the session.
        words: say what was saved, as plain text, when something was changed.
        then: say what to open next for the client.
    """
    state, dialog = scene.state, scene.dialog
    try:
        receipt = job(scene.app.stamp(scene.app.actor, opening.request))
    except BillingBotError as error:
        opening.read_again()
        opening.clash = next((clash for clash in _clashes(error) if clash.theirs), None)
        opening.problem = "" if opening.clash else str(error)
    else:
        if state.dialog == dialog:
            state.close()
            if kind := then(receipt):
                state.open(kind, dialog.client_ids)
        state.saved(*((words(receipt), receipt.batch) if receipt.changes else ("Nothing to change.", "")))
    st.rerun()


def draw_problem(opening: Opening) -> None:
    """Draw why the last try to save failed, if it did."""
    if opening.problem:
        st.error(plain(opening.problem), icon=":material/error:")


def draw_cancel(scene: Scene, label: str = "Cancel") -> None:
    """Draw the button that closes the dialog and saves nothing."""
    if st.button(label, key=scene.key("cancel")):
        scene.state.close()
        st.rerun()


def _clashes(error: BillingBotError) -> tuple[Clash, ...]:
    return error.clashes if isinstance(error, DecisionRefused) else ()
