"""Sends a plan to HaloPSA, client by client, if nothing that it rests on has changed since it was made."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from billingbot.domain.access import Permission
from billingbot.domain.decision import Stamp
from billingbot.domain.ledger import SendLease
from billingbot.domain.plan import LineChange, Plan, PlanAction, PlannedInvoice, PlannedLine
from billingbot.domain.product import HaloItem
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.errors import AccessRefused, PlanOutdated, UpstreamError, UpstreamRejected, UpstreamSchemaError
from billingbot.jobs.lease import kept
from billingbot.jobs.map_products import create_items
from billingbot.jobs.outside import Outside, SendStep
from billingbot.jobs.plan_text import thawed
from billingbot.jobs.send_invoice import Sender
from billingbot.jobs.send_records import result_of
from billingbot.jobs.sent_elsewhere import elsewhere_of
from billingbot.jobs.wanted_invoices import wanted_invoices
from billingbot.ports import Halo, PageSeen, Store

# As long as a call that waits for HaloPSA's rate limit does no harm: it is extended three times in that time.
LEASE = timedelta(seconds=45)
_NAMED = 3
_CHANGED = "Its charges, rules, items or assignment were changed while others were being sent. Plan again."


def send_charges(
    store: Store,
    halo: Halo,
    plan_hash: str,
    confirmed: Collection[int],
    actor: str,
    outside: Outside,
    seen: PageSeen,
    stopping: Callable[[], bool] = lambda: False,
    lease: timedelta = LEASE,
) -> list[SendResult]:
    """Send the plan and return what came of each of its invoices, in its order. Sent twice, it does nothing twice.

    Args:
        store: the database.
        halo: where to send.
        plan_hash: of the plan, or how it begins.
        confirmed: the clients whose questions (`PlannedInvoice.asks`) were agreed to; others with questions wait.
        actor: who sends.
        outside: time, and who hears of steps.
        seen: hears how many clients are done, of how many.
        stopping: whether to stop before the next client.
        lease: how long the right to send holds when this process ends.

    Raises:
        AccessRefused: whoever sends may not; who may not any more, sends nothing more.
        NotFound: no such plan.
        PlanOutdated: charges, rules, items or assignments are others than when it was made; nothing was sent.
        SendingRunning: somebody else sends for the integration.
        SendingStopped: this process was held up so long that another one took over.
    """
    store.require(Permission.OPERATE)
    plan = thawed(store.plan(plan_hash))
    with _lease_held(store, plan.integration, lease) as held:
        outside.reached(SendStep.LEASE_TAKEN)
        basis = _Basis(store, plan)
        _refuse_outdated(basis, plan)
        agreed = [invoice for invoice in plan.invoices if not invoice.asks or invoice.client_id in confirmed]
        items = _items(store, halo, plan.integration, _to_create(agreed), Stamp(uuid4().hex, actor, outside.now()))
        outside.reached(SendStep.ITEMS_CREATED)
        sender = Sender(store, halo, held, plan, actor, outside, elsewhere_of(store, plan), lease)
        results: list[SendResult] = []
        stopped = ""
        for planned in plan.invoices:
            seen(len(results), len(plan.invoices))
            stopped = stopped or ("It was cancelled before." if stopping() else "")
            if stopped and planned.writes:
                results.append(result_of(planned, SendOutcome.NOT_TRIED, stopped))
                continue
            if planned.writes and planned.client_id in basis.outdated():
                results.append(result_of(planned, SendOutcome.OUTDATED, _CHANGED))
                continue
            try:
                results.append(_sent(sender, planned, items, confirmed))
            except AccessRefused as error:
                stopped = str(error)
                results.append(result_of(planned, SendOutcome.NOT_TRIED, stopped))
            except UpstreamError as error:
                results.append(result_of(planned, SendOutcome.FAILED, str(error)))
                if not isinstance(error, UpstreamRejected | UpstreamSchemaError):
                    stopped = f"HaloPSA could not be reached before: {error}"
        return results if stopped else _unknown_again(sender, plan, items, results)


def _sent(
    sender: Sender, planned: PlannedInvoice, items: Mapping[str, HaloItem], confirmed: Collection[int]
) -> SendResult:
    """Send an invoice, unless the plan or a person says otherwise."""
    if planned.action is PlanAction.REFUSED:
        return result_of(planned, SendOutcome.REFUSED, planned.refusal)
    if planned.action is PlanAction.UNCHANGED:
        return result_of(planned, SendOutcome.UNCHANGED)
    if planned.asks and planned.client_id not in confirmed:
        return result_of(planned, SendOutcome.ASKS, " ".join(planned.asks))
    lacking = [line.product for line in planned.lines if _lacks_item(line, items)]
    if lacking:
        return result_of(planned, SendOutcome.FAILED, f"No item could be created in HaloPSA for {lacking[0]}.")
    return sender.send(_with_items(planned, items))


def _unknown_again(
    sender: Sender, plan: Plan, items: Mapping[str, HaloItem], results: list[SendResult]
) -> list[SendResult]:
    """Look once more for what is not known to have arrived: enough time has passed to send it again if it has not."""
    planned = {invoice.client_id: invoice for invoice in plan.invoices}
    ended = []
    for result in results:
        if result.outcome is SendOutcome.UNKNOWN:
            try:
                result = sender.send(_with_items(planned[result.client_id], items))
                if result.outcome is SendOutcome.ALREADY_SENT:
                    result = replace(result, outcome=SendOutcome.SENT)
            except (AccessRefused, UpstreamError) as error:
                result = replace(result, sentence=str(error))
        ended.append(result)
    return ended


class _Basis:
    """What a plan rests on in BillingBot, compared again as soon as anything has changed."""

    def __init__(self, store: Store, plan: Plan) -> None:
        self._store = store
        self._plan = plan
        self._compared: object = None
        self._outdated: frozenset[int] = frozenset()

    def outdated(self) -> frozenset[int]:
        """Return the clients for whom something else is wanted now than the plan says."""
        plan = self._plan
        snapshot = self._store.charge_snapshot(plan.integration, plan.period)
        state = (self._store.revision().latest, snapshot and snapshot.fetched_at)
        if state != self._compared:
            self._compared, self._outdated = state, _outdated(self._store, plan)
        return self._outdated


def _outdated(store: Store, plan: Plan) -> frozenset[int]:
    writing = [invoice for invoice in plan.invoices if invoice.writes]
    client_ids = [invoice.client_id for invoice in writing]
    wanted = wanted_invoices(store, plan.integration, plan.period, client_ids, _to_create(writing))
    return frozenset(one.client_id for one in writing if wanted[one.client_id].basis != one.basis)


def _refuse_outdated(basis: _Basis, plan: Plan) -> None:
    """Raise `PlanOutdated` when what is wanted for a client now is not what the plan rests on."""
    outdated = basis.outdated()
    changed = [invoice.client for invoice in plan.invoices if invoice.client_id in outdated]
    if changed:
        more = f" and {len(changed) - _NAMED:,} more" if len(changed) > _NAMED else ""
        raise PlanOutdated(
            f"Charges, rules, items or assignments have changed since the plan was made, for"
            f" {', '.join(changed[:_NAMED])}{more}. Nothing was sent. Plan again."
        )


def _to_create(invoices: Iterable[PlannedInvoice]) -> set[str]:
    """Return the products whose items are created at sending."""
    return {
        line.product_key
        for invoice in invoices
        if invoice.writes
        for line in invoice.lines
        if line.item_id is None and line.change is not LineChange.REMOVE
    }


def _items(store: Store, halo: Halo, integration: str, wanted: Collection[str], stamp: Stamp) -> dict[str, HaloItem]:
    """Return the items of products that had none, by product: those that they got since, and those created now."""
    if not wanted:
        return {}
    products = [product for product in store.products(integration) if product.key in wanted]
    items = {row.key: HaloItem(row.item_id, row.item) for row in products if row.item_id is not None}
    lacking = [product for product in products if product.key not in items]
    created = create_items(store, halo, integration, lacking, stamp) if lacking else []
    return items | {made.product.key: made.item for made in created if made.item is not None}


def _lacks_item(line: PlannedLine, items: Mapping[str, HaloItem]) -> bool:
    return line.item_id is None and line.change is not LineChange.REMOVE and line.product_key not in items


def _with_items(planned: PlannedInvoice, items: Mapping[str, HaloItem]) -> PlannedInvoice:
    lines = tuple(
        replace(line, item_id=items[line.product_key].item_id, item=items[line.product_key].name)
        if _lacks_item(line, {})
        else line
        for line in planned.lines
    )
    return replace(planned, lines=lines)


@contextmanager
def _lease_held(store: Store, integration: str, duration: timedelta) -> Iterator[SendLease]:
    """Hold the right to send for the integration until the block ends."""
    lease = store.take_send_lease(integration, uuid4().hex, duration)
    with kept(lambda: store.extend_send_lease(lease, duration), f"sending {lease.owner}", duration):
        try:
            yield lease
        finally:
            store.release_send_lease(lease)
