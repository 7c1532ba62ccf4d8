"""docs/adding-a-distributor.md is true: its connector and its recording are taken from the page and used."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from billingbot.bootstrap import App
from billingbot.connectors import DISTRIBUTORS, DistributorKind
from billingbot.domain.refresh import RefreshState
from tests.contract import test_distributors as contract
from tests.contract.recorded.connected_app import connected_app, refreshed
from tests.contract.recorded.conversation import Recorded, ignore, lines_of, playing

PAGE = Path(__file__).resolve().parents[2] / "docs" / "adding-a-distributor.md"


def module(name: str, text: str) -> ModuleType:
    made = ModuleType(name)
    sys.modules[name] = made  # dataclasses look there for the module that they are in
    exec(compile(text, f"{PAGE.name}: {name}", "exec"), made.__dict__)  # noqa: S102 (our own page)
    return made


@pytest.fixture(scope="module")
def nimbus() -> Iterator[tuple[DistributorKind, Recorded]]:
    """The two modules of the page."""
    connector, recording = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    yield module("nimbus", connector).KIND, module("recorded_nimbus", recording).RECORDED
    del sys.modules["nimbus"], sys.modules["recorded_nimbus"]


@pytest.fixture
def app(tmp_path: Path, nimbus: tuple[DistributorKind, Recorded]) -> Iterator[App]:
    """An app whose registry has Nimbus too, connected through the environment."""
    kind, recorded = nimbus
    with connected_app(tmp_path / "t.duckdb", (*DISTRIBUTORS, kind), recorded, "Acme Limited") as opened:
        yield opened


def test_it_keeps_the_contract(nimbus: tuple[DistributorKind, Recorded], caplog: pytest.LogCaptureFixture) -> None:
    contract.test_companies_of_all_pages_are_read(*nimbus)
    contract.test_charges_are_exact_complete_and_in_order(*nimbus)
    contract.test_a_key_that_is_missing_is_named_unless_it_may_be_missing(*nimbus)
    contract.test_secrets_that_are_echoed_are_neither_shown_nor_logged(*nimbus, caplog)
    contract.test_no_endpoint_is_asked_more_often_than_its_limit(*nimbus)
    for fault in contract.FAULTS:
        contract.test_a_fault_of_the_list_is_the_error_that_it_is(*nimbus, fault)


def test_it_is_an_integration_that_can_be_refreshed_and_whose_charges_are_kept(
    app: App, nimbus: tuple[DistributorKind, Recorded]
) -> None:
    _, recorded = nimbus

    assert refreshed(app, "nimbus") is RefreshState.SUCCEEDED
    app.fetch_charges("nimbus", recorded.period, "ann", ignore)

    rows = app.store.client_rows("nimbus")
    assert rows.loc[rows["client"] == "Acme Limited", "companies"].tolist() == ["Acme Ltd"]
    kept = app.store.charges("nimbus", recorded.period)
    assert kept is not None
    assert lines_of(kept) == list(recorded.charges)


def test_only_its_own_api_is_asked(nimbus: tuple[DistributorKind, Recorded]) -> None:
    kind, recorded = nimbus
    with playing(kind, recorded) as (connection, server):
        contract.everything(connection, recorded)

    assert {urlsplit(hit.target).path for hit in server.hits} == {"/token", "/customers", "/charges"}
