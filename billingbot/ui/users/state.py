"""What the Users page remembers of one session: what waits for a confirmation, and what the last click did."""

from dataclasses import dataclass

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Role, User
from billingbot.errors import BillingBotError
from billingbot.ui.permitted import ROLE_WORDS

_STATE = "users_page"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall become of a person; `signs_out` is that every sign-in ends, and nothing else changes."""

    user: User
    role: Role
    disabled: bool
    signs_out: bool = False

    @property
    def takes_away(self) -> bool:
        """Say whether the person can do less afterwards."""
        loses = list(Role).index(self.role) < list(Role).index(self.user.role)
        return self.signs_out or loses or (self.disabled and not self.user.disabled)


@dataclass
class UsersState:
    """Lives in the session. `turn` is in the keys of selectors, which show what holds again after each decision."""

    wanted: Wanted | None = None
    notice: str = ""
    problem: str = ""
    turn: int = 0

    def ask(self, app: App, wanted: Wanted) -> None:
        """Carry it out, or ask first when it takes something away."""
        if wanted.takes_away:
            self.wanted, self.notice, self.problem = wanted, "", ""
        else:
            self.carry_out(app, wanted)

    def give_up(self) -> None:
        """Forget what waits."""
        self.wanted = None
        self.turn += 1

    def carry_out(self, app: App, wanted: Wanted) -> None:
        """Do it, and say so, or why it could not be done."""
        self.give_up()
        self.notice = self.problem = ""
        user, stamp = wanted.user, app.stamp(app.actor)
        try:
            if wanted.signs_out:
                app.store.sign_out_everywhere(user.user_id, stamp)
            else:
                app.store.change_user(user.user_id, user.version, wanted.role, wanted.disabled, stamp)
        except BillingBotError as error:
            self.problem = str(error)
        else:
            self.notice = _done(wanted)


def users_state() -> UsersState:
    """Return this session's state. Call it first: each access to the session may end the run (for a newer one)."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = UsersState()
    state: UsersState = st.session_state[_STATE]
    return state


def name_of(user: User) -> str:
    """Return what to call the person."""
    return user.name or user.email or user.subject


def _done(wanted: Wanted) -> str:
    name = name_of(wanted.user)
    if wanted.signs_out:
        return f"{name} was signed out everywhere."
    if wanted.disabled is not wanted.user.disabled:
        return f"{name} was {'disabled' if wanted.disabled else 'enabled'}."
    return f"{name} has no role any more." if wanted.role is Role.NONE else f"{name} is {ROLE_WORDS[wanted.role]} now."
