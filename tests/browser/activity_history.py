"""A past for the Activity page: what two operators and four refreshes did before the app of a test starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from billingbot.bootstrap import App, build_app
from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import Decision, EditSettings, LinkCompany, Stamp, UnlinkCompany
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.wait import wait_for

# Eight about clients, four connected integrations, credentials, defaults.
BATCHES = 14
SEALED = "gAAAAA-nothing-that-anybody-may-see"
IMG = "<img src=x onerror=alert(1)>"


@dataclass(frozen=True)
class Past:
    """The batches and runs of the past, by what they are."""

    refresh: str
    credentials: str
    defaults: str
    exclusion: str
    bulk_edit: str
    changed_since: str
    unlinking: str
    twilio: str
    failed_run: str
    unapproved_run: str


def write_past(database: Path, sandbox: Sandbox) -> Past:
    """Refresh, decide and fail on the database, and give it back closed."""
    app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)})
    try:
        return _write_past(app, sandbox)
    finally:
        app.close()


def _write_past(app: App, sandbox: Sandbox) -> Past:
    refresh = _refresh(app, RefreshState.SUCCEEDED)
    app.store.add_integration(Integration("twilio", "Twilio"), "auto", app.now())
    rows = app.store.client_rows("pax8")
    linked = rows[rows["companies"] != ""]["client_id"].tolist()
    free = [company for company in app.store.free_companies("pax8")]
    link = app.store.links("pax8", linked[0])[0]

    credentials, defaults = _set_up(app)
    exclusion = _decide(app, "ann", 400, [_edit(linked[0], Setting.EXCLUDED)], "No contract any more.")
    bulk = _decide(app, "bob", 300, [_edit(client, Setting.DROP_AZURE) for client in linked[1:4]], "Month end.")
    since = _decide(app, "ann", 48, [_edit(client, Setting.COLLAPSE_AZURE) for client in linked[4:8]])
    _decide(app, "bob", 30, [_edit(linked[4], Setting.COLLAPSE_AZURE, False, version=1)])
    unlinking = _decide(app, "ann", 5, [UnlinkCompany(link.company_id, linked[0])], f"Wrong: {IMG}")
    hand = [LinkCompany(free[0].company_id, _named(app, IMG))]
    _decide(app, "=cmd()", 3, hand)
    twilio = _decide(app, "bob", 1, [_edit(linked[9], Setting.EXCLUDED)], integration="twilio")

    sandbox.control.fault(Fault(FaultKind.MISSING_ID, "/pax8/v1/companies"))
    failed = _refresh(app, RefreshState.FAILED)
    sandbox.control.clear_faults()
    sandbox.control.fault(Fault(FaultKind.EMPTY_LIST, "/halo/api/Client"))
    unapproved = _refresh(app, RefreshState.NEEDS_APPROVAL)
    sandbox.control.clear_faults()
    return Past(
        refresh.run_id,
        credentials,
        defaults,
        exclusion,
        bulk,
        since,
        unlinking,
        twilio,
        failed.run_id,
        unapproved.run_id,
    )


def _refresh(app: App, ending: RefreshState) -> RefreshRun:
    run = app.start_refresh("pax8", "operator")
    wait_for(lambda: app.store.run(run.run_id).state is ending, f"the refresh to have {ending}")
    return run


def _set_up(app: App) -> tuple[str, str]:
    """Enter credentials of HaloPSA, change defaults of Pax8, and return the batches."""
    credentials, defaults = (Stamp(app.stamp("ann").request_id, "ann", app.now() - timedelta(hours=500)) for _ in "12")
    entered = {"base_url": ("https://acme.halopsa.com", False), "client_secret": (SEALED, True)}
    app.store.save_credentials("halo", entered, credentials)
    version = app.store.integration("pax8").version
    app.store.edit_integration("pax8", version, {"threshold": 95, "drop_azure": True}, defaults)
    return credentials.request_id, defaults.request_id


def _decide(
    app: App, actor: str, hours_ago: int, decisions: Sequence[Decision], reason: str = "", integration: str = "pax8"
) -> str:
    """Carry out decisions and return their batch."""
    stamp = app.stamp(actor, reason=reason)
    at = app.now() - timedelta(hours=hours_ago)
    return app.store.decide(integration, decisions, Stamp(stamp.request_id, actor, at, reason)).batch


def _edit(client_id: int, setting: Setting, value: bool = True, version: int = 0) -> EditSettings:
    return EditSettings(client_id, version, {setting: value})


def _named(app: App, name: str) -> int:
    rows = app.store.client_rows("pax8")
    return int(rows.loc[rows["client"] == name, "client_id"].iloc[0])
