"""A browser tab that is watched: what its screen showed when, and what went over its websocket."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page
from streamlit.proto.BackMsg_pb2 import BackMsg

_OBSERVER = (Path(__file__).parent / "observer.js").read_text(encoding="utf-8")
_IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


@dataclass(frozen=True, slots=True)
class Frame:
    """A websocket frame: `at` in milliseconds since 1970, `size` in bytes. `poll` is a rerun that nobody asked for."""

    at: float
    size: int
    sent: bool
    poll: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A key or a click, and when the screen showed what follows from it; milliseconds since 1970."""

    input: float
    seen: float

    @property
    def took(self) -> float:
        """Return the milliseconds between them."""
        return self.seen - self.input


@dataclass
class Tab:
    """One tab. `frames` grows while the caller waits for anything of the page."""

    page: Page
    frames: list[Frame] = field(default_factory=list)
    _clock: float = 0.0

    def first_row(self) -> float:
        """Return the milliseconds from the start of the navigation until the screen showed the first row."""
        _, seen = self.page.evaluate("observed.whenSeen()")
        return float(seen) - float(self.page.evaluate("performance.timeOrigin"))

    def wait_for_first_row(self, name: str) -> None:
        """Look out for that name in the first row, from the next key on."""
        self.page.evaluate("name => observed.waitForFirstRow(name)", name)

    def wait_for_saved(self) -> None:
        """Look out for the page saying that it has saved the next click."""
        self.page.evaluate("observed.waitForSaved()")

    def seen(self) -> Seen:
        """Return when what was looked out for was seen. Raises a Playwright error after a minute."""
        return Seen(*self.page.evaluate("observed.whenSeen()"))

    def wait_until_idle(self) -> None:
        """Wait until nothing runs on the server for this page."""
        self.page.locator(_IDLE).wait_for()

    def heading(self, text: str) -> float:
        """Return where a heading was drawn on the canvas of a data frame, in pixels from its left."""
        return float(self.page.evaluate("text => observed.headings[text]", text))

    def note_clock(self, event: Mapping[str, Any]) -> None:
        """Learn from an event with two times what those with one mean."""
        self._clock = event["wallTime"] - event["timestamp"]

    def note_frame(self, event: Mapping[str, Any], sent: bool) -> None:
        """Keep what is needed of a frame."""
        content = base64.b64decode(event["response"]["payloadData"])
        poll = sent and BackMsg.FromString(content).rerun_script.is_auto_rerun
        self.frames.append(Frame(1000 * (event["timestamp"] + self._clock), len(content), sent, poll))


@contextmanager
def open_tab(context: BrowserContext, url: str, first_name: str) -> Iterator[Tab]:
    """Yield a tab that is on its way to the address, where the first row should show that name."""
    page = context.new_page()
    tab = Tab(page)
    page.add_init_script(f"({_OBSERVER})({json.dumps(first_name)})")
    protocol = context.new_cdp_session(page)
    protocol.on("Network.requestWillBeSent", tab.note_clock)
    protocol.on("Network.webSocketFrameSent", lambda event: tab.note_frame(event, sent=True))
    protocol.on("Network.webSocketFrameReceived", lambda event: tab.note_frame(event, sent=False))
    protocol.send("Network.enable")
    page.goto(url, wait_until="commit")
    yield tab
    page.close()
