"""What an operator sees when a page fails: a sentence, never a traceback."""

import logging
import uuid

import streamlit as st

from billingbot.errors import BillingBotError
from billingbot.ui.wording import plain

log = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Show an exception that nobody handled; the server has logged its traceback just before.

    Our own errors say what is wrong. All others get a reference that stands in the log too. Returns True: it is shown.
    """
    with st.container(key="failure"):
        st.error(sentence(error), icon=":material/error:")
    return True


def sentence(error: Exception) -> str:
    """Return what to show of an error, as Markdown; for a foreign one, log the reference that it shows."""
    if isinstance(error, BillingBotError):
        return plain(str(error))
    reference = uuid.uuid4().hex[:8]
    log.error("the failure above was shown to an operator as %s", reference)
    return (
        "**Something went wrong while drawing this page.** Your data is safe. Reload the page; if it happens again, "
        f"give your administrator the reference `{reference}`, which stands in the log."
    )
