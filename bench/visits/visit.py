"""One visit of a page: how soon it shows its rows, what a click costs, how soon it has found something."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from bench.visits.log_growth import log_growth
from bench.visits.searches import Word
from bench.visits.subjects import Subject
from bench.visits.tab import Frame, Seen, Tab, open_tab
from tests.browser.conftest import new_context

# Milliseconds between one click and the next, and one key and the next, after the page has come to rest.
_CLICK_PACE, _KEY_PACE = 500, 100
# Milliseconds for which the server may be busy with a poll.
_POLL = 1_000


@dataclass(frozen=True, slots=True)
class Site:
    """A page that is served at `url` and writes into `database`."""

    subject: Subject
    url: str
    database: Path


@dataclass(frozen=True, slots=True)
class Click:
    """A tick, in milliseconds since 1970.

    The click was made, what says so was sent to the server, the change was written to the disk, the browser showed that
    it knows. `size` is in bytes: what went over the websocket, both ways, until the page came to rest; None when a poll
    was among it.
    """

    made: float
    sent: float
    saved: float
    shown: float
    size: int | None


@dataclass(frozen=True, slots=True)
class Visit:
    """`cold` and `warm` are milliseconds to the first row without and with a cache; `keys` to the rows found."""

    cold: float
    warm: float
    clicks: Sequence[Click]
    keys: Sequence[float]


def visit(browser: Browser, site: Site, first_name: str, rows: int, words: Sequence[Word]) -> Visit:
    """Visit a page with a browser that knows nothing, then once more.

    Args:
        browser: to open tabs in.
        site: the page.
        first_name: of the client at the top.
        rows: how many to tick, from the top.
        words: what to search for.
    """
    with new_context(browser) as context:
        with open_tab(context, site.url, first_name) as tab:
            cold = tab.first_row()
            tab.wait_until_idle()
            clicks = _ticks(tab, site, rows)
            keys = [took for word in words for took in _search(tab, site.subject, first_name, word)]
        with open_tab(context, site.url, first_name) as tab:
            warm = tab.first_row()
    return Visit(cold, warm, clicks, keys)


def _ticks(tab: Tab, site: Site, rows: int) -> list[Click]:
    if not site.subject.tick:
        return []
    made: list[tuple[Seen, int, int]] = []
    with log_growth(site.database) as grown:
        for row in range(rows):
            tab.page.wait_for_timeout(_CLICK_PACE)
            before = len(tab.frames)
            tab.wait_for_saved()
            site.subject.tick(tab, row)
            seen = tab.seen()
            tab.wait_until_idle()
            made.append((seen, before, len(tab.frames)))
    return [_click(seen, tab.frames[:before], tab.frames[before:after], grown) for seen, before, after in made]


def _click(seen: Seen, before: Sequence[Frame], frames: Sequence[Frame], grown: Sequence[float]) -> Click:
    sent = min(frame.at for frame in frames if frame.sent and not frame.poll)
    saved = min(at for at in grown if at > sent)
    polled = any(frame.poll for frame in (*before, *frames) if frame.at > sent - _POLL)
    return Click(seen.input, sent, saved, seen.seen, None if polled else sum(frame.size for frame in frames))


def _search(tab: Tab, subject: Subject, first_name: str, word: Word) -> Iterator[float]:
    """Yield the milliseconds of each key, and leave the box empty."""
    if not subject.search:
        return
    box = subject.search(tab.page)
    box.click()
    for key, name in word:
        tab.page.wait_for_timeout(_KEY_PACE)
        tab.wait_for_first_row(name)
        tab.page.keyboard.press(key)
        yield tab.seen().took
        tab.wait_until_idle()
    tab.wait_for_first_row(first_name)
    box.fill("")
    tab.seen()
