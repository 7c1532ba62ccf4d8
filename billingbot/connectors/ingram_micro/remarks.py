"""What whoever bills by Ingram Micro's invoices should know about them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from billingbot.connectors.ingram_micro.end_users import places_of
from billingbot.connectors.ingram_micro.invoice import Invoice
from billingbot.connectors.ingram_micro.listed import Listed, counts

_SHOWN = 10


def remarks(listed: Sequence[Listed], invoices: Sequence[Invoice]) -> tuple[str, ...]:
    """Return the sentences."""
    off = [one.number for one in listed if not counts(one)]
    gaps = [f"{one.head.number} ({one.sum} instead of {one.total})" for one in invoices if one.gap]
    untold = [one.head.number for one in invoices if one.discount and one.total is None]
    owed = [one.head.number for one in invoices if one.head.is_credit and one.sum > 0]
    lists = (
        ("Void or cancelled, and therefore left out", off),
        ("Lines, charges and taxes do not come to Ingram Micro's total", gaps),
        ("There is a discount, and no total that says whether the prices hold it already", untold),
        ("A credit has a positive amount, and is charged as it stands", owed),
    )
    return (*(f"{what}: {_enumerated(found)}." for what, found in lists if found), *_namesakes(invoices))


def _namesakes(invoices: Sequence[Invoice]) -> Iterator[str]:
    """Yield a sentence for each name that stands at several places."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for invoice in invoices:
        codes[invoice.head.company_id].add(invoice.postal_code)
        names[invoice.head.company_id] = invoice.head.company
    for company_id in sorted(codes):
        places = places_of(codes[company_id])
        if company_id and len(places) > 1:
            yield (
                f"‘{names[company_id]}’ stands on invoices with the postal codes {_enumerated(places)}: if these are "
                "two customers, Ingram Micro's names do not tell them apart, and their charges come together."
            )


def _enumerated(texts: Sequence[str]) -> str:
    shown = list(texts[:_SHOWN])
    if len(texts) > _SHOWN:
        shown = [*shown, f"{len(texts) - _SHOWN} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
