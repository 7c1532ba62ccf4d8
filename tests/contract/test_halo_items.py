"""HaloPSA's items: complete lists, exact names, and creating one once."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from billingbot.connectors.halo import SOURCE, HaloPsa
from billingbot.connectors.halo.account import account_of
from billingbot.connectors.http import Transport, Wire
from billingbot.domain.product import HaloItem, NewItem
from billingbot.errors import (
    UpstreamError,
    UpstreamListUnstable,
    UpstreamOutcomeUnknown,
    UpstreamRateLimited,
    UpstreamRejected,
    UpstreamSchemaError,
)
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.halo_rows import INACTIVE_ITEMS, item_rows
from billingbot.sandbox.server import Sandbox
from tests.contract.halo_at_sandbox import connected_to
from tests.contract.halo_stand_in import HaloStandIn, connected
from tests.contract.patient import LOCAL, QUICK, WarpedTime

NEW = NewItem("Azure Plan “Sûr”", "DZH318Z0BPS6", Decimal("10.123456"), Decimal("12.5"))
ITEM = "/halo/api/Item"


def ignore(done: int, total: int) -> None:
    """Hear of a page."""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=4, companies=4, today=date(2026, 11, 20)), rate_limit=None) as started:
        yield started


@pytest.fixture
def halo(sandbox: Sandbox) -> Iterator[HaloPsa]:
    with connected_to(sandbox, patient=False) as connection:
        yield connection


def expected() -> list[HaloItem]:
    rows = [row for number, row in sorted(item_rows().items()) if number not in INACTIVE_ITEMS]
    return [HaloItem(row["id"], row["name"], row["supplier_part_code"]) for row in rows]


def test_every_active_item_comes_once_over_all_pages(sandbox: Sandbox) -> None:
    seen: list[tuple[int, int]] = []
    account = account_of(sandbox_connections(sandbox.url)["halo"], LOCAL)
    halo = HaloPsa(account, Transport(SOURCE, Wire(QUICK, LOCAL), QUICK, WarpedTime().timing()), page_size=7)

    items = halo.items(lambda done, total: seen.append((done, total)))

    halo.close()
    assert items == expected()
    assert len(seen) == -(-len(items) // 7)
    assert seen[-1] == (len(items), len(items))


@pytest.mark.parametrize("kind", [FaultKind.SHORT_PAGE, FaultKind.DUPLICATE_ROWS, FaultKind.MISSING_ID])
def test_an_incomplete_list_of_items_is_an_error(sandbox: Sandbox, halo: HaloPsa, kind: FaultKind) -> None:
    sandbox.control.fault(Fault(kind, ITEM))

    with pytest.raises((UpstreamListUnstable, UpstreamSchemaError)):
        halo.items(ignore)


def test_an_item_is_found_by_exactly_its_name(halo: HaloPsa) -> None:
    halo.create_item(NewItem("Teams", "", Decimal(0), Decimal(0)))
    first = halo.create_item(NewItem("Cloud & more", "A", Decimal(0), Decimal(0)))
    halo.create_item(NewItem("Cloud & more", "B", Decimal(0), Decimal(0)))

    assert halo.item_named("Cloud & more") == first
    assert halo.item_named("cloud & more") is None
    assert halo.item_named("Cloud") is None
    assert halo.item_named("Teams") == HaloItem(5000, "Teams")


def test_an_inactive_item_is_not_found(halo: HaloPsa) -> None:
    assert [halo.item_named(name) for name in INACTIVE_ITEMS.values()] == [None]


def test_a_new_item_is_returned_as_halo_has_it(halo: HaloPsa) -> None:
    made = halo.create_item(NEW)

    assert made == HaloItem(5000, NEW.name, NEW.code)
    assert halo.item_named(NEW.name) == made
    assert halo.items(ignore) == [*expected(), made]


def test_amounts_of_a_new_item_arrive_exactly() -> None:
    row = {"id": 7, "name": "x", "supplier_part_code": None}
    stand_in = HaloStandIn(ones={"/api/Item": row, "/api/Item/7": row})

    with connected(stand_in) as halo:
        halo.create_item(NEW)

        (post,) = [hit for hit in stand_in.server.hits if hit.target == "/api/Item"]
    assert json.loads(post.body, parse_float=Decimal) == [
        {
            "name": NEW.name,
            "supplier_part_code": NEW.code,
            "costprice": Decimal("10.123456"),
            "baseprice": Decimal("12.5"),
            "recurringcost": Decimal("10.123456"),
            "recurringprice": Decimal("12.5"),
        }
    ]


def test_an_answer_that_is_a_list_of_one_is_taken_too() -> None:
    row = {"id": 7, "name": "x", "supplier_part_code": "C"}

    with connected(HaloStandIn(ones={"/api/Item": [row], "/api/Item/7": row})) as halo:
        assert halo.create_item(NEW) == HaloItem(7, "x", "C")


# Faults of the POST after which the item may be there.
@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.ANSWER_LOST,
        FaultKind.RESET,
        FaultKind.SERVER_ERROR,
        FaultKind.UNAVAILABLE,
        FaultKind.TRUNCATED,
        FaultKind.BROKEN_JSON,
        FaultKind.HTML,
    ],
    ids=lambda kind: kind.name,
)
def test_a_lost_answer_is_said_to_be_one_and_nothing_is_sent_again(
    sandbox: Sandbox, halo: HaloPsa, kind: FaultKind
) -> None:
    halo.check()
    before = sandbox.control.requests(ITEM)
    sandbox.control.fault(Fault(kind, ITEM))

    with pytest.raises(UpstreamOutcomeUnknown, match="not known whether"):
        halo.create_item(NEW)

    assert sandbox.control.requests(ITEM) == before + 1


@pytest.mark.parametrize(
    ("kind", "there"), [(FaultKind.ANSWER_LOST, True), (FaultKind.BROKEN_JSON, True), (FaultKind.RESET, False)]
)
def test_looking_for_it_tells_whether_it_was_created(
    sandbox: Sandbox, halo: HaloPsa, kind: FaultKind, there: bool
) -> None:
    halo.check()
    sandbox.control.fault(Fault(kind, ITEM))
    with pytest.raises(UpstreamOutcomeUnknown):
        halo.create_item(NEW)
    sandbox.control.clear_faults()

    assert (halo.item_named(NEW.name) is not None) is there


def test_an_item_that_cannot_be_read_back_is_an_unknown_outcome_that_names_it(sandbox: Sandbox, halo: HaloPsa) -> None:
    sandbox.control.fault(Fault(FaultKind.SERVER_ERROR, f"{ITEM}/5000"))

    with pytest.raises(UpstreamOutcomeUnknown, match="created with the id 5000, but could not be read back"):
        halo.create_item(NEW)


def test_a_refusal_leaves_no_item_behind_and_says_why(sandbox: Sandbox, halo: HaloPsa) -> None:
    sandbox.control.grant(["read:items"])

    with pytest.raises(UpstreamError, match="403"):
        halo.create_item(NEW)

    assert halo.items(ignore) == expected()


def test_a_body_that_halo_does_not_take_is_refused_for_good() -> None:
    with connected(HaloStandIn()) as halo, pytest.raises(UpstreamRejected, match="POST /Item was refused with 404"):
        halo.create_item(NEW)


def test_a_rate_limit_is_waited_for_because_nothing_was_done(sandbox: Sandbox, halo: HaloPsa) -> None:
    sandbox.control.fault(Fault(FaultKind.RATE_LIMITED, ITEM, times=2))

    assert halo.create_item(NEW).name == NEW.name
    sandbox.control.fault(Fault(FaultKind.RATE_LIMITED, ITEM, retry_after="9999"))
    with pytest.raises(UpstreamRateLimited):
        halo.create_item(NEW)
