"""The apps of this process, as pages and the server get them: on real data, and on the sandbox's."""

import os

import streamlit as st

from billingbot.bootstrap import App, Workspaces

# Without sign-in there is one user; changes are recorded under this name.
ACTOR = "operator"
DATA = "data"
"""The name of the kind of data in the address."""
SANDBOX = "sandbox"

_CHOSEN = "chosen-data"
_WORKSPACES = Workspaces(os.environ)


def workspaces() -> Workspaces:
    """Return the apps of this process, which the server and all sessions share."""
    return _WORKSPACES


def current_app() -> App:
    """Return the app of this session. Raises `StoreError` when its database cannot be opened, `ConfigError`."""
    sandbox = in_sandbox()
    if _WORKSPACES.is_open(sandbox=sandbox):
        return _WORKSPACES.app(sandbox=sandbox)
    with st.spinner("Opening the database …"):
        return _WORKSPACES.app(sandbox=sandbox)


def in_sandbox() -> bool:
    """Say whether this session is in the sandbox, beside the real data.

    The address with which it came decides, for as long as it lasts: whatever a session remembers is of one database.
    Each way into the sandbox and out of it is a link that begins a new session.
    """
    if _CHOSEN not in st.session_state:
        st.session_state[_CHOSEN] = st.query_params.get(DATA) == SANDBOX and _WORKSPACES.has_real_data
    return bool(st.session_state[_CHOSEN])


def keep_data_in_address() -> dict[str, str]:
    """Let the address say which data are shown, so that it can be reloaded and sent on; return it for links."""
    wanted = {DATA: SANDBOX} if in_sandbox() else {}
    if wanted and st.query_params.get(DATA) != SANDBOX:
        st.query_params[DATA] = SANDBOX
    elif not wanted and DATA in st.query_params:
        del st.query_params[DATA]
    return wanted
