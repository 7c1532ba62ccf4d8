"""Wherever a page fails, what the operator is shown stands in the log, beside the traceback of that very run."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.launch import end
from tests.browser.conftest import ROOT
from tests.wait import wait_for

# The app as it is served, with a page that fails in each way in which a page can fail.
_APP = """
    import streamlit as st
    from billingbot.ui.failure import show_failure
    from billingbot.ui.lifespan import lifespan
    from billingbot.ui.log import start_app_log

    start_app_log()
    app = st.App("page.py", on_script_error=show_failure, lifespan=lifespan)
"""
_PAGE = """
    import logging
    import streamlit as st

    log = logging.getLogger("billingbot.page")
    st.write("drawn")

    def fail(where):
        log.info("about to fail in %s", where)
        raise RuntimeError(f"failed in {where}")

    if st.button("page"):
        fail("page")
    st.button("callback", on_click=fail, args=("callback",))

    @st.fragment
    def part():
        if st.button("fragment"):
            fail("fragment")
        st.button("callback of a fragment", on_click=fail, args=("callback of a fragment",))

    part()

    @st.dialog("Dialog")
    def opened():
        if st.button("dialog"):
            fail("dialog")

    if st.button("open"):
        opened()

    if st.session_state.pop("again", False):
        fail("second run")
    if st.button("rerun"):
        log.info("the first run goes well")
        st.session_state["again"] = True
        st.rerun()
"""


@dataclass(frozen=True)
class FailingApp:
    url: str
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FailingApp]:
    folder = tmp_path_factory.mktemp("failing")
    (folder / "app.py").write_text(dedent(_APP))
    (folder / "page.py").write_text(dedent(_PAGE))
    config = folder / ".streamlit"
    config.mkdir()
    (config / "config.toml").write_text((ROOT / ".streamlit" / "config.toml").read_text())
    log, said = folder / "log", folder / "said"
    environ = {"PYTHONPATH": str(ROOT), "BILLINGBOT_DATABASE": str(folder / "test.duckdb")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"]
    with log.open("wb") as errors, said.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=output, stderr=errors)
    try:
        url = wait_for(lambda: _address(said), "the app to say its address")
        yield FailingApp(url, log)
    finally:
        end(process)


def _address(said: Path) -> str:
    return next((word for word in said.read_text().split() if word.startswith("http://127.0.0.1:")), "")


@pytest.mark.parametrize("where", ["page", "callback", "fragment", "callback of a fragment", "dialog"])
def test_the_reference_that_is_shown_stands_beside_the_traceback(
    app: FailingApp, context: BrowserContext, where: str
) -> None:
    page = context.new_page()
    page.goto(app.url)
    if where == "dialog":
        page.get_by_role("button", name="open", exact=True).click()
    page.get_by_role("button", name=where, exact=True).click()
    shown = page.get_by_test_id("stAlert").filter(has_text="Something went wrong")
    expect(shown).to_have_count(1)

    reference = shown.locator("code").inner_text()
    lines = [line for line in app.lines() if line.get("request") == reference]
    assert f"about to fail in {where}" in [line["message"] for line in lines]
    assert any(f"RuntimeError: failed in {where}" in line.get("exception", "") for line in lines)
    assert any(reference in line["message"] for line in lines)
    assert len({line["session"] for line in lines}) == 1


def test_each_run_has_an_id_of_its_own(app: FailingApp, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(app.url)
    shown = page.get_by_test_id("stAlert").locator("code")
    seen: list[str] = []
    for _ in range(3):
        page.get_by_role("button", name="fragment", exact=True).click()
        wait_for(lambda: shown.count() == 1 and shown.inner_text() not in seen, "another reference")
        seen.append(shown.inner_text())

    assert len(set(seen)) == 3


def test_a_run_that_follows_in_the_same_thread_has_an_id_of_its_own(app: FailingApp, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(app.url)
    page.get_by_role("button", name="rerun", exact=True).click()
    reference = page.get_by_test_id("stAlert").locator("code").inner_text()

    first = next(line for line in app.lines() if line["message"] == "the first run goes well")
    second = next(line for line in app.lines() if line["message"] == "about to fail in second run")
    assert second["request"] == reference != first["request"]
    assert second["session"] == first["session"]


def test_the_log_holds_nothing_but_lines_and_each_event_once(app: FailingApp) -> None:
    lines = app.lines()

    tracebacks = [line["request"] for line in lines if "exception" in line]
    assert len(tracebacks) == len(set(tracebacks)) >= 9
    assert all(line["time"].endswith("Z") for line in lines)
