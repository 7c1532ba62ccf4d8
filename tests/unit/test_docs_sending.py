"""What docs/sending.md says of sending is what is sent."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from billingbot.connectors.halo.target_rows import invoice_body
from billingbot.domain.billing import Rule
from billingbot.domain.caps import Caps
from billingbot.domain.plan import PlanAction
from billingbot.domain.sending import SendOutcome
from billingbot.domain.target import NewInvoice, WrittenLine
from billingbot.jobs.outside import Outside

DOCUMENT = (Path(__file__).parents[2] / "docs" / "sending.md").read_text(encoding="utf-8")
WORDS = " ".join(DOCUMENT.split())


def test_the_rules_are_named_in_the_order_in_which_they_are_asked() -> None:
    assert ", ".join(Rule) in WORDS


@pytest.mark.parametrize("word", [*PlanAction, SendOutcome.ALREADY_SENT, SendOutcome.OUTDATED, SendOutcome.NOT_TRIED])
def test_every_action_is_explained(word: str) -> None:
    assert f"*{word}*" in WORDS


def test_the_caps_are_those_that_hold() -> None:
    caps = Caps()

    assert f"more than {caps.lines:,} lines, or comes to more than {caps.amount:,} in its currency" in WORDS
    assert caps.ratio == 2
    assert f"more than twice what was sent for the last month before, and more than {caps.change} above it" in WORDS


def test_a_lost_answer_is_waited_for_as_long_as_is_said() -> None:
    outside = Outside(lambda: datetime(2026, 11, 1, tzinfo=UTC), lambda _seconds: None)

    assert f"at once and {outside.settle_seconds} seconds later" in WORDS


def test_every_field_that_is_written_is_named() -> None:
    line = WrittenLine("BB-pax8-2026-10-aa", "Office E3", Decimal(3), Decimal("3.33"), Decimal("2.5"), item_id=7)
    body = invoice_body(NewInvoice(1042, "BB-pax8-2026-10-1042-1", "Pax8 2026-10", date(2026, 11, 1), [line]))
    fields = json.loads(json.dumps(body, default=str))
    [of_line] = fields.pop("lines")

    assert [field for field in (*fields, *of_line) if f"`{field}`" not in DOCUMENT] == []
