"""Elements that the browser has already are sent as references, except inside a fragment.

When a run of a fragment is interrupted by its next one, Streamlit takes back what it has not sent yet, but forgets the
references. They arrive without the containers that they belong in, and the browser gives the whole page up.
"""

from streamlit.runtime.scriptrunner import get_script_run_ctx


def send_whole() -> None:
    """Send what is drawn from here to the end of the run as it is. For dialogs, the last that a run draws."""
    context = get_script_run_ctx()
    if context is not None:
        context.cached_message_hashes = frozenset()


def send_whole_alone() -> None:
    """Do that when a fragment runs alone. In a run of the whole page the large things come after it."""
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:
        send_whole()
