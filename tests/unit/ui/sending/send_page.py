"""A page that has nothing but planning, sending and the ledger of a month, driven without a browser."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from billingbot.bootstrap import App, Connections, SendingState
from billingbot.domain.ledger import LedgerEntry
from billingbot.ui.sending.state import SendDesk
from tests.fakes import no_vendors
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import NOVEMBER
from tests.wait import wait_for

AMBER, BIRCH, CEDAR = 1, 2, 3
SCRIPT = """
import streamlit as st
from billingbot.ui.sending.bar import draw_plan_button, draw_send_status
from billingbot.ui.sending.dialog import draw_plan_dialog
from billingbot.ui.sending.history import draw_history
from tests.unit.store.statements import NOVEMBER

app, desk = st.session_state["app"], st.session_state["desk"]
integration = app.store.integration("pax8")
billing = app.billing("pax8", NOVEMBER)
draw_plan_button(app, desk, integration, NOVEMBER, billing, st.session_state["ticked"])
draw_send_status(app, desk, integration)
draw_history(app, integration, NOVEMBER)
draw_plan_dialog(app, desk, integration)
"""


@dataclass
class SendPage:
    """One operator's session. `ticked` are the clients that are planned for."""

    desk: Desk
    ticked: Sequence[int] = (AMBER, BIRCH, CEDAR)
    app: App = field(init=False)
    at: AppTest = field(init=False)
    state: SendDesk = field(default_factory=SendDesk)

    def __post_init__(self) -> None:
        halo: Any = self.desk.halo
        self.app = App(self.desk.store, Connections(halo, {}, {}), True, no_vendors(self.desk.store))
        self.enter()

    def enter(self) -> None:
        """Come to the page, in a session of its own."""
        self.state = SendDesk()
        self.at = AppTest.from_string(SCRIPT, default_timeout=30)

    def run(self) -> None:
        self.at.session_state["app"], self.at.session_state["desk"] = self.app, self.state
        self.at.session_state["ticked"] = list(self.ticked)
        self.at.run()
        assert not self.at.exception, [each.value for each in self.at.exception]

    def press(self, label: str) -> None:
        """Press the button whose label begins so."""
        [button] = [button for button in self.at.button if button.label.startswith(label)]
        assert not button.disabled, button.help
        button.click()
        self.run()

    def plan(self) -> None:
        self.run()
        self.press(f"Plan {len(self.ticked)} client")

    def send(self) -> None:
        """Send what is planned, and wait until that has ended."""
        self.press("Send ")
        self.press("Send now")
        self.wait_until_sent()

    def wait_until_sent(self) -> None:
        def ended() -> bool:
            newest = self.app.sendings.newest("pax8")
            return newest is not None and newest.state is not SendingState.RUNNING

        wait_for(ended, "the sending to end")
        self.run()

    def agree(self, client_id: int) -> None:
        opened = self.state.open_plan
        assert opened is not None
        self.at.checkbox(key=opened.key(f"agree-{client_id}")).check()
        self.run()

    def buttons(self) -> list[str]:
        return [button.label for button in self.at.button]

    def why_disabled(self, label: str) -> str:
        """Return what the disabled button says."""
        [button] = [button for button in self.at.button if button.label.startswith(label)]
        assert button.disabled
        return str(button.help)

    def said(self) -> str:
        kinds = (self.at.markdown, self.at.caption, self.at.info, self.at.warning, self.at.error, self.at.success)
        return "\n".join(element.value for elements in kinds for element in elements)

    def table(self, *columns: str) -> pd.DataFrame:
        """Return the table that has these columns. A table in which nothing can be picked has no key here."""
        [found] = [table.value for table in self.at.dataframe if set(columns) <= set(table.value.columns)]
        frame: pd.DataFrame = found
        return frame

    def pick(self, column: str, row: int) -> None:
        """Pick a row of the table that has this column."""
        [key] = [table.key for table in self.at.dataframe if table.key and column in table.value.columns]
        self.at.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
        self.run()

    def format_of(self, table: str, column: str) -> str:
        """Return how numbers of a column are written in the table that has this other column."""
        [found] = [one for one in self.at.dataframe if table in one.value.columns and column in one.value.columns]
        return str(json.loads(found.proto.columns)[column]["type_config"]["format"])

    def planned(self) -> dict[str, str]:
        """Return the action of each client of the plan."""
        table = self.table("Client", "Against")
        return dict(zip(table["Client"], table["Action"], strict=True))

    def ledger(self) -> list[LedgerEntry]:
        return self.app.store.ledger("pax8", NOVEMBER)
