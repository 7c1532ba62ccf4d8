"""What an operator sees when a page fails: a sentence, never a traceback."""

import logging

import streamlit as st

from billingbot.errors import BillingBotError
from billingbot.ui.request import request_id
from billingbot.ui.wording import plain

log = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Show an exception that nobody handled; the server has logged its traceback just before.

    Our own errors say what is wrong. All others get the id of the run, under which its lines stand in the log. Returns
    True: it is shown.
    """
    with st.container(key="failure"):
        st.error(sentence(error, request_id()), icon=":material/error:")
    return True


def sentence(error: Exception, request: str) -> str:
    """Return what to show of an error of this request, as Markdown."""
    if isinstance(error, BillingBotError):
        return plain(str(error))
    log.error("the failure above was shown to an operator as %s", request)
    return (
        "**Something went wrong while drawing this page.** Your data is safe. Reload the page; if it happens again, "
        f"give your administrator the reference `{request}`, which stands in the log."
    )
