"""HaloPSA's items, read once in ten minutes for all sessions of the process."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.product import HaloItem
from billingbot.errors import ConfigError
from billingbot.ports import Halo

_SECONDS = 600


def halo_items(app: App) -> list[HaloItem]:
    """Return every active item, by name. Raises `ConfigError` when HaloPSA is not connected, and `UpstreamError`."""
    halo = app.connections.halo
    if halo is None:
        raise ConfigError(app.connections.problems.get("halo", "HaloPSA is not connected."))
    # Other credentials are another connection, and former ones live as long as the app: no two have one number.
    return _read(halo, id(halo))


def forget_items() -> None:
    """Let the items be read again when they are asked for next."""
    _read.clear()


@st.cache_data(ttl=_SECONDS, show_spinner="Reading items from HaloPSA …")
def _read(_halo: Halo, number: int) -> list[HaloItem]:  # noqa: ARG001 - which HaloPSA, in the cache
    items = _halo.items(lambda _done, _total: None)
    return sorted(items, key=lambda item: (item.name.casefold(), item.item_id))
