"""Pairs that wait for somebody, the dialogs in which many are decided at once, and how their rows look afterwards."""

import re
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import expect

from billingbot.bootstrap import build_app
from billingbot.jobs.proposals import Proposal, acceptable, best_suggestions, links_under_review
from tests.browser.client_page import ClientPage
from tests.browser.dialogs import Dialog, bring_into_sight, open_tool, select

PAIRS = "Pairs to decide"
LEFT_OUT = "Clients that are left out"


@dataclass
class Waiting:
    """What waits for somebody in the database as it is when the module begins. No test gets what another got.

    `rivals` are suggested the same company; of the others nobody else is.
    """

    suggestions: list[Proposal]
    rivals: list[tuple[Proposal, Proposal]]
    reviews: list[Proposal]

    def suggested(self, number: int) -> list[Proposal]:
        return [self.suggestions.pop() for _ in range(number)]

    def reviewed(self, number: int) -> list[Proposal]:
        return [self.reviews.pop() for _ in range(number)]


def read_waiting(database: Path, folder: Path) -> Waiting:
    """Return what waits in a database, which is left as it is: a copy in the folder is opened."""
    copy = shutil.copy(database, folder)
    environ = {"BILLINGBOT_SANDBOX_URL": "http://127.0.0.1:1", "BILLINGBOT_DATABASE": str(copy)}
    with closing(build_app(environ)) as app:
        everybody = app.store.client_rows("pax8")["client_id"].tolist()
        suggestions = best_suggestions(app.store, "pax8", everybody)
        reviews = list(links_under_review(app.store, "pax8", everybody).pairs)
    of: dict[str, list[Proposal]] = {}
    for pair in suggestions.pairs:
        of.setdefault(pair.company_id, []).append(pair)
    rivals = [(pairs[0], pairs[1]) for pairs in of.values() if len(pairs) == 2]
    alone = [pair for pair in acceptable(suggestions).pairs if len(of[pair.company_id]) == 1]
    return Waiting(alone, rivals, reviews)


def open_for(page: ClientPage, verb: str, pairs: list[Proposal]) -> Dialog:
    """Select the clients of pairs in their queue and open the dialog of a verb."""
    page.chip("Review" if verb == "Confirm" else "Suggested").click()
    bring_into_sight(page, pairs[0].client_id).wait_for()
    select(page, [pair.client_id for pair in pairs])
    return open_tool(page, f"{verb} {len(pairs)} selected")


def expect_status(page: ClientPage, pair: Proposal, status: str) -> None:
    """Wait until the row of a pair's client, which is not filtered away, has a status."""
    expect(bring_into_sight(page, pair.client_id).locator("[col-id=status]")).to_have_text(status)


def show_all(page: ClientPage) -> None:
    page.chip("Review" if page.chip("Review").get_attribute("aria-checked") == "true" else "Suggested").click()
    expect(page.row_count).to_have_text(re.compile(r"^[\d,]+ clients$"))


def expect_linked(page: ClientPage, pair: Proposal) -> None:
    expect_status(page, pair, "Mapped")
    expect(page.row(pair.client_id).locator("[col-id=companies] .name")).to_have_text(pair.company)


def expect_suggested(page: ClientPage, pair: Proposal) -> None:
    expect_status(page, pair, "Suggested")
    expect(page.row(pair.client_id).locator("[col-id=companies] .note").first).to_contain_text(pair.company)


def expect_not_suggested(page: ClientPage, pair: Proposal) -> None:
    expect(bring_into_sight(page, pair.client_id).locator("[col-id=companies]")).not_to_contain_text(pair.company)
