"""Each page as a server process of its own, and the browser that visits them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from billingbot.launch import end
from tests.browser.conftest import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES, MAC_CHROME, ROOT
from tests.wait import wait_for


@contextmanager
def served(script: str, database: Path, sandbox_url: str) -> Iterator[str]:
    """Yield the address of a page that works on the database; its process ends with the block."""
    log = database.with_suffix(".log")
    names = {"BILLINGBOT_SANDBOX_URL": sandbox_url, "BILLINGBOT_DATABASE": str(database)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BILLINGBOT_")}
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", "0"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**kept, **names, "BENCH_DATABASE": str(database)}, stdout=output, stderr=output
        )
    try:
        yield wait_for(lambda: _address(log.read_text()), f"{script} to say its address")
    finally:
        end(process)


def _address(log: str) -> str:
    return next((word for word in log.split() if word.startswith("http://127.0.0.1:")), "")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser without a window."""
    installed = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), MAC_CHROME)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=CHROMIUM_ARGUMENTS.split())
        yield browser
        browser.close()
