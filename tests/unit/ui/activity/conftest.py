"""An office for each test: six clients, four of which the first refresh linked."""

import pytest

from tests.unit.jobs.conftest import Desk, desk
from tests.unit.ui.activity.activity_tab import Office

__all__ = ["desk"]

HOSTILE = "<img src=x onerror=alert(1)> *b* =cmd()"


@pytest.fixture
def office(desk: Desk) -> Office:
    desk.lists(
        ["Amber Dental", "Birch Foods", "Cedar Legal", "Delta Motors", HOSTILE, "Echo Farms"],
        ["Amber Dental", "Birch Foods", "Cedar Legal", "Delta Motors", "Zulu Traders"],
    )
    assert desk.refresh().linked == 4
    return Office(desk)
