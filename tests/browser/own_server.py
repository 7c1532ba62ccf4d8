"""An app process over a database of the test's own, to be stopped and started, and looked into in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from billingbot.bootstrap import App, build_app
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.decision import Action
from billingbot.sandbox.server import Sandbox
from tests.browser.conftest import app_process


@contextmanager
def serving(sandbox: Sandbox, database: Path, port: int = 0) -> Iterator[str]:
    environ = {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)}
    with app_process(database.parent, port, **environ) as url:
        yield url


@contextmanager
def opened(sandbox: Sandbox, database: Path) -> Iterator[App]:
    """Look into the database, which belongs to one process at a time: no app may be running."""
    app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)})
    yield app
    app.close()


def settings(app: App, client_ids: list[int]) -> list[ClientSettings]:
    return [app.store.settings("pax8", client_id) for client_id in client_ids]


def edits(app: App, client_id: int) -> int:
    """Return how often the client's settings were changed."""
    return sum(found.change.action is Action.EDIT for found in app.store.history("pax8", client_id, 100))
