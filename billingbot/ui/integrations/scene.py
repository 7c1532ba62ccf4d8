"""What the Integrations page knows of every vendor when it is drawn: read once, then drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from billingbot.bootstrap import App, Vendor
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshRun
from billingbot.domain.setup_figures import IntegrationFigures, SetupFigures
from billingbot.ui.integrations.vendor_status import Standing, standing
from billingbot.ui.refresh_status import is_running

HALO = "halo"


@dataclass(frozen=True, slots=True)
class Card:
    """A vendor and how it stands. `integration` is None for HaloPSA, and for a distributor that is none (any more).

    `kept` is how many assignments there are still of an integration that was deleted.
    """

    vendor: Vendor
    standing: Standing
    integration: Integration | None
    figures: IntegrationFigures
    latest: RefreshRun | None
    succeeded: RefreshRun | None
    kept: int = 0

    @property
    def is_running(self) -> bool:
        """Say whether its clients are being refreshed."""
        return is_running(self.latest)


@dataclass(frozen=True, slots=True)
class Scene:
    """All cards, HaloPSA's first, and what they were read from."""

    cards: tuple[Card, ...]
    clients: int
    now: datetime
    situation: object

    def card(self, vendor: str) -> Card:
        """Return the card of a vendor."""
        return next(card for card in self.cards if card.vendor.key == vendor)


def read_scene(app: App) -> Scene:
    """Read how every vendor stands."""
    before, now = situation(app), app.now()
    integrations = {integration.key: integration for integration in app.store.integrations()}
    removed, figures = app.store.removed_integrations(), app.store.setup_figures()
    problems, checks = app.vendors.problems, app.store.checks()
    cards = []
    for vendor in app.vendors.all:
        key, deleted = vendor.key, vendor.key in removed
        found = standing(app.vendors.states(key), problems.get(key, ""), checks.get(key), deleted, now)
        cards.append(_card(app, vendor, found, integrations, figures, removed.get(key, 0)))
    return Scene(tuple(cards), figures.clients, now, before)


def situation(app: App) -> object:
    """Return something that is another as soon as anything that the page shows has changed."""
    runs = [app.store.latest_run(vendor.key) for vendor in app.vendors.all if vendor.key != HALO]
    checks = sorted((key, check.error) for key, check in app.store.checks().items())
    return app.store.revision().latest, [run and (run.run_id, run.state, run.alive) for run in runs], checks


def _card(
    app: App,
    vendor: Vendor,
    found: Standing,
    integrations: Mapping[str, Integration],
    figures: SetupFigures,
    kept: int,
) -> Card:
    key = vendor.key
    latest, succeeded = (None, None) if key == HALO else (app.store.latest_run(key), app.store.latest_success(key))
    return Card(vendor, found, integrations.get(key), figures.of(key), latest, succeeded, kept)
