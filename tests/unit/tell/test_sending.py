"""What `send` says of a sending, and its exit codes."""

import os
import signal
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

import pytest

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.plan import Plan
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.errors import BillingBotError, PlanOutdated, SendingRunning, SendingStopped, StoreFull
from billingbot.ports import PageSeen
from billingbot.tell.sending import send_and_tell
from tests.fakes import NOON
from tests.unit.store.statements import NOVEMBER

PLAN = Plan("cafe" * 16, "pax8", NOVEMBER, (), "ann", NOON)


def result(outcome: SendOutcome, **fields: object) -> SendResult:
    plain = {"client": "Acme", "sentence": "", "invoice": "INV-7", "total": Decimal("12.5"), "currency": "USD"}
    return SendResult(client_id=7, outcome=outcome, **(plain | fields))  # type: ignore[arg-type]


class FakeStore:
    def integration(self, key: str) -> Integration:
        return Integration(key, "Pax8")


@dataclass
class FakeApp:
    """An app whose sending ends with these results; `happens` comes before, and may raise."""

    results: list[SendResult] = field(default_factory=list)
    happens: Callable[[], None] = lambda: None
    stopped: bool = False
    asked: tuple[str, Collection[int], str] | None = None
    store: FakeStore = field(default_factory=FakeStore)

    def send_charges(
        self, plan_hash: str, confirmed: Collection[int], actor: str, seen: PageSeen, stopping: Callable[[], bool]
    ) -> list[SendResult]:
        self.asked = plan_hash, confirmed, actor
        seen(0, len(self.results))
        self.happens()
        self.stopped = stopping()
        return self.results


def send(app: FakeApp) -> int:
    return send_and_tell(cast(App, app), PLAN, [7], "ann")


def raising(error: BaseException) -> Callable[[], None]:
    def happen() -> None:
        raise error

    return happen


def interrupt(times: int) -> Callable[[], None]:
    def happen() -> None:
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)

    return happen


def test_the_whole_plan_is_sent_with_what_was_agreed_to() -> None:
    app = FakeApp()

    send(app)

    assert app.asked == (PLAN.plan_hash, [7], "ann")


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([], 0),
        ([SendOutcome.SENT, SendOutcome.ALREADY_SENT, SendOutcome.UNCHANGED], 0),
        ([SendOutcome.SENT, SendOutcome.REFUSED], 3),
        ([SendOutcome.ASKS], 3),
        ([SendOutcome.OUTDATED], 3),
        ([SendOutcome.UNKNOWN], 3),
        ([SendOutcome.FAILED, SendOutcome.UNKNOWN], 1),
        ([SendOutcome.NOT_TRIED], 1),
    ],
)
def test_the_worst_outcome_decides_the_exit_code(outcomes: list[SendOutcome], code: int) -> None:
    assert send(FakeApp([result(outcome) for outcome in outcomes])) == code


def test_what_halopsa_made_differently_is_said_and_waits_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    sentence = "HaloPSA has 2 × 9 where 3 × 9 was sent: Office\x1b[2J."

    assert send(FakeApp([result(SendOutcome.SENT, differences=(sentence,))])) == 3

    out = capsys.readouterr().out
    assert "HaloPSA made something else of what was sent:\n  Acme: HaloPSA has 2 × 9 where 3 × 9 was sent" in out
    assert "\x1b" not in out
    assert out.endswith("1 sent.\nSent: 12.50 USD\n")


def test_only_what_was_sent_now_is_summed_up_by_currency(capsys: pytest.CaptureFixture[str]) -> None:
    send(
        FakeApp(
            [
                result(SendOutcome.SENT),
                result(SendOutcome.SENT, total=Decimal(1200), currency="JPY"),
                result(SendOutcome.SENT),
                result(SendOutcome.ALREADY_SENT),
                result(SendOutcome.REFUSED, currency="", total=Decimal(0)),
            ]
        )
    )

    assert capsys.readouterr().out.endswith("3 sent, 1 already sent, 1 refused.\nSent: 1,200 JPY\nSent: 25.00 USD\n")


def test_one_ctrl_c_stops_before_the_next_invoice(capsys: pytest.CaptureFixture[str]) -> None:
    app = FakeApp([result(SendOutcome.SENT), result(SendOutcome.REFUSED), result(SendOutcome.NOT_TRIED)], interrupt(1))

    assert send(app) == 4

    assert app.stopped
    assert "Stopping after the invoice that is under way." in capsys.readouterr().err


def test_ctrl_c_when_nothing_was_left_cancels_nothing() -> None:
    assert send(FakeApp([result(SendOutcome.SENT)], interrupt(1))) == 0


def test_a_second_ctrl_c_ends_at_once_and_says_what_that_means(capsys: pytest.CaptureFixture[str]) -> None:
    assert send(FakeApp([], interrupt(2))) == 4

    assert "it is looked up in HaloPSA before anything is sent again" in capsys.readouterr().err


def test_ctrl_c_is_as_ever_after_the_sending() -> None:
    before = signal.getsignal(signal.SIGINT)

    send(FakeApp())

    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (PlanOutdated("Nothing was sent. Plan again."), 3, "Nothing was sent. Plan again."),
        (StoreFull("No space is left."), 1, "No space is left. What was sent before that is written down"),
        (SendingStopped("It was replaced."), 1, "It was replaced. What was sent before that is written down"),
    ],
)
def test_a_sending_that_ends_early_says_so(
    capsys: pytest.CaptureFixture[str], error: BillingBotError, code: int, sentence: str
) -> None:
    assert send(FakeApp(happens=raising(error))) == code

    assert sentence in capsys.readouterr().err


def test_who_cannot_begin_is_told_by_the_caller() -> None:
    with pytest.raises(SendingRunning):
        send(FakeApp(happens=raising(SendingRunning("Wait."))))
