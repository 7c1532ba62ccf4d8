"""What is to be done to an invoice's lines, and what HaloPSA made of it: the target as it is beside what is wanted."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256

from billingbot.domain.ledger import LedgerEntry, LedgerLine
from billingbot.domain.plan import LineChange, PlanAction, PlannedLine
from billingbot.domain.target import Target, TargetKind, TargetLine
from billingbot.jobs.compare_lines import difference, in_words, number, unlike, was_words
from billingbot.jobs.wanted_invoice import WantedLine, member

_ZERO = Decimal(0)


def our_prefix(integration: str, kind: TargetKind, period: str) -> str:
    """Return how the keys of our lines on such an invoice begin: those of the period, or all on a recurring one."""
    return f"BB-{integration}-r-" if kind is TargetKind.RECURRING else f"BB-{integration}-{period}-"


def planned_lines(kind: TargetKind, wanted: Sequence[WantedLine], ours: Sequence[TargetLine]) -> list[PlannedLine]:
    """Return every line of the invoice that is ours, or is to be: as wanted, and then those to take back.

    Args:
        kind: of invoice: it decides which keys lines have.
        wanted: the lines that should be there.
        ours: the lines of ours that are there now, in HaloPSA's order. Of several with the same key the first counts,
            and the others are taken back.
    """
    there: dict[str, TargetLine] = {}
    surplus = []
    for line in ours:
        if line.key in there:
            surplus.append(line)
        else:
            there[line.key] = line
    planned = [_planned(kind, row, there.pop(_key(kind, row), None)) for row in wanted]
    return planned + [_taken_back(line) for line in (*there.values(), *surplus) if not _is_taken_back(line)]


def fingerprint(target: Target) -> str:
    """Return a hash of everything about the invoice that a plan rests on."""
    whole = [
        *(target.kind, target.invoice_id, target.client_id, target.currency, target.reference),
        *(target.refusal, target.voided),
        [
            [line.line_id, line.key, line.description, line.item_id, line.inactive, *map(number, _amounts(line))]
            for line in target.lines
        ],
    ]
    return sha256(json.dumps(whole).encode()).hexdigest()


def has_arrived(entry: LedgerEntry, target: Target) -> bool:
    """Say whether the invoice holds what the entry wrote.

    Lines that were appended are there or not, whatever HaloPSA made of their amounts: before, none of ours was. An
    update has arrived when every line is as it was sent: one that HaloPSA altered counts as not arrived, and is planned
    again. Its lines are found by their keys then, so that none is added twice.
    """
    if entry.action is PlanAction.APPEND:
        return not {line.key for line in entry.lines}.isdisjoint(line.key for line in target.lines)
    there = _by_key(target.lines)
    return not any(_line_differences(line, there.get(line.key, [])) for line in _final(entry.lines))


def differences(sent: Iterable[LedgerLine], currency: str, before: Target | None, after: Target) -> tuple[str, ...]:
    """Return what HaloPSA made of what was sent, a sentence each; nothing when it is as it was sent.

    Args:
        sent: our lines as they should be.
        currency: that they are in.
        before: the invoice as it was, whose other lines should be untouched; None for a new one.
        after: read back.
    """
    final, found, sentences = _final(sent), _by_key(after.lines), []
    if after.currency and currency and after.currency != currency:
        sentences.append(f"The invoice is in {after.currency}, the charges are in {currency}.")
    for wanted in final:
        sentences += _line_differences(wanted, found.get(wanted.key, []))
    keys = {line.key for line in final}
    strangers = {line.line_id: line for line in after.lines}
    for line in before.lines if before else ():
        if line.key in keys:
            continue
        now = strangers.get(line.line_id)
        if now is None:
            sentences.append(f"A line that BillingBot did not send is not there any more: {line.description}.")
        elif _amounts(now) != _amounts(line):
            sentences.append(f"A line that BillingBot did not send has other amounts: {line.description}.")
    return tuple(sentences)


def changed_by_hand(sent: Mapping[str, LedgerLine], line: TargetLine) -> bool:
    """Say whether somebody changed our line in HaloPSA since it was sent."""
    known = sent.get(line.key)
    if known is None:
        return False
    switched_off = line.inactive and known.quantity != 0
    return switched_off or (known.quantity, known.unit_price) != (line.quantity, line.unit_price)


def removed_by_hand(sent: Mapping[str, LedgerLine], ours: Iterable[TargetLine]) -> list[LedgerLine]:
    """Return our lines that somebody removed in HaloPSA since they were sent."""
    there = {line.key for line in ours}
    return [line for key, line in sent.items() if line.quantity != 0 and key not in there]


def _planned(kind: TargetKind, wanted: WantedLine, there: TargetLine | None) -> PlannedLine:
    line, item = wanted.line, wanted.item
    change, was = LineChange.ADD, ""
    if there is not None:
        parts = unlike(line, item.item_id if item else None, there)
        # An item that is created at sending is another one than whatever is there.
        change = LineChange.CHANGE if parts or item is None else LineChange.KEEP
        was = was_words(parts, there) if change is LineChange.CHANGE else ""
    return PlannedLine(
        change=change,
        key=_key(kind, wanted),
        line_id=there.line_id if there else None,
        product_key=wanted.product_key,
        product=line.product,
        item_id=item.item_id if item else None,
        item=item.name if item else "",
        description=line.description,
        quantity=line.quantity,
        unit_price=line.unit_price,
        unit_cost=line.unit_cost,
        price=line.price,
        cost=line.cost,
        members=tuple(member(charge) for charge in line.members),
        was=was,
    )


def _taken_back(line: TargetLine) -> PlannedLine:
    return PlannedLine(
        change=LineChange.REMOVE,
        key=line.key,
        line_id=line.line_id,
        product_key="",
        product="",
        item_id=line.item_id,
        item="",
        description=line.description,
        quantity=_ZERO,
        unit_price=_ZERO,
        unit_cost=_ZERO,
        price=_ZERO,
        cost=_ZERO,
        members=(),
        was=in_words(line),
    )


def _final(sent: Iterable[LedgerLine]) -> list[LedgerLine]:
    """Return what should be there of each key: where a surplus line is taken back, the one that stays."""
    final: dict[str, LedgerLine] = {}
    for line in sent:
        if line.quantity != 0 or line.key not in final:
            final[line.key] = line
    return list(final.values())


def _by_key(lines: Iterable[TargetLine]) -> dict[str, list[TargetLine]]:
    found: dict[str, list[TargetLine]] = {}
    for line in lines:
        found.setdefault(line.key, []).append(line)
    return found


def _key(kind: TargetKind, wanted: WantedLine) -> str:
    return wanted.line.recurring_key if kind is TargetKind.RECURRING else wanted.line.key


def _is_taken_back(line: TargetLine) -> bool:
    return line.quantity == 0 and line.unit_price == 0


def _line_differences(wanted: LedgerLine, found: Sequence[TargetLine]) -> list[str]:
    """Compare a line with those of its key. One that was taken back may be there with nothing, or not at all."""
    name, billed = wanted.description, [line for line in found if not _is_taken_back(line)]
    if wanted.quantity == 0:
        return [f"HaloPSA still has {in_words(billed[0])} of a line that was taken back: {name}."] if billed else []
    if not billed:
        return [f"The line is missing: {name}."]
    if len(billed) > 1:
        return [f"The line is there {len(billed)} times: {name}."]
    there = billed[0]
    return [difference(part, wanted, there) for part in unlike(wanted, wanted.item_id, there)]


def _amounts(line: TargetLine) -> tuple[Decimal, Decimal, Decimal]:
    return line.quantity, line.unit_price, line.unit_cost
