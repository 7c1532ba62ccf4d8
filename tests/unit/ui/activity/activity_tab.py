"""The Activity page without its title, on a real database, driven without a browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pandas as pd
from streamlit.testing.v1 import AppTest

from billingbot.bootstrap import App, Connections
from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import Decision, EditSettings, Stamp
from tests.fakes import no_vendors
from tests.unit.jobs.conftest import Desk

SCRIPT = """
import streamlit as st
from billingbot.ui.activity.page import draw_activity
from billingbot.ui.activity.state import activity_state

state = activity_state()
app = st.session_state["app"]
draw_activity(app, state, app.store.integrations())
"""


@dataclass
class Office:
    """A database that operators and refreshes have changed."""

    desk: Desk
    app: App = field(init=False)

    def __post_init__(self) -> None:
        self.app = App(self.desk.store, Connections(None, {}, {}), True, no_vendors(self.desk.store))

    def decide(
        self, actor: str, *decisions: Decision, reason: str = "", days_ago: float = 0, integration: str = "pax8"
    ) -> str:
        """Carry out decisions and return their batch."""
        request = self.app.stamp(actor).request_id
        at = self.app.now() - timedelta(days=days_ago)
        return self.app.store.decide(integration, decisions, Stamp(request, actor, at, reason)).batch

    def exclude(self, actor: str, *client_ids: int, reason: str = "") -> str:
        """Exclude clients that nobody has decided about, in one batch."""
        edits = [EditSettings(client_id, 0, {Setting.EXCLUDED: True}) for client_id in client_ids]
        return self.decide(actor, *edits, reason=reason)

    def edit(self, actor: str, client_id: int, setting: Setting, value: SettingValue) -> str:
        """Change a setting as it stands now."""
        version = self.app.store.settings("pax8", client_id).version
        return self.decide(actor, EditSettings(client_id, version, {setting: value}))

    def excluded(self) -> list[int]:
        """Return the ids of the excluded clients."""
        rows = self.app.store.client_rows("pax8")
        return sorted(rows.loc[rows["excluded"], "client_id"].tolist())

    def open(self, **address: str) -> "ActivityTab":
        """Open the page at an address in a session of its own."""
        return ActivityTab(self.app, address)


@dataclass
class ActivityTab:
    """One operator's session."""

    app: App
    address: Mapping[str, str]
    at: AppTest = field(init=False)

    def __post_init__(self) -> None:
        self.at = AppTest.from_string(SCRIPT, default_timeout=30)
        self.at.session_state["app"] = self.app
        for name, value in self.address.items():
            self.at.query_params[name] = value
        self.run()

    def run(self) -> None:
        self.at.run()
        assert not self.at.exception, [each.value for each in self.at.exception]

    @property
    def table(self) -> pd.DataFrame:
        [table] = self.at.dataframe
        frame: pd.DataFrame = table.value
        return frame

    def column(self, name: str) -> Sequence[str]:
        values: Sequence[str] = self.table[name].tolist()
        return values

    def buttons(self) -> list[str]:
        return [button.label for button in self.at.button]

    def click(self, label: str) -> None:
        next(button for button in self.at.button if button.label == label).click()
        self.run()

    def choose(self, label: str, value: str) -> None:
        next(box for box in self.at.selectbox if box.label == label).set_value(value)
        self.run()

    def search(self, text: str) -> None:
        self.at.text_input[0].set_value(text)
        self.run()

    def said(self) -> str:
        """Return all text that the page shows outside of tables and widgets."""
        markdown = (self.at.markdown, self.at.caption, self.at.info, self.at.warning, self.at.error, self.at.subheader)
        texts = [element.value for elements in markdown for element in elements]
        return "\n".join([*texts, *(str(html.proto.body) for html in self.at.get("html"))])

    def shown_address(self) -> dict[str, str]:
        shown = self.at.query_params.items()
        return {name: value if isinstance(value, str) else value[0] for name, value in shown}
