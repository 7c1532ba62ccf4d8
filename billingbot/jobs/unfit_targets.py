"""Ask HaloPSA which invoices cannot be targets, of many that are wanted at once."""

from collections.abc import Iterable

from billingbot.errors import NotFound, UpstreamError, UpstreamRejected, UpstreamSchemaError
from billingbot.jobs.assign_invoice import target_trouble
from billingbot.jobs.compare_import import Target
from billingbot.ports import Halo

MAX_TARGETS = 100


def unfit_targets(halo: Halo | None, targets: Iterable[Target]) -> dict[Target, str]:
    """Return why targets cannot be taken, a sentence each; those that can are not in it.

    Each is read afresh, `MAX_TARGETS` at most; the others are refused. When HaloPSA gives no answer to one, it is not
    asked for the rest.
    """
    unfit: dict[Target, str] = {}
    trouble = "" if halo else "HaloPSA is not connected, so the invoice cannot be looked at."
    for number, target in enumerate(dict.fromkeys(targets)):
        if number >= MAX_TARGETS:
            unfit[target] = f"At most {MAX_TARGETS} changed targets at a time. Import the others afterwards."
        elif trouble or halo is None:
            unfit[target] = trouble
        else:
            try:
                why = target_trouble(halo, *target)
            except (NotFound, UpstreamRejected, UpstreamSchemaError) as error:
                why = str(error)
            except UpstreamError as error:
                why = trouble = str(error)
            if why:
                unfit[target] = why
    return unfit
