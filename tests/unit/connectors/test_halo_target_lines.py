"""A line of an invoice in HaloPSA may be switched off."""

from datetime import date
from typing import Any

import pytest

from billingbot.connectors.halo.target_rows import target_of
from billingbot.connectors.json_row import root
from billingbot.domain.target import TargetKind


def line(**given: Any) -> dict[str, Any]:
    return {"id": 70, "qty_order": 1, "unit_price": 10, "unit_cost": 4, "_itemid": 3, **given}


@pytest.mark.parametrize(
    ("given", "inactive"),
    [({"isinactive": True}, True), ({"isinactive": False}, False), ({"isinactive": None}, False), ({}, False)],
)
def test_a_line_says_whether_it_is_switched_off(given: dict[str, Any], inactive: bool) -> None:
    row = {"id": 7, "client_id": 5, "total": 10, "disabled": False, "lines": [line(**given)]}

    target = target_of(TargetKind.RECURRING, root(row, "HaloPSA", "GET"), date(2026, 11, 20))

    assert [there.inactive for there in target.lines] == [inactive]
