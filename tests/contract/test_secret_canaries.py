"""Every secret that is entered is a canary: whatever works or fails, it is in the sealed column and nowhere else.

The vendors work at first, then they refuse everything and repeat every word that they were sent.
"""

import asyncio
import json
import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdfium2 import PdfDocument

from billingbot.bootstrap import App, build_app, now
from billingbot.bootstrap.vendor import all_vendors
from billingbot.connectors import DISTRIBUTORS
from billingbot.domain.period import Period
from billingbot.domain.refresh import RefreshState
from billingbot.errors import UpstreamError
from billingbot.jobs.export_file import FileKind, export_file
from billingbot.logs.line import JsonLine, TextLine
from billingbot.logs.start import OneLog
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.credentials import SANDBOX_CREDENTIALS
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from billingbot.store import open_duckdb
from billingbot.vault import Vault, key_file_of, read_key_file
from tests.contract.raw_server import RawServer, Received, reply
from tests.contract.recorded.connected_app import refreshed
from tests.contract.recorded.conversation import ignore
from tests.contract.whereabouts import everything_in, files_beside, forms_of, seen_in

pytestmark = pytest.mark.fault(19)

CANARIES = {
    vendor.key: {field.name: f"canary-{vendor.key}-{field.name}" for field in vendor.fields if field.secret}
    for vendor in all_vendors()
}
ALL = [secret for named in CANARIES.values() for secret in named.values()]
TOKEN = "canary-access-token"
CREDENTIALS = replace(
    SANDBOX_CREDENTIALS,
    **{f"{vendor}_{name}": secret for vendor, named in CANARIES.items() for name, secret in named.items()},
)
KEYS = [kind.key for kind in DISTRIBUTORS]
_ADDRESSES = {vendor.key: [field.name for field in vendor.fields if field.address] for vendor in all_vendors()}
_MONTH = Period.of(now().date()).previous


def entered_for(url: str) -> dict[str, dict[str, str]]:
    """Return what is entered for each vendor that a sandbox plays there."""
    return {vendor: {**values, **CANARIES[vendor]} for vendor, values in sandbox_connections(url).items()}


@contextmanager
def opened(database: Path) -> Iterator[App]:
    app = build_app({"BILLINGBOT_DATABASE": str(database), "BILLINGBOT_ALLOWED_HOSTS": "127.0.0.1"})
    try:
        yield app
    finally:
        app.close()


def enter(app: App, entered: Mapping[str, Mapping[str, str]]) -> None:
    for vendor, values in entered.items():
        app.save_credentials(vendor, values, app.stamp("ann"))


def echo(*, signs_in: bool) -> RawServer:
    """Return a server that refuses everything but a sign-in, if so, and repeats what it was sent, secrets first."""

    async def answer(request: Received, writer: asyncio.StreamWriter) -> None:
        asks_to_sign_in = request.method == "POST" or request.target.endswith("/authinfo")
        if signs_in and asks_to_sign_in:
            token = {"access_token": TOKEN, "expires_in": 3600, "token": TOKEN, "expiresInSeconds": 3600}
            await reply(body=json.dumps(token).encode())(request, writer)
            return
        everything = f"{request.target} {dict(request.headers)} {request.body.decode()}"
        # Only so many words of a vendor are shown: what matters comes first.
        words = " ".join([*re.findall(r"canary-[\w-]+|Basic \S+", everything), everything])
        said = dict.fromkeys(("error", "error_description", "message"), words)
        await reply(400 if asks_to_sign_in else 403, json.dumps(said).encode())(request, writer)

    return RawServer(answer)


def exported(app: App, integration: str) -> str:
    """Return what is in the three files of an export, as far as a reader of theirs sees it, and their bytes."""
    kept = app.store.integration(integration)
    files = {kind: export_file(app.store, kept, None, "", now(), kind) for kind in FileKind}
    with ZipFile(BytesIO(files[FileKind.EXCEL])) as parts:
        excel = [parts.read(name).decode() for name in parts.namelist()]
    pdf = PdfDocument(files[FileKind.PDF])
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    pdf.close()
    return " ".join([*excel, *pages, *(content.decode("latin-1") for content in files.values())])


def shown_by(app: App) -> str:
    """Return what the app and the things in it look like, and what they say to pages."""
    vendors = app.vendors
    connections = [vendors.halo, *vendors.distributors.values()]
    return " ".join(
        [
            repr([app, vendors, vars(vendors), connections, vendors.unreadable(), vendors.problems]),
            repr([vendors._resolved(vendor, app.store.credentials()) for vendor in vendors.all]),
            repr([vars(connection) for connection in connections if connection]),
            repr([app.store.checks(), app.store.credentials(), app.store.integrations()]),
            repr([(run, app.store.run(run.run_id)) for key in KEYS if (run := app.store.latest_run(key))]),
        ]
    )


