"""From the environment to an app."""

from collections.abc import Mapping, Sequence

from billingbot.bootstrap.app import App
from billingbot.bootstrap.surroundings import surroundings_of
from billingbot.bootstrap.vendors import Vendors
from billingbot.config import read_settings
from billingbot.connectors import DISTRIBUTORS, DistributorKind
from billingbot.errors import BillingBotError, ConfigError
from billingbot.store import open_database


def build_app(environ: Mapping[str, str], kinds: Sequence[DistributorKind] = DISTRIBUTORS) -> App:
    """Open the database, connect what is configured, and register each connected distributor as an integration.

    Raises `StoreError` when the database cannot be opened, or holds sandbox data and is opened for real ones or the
    other way round; `ConfigError` when the sandbox's address is no address, or the keys of the secrets cannot be read.
    """
    settings = read_settings(environ)
    store = open_database(settings.database, settings.database_url)
    try:
        vendors = Vendors(store, kinds, surroundings_of(environ, settings))
        app = App(store, vendors, settings.sandbox_url is not None, vendors)
        if app.sandbox and vendors.problems:
            raise ConfigError(" ".join(vendors.problems.values()))
        store.claim("sandbox data" if app.sandbox else "real data")
        app.add_connected_integrations("auto")
    except BillingBotError:
        store.close()
        raise
    return app
