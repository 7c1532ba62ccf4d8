"""The integrations that the setup is about: those that are connected."""

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration


def connected_integrations(app: App) -> list[Integration]:
    """Return them, in the order in which distributors are shown everywhere."""
    by_key = {integration.key: integration for integration in app.store.integrations()}
    return [by_key[key] for key in app.vendors.distributors if key in by_key]
