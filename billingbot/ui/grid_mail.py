"""What the page tells the grid, in an element that its script reads: where the table is, and what changed since."""

import json

import streamlit as st

from billingbot.ui.client_list import ClientList
from billingbot.ui.client_page import PageState
from billingbot.ui.grid_events import Outbox
from billingbot.ui.work_queue import EMPTY, LABELS, Work

_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&'"}


def mail_text(state: PageState, clients: ClientList, work: Work | None, outbox: Outbox | None) -> str:
    """Return the mail as JSON without `<`, `>`, `&` and `'`: it stands in an attribute, in single quotes.

    Its rows are lists in the order of the table's columns, whose names would take more than the values.
    Streamlit drops attributes that look like markup; double quotes, of which JSON is full, would take five bytes more.

    Args:
        state: of the session.
        clients: the rows as they are now.
        work: the chip that is pressed.
        outbox: what the grid handed over last, if it has; all its events are done.
    """
    since = outbox.applied if outbox and outbox.applied >= clients.table_revision else clients.table_revision
    focus = state.returned_from
    mail = {
        "integration": clients.integration,
        "boot": outbox.boot if outbox else "",
        "acknowledged": outbox.last if outbox else 0,
        "table": clients.token,
        "since": since,
        "revision": clients.revision,
        "rows": [
            [row[column] for column in clients.table.columns]
            for row in clients.changed_since(since) + clients.shown(state.refused)
        ],
        "queue": {"name": work, "label": LABELS[work], "empty": EMPTY[work]} if work else None,
        "notice": {"text": state.notice.text, "batch": state.notice.batch} if state.notice else None,
        "focus": {"number": focus.number, "client": focus.client_ids[0]} if focus and focus.client_ids else None,
    }
    text = json.dumps(mail, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def draw_mail(text: str) -> None:
    """Put the mail where the grid finds it."""
    st.html(f"<div data-mail='{text}'></div>")
