"""A page that has nothing but a dialog, on a real database and a real sandbox, driven without a browser."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from billingbot.bootstrap import App
from billingbot.domain.client_settings import ClientSettings, Setting, SettingValue
from billingbot.domain.decision import Decision, EditSettings, Receipt, Stamp
from billingbot.domain.link import Link
from billingbot.domain.match import ClientStatus
from billingbot.sandbox.server import Sandbox
from billingbot.store.engine import Engine
from billingbot.ui.client_page import DialogKind, PageState
from tests.fakes import NOON

HOSTILE = "![x](//evil) <img src=x onerror=alert(1)> =cmd() $1$"
HOSTILE_IN_MARKDOWN = r"\!\[x\]\(//evil\) \<img src=x onerror=alert\(1\)\> =cmd\(\) \$1\$"

SCRIPT = """
import streamlit as st
from billingbot.ui.client_page import page_state
from billingbot.ui.dialogs import draw_open_dialog

state = page_state()
app = st.session_state["app"]
draw_open_dialog(app, state, app.store.integration("pax8"))
"""


@dataclass
class DialogPage:
    """One operator's session; several may look at one database."""

    app: App
    at: AppTest = field(init=False)

    def __post_init__(self) -> None:
        self.at = AppTest.from_string(SCRIPT, default_timeout=30)
        self.at.session_state["app"] = self.app
        self.at.session_state["client_page"] = PageState()

    @property
    def state(self) -> PageState:
        state: PageState = self.at.session_state["client_page"]
        return state

    def open(self, kind: DialogKind, client_id: int) -> "DialogPage":
        self.state.open(kind, [client_id])
        return self.run()

    def run(self) -> "DialogPage":
        self.at.run()
        assert not self.at.exception, [each.value for each in self.at.exception]
        return self

    def key(self, name: str) -> str:
        assert self.state.dialog is not None
        return self.state.dialog.key(name)

    def click(self, name: str) -> None:
        button = self.at.button(key=self.key(name))
        assert not button.disabled, button.help
        button.click()
        self.run()

    def is_disabled(self, name: str) -> bool:
        return bool(self.at.button(key=self.key(name)).disabled)

    def buttons(self) -> list[str]:
        return [button.label for button in self.at.button]

    def switch(self, name: str, on: bool) -> None:
        self.at.toggle(key=self.key(name)).set_value(on)
        self.run()

    def tick(self, name: str) -> None:
        self.at.checkbox(key=self.key(name)).check()
        self.run()

    def tables(self) -> list[pd.DataFrame]:
        return [table.value for table in self.at.dataframe]

    def table_to_look_at(self) -> pd.DataFrame:
        """Return the only table in which nothing can be selected."""
        [table] = [table.value for table in self.at.dataframe if not table.key]
        return table

    def table(self, name: str) -> pd.DataFrame:
        """Return the table whose key begins with that."""
        table: pd.DataFrame = self._table(name).value
        return table

    def select(self, name: str, *rows: int) -> None:
        """Select rows of that table, by their numbers."""
        self.at.session_state[self._table(name).key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
        self.run()

    def search(self, text: str, name: str = "search") -> None:
        self.at.text_input(key=self.key(name)).set_value(text)
        self.run()

    def said(self) -> str:
        """Return all text that the dialog shows outside of tables and widgets."""
        kinds = (self.at.markdown, self.at.caption, self.at.info, self.at.warning, self.at.error)
        return "\n".join(element.value for elements in kinds for element in elements)

    def errors(self) -> list[str]:
        return [error.value for error in self.at.error]

    def _table(self, name: str) -> Any:
        found = [table for table in self.at.dataframe if table.key and table.key.startswith(self.key(name))]
        assert len(found) == 1, [table.key for table in self.at.dataframe]
        return found[0]


@dataclass
class Desk:
    """What an operator of pax8 has before them: a database, and HaloPSA in a sandbox."""

    app: App
    engine: Engine
    sandbox: Sandbox
    requests: int = 0

    def page(self) -> DialogPage:
        return DialogPage(self.app)

    def open(self, kind: DialogKind, client_id: int) -> DialogPage:
        return self.page().open(kind, client_id)

    def decide(self, *decisions: Decision, actor: str = "bob", reason: str = "") -> Receipt:
        self.requests += 1
        stamp = Stamp(f"{actor}-{self.requests}", actor, NOON, reason)
        return self.app.store.decide("pax8", decisions, stamp)

    def edit(self, client_id: int, fields: dict[Setting, SettingValue], actor: str = "bob") -> Receipt:
        return self.decide(EditSettings(client_id, self.settings(client_id).version, fields), actor=actor)

    def settings(self, client_id: int) -> ClientSettings:
        return self.app.store.settings("pax8", client_id)

    def links(self, client_id: int) -> list[Link]:
        return self.app.store.links("pax8", client_id)

    def names(self, client_id: int) -> list[str]:
        return [link.company for link in self.links(client_id)]

    def client(self, status: ClientStatus, place: int = 0) -> int:
        """Return one of the clients that have the status, counted by name."""
        rows = self.app.store.client_rows("pax8")
        return int(rows.loc[rows["status"] == status.value, "client_id"].iloc[place])

    def write(self, sql: str, *values: object) -> None:
        """Change what only a refresh or the settings of an integration would: names, what is gone, defaults."""
        self.engine.write(lambda tx: tx.execute(sql, values))

    def lose_client(self, client_id: int) -> None:
        """Let HaloPSA no longer list the client, as of the last refresh."""
        self.write("update client set missing_since = $2, gone_run = 'run' where client_id = $1", client_id, NOON)

    def rename_company(self, company_id: str, name: str) -> None:
        self.write("update company set name = $2 where company_id = $1", company_id, name)
