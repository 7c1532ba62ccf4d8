"""Sends one client's planned invoice: ledger, call, read back. What is not sure is looked up before another call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from billingbot.domain.ledger import OPEN, LedgerEntry, SendLease, SentState
from billingbot.domain.plan import Plan, PlanAction, PlannedInvoice
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.domain.target import NewInvoice, Target
from billingbot.errors import NotFound, UpstreamError, UpstreamOutcomeUnknown
from billingbot.jobs.compare_target import fingerprint, has_arrived
from billingbot.jobs.late_arrivals import late_arrival
from billingbot.jobs.outside import Outside, SendStep
from billingbot.jobs.send_records import ledger_entry, result_of, result_of_entry, written_line
from billingbot.jobs.sent_elsewhere import still_holds
from billingbot.jobs.settle_entry import look_up, record_sent, settle
from billingbot.ports import Halo, Store


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends invoices of one plan, under its lease, which is given `lease_time` anew before each call.

    Every line has its item. `elsewhere` are by client the entries of others that its charges may stand on.
    """

    store: Store
    halo: Halo
    lease: SendLease
    plan: Plan
    actor: str
    outside: Outside
    elsewhere: Mapping[int, Sequence[LedgerEntry]]
    lease_time: timedelta

    def send(self, planned: PlannedInvoice) -> SendResult:
        """Send the invoice, unless this plan has sent it already or something came in between.

        Raises `UpstreamError`: HaloPSA refused this invoice, or cannot be reached; `SendError`, `StoreError`.
        """
        entries = self.store.ledger(self.plan.integration, self.plan.period, planned.client_id)
        since = [entry for entry in entries if entry.revision > planned.revision]
        self.outside.reached(SendStep.LEDGER_READ)
        if any(entry.plan_hash != self.plan.plan_hash for entry in since):
            return result_of(planned, SendOutcome.OUTDATED, "Something else was sent for this client meanwhile.")
        if since and since[0].state in OPEN:
            entries[0] = since[0] = settle(self.store, self.halo, self.lease, since[0], self.outside)
        if since and since[0].state is SentState.SENT:
            return result_of_entry(SendOutcome.ALREADY_SENT, since[0])
        if other := self._stands_elsewhere(planned):
            where = f"{other.invoice or 'an invoice'} of {other.client}"
            return result_of(planned, SendOutcome.OUTDATED, f"Some of its charges are on {where} now.")
        try:
            target = None if planned.target_id is None else self.halo.target(planned.kind, planned.target_id)
        except NotFound as error:
            return result_of(planned, SendOutcome.OUTDATED, str(error))
        revision = since[0].revision if since else planned.revision
        entry = ledger_entry(self.plan, planned, revision + 1, self.actor, self.outside.now())
        # What was sent before may have arrived after it was looked up.
        late = target if since and target is not None and has_arrived(entry, target) else None
        if late is None and target is not None and fingerprint(target) != planned.fingerprint:
            return result_of(planned, SendOutcome.OUTDATED, f"{planned.target} was changed in HaloPSA meanwhile.")
        self.outside.reached(SendStep.TARGET_READ)
        self.store.begin_entry(entry, self.lease)
        self.outside.reached(SendStep.ENTRY_WRITTEN)
        if planned.action is PlanAction.CREATE and (arrived := late_arrival(self.halo, entries)):
            _, late = arrived
        return self._record(entry, None, late) if late else self._write(planned, entry, target)

    def _stands_elsewhere(self, planned: PlannedInvoice) -> LedgerEntry | None:
        """Return an entry of another client whose invoice holds a charge of this one."""
        for entry in self.elsewhere.get(planned.client_id, ()):
            try:
                target = None if entry.invoice_id is None else self.halo.target(entry.kind, entry.invoice_id)
            except NotFound:
                target = None
            if still_holds(entry, target):
                return entry
        return None

    def _write(self, planned: PlannedInvoice, entry: LedgerEntry, target: Target | None) -> SendResult:
        # HaloPSA knows no lease: who was held up since the entry was written, and replaced, must not get as far as it.
        self.store.extend_send_lease(self.lease, self.lease_time)
        try:
            invoice_id = self._call(planned, entry.reference, target)
        except UpstreamOutcomeUnknown as error:
            return self._after_lost_answer(entry, target, error)
        except UpstreamError as error:
            self.store.end_entry(entry.entry_id, self.lease, SentState.FAILED, self.outside.now(), error=str(error))
            raise
        self.outside.reached(SendStep.SENT)
        try:
            after = self.halo.target(planned.kind, invoice_id)
        except (UpstreamError, NotFound) as error:
            unread = f"It was sent, but could not be read back: {error}"
            self.store.end_entry(
                entry.entry_id,
                self.lease,
                SentState.SENT,
                self.outside.now(),
                invoice_id=invoice_id,
                differences=(unread,),
            )
            return result_of(planned, SendOutcome.SENT, "", invoice_id, (unread,))
        self.outside.reached(SendStep.READ_BACK)
        return self._record(entry, target, after)

    def _call(self, planned: PlannedInvoice, reference: str, target: Target | None) -> int:
        """Write to HaloPSA, once, and return the invoice's id."""
        written = [written_line(line) for line in planned.lines]
        if target is not None:
            self.halo.write_lines(target, written)
            return target.invoice_id
        integration = self.store.integration(self.plan.integration)
        title = f"{integration.name} {self.plan.period}"
        today = self.outside.now().astimezone(self.outside.zone).date()
        return self.halo.create_invoice(NewInvoice(planned.client_id, reference, title, today, written))

    def _after_lost_answer(self, entry: LedgerEntry, before: Target | None, lost: UpstreamOutcomeUnknown) -> SendResult:
        """Look for what was sent, at once and after a while. It is not sent again here."""
        error = str(lost)
        for seconds in (0.0, self.outside.settle_seconds):
            self.outside.pause(seconds)
            try:
                found = look_up(self.halo, entry)
            except UpstreamError as unread:
                error = str(unread)
                continue
            if found is not None:
                return self._record(entry, before, found)
        self.store.end_entry(entry.entry_id, self.lease, SentState.UNKNOWN, self.outside.now(), error=error)
        sentence = f"{error} It is looked up again before anything is sent for this client."
        return result_of_entry(SendOutcome.UNKNOWN, entry, sentence)

    def _record(self, entry: LedgerEntry, before: Target | None, after: Target) -> SendResult:
        ended = record_sent(self.store, self.lease, entry, before, after, self.outside.now)
        self.outside.reached(SendStep.ENTRY_ENDED)
        return result_of_entry(SendOutcome.SENT, ended)
