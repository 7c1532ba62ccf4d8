"""An app that is connected through the environment: HaloPSA to a sandbox, one distributor to its recorded answers."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from billingbot.bootstrap import App, build_app
from billingbot.connectors import DistributorKind
from billingbot.domain.refresh import RefreshState
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.contract.raw_server import RawServer, Received
from tests.contract.recorded.conversation import Recorded, answer_to, credentials_at
from tests.wait import wait_for


@contextmanager
def connected_app(database: Path, kinds: Sequence[DistributorKind], recorded: Recorded, client: str) -> Iterator[App]:
    """Yield the app, whose HaloPSA also has a client of that name."""

    async def serve(request: Received, writer: asyncio.StreamWriter) -> None:
        await answer_to(recorded, request)(request, writer)

    with (
        RawServer(serve) as server,
        Sandbox(build(seed=1, clients=20, companies=20, today=date(2026, 11, 20)), rate_limit=None) as sandbox,
    ):
        sandbox.control.add_client(client)
        given = {"halo": sandbox_connections(sandbox.url)["halo"], recorded.key: credentials_at(recorded, server.url)}
        environ = {
            f"BILLINGBOT_{key}_{name}".upper(): value for key, named in given.items() for name, value in named.items()
        }
        more = {"BILLINGBOT_DATABASE": str(database), "BILLINGBOT_ALLOWED_HOSTS": "127.0.0.1"}
        app = build_app(environ | more, kinds)
        try:
            yield app
        finally:
            app.close()


def refreshed(app: App, integration: str) -> RefreshState:
    """Refresh, and return how it ended."""
    run = app.start_refresh(integration, "ann")
    wait_for(lambda: app.store.run(run.run_id).state is not RefreshState.RUNNING, "the refresh to end")
    return app.store.run(run.run_id).state
