"""Sending a plan as the command line shows it: a bar, what came of each client, and what HaloPSA made of it."""

import signal
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from threading import Event
from types import FrameType

import click

from billingbot.bootstrap import App
from billingbot.domain.plan import Plan
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.errors import BillingBotError, ConfigError, PlanOutdated, SendingRunning
from billingbot.tell.plan import HASH_SHOWN, amount
from billingbot.tell.terminal import name_shown, say, shown, table

_FAILED, _WAITS, _CANCELLED = 1, 3, 4
_FOR_A_PERSON = frozenset({SendOutcome.REFUSED, SendOutcome.ASKS, SendOutcome.OUTDATED, SendOutcome.UNKNOWN})
_IN_LEDGER = "What was sent before that is written down: plan again to see what is left."
_BROKEN_OFF = (
    "Ended at once. What was under way may have arrived: it is looked up in HaloPSA before anything is sent again."
)


def send_and_tell(app: App, plan: Plan, agreed: Collection[int], actor: str) -> int:
    """Send the plan, say what came of it, and return the exit code. The first Ctrl-C stops before the next invoice.

    Args:
        app: the app.
        plan: that is kept.
        agreed: the clients whose questions were agreed to.
        actor: who sends.

    Raises `ConfigError` and `SendingRunning`: nothing was sent.
    """
    say(f"Plan {plan.plan_hash[:HASH_SHOWN]} for {shown(app.store.integration(plan.integration).name)} {plan.period}.")
    say(f"Made by {shown(plan.actor)} on {plan.made_at:%Y-%m-%d %H:%M} UTC.")
    try:
        with _stop_asked() as stop:
            results = _send(app, plan, agreed, actor, stop)
    except PlanOutdated as error:
        say(shown(str(error)), error=True)
        return _WAITS
    except (ConfigError, SendingRunning):
        raise
    except BillingBotError as error:
        say(f"{shown(str(error))} {_IN_LEDGER}", error=True)
        return _FAILED
    except KeyboardInterrupt:
        say(_BROKEN_OFF, error=True)
        return _CANCELLED
    for line in _result_lines(results):
        say(line)
    return _exit_code(results, cancelled=stop.is_set())


def _send(app: App, plan: Plan, agreed: Collection[int], actor: str, stop: Event) -> list[SendResult]:
    with click.progressbar(length=max(len(plan.invoices), 1), label=f"{'Sending to HaloPSA':<28}", width=30) as bar:

        def seen(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        results = app.send_charges(plan.plan_hash, agreed, actor, seen, stop.is_set)
        bar.update((bar.length or 1) - bar.pos)
    return results


@contextmanager
def _stop_asked() -> Iterator[Event]:
    """Yield what is set by the first Ctrl-C; the second raises `KeyboardInterrupt`, as ever."""
    stop = Event()

    def stop_or_break_off(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        say("\nStopping after the invoice that is under way. Ctrl-C again ends at once.", error=True)

    before = signal.signal(signal.SIGINT, stop_or_break_off)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _exit_code(results: Sequence[SendResult], *, cancelled: bool) -> int:
    outcomes = {result.outcome for result in results}
    if SendOutcome.FAILED in outcomes:
        return _FAILED
    if SendOutcome.NOT_TRIED in outcomes:
        return _CANCELLED if cancelled else _FAILED
    return _WAITS if outcomes & _FOR_A_PERSON or any(result.differences for result in results) else 0


def _result_lines(results: Sequence[SendResult]) -> Iterator[str]:
    rows = [
        (
            str(result.client_id),
            name_shown(result.client),
            result.outcome.value,
            name_shown(result.invoice),
            amount(result.total, result.currency) if result.currency else "",
            result.currency,
            shown(result.sentence),
        )
        for result in results
    ]
    yield from table(("Client", "Name", "Outcome", "Invoice", "Total", "", "Why"), rows, "><<<><<")
    differing = [result for result in results if result.differences]
    if differing:
        yield ""
        yield "HaloPSA made something else of what was sent:"
    for result in differing:
        for sentence in result.differences:
            yield f"  {name_shown(result.client)}: {shown(sentence)}"
    yield ""
    counts = Counter(result.outcome for result in results)
    tally = ", ".join(f"{counts[outcome]:,} {outcome.value.lower()}" for outcome in SendOutcome if counts[outcome])
    yield f"{tally or 'Nothing'}."
    yield from (f"Sent: {amount(total, currency)} {currency}" for currency, total in _sums(results).items())


def _sums(results: Sequence[SendResult]) -> dict[str, Decimal]:
    """Return what was sent now, by currency."""
    sums: dict[str, Decimal] = {}
    for result in results:
        if result.outcome is SendOutcome.SENT:
            sums[result.currency] = sums.get(result.currency, Decimal(0)) + result.total
    return dict(sorted(sums.items()))
