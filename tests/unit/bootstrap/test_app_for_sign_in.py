"""Who may do what through the app: every public action × every kind of person."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from billingbot.bootstrap import App, Connections
from billingbot.domain.access import Role, SignIn
from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.party import Client, Company
from billingbot.domain.period import Period
from billingbot.errors import AccessRefused, BillingBotError
from billingbot.store import DatabaseStore, open_duckdb
from tests.fakes import FakeDistributor, FakeHalo, no_vendors
from tests.unit.bootstrap.conftest import Making
from tests.unit.store.all_rows import all_rows
from tests.unit.store.people import arrive, change, user
from tests.wait import wait_for

NOW = datetime.now(UTC)
MONTH = Period(2026, 10)


def ignore(done: int, total: int) -> None:
    """Be shown how far it is."""


def refresh(app: App) -> None:
    run = app.start_refresh("pax8", "ann")
    wait_for(lambda: app.store.run(run.run_id).finished_at is not None, "the refresh to end")


def fetch(app: App) -> None:
    app.start_charge_fetch("pax8", MONTH, "ann")
    wait_for(lambda: not (newest := app.charge_fetches.newest("pax8")) or not newest.is_running, "the fetch to end")


SEEING: Mapping[str, Callable[[App], object]] = {
    "billing": lambda app: app.billing("pax8", MONTH),
    "kept_plan": lambda app: app.kept_plan("cafe"),
    "preview_defaults": lambda app: app.preview_defaults("pax8", Integration("pax8", "Pax8", threshold=95)),
    "time_zone": lambda app: app.time_zone(),
}
OPERATING: Mapping[str, Callable[[App], object]] = {
    "cancel_charge_fetch": lambda app: app.cancel_charge_fetch("pax8"),
    "cancel_refresh": lambda app: app.cancel_refresh("r1", "ann"),
    "cancel_sending": lambda app: app.cancel_sending("pax8"),
    "fetch_charges": lambda app: app.fetch_charges("pax8", MONTH, "ann", ignore),
    "plan_charges": lambda app: app.plan_charges("pax8", MONTH, [1], "ann"),
    "send_charges": lambda app: app.send_charges("cafe", [1], "ann", ignore),
    "start_charge_fetch": fetch,
    "start_refresh": refresh,
    "start_sending": lambda app: app.start_sending("cafe", [1], "ann"),
}
ADMINISTERING: Mapping[str, Callable[[App], object]] = {
    "add_connected_integrations": lambda app: app.add_connected_integrations("ann"),
    "check_credentials": lambda app: app.check_credentials("halo", {"base_url": "https://127.0.0.1:1"}),
    "save_credentials": lambda app: app.save_credentials("pax8", {"client_id": "x"}, app.stamp("ann")),
    "remove_integration": lambda app: app.remove_integration("pax8", "ann"),
    "purge_integration": lambda app: app.purge_integration("pax8", "ann"),
}
# They say nothing that is in the database, or share what is there.
HARMLESS = {"close", "for_sign_in", "now", "problems_of", "stamp"}
ACTIONS = {**SEEING, **OPERATING, **ADMINISTERING}


def role(wanted: Role) -> Callable[[DatabaseStore], SignIn]:
    return lambda store: arrive(store, "ann", wanted, NOW)


PEOPLE: list[tuple[str, Role, set[str]]] = [
    ("none", Role.NONE, set()),
    ("viewer", Role.VIEWER, set(SEEING)),
    ("operator", Role.OPERATOR, {*SEEING, *OPERATING}),
    ("admin", Role.ADMIN, set(ACTIONS)),
]


@pytest.fixture
def app(store: DatabaseStore, make_vendors: Making) -> App:
    """Return an app on stand-ins for HaloPSA and Pax8."""
    store.add_integration(Integration("pax8", "Pax8"), "auto", NOW)
    halo, pax8 = FakeHalo(rows=[Client(1, "Acme")]), FakeDistributor(rows=[Company("c1", "Acme")])
    connections: Any = Connections(halo, {"pax8": pax8}, {})  # type: ignore[arg-type, dict-item]
    return App(store, connections, False, make_vendors())


def upstream(app: App) -> list[object]:
    halo, pax8 = app.connections.halo, app.connections.distributors["pax8"]
    return [vars(halo).copy(), vars(pax8).copy()]


def test_every_public_action_of_the_app_is_tried() -> None:
    public = {name for name, value in vars(App).items() if not name.startswith("_") and callable(value)}

    assert ACTIONS.keys() | HARMLESS == public


@pytest.mark.parametrize(("name", "person", "allowed"), PEOPLE, ids=[name for name, _, _ in PEOPLE])
def test_what_a_role_denies_is_refused_and_changes_nothing(
    app: App, store: DatabaseStore, name: str, person: Role, allowed: set[str]
) -> None:
    own = app.for_sign_in(role(person)(store), app)
    before, asked = all_rows(store.engine), upstream(app)
    assert (own.role, own.actor) == (person, "ann@msp.test")

    for action, act in ACTIONS.items():
        if action in allowed:
            continue
        with pytest.raises(AccessRefused):
            act(own)
        assert (all_rows(store.engine), upstream(app)) == (before, asked), (name, action)
    assert app.charge_fetches.newest("pax8") is None
    assert app.sendings.newest("pax8") is None


@pytest.mark.parametrize(("name", "person", "allowed"), PEOPLE, ids=[name for name, _, _ in PEOPLE])
def test_what_a_role_allows_is_not_refused(
    app: App, store: DatabaseStore, name: str, person: Role, allowed: set[str]
) -> None:
    own = app.for_sign_in(role(person)(store), app)

    for action in ACTIONS:
        if action not in allowed:
            continue
        try:
            ACTIONS[action](own)
        except AccessRefused as error:
            pytest.fail(f"{action} was refused for {name}: {error}")
        except BillingBotError:
            continue  # no such plan, no such run: whoever hears that was let through


def signed_out(store: DatabaseStore, ann: SignIn) -> None:
    store.sign_out(ann, NOW)


def disabled(store: DatabaseStore, _: SignIn) -> None:
    change(store, "ann", Role.ADMIN, disabled=True)


def signed_out_everywhere(store: DatabaseStore, _: SignIn) -> None:
    store.sign_out_everywhere(user(store, "ann").user_id, Stamp("everywhere", "root", datetime.now(UTC)))


@pytest.mark.parametrize("ending", [signed_out, disabled, signed_out_everywhere])
def test_a_tab_that_is_still_open_can_do_nothing_more(
    app: App, store: DatabaseStore, ending: Callable[[DatabaseStore, SignIn], None]
) -> None:
    ann = arrive(store, "ann", Role.ADMIN, NOW)
    own = app.for_sign_in(ann, app)
    ending(store, ann)
    before, asked = all_rows(store.engine), upstream(app)

    for act in ACTIONS.values():
        with pytest.raises(AccessRefused):
            act(own)

    assert (all_rows(store.engine), upstream(app)) == (before, asked)
    with pytest.raises(AccessRefused):
        app.for_sign_in(ann, app)


def test_credentials_are_seen_and_saved_with_the_persons_own_rights(app: App, store: DatabaseStore) -> None:
    viewer = app.for_sign_in(arrive(store, "ann", Role.VIEWER, NOW), app)
    nobody = app.for_sign_in(arrive(store, "bob", Role.NONE, NOW), app)

    assert viewer.vendors.states("pax8")
    with pytest.raises(AccessRefused):
        viewer.vendors.save("pax8", {"client_id": "x"}, app.stamp("ann"))
    with pytest.raises(AccessRefused):
        nobody.vendors.states("pax8")
    assert store.credentials() == []


def test_a_refresh_goes_on_when_whoever_started_it_was_signed_out(app: App, store: DatabaseStore) -> None:
    ann = arrive(store, "ann", Role.OPERATOR, NOW)
    pax8: Any = app.connections.distributors["pax8"]
    pax8.before_answer = lambda: store.sign_out(ann, NOW)

    run = app.for_sign_in(ann, app).start_refresh("pax8", "ann")

    wait_for(lambda: store.run(run.run_id).finished_at is not None, "the refresh to end")
    assert store.run(run.run_id).error is None


def test_the_app_of_a_person_shares_the_machines_and_does_not_close_it(app: App, store: DatabaseStore) -> None:
    own = app.for_sign_in(arrive(store, "ann", Role.ADMIN, NOW), app)

    own.close()

    assert own.sendings is app.sendings
    assert store.integrations()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[App]:
    """Return an app on a database of its own, without users."""
    store = open_duckdb(tmp_path / "sandbox.duckdb")
    yield App(store, Connections(None, {}, {}), True, no_vendors(store))
    store.close()


def test_in_a_sandbox_the_role_is_that_of_the_real_data(app: App, store: DatabaseStore, sandbox: App) -> None:
    ann = arrive(store, "ann", Role.VIEWER, NOW)
    own = sandbox.for_sign_in(ann, app)
    assert own.time_zone()
    with pytest.raises(AccessRefused, match="Your role is viewer"):
        own.store.save_setting("time_zone", "Asia/Tokyo", own.stamp("ann"))

    change(store, "ann", Role.ADMIN)
    own.store.save_setting("time_zone", "Asia/Tokyo", own.stamp("ann"))

    assert own.time_zone() == "Asia/Tokyo"
    assert own.store.users() == store.users()
    assert sandbox.store.users() == []
    store.sign_out(ann, NOW)
    with pytest.raises(AccessRefused, match="You were signed out"):
        own.store.save_setting("time_zone", "", own.stamp("ann"))
