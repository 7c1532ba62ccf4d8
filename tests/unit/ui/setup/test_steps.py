"""Who is led to the setup, and where it goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from billingbot.bootstrap import App, build_app
from billingbot.domain.integration import Integration
from billingbot.ui.setup.steps import SetupEnd, SetupStep, current_step, end_setup, go_to, is_over, leads_to_setup


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    opened = build_app({"BILLINGBOT_DATABASE": str(tmp_path / "test.duckdb")})
    yield opened
    opened.close()


def add_pax8(app: App) -> None:
    app.store.add_integration(Integration("pax8", "Pax8"), actor="auto", now=app.now())


def test_a_new_installation_begins_with_the_welcome(app: App) -> None:
    assert leads_to_setup(app)
    assert current_step(app) is SetupStep.WELCOME


def test_integrations_from_elsewhere_need_no_setup(app: App) -> None:
    add_pax8(app)

    assert not leads_to_setup(app)


def test_a_setup_that_was_begun_goes_on_where_it_was(app: App) -> None:
    go_to(app, SetupStep.DEFAULTS)
    add_pax8(app)

    assert leads_to_setup(app)
    assert current_step(app) is SetupStep.DEFAULTS


@pytest.mark.parametrize("how", SetupEnd)
def test_a_setup_that_is_over_leads_nobody_to_it_and_begins_anew(app: App, how: SetupEnd) -> None:
    end_setup(app, how)

    assert is_over(app)
    assert not leads_to_setup(app)
    assert current_step(app) is SetupStep.WELCOME