def fail_with(app: App, signs_in: bool) -> list[str]:
    """Let every vendor refuse and repeat; return what is said about it."""
    said = []
    with echo(signs_in=signs_in) as server:
        moved = {vendor: dict.fromkeys(names, server.url) for vendor, names in _ADDRESSES.items()}
        for vendor, addresses in moved.items():
            said.append(repr(app.check_credentials(vendor, addresses | CANARIES[vendor])))
        distributors = {key: moved[key] | CANARIES[key] for key in KEYS}
        enter(app, distributors)
        for key in KEYS:
            said.append(repr(app.check_credentials(key, {})))
            assert refreshed(app, key) is RefreshState.FAILED
            with pytest.raises(UpstreamError) as raised:
                app.fetch_charges(key, _MONTH, "ann", ignore)
            said += [str(raised.value), str(raised.getrepr(style="native"))]
        enter(app, {"halo": moved["halo"] | CANARIES["halo"]})
        assert refreshed(app, KEYS[0]) is RefreshState.FAILED
        said.append(repr(app.check_credentials("halo", {})))
        said.append(shown_by(app))
        arrived = " ".join(f"{hit.target} {dict(hit.headers)} {hit.body!r}" for hit in server.hits)
        assert seen_in(arrived, ALL) == ALL, "every secret has to have been sent, or the test shows nothing"
    return said


def test_every_canary_is_found_where_it_is() -> None:
    assert len(set(ALL)) == len(ALL) >= len(KEYS) + 1
    assert all(seen_in(f"… {form} …", [secret]) == [secret] for secret in ALL for form in forms_of(secret))


@pytest.mark.parametrize("signs_in", [False, True], ids=["sign-in refused", "everything else refused"])
def test_an_entered_secret_is_in_the_sealed_column_and_nowhere_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], signs_in: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    for library in ("httpx2", "httpcore2", "asyncio", "uvicorn"):
        caplog.set_level(logging.DEBUG, logger=library)
    database = tmp_path / "data" / "billingbot.duckdb"
    data = build(seed=1, clients=20, companies=20, today=now().date())

    with opened(database) as app:
        with Sandbox(data, credentials=CREDENTIALS, rate_limit=None) as sandbox:
            enter(app, entered_for(sandbox.url))
            shown = [repr(app.check_credentials(vendor, {})) for vendor in CANARIES]
            for key in KEYS:
                assert refreshed(app, key) is RefreshState.SUCCEEDED
                app.fetch_charges(key, _MONTH, "ann", ignore)
                shown.append(exported(app, key))
            shown.append(shown_by(app))
        shown += fail_with(app, signs_in)
        shown.append(files_beside(database))
    shutil.copytree(database.parent, tmp_path / "backup")
    shown += [everything_in(database), everything_in(tmp_path / "backup" / database.name), *capfd.readouterr()]
    shown += [f"{record.getMessage()} {record.args} {record.exc_text}" for record in caplog.records]

    assert "canary" not in " ".join(CANARIES)
    assert seen_in(" ".join(shown), [*ALL, TOKEN]) == []
    assert unsealed(database) == CANARIES


@contextmanager
def logged() -> Iterator[StringIO]:
    """Yield what all loggers together write, as the app's process writes it for machines and for people."""
    stream = StringIO()
    root = logging.getLogger()
    handlers = [OneLog(stream) for _ in range(2)]
    for handler, line in zip(handlers, (JsonLine(dict), TextLine(dict)), strict=True):
        handler.setFormatter(line)
        root.addHandler(handler)
    yield stream
    for handler in handlers:
        root.removeHandler(handler)


def test_the_log_shows_no_secret_that_was_entered_even_when_a_library_logs_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    careless = logging.getLogger("some.library")
    data = build(seed=1, clients=20, companies=20, today=now().date())

    with logged() as stream, opened(tmp_path / "billingbot.duckdb") as app:
        with Sandbox(data, credentials=CREDENTIALS, rate_limit=None) as sandbox:
            enter(app, entered_for(sandbox.url))
            for key in KEYS:
                assert refreshed(app, key) is RefreshState.SUCCEEDED
        fail_with(app, signs_in=True)
        for secret in [*ALL, TOKEN]:
            for form in forms_of(secret):
                careless.warning("sent %s with %r to https://vendor/?key=%s", form, {"body": form}, form)
            try:
                raise ValueError({"words": secret})
            except ValueError:
                careless.exception("it refused")

    lines = stream.getvalue()
    assert lines.count("it refused") == 2 * len([*ALL, TOKEN])
    assert seen_in(lines, [*ALL, TOKEN]) == []


def test_the_log_shows_no_secret_that_is_only_tried(tmp_path: Path) -> None:
    tried = "canary-that-is-tried-and-not-kept"
    data = build(seed=1, clients=2, companies=2, today=now().date())
    with (
        logged() as stream,
        opened(tmp_path / "billingbot.duckdb") as app,
        Sandbox(data, credentials=CREDENTIALS) as sandbox,
    ):
        assert app.check_credentials("pax8", {**entered_for(sandbox.url)["pax8"], "client_secret": tried}).error
        logging.getLogger("some.library").warning("refused: %s", tried)

    assert "refused: ***" in stream.getvalue()
    assert tried not in stream.getvalue()


def unsealed(database: Path) -> dict[str, dict[str, str]]:
    """Return what the sealed column holds for whoever has the key."""
    vault = Vault(read_key_file(key_file_of(database)))
    store = open_duckdb(database)
    found: dict[str, dict[str, str]] = {}
    for row in store.credentials():
        if row.sealed:
            found.setdefault(row.vendor, {})[row.name] = vault.open(row.vendor, row.name, row.value)
    store.close()
    return found
