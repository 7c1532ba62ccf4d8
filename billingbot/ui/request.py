"""What the log says of a run of a page: a rerun, a fragment's, or that of a callback before either."""

from contextvars import ContextVar
from hashlib import sha256

from streamlit.runtime.scriptrunner import get_script_run_ctx

from billingbot.logs import About, new_request_id

_NOBODY: tuple[object, str] = (None, "")
_RUN: ContextVar[tuple[object, str]] = ContextVar("run", default=_NOBODY)


def about_this_run() -> About:
    """Return the id of this thread's run, and whose session it is; nothing outside of runs.

    No code of a page has to begin it: a fragment runs without the page around it, and callbacks run before any page.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return {}
    # Whatever Streamlit runs, a page, a fragment or callbacks, it begins with new cursors.
    run, request = _RUN.get()
    if run is not context.cursors or not request:
        request = new_request_id()
        _RUN.set((context.cursors, request))
    # Not the session's id: whoever has it can take over the session.
    session = sha256(context.session_id.encode()).hexdigest()[:8]
    user = context.user_info
    actor = str(user.get("email") or user.get("sub") or "") if user.get("is_logged_in") else ""
    return {"request": request, "session": session, "actor": actor}


def request_id() -> str:
    """Return the id of this thread's run; a new one outside of runs, which no line has."""
    return about_this_run().get("request") or new_request_id()
