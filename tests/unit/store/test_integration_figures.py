"""The figures on the cards of integrations."""

from billingbot.domain.setup_figures import IntegrationFigures, SetupFigures
from billingbot.store import DatabaseStore
from tests.unit.store.refreshes import fetched, refresh


def test_nothing_is_counted_before_the_first_refresh(store: DatabaseStore) -> None:
    assert store.setup_figures() == SetupFigures(0, {})
    assert store.setup_figures().of("pax8") == IntegrationFigures()


def test_companies_their_links_and_those_that_wait_are_counted(listed: DatabaseStore) -> None:
    assert listed.setup_figures() == SetupFigures(4, {"pax8": IntegrationFigures(companies=4, mapped=2, review=1)})


def test_what_is_gone_is_not_counted_and_integrations_are_counted_apart(listed: DatabaseStore) -> None:
    refresh(listed, fetched([1, 2, 3, 4], ["t1", "t2"]), run_id="r2", integration="twilio")
    refresh(listed, fetched([1, 2, 3], ["c2", "c3", "c4"], gone_clients=[4], gone_companies=["c1"]), run_id="r3")

    assert listed.setup_figures() == SetupFigures(
        3, {"pax8": IntegrationFigures(3, 1, 1), "twilio": IntegrationFigures(2, 0, 0)}
    )
