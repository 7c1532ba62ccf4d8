"""Plans one client's invoice: where its charges go, what is done there, and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import LedgerEntry, LedgerLine
from billingbot.domain.plan import LineChange, Member, PlanAction, PlannedInvoice, PlannedLine
from billingbot.domain.target import Target, TargetKind, TargetLine
from billingbot.jobs.compare_target import changed_by_hand, fingerprint, our_prefix, planned_lines, removed_by_hand
from billingbot.jobs.left_behind import left_behind
from billingbot.jobs.plan_knowledge import Known, target_name
from billingbot.jobs.plan_refusals import refusal
from billingbot.jobs.plan_remarks import asks, notes
from billingbot.jobs.wanted_invoice import WantedInvoice

_ONLY_WRITTEN_DOWN = "HaloPSA has all lines as they should be; sending writes that down."


@dataclass(frozen=True, slots=True)
class _Place:
    """Where charges go: `target` is None for an invoice to create, and where there is nothing (`refusal` says why)."""

    kind: TargetKind
    target: Target | None
    refusal: str = ""


def plan_invoice(known: Known, wanted: WantedInvoice) -> PlannedInvoice:
    """Return what is done for the client; the reasons of a refusal are in the order in which one meets them."""
    client = wanted.billing.client
    entry = known.entries.get(client.client_id)
    place = _place(known, wanted, entry)
    prefix = our_prefix(known.integration.key, place.kind, str(known.period))
    ours = [line for line in place.target.lines if line.key.startswith(prefix)] if place.target else []
    holders = [known.holder(row) for row in wanted.lines]
    free = [row for row, holder in zip(wanted.lines, holders, strict=True) if holder is None]
    lines = tuple(planned_lines(place.kind, free, ours))
    revision = known.revisions.get(client.client_id, 0)
    planned = PlannedInvoice(
        client_id=client.client_id,
        client=client.name,
        action=PlanAction.CREATE,
        assignment=wanted.assignment,
        kind=place.kind,
        target_id=place.target.invoice_id if place.target else None,
        target=target_name(place.target) if place.target else "",
        reference=f"BB-{known.integration.key}-{known.period}-{client.client_id}-{revision + 1}",
        currency=next(iter(wanted.currencies), place.target.currency if place.target else ""),
        lines=lines,
        dropped=wanted.dropped,
        asks=(),
        refusal="",
        notes=notes(wanted, entry, place.target, final=known.final),
        fingerprint=fingerprint(place.target) if place.target else "",
        basis=wanted.basis,
        revision=revision,
    )
    sent = _sent_there(entry, place)
    takes_back = bool(ours or _charges(sent))
    refused = refusal(known, wanted, entry, place.kind, place.target, takes_back=takes_back) or place.refusal
    other = next(filter(None, holders), None)
    if other is not None and not refused:
        # Two clients that changed companies wait for each other: each takes back first what is the other's.
        sentence = f"Some of its charges are on {other.invoice or 'an invoice'} of {other.client}."
        if _gives_back(sent, lines):
            planned = replace(planned, notes=(*planned.notes, f"{sentence} They wait: plan again when both are sent."))
        else:
            refused = f"{sentence} Plan {other.client} first, which takes them back."
    closed = place.target.refusal if place.target else ""
    changed = any(line.change is not LineChange.KEEP for line in lines)
    written_down = _charges(sent) == _charges(lines)
    if not refused and not changed and (written_down or closed) and not _is_voided(place):
        return replace(planned, action=PlanAction.UNCHANGED)
    refused = refused or (f"{planned.target}: {closed}" if closed else "")
    left = left_behind(known, wanted, place.target)
    if refused:
        return replace(planned, action=PlanAction.REFUSED, refusal=refused, notes=(*planned.notes, *left))
    action = PlanAction.CREATE if not place.target else PlanAction.UPDATE if ours else PlanAction.APPEND
    before = known.before.get(client.client_id)
    asked = asks(planned, known.caps, before, _by_hand(sent, ours, lines), _lost(sent, ours, lines, wanted.dropped))
    said = planned.notes if changed else (*planned.notes, _ONLY_WRITTEN_DOWN)
    return replace(planned, action=action, asks=(*asked, *left), notes=said)


def _sent_there(entry: LedgerEntry | None, place: _Place) -> Sequence[LedgerLine]:
    """Return what the ledger says that was sent to that invoice for the month."""
    if entry is None or place.target is None:
        return ()
    is_there = (entry.kind, entry.invoice_id) == (place.target.kind, place.target.invoice_id)
    return entry.lines if is_there else ()


def _charges(lines: Sequence[LedgerLine] | Sequence[PlannedLine]) -> dict[str, set[str]]:
    """Return the charges of each line that has any."""
    return {line.key: {member.charge_id for member in line.members} for line in lines if line.members}


def _gives_back(sent: Sequence[LedgerLine], lines: Sequence[PlannedLine]) -> bool:
    """Say whether a charge that was sent is on none of the lines any more."""
    left = {charge_id for charges in _charges(lines).values() for charge_id in charges}
    return any(charges - left for charges in _charges(sent).values())


def _by_hand(sent: Sequence[LedgerLine], ours: Sequence[TargetLine], planned: Sequence[PlannedLine]) -> list[str]:
    """Return what somebody changed in HaloPSA since it was sent, or removed though it is wanted, by description."""
    # Where a surplus line was taken back, the one that stays counts.
    by_key = {line.key: line for line in sorted(sent, key=lambda line: bool(line.members))}
    wanted = {line.key for line in planned}
    changed = [line.description for line in ours if changed_by_hand(by_key, line)]
    return changed + [line.description for line in removed_by_hand(by_key, ours) if line.key in wanted]


def _lost(
    sent: Sequence[LedgerLine],
    ours: Sequence[TargetLine],
    planned: Sequence[PlannedLine],
    dropped: Sequence[Member],
) -> list[str]:
    """Return the products of charges that are in HaloPSA, and that are neither billed now nor dropped by a rule."""
    there = {line.key for line in ours}
    kept = {member.charge_id for line in planned for member in line.members} | {row.charge_id for row in dropped}
    gone = [member for line in sent if line.key in there for member in line.members if member.charge_id not in kept]
    return list(dict.fromkeys(member.product for member in gone))


def _is_voided(place: _Place) -> bool:
    return place.target is not None and place.target.voided


def _place(known: Known, wanted: WantedInvoice, entry: LedgerEntry | None) -> _Place:
    """Return where the charges go: where they were sent before, while that is there; else where the settings say.

    So nothing is billed twice, whatever the assignment became since.
    """
    if entry is not None and entry.invoice_id is not None:
        target = known.targets.get((entry.kind, entry.invoice_id))
        if target is not None and not target.voided:
            return _Place(entry.kind, target)
    if wanted.assignment is Assignment.NEW:
        return _Place(TargetKind.INVOICE, None)
    kind = TargetKind.RECURRING if wanted.assignment is Assignment.RECURRING else TargetKind.INVOICE
    if wanted.target_id is None:
        what = "recurring invoice" if kind is TargetKind.RECURRING else "invoice"
        return _Place(kind, None, f"No {what} is picked for this client. Pick one with Assign Invoice.")
    target = known.targets.get((kind, wanted.target_id))
    if target is None:
        return _Place(kind, None, f"HaloPSA has no {kind} {wanted.target_id} any more. Pick another one.")
    return _Place(kind, target)
