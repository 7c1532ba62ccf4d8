"""The ways into the sandbox and out of it: links that begin a new session, which knows nothing of the other data."""

from html import escape

from billingbot.ui.current_app import DATA, SANDBOX, workspaces

# Relative: the app may be served below a path. All pages are one level deep.
_START = "./"


def sandbox_link(text: str) -> str:
    """Return a link into the sandbox that looks like a button, as HTML."""
    return f'<a class="link-button" href="{_START}?{DATA}={SANDBOX}">{escape(text)}</a>'


def leave_link(text: str = "Leave sandbox", look: str = "link-button") -> str:
    """Return a link out of the sandbox, as HTML; "" where there are no data of one's own beside it."""
    return f'<a class="{look}" href="{_START}">{escape(text)}</a>' if workspaces().has_real_data else ""
