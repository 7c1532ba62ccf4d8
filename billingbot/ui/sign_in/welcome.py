"""What somebody sees who may not come in: how to sign in, or why that was not enough."""

import streamlit as st

from billingbot.bootstrap import SignInSetup
from billingbot.domain.access import SignIn
from billingbot.errors import AccessRefused, Refusal
from billingbot.ui.frame import logo_address
from billingbot.ui.sign_in.leave import draw_sign_out
from billingbot.ui.wording import plain

_KEEPS = {
    Refusal.SIGNED_OUT: "You are signed out",
    Refusal.TOO_OLD: "Please sign in again",
    Refusal.DISABLED: "You have no access any more",
}


def draw_welcome(setup: SignInSetup) -> None:
    """Draw the sign-in page."""
    with _card():
        st.html('<h1 class="gate-title">BillingBot</h1>', width="content")
        st.markdown("Distributors' charges, client by client, to HaloPSA invoices.", width="content")
        _draw_providers(setup, "Sign in with {}")


def draw_refused(setup: SignInSetup, error: AccessRefused, sign_in: SignIn | None) -> None:
    """Say why the sign-in does not hold, with what helps.

    Args:
        setup: how people sign in.
        error: what was refused.
        sign_in: of somebody who has to leave before another person can sign in; None where signing in again helps.
    """
    with _card():
        st.html(f'<h1 class="gate-title">{_KEEPS.get(error.refusal, "Please sign in again")}</h1>', width="content")
        st.markdown(plain(str(error)), width="content")
        if sign_in:
            _draw_who(sign_in)
            draw_sign_out(sign_in)
        else:
            _draw_providers(setup, "Sign in again with {}")


def draw_waiting(sign_in: SignIn, *, without_admin: bool) -> None:
    """Say that an administrator has to give the person a role; where there is none yet, how there will be one."""
    with _card():
        st.html('<h1 class="gate-title">You have no role yet</h1>', width="content")
        _draw_who(sign_in)
        if without_admin:
            st.markdown(
                "Nobody is administrator yet. Whoever runs BillingBot sets `BILLINGBOT_FIRST_ADMIN` to that "
                "person's verified e-mail address or id, and starts it again. Your id is:"
            )
            st.code(sign_in.subject, language=None, wrap_lines=True)
        else:
            st.markdown("An administrator has to give you one, on the page Users. Then reload this page.")
        draw_sign_out(sign_in)


def _draw_who(sign_in: SignIn) -> None:
    st.markdown(f"You are signed in as **{plain(sign_in.actor)}**.", width="content")


def _draw_providers(setup: SignInSetup, label: str) -> None:
    for number, provider in enumerate(setup.providers):
        st.button(
            label.format(plain(provider.name)),
            key=f"sign-in-{provider.key}",
            type="secondary" if number else "primary",
            width=280,
            on_click=st.login,
            args=(provider.key,),
        )


def _card() -> "st.delta_generator.DeltaGenerator":
    card = st.container(key="gate", horizontal_alignment="center", vertical_alignment="center", gap="small")
    card.html(f'<img class="empty-mark" alt="" src="{logo_address()}">', width="content")
    return card
