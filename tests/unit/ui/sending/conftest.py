"""A send page for each test: three clients with charges of November, and a HaloPSA that is kept in memory."""

from decimal import Decimal

import pytest

from billingbot.domain.product import HaloItem, ProductMode
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk, desk
from tests.unit.store.statements import charge, statement
from tests.unit.ui.sending.send_page import SendPage

__all__ = ["desk"]


@pytest.fixture
def page(desk: Desk) -> SendPage:
    names = ["Amber Dental", "Birch Foods", "Cedar Legal"]
    desk.lists(names, names)
    assert desk.refresh().linked == 3
    desk.halo.item_rows = [HaloItem(101, "Cloud")]
    fields = {"product_mode": ProductMode.DEFAULT_ITEM, "default_item_id": 101, "default_item": "Cloud"}
    page = SendPage(desk)
    desk.store.edit_integration("pax8", 1, fields, page.app.stamp("ann"))
    rows = [
        charge("a", company_id="c1", cost=Decimal(8), price=Decimal(10)),
        charge("b", company_id="c2", cost=Decimal(8), price=Decimal(30_000)),
        charge("c", company_id="c3", cost=Decimal(8), price=Decimal("0.5")),
    ]
    desk.store.replace_charges("pax8", statement(*rows), "ann", NOON)
    return page
